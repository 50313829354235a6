import type { Failure } from '../../../../shared/judge/judge-reply.ts';
import {
  type JudgmentScore,
  type ScoreColumns,
  scoreColumns,
  scoreOf,
} from '../../../../shared/study/judgment-score.ts';
import type { JudgeOrder, JudgeVerdict } from '../../../../shared/study/verdict.ts';
import type { ReadStore, WriteStore } from '../engine/database.ts';
import { type OfPair, rowsOfPairs } from '../engine/rows-of-pairs.ts';

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

export type NewJudgment = Omit<StoredJudgment, 'judge' | 'failure'> & {
  readonly pairId: number;
  readonly judgeId: number;
  readonly failure?: Failure | null;
  readonly attempt?: number;
};

export function insertJudgment(store: WriteStore, judgment: NewJudgment): void {
  insertJudgments(store, [judgment]);
}

/** Inserts many judgments together. */
export function insertJudgments(store: WriteStore, judgments: readonly NewJudgment[]): void {
  store.insertTogether('judgments', INSERTED, judgments.map(valuesOf));
}

const INSERTED = [
  'pair_id',
  'judge_id',
  'judge_order',
  'sample',
  'attempt',
  'verdict',
  'failure',
  'score',
  'score_kind',
  'score_first',
  'score_second',
  'raw',
  'judged_at',
];

function valuesOf(judgment: NewJudgment): readonly (string | number | null)[] {
  const { score, scoreKind, scoreFirst, scoreSecond } = scoreColumns(judgment.score);
  return [
    judgment.pairId,
    judgment.judgeId,
    judgment.order,
    judgment.sample,
    judgment.attempt ?? 0,
    judgment.verdict,
    judgment.failure ?? null,
    score,
    scoreKind,
    scoreFirst,
    scoreSecond,
    judgment.raw,
    judgment.judgedAt,
  ];
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

/** All judgments of a pair, those of waves among them, each with the number of its judge. */
export function judgmentsWithJudges(
  store: ReadStore,
  pairId: number,
): (StoredJudgment & { readonly judgeId: number })[] {
  return store
    .query<JudgmentRow & { judgeId: number }>(
      `SELECT ${COLUMNS}, j.judge_id AS judgeId FROM current_judgments j JOIN judges ON judges.id = j.judge_id
       WHERE j.pair_id = ?`,
    )
    .all(pairId)
    .map((row) => ({ ...judgmentOf(row), judgeId: row.judgeId }));
}

/** All judgments of pairs, by judge, order and sample. */
export function judgmentsOfPairs(
  store: ReadStore,
  pairIds: readonly number[],
): (pairId: number) => readonly StoredJudgment[] {
  const rows = rowsOfPairs<JudgmentRow & OfPair>(
    store,
    `SELECT j.pair_id AS pairId, ${COLUMNS}
     FROM json_each(?) wanted CROSS JOIN current_judgments j ON j.pair_id = wanted.value
       JOIN study_judges judges ON judges.id = j.judge_id
     ORDER BY judges.name, j.judge_order, j.sample`,
    pairIds,
  );
  return (pairId) => rows(pairId).map(judgmentOf);
}

export function judgmentsOfPair(store: ReadStore, pairId: number): readonly StoredJudgment[] {
  return judgmentsOfPairs(store, [pairId])(pairId);
}

export function judgeNames(store: ReadStore, studyId: number): string[] {
  return store
    .query<{ name: string }>('SELECT name FROM study_judges WHERE study_id = ? ORDER BY name')
    .all(studyId)
    .map((row) => row.name);
}
