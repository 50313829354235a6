import type { Turn } from '../../../shared/contract/rating-methods.ts';
import { OPEN_AHEAD } from '../../../shared/rating/sitting.ts';
import { type Making, openPairs } from './open-pairs.ts';
import { requireWork, turnOfWork } from './work.ts';

/** Opens what a session is to have open, and the turn it makes. Call inside a write transaction. */
export function openedTurn(making: Making, session: string): Turn {
  const { store, nowMs } = making;
  openPairs(making, requireWork(store, nowMs, { session }), OPEN_AHEAD);
  return turnOfWork(store, requireWork(store, nowMs, { session, shown: OPEN_AHEAD }));
}
