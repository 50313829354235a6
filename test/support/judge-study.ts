import { createHash } from 'node:crypto';
import { answerReport } from '../../electron/core/answer-report.ts';
import { type JudgeRunRequest, runJudge } from '../../electron/core/judging/run-judge.ts';
import { Store } from '../../electron/core/store/engine/database.ts';
import { keepJudgeVersion } from '../../electron/core/store/judging/judge-versions.ts';
import { studyByPublicId } from '../../electron/core/store/study/studies.ts';
import { NO_CONTROLS, type TaskControls } from '../../electron/core/work/task-controls.ts';
import type { JudgeReport } from '../../shared/contract/judge-methods.ts';
import type { JudgeRunProgress, JudgeRunResult } from '../../shared/contract/judge-run.ts';
import {
  definitionToHash,
  type JudgeDefinitionInput,
  judgeDefinitionSchema,
} from '../../shared/judge/judge-definition.ts';
import { ASKED } from './asked.ts';
import { importText, jsonLines } from './comparisons.ts';
import { openTestApp } from './open-app.ts';
import { PATIENCE_MS } from './patience.ts';

/** A study of pairs whose outputs differ in length: the first is longer in every pair but each fourth, which ties. */
export async function judgeStudy(
  pairs: number,
): Promise<{ readonly storePath: string; readonly studyId: string }> {
  const { storePath } = await openTestApp();
  const rows = Array.from({ length: pairs }, (_row, index) => ({
    id: `pair-${index}`,
    prompt: `Question ${index}?`,
    a: { system: 'one', text: `Long answer ${index} ${'x'.repeat(index % 4 === 3 ? 1 : 20)}` },
    b: { system: 'two', text: `Long answer ${index} x` },
    slices: { half: index % 2 === 0 ? 'even' : 'odd' },
  }));
  const { studyId } = await importText(storePath, jsonLines(rows));
  if (studyId === null) throw new Error('nothing was imported');
  return { storePath, studyId };
}

export const PAIRWISE = {
  name: 'length',
  model: 'synthetic-1',
  prompt: '{{prompt}}\n{{output_a}}\n{{output_b}}',
  reply: { form: 'pairwise', scale: 'with_tie', grammar: 'double_bracket' },
} as const;

/** Adds a judge version and returns its name. */
export function addJudge(
  { storePath, studyId }: { readonly storePath: string; readonly studyId: string },
  input: JudgeDefinitionInput,
): string {
  const definition = judgeDefinitionSchema.parse(input);
  const contentHash = createHash('sha256').update(definitionToHash(definition)).digest('hex');
  const store = new Store(storePath, { readonly: false });
  try {
    const study = studyByPublicId(store, studyId);
    if (study === undefined) throw new Error('no study');
    return store.write((store) => keepJudgeVersion(store, study.id, { definition, contentHash, nowMs: 1 }))
      .version.name;
  } finally {
    store.close();
  }
}

let runs = 0;

/** What the product says of how a judge did its work. */
export async function reportOf(
  { storePath, studyId }: { readonly storePath: string; readonly studyId: string },
  judge: string,
): Promise<JudgeReport> {
  return (await answerReport({
    name: 'judges.report',
    input: { studyId, judge },
    storePath,
    ...ASKED,
  })) as JudgeReport;
}

export function runTestJudge(
  place: { readonly storePath: string; readonly studyId: string },
  judge: string,
  changes: Partial<JudgeRunRequest> = {},
  controls: Partial<TaskControls<JudgeRunProgress>> = {},
): Promise<JudgeRunResult> {
  return runJudge(
    {
      ...place,
      judge,
      selection: { limit: null, slice: null, pairs: null, which: 'missing' },
      maxCostUsd: null,
      concurrency: 8,
      timeoutMs: PATIENCE_MS,
      apiKey: null,
      newRunId: `run-${runs++}`,
      ...changes,
    },
    { ...NO_CONTROLS, ...controls },
  );
}

export interface JudgmentRow {
  readonly pair: string;
  readonly order: string;
  readonly sample: number;
  readonly attempt: number;
  readonly verdict: string;
  readonly failure: string | null;
  readonly score: number | null;
}

/** Every judgment in the store, all attempts. */
export function judgmentRows(storePath: string): JudgmentRow[] {
  return rowsOf<JudgmentRow>(
    storePath,
    `SELECT p.external_id AS pair, j.judge_order AS "order", j.sample, j.attempt, j.verdict, j.failure, j.score
     FROM judgments j JOIN pairs p ON p.id = j.pair_id ORDER BY p.ordinal, j.judge_order, j.sample, j.attempt`,
  );
}

export function rowsOf<Row>(storePath: string, sql: string): Row[] {
  const store = new Store(storePath, { readonly: true });
  try {
    return store.query<Row>(sql).all();
  } finally {
    store.close();
  }
}
