import { workerTask } from '../work/worker-task.ts';
import type { estimateRun } from './estimate-run.ts';
import type { makePanel } from './make-panel.ts';
import type { runJudge } from './run-judge.ts';

export const JUDGE_RUN = workerTask<typeof runJudge>('judge', { fillsMemory: true });
export const PANEL = workerTask<typeof makePanel>('makePanel', { onlyReads: true });
export const RUN_ESTIMATE = workerTask<typeof estimateRun>('estimateRun', { onlyReads: true });
