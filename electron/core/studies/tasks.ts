import type { labelPlan } from '../../../shared/selection/label-plan.ts';
import { workerTask } from '../work/worker-task.ts';
import type { drawSelection } from './draw-selection.ts';
import type { runDeletion } from './run-deletion.ts';

export const SELECTION = workerTask<typeof drawSelection>('drawSelection', { onlyReads: true });
export const DELETION = workerTask<typeof runDeletion>('deleteStudy');
export const LABEL_PLAN = workerTask<typeof labelPlan>('labelPlan', { onlyReads: true });
