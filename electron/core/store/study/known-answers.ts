/** Pairs whose answer is known: they train and check raters, and are never labelled. */
import type { KnownStage } from '../../../../shared/study/known-answer.ts';
import type { HumanVerdict } from '../../../../shared/study/verdict.ts';
import type { ReadStore, WriteStore } from '../engine/database.ts';
import { countsAsPair } from './pair-decisions.ts';

export interface KnownAnswer {
  readonly pairId: number;
  readonly verdict: Exclude<HumanVerdict, 'skipped'>;
  readonly explanation: string;
}

const COLUMNS = 'pair_id AS pairId, verdict, explanation';

/** The known answers of a stage that raters may be given, in their order. */
export function knownAnswers(store: ReadStore, studyId: number, stage: KnownStage): KnownAnswer[] {
  return store
    .query<KnownAnswer>(
      `SELECT ${COLUMNS} FROM known_answers k WHERE study_id = ? AND stage = ? AND ${countsAsPair('k.pair_id')} ORDER BY place`,
    )
    .all(studyId, stage);
}

export function knownAnswerOf(store: ReadStore, pairId: number): KnownAnswer | undefined {
  return store.query<KnownAnswer>(`SELECT ${COLUMNS} FROM known_answers WHERE pair_id = ?`).get(pairId);
}

/** What a pair is whose answer is known; undefined for one whose answer is not. */
export function knownStageOf(store: ReadStore, pairId: number): KnownStage | undefined {
  return store.query<{ stage: KnownStage }>('SELECT stage FROM known_answers WHERE pair_id = ?').get(pairId)
    ?.stage;
}

/** Every pair of a study whose answer is known. */
export function knownPairs(store: ReadStore, studyId: number): Set<number> {
  return new Set(
    store
      .rawQuery<[number]>('SELECT pair_id FROM known_answers WHERE study_id = ?')
      .all(studyId)
      .map(([pairId]) => pairId),
  );
}

export function knownAnswerCounts(store: ReadStore, studyId: number): Readonly<Record<KnownStage, number>> {
  const counts = { example: 0, practice: 0, qualifying: 0, gold: 0 };
  for (const { stage, count } of store
    .query<{ stage: KnownStage; count: number }>(
      'SELECT stage, count(*) AS count FROM known_answers WHERE study_id = ? GROUP BY stage',
    )
    .all(studyId)) {
    counts[stage] = count;
  }
  return counts;
}

export function insertKnownAnswer(
  store: WriteStore,
  studyId: number,
  stage: KnownStage,
  { pairId, verdict, explanation }: KnownAnswer,
): void {
  store.run(
    `INSERT INTO known_answers (pair_id, study_id, stage, verdict, explanation, place)
     VALUES (?, ?, ?, ?, ?, (SELECT coalesce(max(place), -1) + 1 FROM known_answers WHERE study_id = ? AND stage = ?))`,
    pairId,
    studyId,
    stage,
    verdict,
    explanation,
    studyId,
    stage,
  );
}
