import { workerTask } from '../work/worker-task.ts';
import type { runExport } from './run-export.ts';

export const EXPORT = workerTask<typeof runExport>('export', { fillsMemory: true });
