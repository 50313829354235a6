/** Pairs that the lead leaves out: shown to no rater and counted in no figure, until they are taken back. */
import type { ReadStore, WriteStore } from '../engine/database.ts';

/** Something that was decided about a pair. */
export interface PairDecision {
  readonly isLeftOut: boolean;
  readonly reason: string;
  readonly decidedAt: number;
}

/** Whether a row `pair` names, as the column of another table, is of a pair that counts. */
export const countsAsPair = (pair: string) =>
  `NOT EXISTS (SELECT 1 FROM pairs o WHERE o.id = ${pair} AND o.is_left_out = 1)`;

export function insertPairDecision(
  store: WriteStore,
  pairId: number,
  { isLeftOut, reason, decidedAt }: PairDecision,
): void {
  store.run(
    'INSERT INTO pair_decisions (pair_id, is_left_out, reason, decided_at) VALUES (?, ?, ?, ?)',
    pairId,
    isLeftOut ? 1 : 0,
    reason,
    decidedAt,
  );
}

/** What was decided about a pair, first to last. */
export function decisionsAboutPair(store: ReadStore, pairId: number): PairDecision[] {
  return store
    .query<Omit<PairDecision, 'isLeftOut'> & { isLeftOut: number }>(
      `SELECT is_left_out AS isLeftOut, reason, decided_at AS decidedAt FROM pair_decisions
       WHERE pair_id = ? ORDER BY id`,
    )
    .all(pairId)
    .map((row) => ({ ...row, isLeftOut: row.isLeftOut === 1 }));
}

/** Row ids of the pairs of a study that are left out. */
export function leftOutPairs(store: ReadStore, studyId: number): Set<number> {
  return new Set(
    store
      .rawQuery<[number]>('SELECT id FROM pairs WHERE study_id = ? AND is_left_out = 1')
      .all(studyId)
      .map(([id]) => id),
  );
}

/** How many pairs that would be rated are left out: of all, or of those that were drawn. */
export function leftOutCount(store: ReadStore, studyId: number, ofDrawn: boolean): number {
  return (
    store
      .query<{ count: number }>(
        `SELECT count(*) AS count FROM pairs WHERE study_id = ? AND is_left_out = 1
           AND (? = 0 OR EXISTS (SELECT 1 FROM selected_pairs d WHERE d.pair_id = pairs.id))`,
      )
      .get(studyId, Number(ofDrawn))?.count ?? 0
  );
}

export function isLeftOut(store: ReadStore, pairId: number): boolean {
  return store.query('SELECT 1 FROM pairs WHERE id = ? AND is_left_out = 1').get(pairId) !== undefined;
}

/** A pair that is left out, by its id in the file, and why. */
export interface LeftOutPair {
  readonly id: string;
  readonly reason: string;
  readonly leftOutAt: number;
}

/** The pairs of a study that are left out, in its order, each with the decision that counts. */
export function reasonsForLeavingOut(store: ReadStore, studyId: number): LeftOutPair[] {
  return store
    .query<LeftOutPair>(
      `SELECT pairs.external_id AS id, d.reason AS reason, d.decided_at AS leftOutAt
       FROM pairs JOIN pair_decisions d ON d.id = (SELECT max(id) FROM pair_decisions l WHERE l.pair_id = pairs.id)
       WHERE pairs.study_id = ? AND pairs.is_left_out = 1 ORDER BY pairs.ordinal`,
    )
    .all(studyId);
}

/** Row ids of every pair of the store that is left out. */
export function leftOutPairsOfStore(store: ReadStore): number[] {
  return store
    .rawQuery<[number]>(
      `SELECT pairs.id FROM studies CROSS JOIN pairs ON pairs.study_id = studies.id AND pairs.is_left_out = 1
       ORDER BY pairs.id`,
    )
    .all()
    .map(([id]) => id);
}
