import { workerTask } from '../work/worker-task.ts';
import type { drawReview } from './draw-review.ts';

export const REVIEW_DRAW = workerTask<typeof drawReview>('drawReview', { onlyReads: true });
