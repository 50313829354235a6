/** What raters were asked about who wrote what, and what they said. */
import type { Guess } from '../../../../shared/review/guess-result.ts';
import type { Side } from '../../../../shared/study/verdict.ts';
import type { ReadStore, WriteStore } from '../engine/database.ts';
import { countsAsPair } from '../study/pair-decisions.ts';

export interface StoredGuess {
  readonly id: number;
  readonly publicId: string;
  readonly pairId: number;
  readonly leftSide: Side;
  readonly sampleResponseId: number;
  /** The side of the pair that the sample's system wrote. */
  readonly sampleSide: Side;
  readonly sampleOutput: string;
  readonly answer: Side | 'cannot_tell' | null;
}

const GUESS = `SELECT g.id AS id, g.public_id AS publicId, g.pair_id AS pairId, g.left_side AS leftSide,
    g.sample_response_id AS sampleResponseId, g.sample_side AS sampleSide,
    responses.output AS sampleOutput, g.answer AS answer
  FROM system_guesses g JOIN responses ON responses.id = g.sample_response_id`;

/** The question a rater has not answered yet. */
export function openGuess(store: ReadStore, raterId: number): StoredGuess | undefined {
  return store.query<StoredGuess>(`${GUESS} WHERE g.rater_id = ? AND g.answer IS NULL LIMIT 1`).get(raterId);
}

export function guessByPublicId(
  store: ReadStore,
  raterId: number,
  publicId: string,
): StoredGuess | undefined {
  return store.query<StoredGuess>(`${GUESS} WHERE g.public_id = ? AND g.rater_id = ?`).get(publicId, raterId);
}

export function answeredGuesses(store: ReadStore, raterId: number): number {
  return (
    store
      .query<{ count: number }>(
        'SELECT count(*) AS count FROM system_guesses WHERE rater_id = ? AND answer IS NOT NULL',
      )
      .get(raterId)?.count ?? 0
  );
}

export function insertGuess(
  store: WriteStore,
  raterId: number,
  row: Pick<StoredGuess, 'publicId' | 'pairId' | 'leftSide' | 'sampleResponseId' | 'sampleSide'> & {
    readonly askedAt: number;
  },
): void {
  store.run(
    `INSERT INTO system_guesses (public_id, rater_id, pair_id, left_side, sample_response_id, sample_side, asked_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    row.publicId,
    raterId,
    row.pairId,
    row.leftSide,
    row.sampleResponseId,
    row.sampleSide,
    row.askedAt,
  );
}

export function answerGuess(store: WriteStore, id: number, answer: Side | 'cannot_tell', at: number): void {
  store.run('UPDATE system_guesses SET answer = ?, answered_at = ? WHERE id = ?', answer, at, id);
}

/** Pairs a rater gave a label here and was not asked about. */
export function unaskedPairs(store: ReadStore, raterId: number): number[] {
  return store
    .rawQuery<[number]>(
      `SELECT p.pair_id FROM presentations p WHERE p.rater_id = ? AND p.kind = 'ordinary' AND p.is_open = 0 AND ${countsAsPair('p.pair_id')}
         AND NOT EXISTS (SELECT 1 FROM system_guesses g WHERE g.rater_id = p.rater_id AND g.pair_id = p.pair_id)
       ORDER BY p.position`,
    )
    .all(raterId)
    .map(([id]) => id);
}

/** Outputs of a system that a rater was shown with labels, for other items than one. */
export function outputsOfSystem(
  store: ReadStore,
  raterId: number,
  systemId: number,
  exceptItem: number,
): number[] {
  return store
    .rawQuery<[number]>(
      `SELECT DISTINCT responses.id FROM presentations p JOIN pairs ON pairs.id = p.pair_id
       JOIN responses ON responses.id IN (pairs.first_response_id, pairs.second_response_id)
       WHERE p.rater_id = ? AND p.kind = 'ordinary' AND p.is_open = 0 AND responses.system_id = ?
         AND pairs.item_id <> ? ORDER BY responses.id LIMIT 1000`,
    )
    .all(raterId, systemId, exceptItem)
    .map(([id]) => id);
}

/** Every answered question of a study. */
export function guessesOf(store: ReadStore, studyId: number): Guess[] {
  return store
    .query<{ rater: string; answer: Side | 'cannot_tell'; sampleSide: Side }>(
      `SELECT raters.name AS rater, g.answer AS answer, g.sample_side AS sampleSide
       FROM system_guesses g JOIN raters ON raters.id = g.rater_id
       WHERE raters.study_id = ? AND raters.is_excluded = 0 AND g.answer IS NOT NULL ORDER BY raters.name, g.id`,
    )
    .all(studyId)
    .map(({ rater, answer, sampleSide }) => ({
      rater,
      isRight: answer === 'cannot_tell' ? null : answer === sampleSide,
    }));
}
