/** Long work that must not run on the thread that serves keys. */
import type { FileProgress } from '../../../shared/contract/job-methods.ts';
import type { JudgeRunProgress } from '../../../shared/contract/judge-run.ts';
import { labelPlan } from '../../../shared/domain/label-plan.ts';
import { computeCard, computeCards } from '../agreement/compute-card.ts';
import { findComparisons } from '../agreement/find-comparisons.ts';
import { verifyAudit } from '../audit/verify-audit.ts';
import { drawSelection } from '../design/draw-selection.ts';
import { runExport } from '../exports/run-export.ts';
import { runImport } from '../imports/run-import.ts';
import { compareJudges } from '../judges/compare-judges.ts';
import { estimateRun } from '../judges/estimate-run.ts';
import { reportDrift } from '../judges/judge-drift.ts';
import { listJudges } from '../judges/list-judges.ts';
import { makePanel } from '../judges/make-panel.ts';
import { previewJudge } from '../judges/preview-judge.ts';
import { reportJudge } from '../judges/report-judge.ts';
import { runJudge } from '../judges/run-judge.ts';
import { acceptPack } from '../packs/accept-pack.ts';
import { makePack } from '../packs/make-pack.ts';
import { mergeReturns } from '../packs/merge-returns.ts';
import { openPack } from '../packs/open-pack.ts';
import { writeReturn } from '../packs/write-return.ts';
import { consensusReport } from '../quality/consensus-report.ts';
import { exclusionEffect } from '../quality/exclusion-effect.ts';
import { reportRaters, warningsSinceResumed } from '../quality/report-raters.ts';
import { drawReview } from '../review/draw-review.ts';
import { findDisagreements } from '../review/find-disagreements.ts';
import { reportGaps } from '../review/report-gaps.ts';
import { reportGuesses } from '../review/report-guesses.ts';
import { reportReviews } from '../review/report-reviews.ts';

/** Every task by name: a request that can be cloned in, a result that can be cloned out. */
export const TASKS = {
  import: runImport,
  card: computeCard,
  cards: computeCards,
  comparisons: findComparisons,
  export: runExport,
  judge: runJudge,
  compareJudges,
  makePanel,
  listJudges,
  previewJudge,
  estimateRun,
  judgeReport: reportJudge,
  reportDrift,
  drawSelection,
  labelPlan,
  verifyAudit,
  reportRaters,
  warningsSinceResumed,
  exclusionEffect,
  consensusReport,
  drawReview,
  findDisagreements,
  reportReviews,
  reportGaps,
  reportGuesses,
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
