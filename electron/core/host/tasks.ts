import { workerTask } from '../work/worker-task.ts';
import type { writeBackup } from './write-backup.ts';

export const BACKUP = workerTask<typeof writeBackup>('backup');
