import { workerTask } from '../work/worker-task.ts';
import type { warningsSinceResumed } from './report-raters.ts';

export const WARNINGS_SINCE_RESUMED = workerTask<typeof warningsSinceResumed>('warningsSinceResumed');
