import type { labelPlan } from '../../../shared/selection/label-plan.ts';
import { workerTask } from '../work/worker-task.ts';
import type { drawSelection } from './draw-selection.ts';

export const SELECTION = workerTask<typeof drawSelection>('drawSelection', { onlyReads: true });
export const LABEL_PLAN = workerTask<typeof labelPlan>('labelPlan', { onlyReads: true });
