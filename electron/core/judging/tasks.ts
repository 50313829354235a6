import { workerTask } from '../work/worker-task.ts';
import type { anchorsOfJudge } from './anchor-pairs.ts';
import type { collectBatch } from './collect-batch.ts';
import type { createBatch } from './create-batch.ts';
import type { estimateRun } from './estimate-run.ts';
import type { cancelBatches, fetchBatches } from './fetch-batches.ts';
import type { makePanel } from './make-panel.ts';
import type { runJudge } from './run-judge.ts';
import type { sendBatch } from './send-batch.ts';

export const JUDGE_RUN = workerTask<typeof runJudge>('judge', { fillsMemory: true });
export const ANCHORS = workerTask<typeof anchorsOfJudge>('anchorsOfJudge', { onlyReads: true });
export const PANEL = workerTask<typeof makePanel>('makePanel', { onlyReads: true });
export const RUN_ESTIMATE = workerTask<typeof estimateRun>('estimateRun', { onlyReads: true });
export const BATCH_FILES = workerTask<typeof createBatch>('createBatch');
export const BATCH_RESULTS = workerTask<typeof collectBatch>('collectBatch');
export const BATCHES_SENT = workerTask<typeof sendBatch>('sendBatch');
export const BATCHES_FETCHED = workerTask<typeof fetchBatches>('fetchBatches');
export const BATCHES_CANCELLED = workerTask<typeof cancelBatches>('cancelBatches');
