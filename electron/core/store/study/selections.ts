/** Draws of pairs to be rated, with the probability of each pair. */

import { spoke } from '../../../../shared/card/columns/card-data.ts';
import type { SelectionSummary } from '../../../../shared/contract/design-methods.ts';
import type { SelectionMethod } from '../../../../shared/selection/selection-method.ts';
import { type DrawnUnit, waveWeights } from '../../../../shared/stats/sampling/wave-weights.ts';
import { CODE } from '../../../../shared/study/verdict-codes.ts';
import type { ReadStore, WriteStore } from '../engine/database.ts';
import { type OfPair, rowsOfPairs } from '../engine/rows-of-pairs.ts';

export function selectionsOf(store: ReadStore, studyId: number): SelectionSummary[] {
  return store
    .query<Omit<SelectionSummary, 'method'> & { method: string }>(
      `SELECT wave, method, pairs, candidates, drawn_at AS drawnAt,
              (SELECT min(probability) FROM selected_pairs WHERE selection_id = s.id) AS lowestProbability,
              (SELECT max(probability) FROM selected_pairs WHERE selection_id = s.id) AS highestProbability
       FROM selections s WHERE study_id = ? ORDER BY wave`,
    )
    .all(studyId)
    .map((row) => ({ ...row, method: JSON.parse(row.method) as SelectionMethod }));
}

export function insertSelection(
  store: WriteStore,
  studyId: number,
  draw: {
    readonly method: SelectionMethod;
    readonly candidates: number;
    readonly drawnAt: number;
    readonly pairIds: ArrayLike<number>;
    readonly probabilities: ArrayLike<number>;
  },
): void {
  const { lastId } = store.run(
    `INSERT INTO selections (study_id, wave, method, pairs, candidates, drawn_at)
     VALUES (?, (SELECT coalesce(max(wave), -1) + 1 FROM selections WHERE study_id = ?), ?, ?, ?, ?)`,
    studyId,
    studyId,
    JSON.stringify(draw.method),
    draw.pairIds.length,
    draw.candidates,
    draw.drawnAt,
  );
  const rows = Array.from({ length: draw.pairIds.length }, (_row, place) => [
    lastId,
    place,
    draw.pairIds[place] ?? 0,
    draw.probabilities[place] ?? 0,
  ]);
  store.insertTogether('selected_pairs', ['selection_id', 'place', 'pair_id', 'probability'], rows);
}

/** How many draws a study has had. */
export function drawCount(store: ReadStore, studyId: number): number {
  return (
    store.query<{ count: number }>('SELECT count(*) AS count FROM selections WHERE study_id = ?').get(studyId)
      ?.count ?? 0
  );
}

/** In which draw a pair was chosen, and with what probability. */
export interface Draw {
  readonly wave: number;
  readonly probability: number;
}

/** The draws that pairs were chosen in; a pair is in one at most. */
export function drawsOfPairs(
  store: ReadStore,
  pairIds: readonly number[],
): (pairId: number) => Draw | undefined {
  const rows = rowsOfPairs<Draw & OfPair>(
    store,
    `SELECT d.pair_id AS pairId, s.wave AS wave, d.probability AS probability
     FROM json_each(?) wanted CROSS JOIN selected_pairs d ON d.pair_id = wanted.value
       JOIN selections s ON s.id = d.selection_id`,
    pairIds,
  );
  return (pairId) => rows(pairId)[0];
}

/** Pairs of a study that may not be drawn: drawn before, or with a known answer. */
export function undrawablePairs(store: ReadStore, studyId: number): Set<number> {
  return new Set(
    store
      .rawQuery<[number]>(
        `SELECT d.pair_id FROM selected_pairs d JOIN selections s ON s.id = d.selection_id WHERE s.study_id = ?
         UNION SELECT pair_id FROM known_answers WHERE study_id = ?`,
      )
      .all(studyId, studyId)
      .map(([id]) => id),
  );
}

/** How many pairs were drawn to be rated; null where none was, and all are. */
export function drawnPairCount(store: ReadStore, studyId: number): number | null {
  return (
    store
      .query<{ pairs: number | null }>('SELECT sum(pairs) AS pairs FROM selections WHERE study_id = ?')
      .get(studyId)?.pairs ?? null
  );
}

/**
 * How many pairs each labelled pair stands for, scaled to a mean of 1; 0 outside the draws. Null where every pair stands
 * for as many: without a draw, or where all had one chance and nothing else has a label.
 *
 * @param raters votes by rater, one code per pair
 * @param indexOfPair −1 for a pair that is left out
 */
export function pairWeights(
  store: ReadStore,
  studyId: number,
  raters: readonly { readonly codes: Int8Array }[],
  pairCount: number,
  indexOfPair: (id: number) => number,
): Float64Array | null {
  const rows = store
    .rawQuery<[number, number, number, number]>(
      `SELECT d.pair_id, s.wave, d.probability, p.draws_before
       FROM selections s JOIN selected_pairs d ON d.selection_id = s.id JOIN pairs p ON p.id = d.pair_id
       WHERE s.study_id = ? ORDER BY p.ordinal`,
    )
    .all(studyId);
  if (rows.length === 0) return null;
  const speaking = raters.filter(spoke);
  const isLabel = (code: number = CODE.missing) => code !== CODE.missing && code !== CODE.skipped;
  const isLabelled = (pair: number) => speaking.some(({ codes }) => isLabel(codes[pair]));
  const waves: { drawn: number; labelled: number }[] = [];
  const labelled: (DrawnUnit & { readonly pair: number })[] = [];
  const isDrawn = new Uint8Array(pairCount);
  for (const [id, wave, probability, entry] of rows) {
    waves[wave] ??= { drawn: 0, labelled: 0 };
    const counts = waves[wave];
    const pair = indexOfPair(id);
    // What is left out is no part of what was drawn from.
    if (pair < 0) continue;
    counts.drawn++;
    isDrawn[pair] = 1;
    if (!isLabelled(pair)) continue;
    counts.labelled++;
    labelled.push({ pair, wave, probability, entry: Math.min(entry, wave) });
  }
  if (labelled.length === 0) return null;
  const weights = waveWeights(waves, labelled);
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
  const hasOthers = isDrawn.some((drawn, pair) => drawn === 0 && isLabelled(pair));
  if (!hasOthers && weights.every((weight) => Math.abs(weight / mean - 1) < 1e-9)) return null;
  const ofPair = new Float64Array(pairCount);
  labelled.forEach(({ pair }, place) => {
    ofPair[pair] = (weights[place] ?? 0) / mean;
  });
  return ofPair;
}
