/** The functions behind the tasks' names. A thread loads the one it is asked for, so that it holds only what it needs. */
import { CARD, CARDS } from './card/tasks.ts';
import { REPORT } from './context/run-report.ts';
import { EXPORT } from './exports/tasks.ts';
import { BACKUP } from './host/tasks.ts';
import { IMPORT, SNIFF } from './imports/tasks.ts';
import {
  ANCHORS,
  BATCH_FILES,
  BATCH_RESULTS,
  BATCHES_CANCELLED,
  BATCHES_FETCHED,
  BATCHES_SENT,
  JUDGE_RUN,
  PANEL,
  RUN_ESTIMATE,
} from './judging/tasks.ts';
import {
  ACCEPTANCE,
  CHECK,
  FILES_ACCEPTANCE,
  INSPECTION,
  MERGE,
  OPENING,
  PACK,
  PAGE,
  RETURN,
} from './packs/tasks.ts';
import { WARNINGS_SINCE_RESUMED } from './quality/tasks.ts';
import { REVIEW_DRAW } from './review/tasks.ts';
import { DELETION, LABEL_PLAN, SELECTION } from './studies/tasks.ts';
import type { TaskFunction, WorkerTask } from './work/worker-task.ts';

export const TASKS: ReadonlyMap<string, () => Promise<TaskFunction>> = new Map([
  task(REPORT, async () => (await import('./answer-report.ts')).answerReport),
  task(BACKUP, async () => (await import('./host/write-backup.ts')).writeBackup),
  task(IMPORT, async () => (await import('./imports/run-import.ts')).runImport),
  task(SNIFF, async () => (await import('./imports/sniff-files.ts')).sniffFiles),
  task(CARD, async () => (await import('./card/compute-card.ts')).computeCard),
  task(CARDS, async () => (await import('./card/compute-card.ts')).computeCards),
  task(EXPORT, async () => (await import('./exports/run-export.ts')).runExport),
  task(JUDGE_RUN, async () => (await import('./judging/run-judge.ts')).runJudge),
  task(ANCHORS, async () => (await import('./judging/anchor-pairs.ts')).anchorsOfJudge),
  task(PANEL, async () => (await import('./judging/make-panel.ts')).makePanel),
  task(RUN_ESTIMATE, async () => (await import('./judging/estimate-run.ts')).estimateRun),
  task(BATCH_FILES, async () => (await import('./judging/create-batch.ts')).createBatch),
  task(BATCH_RESULTS, async () => (await import('./judging/collect-batch.ts')).collectBatch),
  task(BATCHES_SENT, async () => (await import('./judging/send-batch.ts')).sendBatch),
  task(BATCHES_FETCHED, async () => (await import('./judging/fetch-batches.ts')).fetchBatches),
  task(BATCHES_CANCELLED, async () => (await import('./judging/fetch-batches.ts')).cancelBatches),
  task(SELECTION, async () => (await import('./studies/draw-selection.ts')).drawSelection),
  task(DELETION, async () => (await import('./studies/run-deletion.ts')).runDeletion),
  task(LABEL_PLAN, async () => (await import('../../shared/selection/label-plan.ts')).labelPlan),
  task(WARNINGS_SINCE_RESUMED, async () => (await import('./quality/report-raters.ts')).warningsSinceResumed),
  task(REVIEW_DRAW, async () => (await import('./review/draw-review.ts')).drawReview),
  task(PACK, async () => (await import('./packs/make-pack.ts')).makePack),
  task(MERGE, async () => (await import('./packs/merge-returns.ts')).mergeReturns),
  task(ACCEPTANCE, async () => (await import('./packs/accept-pack.ts')).acceptPack),
  task(INSPECTION, async () => (await import('./packs/inspect-pack.ts')).inspectPack),
  task(FILES_ACCEPTANCE, async () => (await import('./packs/accept-files.ts')).acceptFiles),
  task(CHECK, async () => (await import('./packs/check-pack.ts')).checkPack),
  task(OPENING, async () => (await import('./packs/open-pack.ts')).openPack),
  task(PAGE, async () => (await import('./packs/write-page.ts')).writePage),
  task(RETURN, async () => (await import('./packs/write-return.ts')).writeReturn),
]);

/** A function that is not of its task's type does not compile. */
function task<Run extends TaskFunction>(
  { name }: WorkerTask<Run>,
  load: () => Promise<NoInfer<Run>>,
): [string, () => Promise<TaskFunction>] {
  return [name, load];
}
