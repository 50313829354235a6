import type { JudgeOrder, JudgeVerdict } from '../../../shared/domain/verdict.ts';
import type { Store } from './database.ts';

export interface StoredJudgment {
  readonly judge: string;
  readonly order: JudgeOrder;
  readonly sample: number;
  readonly verdict: JudgeVerdict;
  readonly score: number | null;
  readonly raw: string | null;
  readonly judgedAt: number | null;
}

export function insertJudgment(
  store: Store,
  row: Omit<StoredJudgment, 'judge'> & { readonly pairId: number; readonly judgeId: number },
): void {
  store.run(
    `INSERT INTO judgments (pair_id, judge_id, judge_order, sample, verdict, score, raw, judged_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    row.pairId,
    row.judgeId,
    row.order,
    row.sample,
    row.verdict,
    row.score,
    row.raw,
    row.judgedAt,
  );
}

const COLUMNS = `judges.name AS judge, j.judge_order AS "order", j.sample AS sample, j.verdict AS verdict,
  j.score AS score, j.raw AS raw, j.judged_at AS judgedAt`;

/** One judgment by its key. */
export function judgmentAt(
  store: Store,
  pairId: number,
  judgeId: number,
  order: JudgeOrder,
  sample: number,
): StoredJudgment | undefined {
  return store
    .query<StoredJudgment>(
      `SELECT ${COLUMNS} FROM judgments j JOIN judges ON judges.id = j.judge_id
       WHERE j.pair_id = ? AND j.judge_id = ? AND j.judge_order = ? AND j.sample = ?`,
    )
    .get(pairId, judgeId, order, sample);
}

/** All judgments of a pair, by judge, order and sample. */
export function judgmentsOfPair(store: Store, pairId: number): StoredJudgment[] {
  return store
    .query<StoredJudgment>(
      `SELECT ${COLUMNS} FROM judgments j JOIN judges ON judges.id = j.judge_id
       WHERE j.pair_id = ? ORDER BY judges.name, j.judge_order, j.sample`,
    )
    .all(pairId);
}

export function judgeNames(store: Store, studyId: number): string[] {
  return store
    .query<{ name: string }>('SELECT name FROM judges WHERE study_id = ? ORDER BY name')
    .all(studyId)
    .map((row) => row.name);
}
