/** Runs of pairs that a rater goes through in an order of the rater's own: what one import brought, or one draw chose. */
import type { PairSides } from '../../../../shared/rating/plan.ts';
import type { ReadStore } from '../engine/database.ts';

export interface PairRun {
  /** Names the run in the seeds of what depends on it. */
  readonly key: string;
  readonly count: number;
  readonly selectionId: number | null;
  readonly firstOrdinal: number;
}

/** The draws of a study in order; all its imports where nothing was drawn. A later run never reorders an earlier one. */
export function pairRuns(store: ReadStore, studyId: number): PairRun[] {
  const draws = store
    .rawQuery<[number, number]>('SELECT id, pairs FROM selections WHERE study_id = ? ORDER BY wave')
    .all(studyId);
  const imports = store
    .rawQuery<[number, number]>(
      'SELECT first_ordinal, pair_count FROM imports WHERE study_id = ? AND pair_count > 0 ORDER BY id',
    )
    .all(studyId);
  return runsOf(draws, imports);
}

/** The runs of draws, by number and count; of imports, by first ordinal and count, where nothing was drawn. */
export function runsOf(
  draws: readonly (readonly [id: number, count: number])[],
  imports: readonly (readonly [first: number, count: number])[],
): PairRun[] {
  return draws.length > 0
    ? draws.map(([id, count], wave) => ({ key: `draw ${wave}`, count, selectionId: id, firstOrdinal: 0 }))
    : imports.map(([first, count]) => ({
        key: String(first),
        count,
        selectionId: null,
        firstOrdinal: first,
      }));
}

/** The pair at a place of a run. */
export function pairOfRun(
  store: ReadStore,
  studyId: number,
  run: PairRun,
  place: number,
): number | undefined {
  return run.selectionId === null
    ? store
        .query<{ id: number }>('SELECT id FROM pairs WHERE study_id = ? AND ordinal = ?')
        .get(studyId, run.firstOrdinal + place)?.id
    : store
        .query<{ id: number }>(
          'SELECT pair_id AS id FROM selected_pairs WHERE selection_id = ? AND place = ?',
        )
        .get(run.selectionId, place)?.id;
}

/** A pair of a study by its id in the file. */
export function pairIdOf(store: ReadStore, studyId: number, externalId: string): number | undefined {
  return store
    .query<{ id: number }>('SELECT id FROM pairs WHERE study_id = ? AND external_id = ?')
    .get(studyId, externalId)?.id;
}

export function isPairOfStudy(store: ReadStore, studyId: number, pairId: number): boolean {
  return store.query('SELECT 1 FROM pairs WHERE id = ? AND study_id = ?').get(pairId, studyId) !== undefined;
}

/** The responses of a pair with their systems. */
export function sidesOfPair(store: ReadStore, pairId: number): PairSides | undefined {
  const row = store
    .query<{ itemId: number; f: number; fs: number; s: number; ss: number }>(
      `SELECT pairs.item_id AS itemId, f.id AS f, f.system_id AS fs, s.id AS s, s.system_id AS ss FROM pairs
       JOIN responses f ON f.id = pairs.first_response_id JOIN responses s ON s.id = pairs.second_response_id
       WHERE pairs.id = ?`,
    )
    .get(pairId);
  if (row === undefined) return undefined;
  return {
    pairId,
    itemId: row.itemId,
    first: { responseId: row.f, systemId: row.fs },
    second: { responseId: row.s, systemId: row.ss },
  };
}
