import type { ReadStore } from '../engine/database.ts';

/** A pair as a judge needs it: texts, and no names of systems. */
export interface JudgedPair {
  readonly pairId: number;
  readonly ordinal: number;
  readonly externalId: string;
  readonly prompt: string;
  readonly reference: string | null;
  readonly firstResponseId: number;
  readonly firstOutput: string;
  readonly secondResponseId: number;
  readonly secondOutput: string;
  readonly slices: string;
}

/** Pairs of a study that count, from an ordinal on, in order. */
export function judgedPairsFrom(
  store: ReadStore,
  studyId: number,
  from: number,
  limit: number,
): JudgedPair[] {
  return store
    .query<JudgedPair>(
      `SELECT pairs.id AS pairId, pairs.ordinal AS ordinal, pairs.external_id AS externalId, items.prompt AS prompt,
              items.reference AS reference, f.id AS firstResponseId, f.output AS firstOutput,
              s.id AS secondResponseId, s.output AS secondOutput, pairs.slices AS slices
       FROM pairs JOIN items ON items.id = pairs.item_id
       JOIN responses f ON f.id = pairs.first_response_id JOIN responses s ON s.id = pairs.second_response_id
       WHERE pairs.study_id = ? AND pairs.ordinal >= ? AND pairs.is_left_out = 0 ORDER BY pairs.ordinal LIMIT ?`,
    )
    .all(studyId, from, limit);
}

/** The responses of a pair. */
export function responsesOfPair(
  store: ReadStore,
  pairId: number,
): { readonly first: number; readonly second: number } {
  const row = store
    .query<{ first: number; second: number }>(
      'SELECT first_response_id AS first, second_response_id AS second FROM pairs WHERE id = ?',
    )
    .get(pairId);
  if (row === undefined) throw new Error(`there is no pair ${pairId}`);
  return row;
}
