import type { HumanVerdict } from '../../../../shared/study/verdict.ts';
import type { ReadStore, WriteStore } from '../engine/database.ts';

export interface Qualification {
  readonly attempt: number;
  readonly answered: number;
  readonly correct: number;
  readonly passMark: number;
  readonly passed: number;
  readonly finishedAt: number;
}

/** How a rater did in the qualifying set, first attempt first. */
export function qualificationsOf(store: ReadStore, raterId: number): Qualification[] {
  return store
    .query<Qualification>(
      `SELECT attempt, answered, correct, pass_mark AS passMark, passed, finished_at AS finishedAt
       FROM qualifications WHERE rater_id = ? ORDER BY attempt`,
    )
    .all(raterId);
}

export function insertQualification(
  store: WriteStore,
  row: Omit<Qualification, 'passed'> & { readonly raterId: number; readonly passed: boolean },
): void {
  store.run(
    `INSERT INTO qualifications (rater_id, attempt, answered, correct, pass_mark, passed, finished_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    row.raterId,
    row.attempt,
    row.answered,
    row.correct,
    row.passMark,
    row.passed ? 1 : 0,
    row.finishedAt,
  );
}

/** Of rows `r` of ratings. */
export const NEVER_SUPERSEDED = 'NOT EXISTS (SELECT 1 FROM ratings later WHERE later.supersedes = r.id)';

/**
 * FROM and WHERE of a rater's votes `r` in training that count. That they are no labels is said beside, in the words of the
 * index that leaves labels out: a rater may have any number of imported ones.
 */
export function votesInTraining(raterId: string, kind: string, attempt: string): string {
  return `FROM ratings r JOIN presentations p ON p.id = r.presentation_id
    WHERE r.rater_id = ${raterId} AND r.role = 'training' AND r.role <> 'label' AND p.kind = ${kind} AND p.block = ${attempt}
      AND ${NEVER_SUPERSEDED}`;
}

/** A rater's votes on pairs of a training stage; of one attempt where one is named. */
export function trainingVotes(
  store: ReadStore,
  raterId: number,
  stage: 'practice' | 'qualifying',
  attempt: number | null = null,
): { readonly pairId: number; readonly verdict: HumanVerdict }[] {
  return store
    .query<{ pairId: number; verdict: HumanVerdict }>(
      `SELECT r.pair_id AS pairId, r.verdict AS verdict ${votesInTraining('?', '?', 'coalesce(?, p.block)')}`,
    )
    .all(raterId, stage, attempt);
}
