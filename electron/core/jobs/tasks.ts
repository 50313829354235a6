/** Long work that must not run on the thread that serves keys. */
import type { FileProgress } from '../../../shared/contract/job-methods.ts';
import type { JudgeRunProgress } from '../../../shared/contract/judge-run.ts';

/**
 * Every task by name: a request that can be cloned in, a result that can be cloned out. Each is loaded when it is asked for, so that a
 * thread holds only what it needs.
 */
export const TASKS = {
  report: async () => (await import('./answer-report.ts')).answerReport,
  import: async () => (await import('../imports/run-import.ts')).runImport,
  card: async () => (await import('../agreement/compute-card.ts')).computeCard,
  cards: async () => (await import('../agreement/compute-card.ts')).computeCards,
  export: async () => (await import('../exports/run-export.ts')).runExport,
  judge: async () => (await import('../judges/run-judge.ts')).runJudge,
  makePanel: async () => (await import('../judges/make-panel.ts')).makePanel,
  estimateRun: async () => (await import('../judges/estimate-run.ts')).estimateRun,
  drawSelection: async () => (await import('../design/draw-selection.ts')).drawSelection,
  labelPlan: async () => (await import('../../../shared/domain/label-plan.ts')).labelPlan,
  warningsSinceResumed: async () => (await import('../quality/report-raters.ts')).warningsSinceResumed,
  drawReview: async () => (await import('../review/draw-review.ts')).drawReview,
  makePack: async () => (await import('../packs/make-pack.ts')).makePack,
  mergeReturns: async () => (await import('../packs/merge-returns.ts')).mergeReturns,
  acceptPack: async () => (await import('../packs/accept-pack.ts')).acceptPack,
  openPack: async () => (await import('../packs/open-pack.ts')).openPack,
  writeReturn: async () => (await import('../packs/write-return.ts')).writeReturn,
} as const;

export type TaskName = keyof typeof TASKS;
type Task<Name extends TaskName> = Awaited<ReturnType<(typeof TASKS)[Name]>>;
/** What a task tells while it runs. */
export type TaskProgress<Name extends TaskName> = Name extends 'judge' ? JudgeRunProgress : FileProgress;
export type TaskRequest<Name extends TaskName> = Parameters<Task<Name>>[0];
export type TaskResult<Name extends TaskName> = Awaited<ReturnType<Task<Name>>>;
