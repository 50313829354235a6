import { workerTask } from '../work/worker-task.ts';
import type { runImport } from './run-import.ts';

export const IMPORT = workerTask<typeof runImport>('import', { fillsMemory: true });
