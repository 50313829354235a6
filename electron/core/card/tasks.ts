import { workerTask } from '../work/worker-task.ts';
import type { computeCard, computeCards } from './compute-card.ts';

export const CARD = workerTask<typeof computeCard>('card');
export const CARDS = workerTask<typeof computeCards>('cards');
