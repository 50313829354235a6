import type { Failure } from '../../../../shared/judge/judge-reply.ts';
import {
  type JudgmentScore,
  type ScoreColumns,
  scoreColumns,
  scoreOf,
} from '../../../../shared/study/judgment-score.ts';
import type { JudgeOrder, JudgeVerdict } from '../../../../shared/study/verdict.ts';
import type { Store } from '../engine/database.ts';

export interface StoredJudgment {
  readonly judge: string;
  readonly order: JudgeOrder;
  readonly sample: number;
  readonly verdict: JudgeVerdict;
  /** Why there is no verdict, where it is known more closely. */
  readonly failure: Failure | null;
  readonly score: JudgmentScore | null;
  readonly raw: string | null;
  readonly judgedAt: number | null;
}

export function insertJudgment(
  store: Store,
  row: Omit<StoredJudgment, 'judge' | 'failure'> & {
    readonly pairId: number;
    readonly judgeId: number;
    readonly failure?: Failure | null;
    readonly attempt?: number;
  },
): void {
  const { score, scoreKind, scoreFirst, scoreSecond } = scoreColumns(row.score);
  store.run(
    `INSERT INTO judgments (pair_id, judge_id, judge_order, sample, attempt, verdict, failure, score, score_kind,
       score_first, score_second, raw, judged_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.pairId,
    row.judgeId,
    row.order,
    row.sample,
    row.attempt ?? 0,
    row.verdict,
    row.failure ?? null,
    score,
    scoreKind,
    scoreFirst,
    scoreSecond,
    row.raw,
    row.judgedAt,
  );
}

/** The replies of a judgment that was run from here, one below the other. */
const RAW = `coalesce(j.raw, (SELECT group_concat(r.raw, char(10, 10)) FROM judge_replies r
  WHERE r.pair_id = j.pair_id AND r.judge_id = j.judge_id AND r.judge_order = j.judge_order
    AND r.sample = j.sample AND r.attempt = j.attempt))`;

const COLUMNS = `judges.name AS judge, j.judge_order AS "order", j.sample AS sample, j.verdict AS verdict,
  j.failure AS failure, j.score AS score, j.score_kind AS scoreKind, j.score_first AS scoreFirst,
  j.score_second AS scoreSecond, ${RAW} AS raw, j.judged_at AS judgedAt`;

type JudgmentRow = Omit<StoredJudgment, 'score'> & ScoreColumns;

function judgmentOf({ score, scoreKind, scoreFirst, scoreSecond, ...row }: JudgmentRow): StoredJudgment {
  return { ...row, score: scoreOf({ score, scoreKind, scoreFirst, scoreSecond }) };
}

/** One judgment by its key. */
export function judgmentAt(
  store: Store,
  pairId: number,
  judgeId: number,
  order: JudgeOrder,
  sample: number,
): StoredJudgment | undefined {
  const row = store
    .query<JudgmentRow>(
      `SELECT ${COLUMNS} FROM current_judgments j JOIN judges ON judges.id = j.judge_id
       WHERE j.pair_id = ? AND j.judge_id = ? AND j.judge_order = ? AND j.sample = ?`,
    )
    .get(pairId, judgeId, order, sample);
  return row === undefined ? undefined : judgmentOf(row);
}

/** All judgments of a pair, by judge, order and sample. */
export function judgmentsOfPair(store: Store, pairId: number): StoredJudgment[] {
  return store
    .query<JudgmentRow>(
      `SELECT ${COLUMNS} FROM current_judgments j JOIN study_judges judges ON judges.id = j.judge_id
       WHERE j.pair_id = ? ORDER BY judges.name, j.judge_order, j.sample`,
    )
    .all(pairId)
    .map(judgmentOf);
}

export function judgeNames(store: Store, studyId: number): string[] {
  return store
    .query<{ name: string }>('SELECT name FROM study_judges WHERE study_id = ? ORDER BY name')
    .all(studyId)
    .map((row) => row.name);
}
