import { workerTask } from '../work/worker-task.ts';
import type { runImport } from './run-import.ts';
import type { sniffFiles } from './sniff-files.ts';

export const IMPORT = workerTask<typeof runImport>('import', { fillsMemory: true });
export const SNIFF = workerTask<typeof sniffFiles>('sniffFiles');
