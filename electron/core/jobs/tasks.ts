/** Long work that must not run on the thread that serves keys. */
import type { FileProgress } from '../../../shared/contract/job-methods.ts';
import type { JudgeRunProgress } from '../../../shared/contract/judge-run.ts';
import { labelPlan } from '../../../shared/domain/label-plan.ts';
import { computeCard, computeCards } from '../agreement/compute-card.ts';
import { drawSelection } from '../design/draw-selection.ts';
import { runExport } from '../exports/run-export.ts';
import { runImport } from '../imports/run-import.ts';
import { estimateRun } from '../judges/estimate-run.ts';
import { makePanel } from '../judges/make-panel.ts';
import { runJudge } from '../judges/run-judge.ts';
import { acceptPack } from '../packs/accept-pack.ts';
import { makePack } from '../packs/make-pack.ts';
import { mergeReturns } from '../packs/merge-returns.ts';
import { openPack } from '../packs/open-pack.ts';
import { writeReturn } from '../packs/write-return.ts';
import { warningsSinceResumed } from '../quality/report-raters.ts';
import { drawReview } from '../review/draw-review.ts';
import { answerReport } from './answer-report.ts';

/** Every task by name: a request that can be cloned in, a result that can be cloned out. */
export const TASKS = {
  report: answerReport,
  import: runImport,
  card: computeCard,
  cards: computeCards,
  export: runExport,
  judge: runJudge,
  makePanel,
  estimateRun,
  drawSelection,
  labelPlan,
  warningsSinceResumed,
  drawReview,
  makePack,
  mergeReturns,
  acceptPack,
  openPack,
  writeReturn,
} as const;

export type TaskName = keyof typeof TASKS;
/** What a task tells while it runs. */
export type TaskProgress<Name extends TaskName> = Name extends 'judge' ? JudgeRunProgress : FileProgress;
export type TaskRequest<Name extends TaskName> = Parameters<(typeof TASKS)[Name]>[0];
export type TaskResult<Name extends TaskName> = Awaited<ReturnType<(typeof TASKS)[Name]>>;
