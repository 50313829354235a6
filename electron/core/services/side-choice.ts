/** Lays two outputs out, so that for a rater no system stands on one side more than once more often than on the other. */
import { asSystemSide, balancedLeftSide, keepsBalance, leadOf } from '../../../shared/domain/side-balance.ts';
import type { Side } from '../../../shared/domain/verdict.ts';
import { addToSideCount, sideCount } from '../store/side-counts.ts';
import type { RaterTurn } from './rater-turn.ts';

interface Systems {
  readonly first: { readonly systemId: number };
  readonly second: { readonly systemId: number };
}

/** The side that stands on the left, counted. */
export function takeSide({ store, study, rater }: RaterTurn, systems: Systems): Side {
  const { a, b, isFirstA } = ordered(systems);
  const { presentations, lead } = sideCount(store, rater.id, a, b);
  // The balance is over systems: which system is canonically first may differ from pair to pair.
  const side = balancedLeftSide(study.design.seed, rater.name, `${a}|${b}`, presentations, lead);
  addToSideCount(store, rater.id, a, b, leadOf(side));
  return asSystemSide(side, isFirstA);
}

/** Puts a given side on the left and counts it, where the balance allows; says whether it did. */
export function takeGivenSide({ store, rater }: RaterTurn, systems: Systems, left: Side): boolean {
  const { a, b, isFirstA } = ordered(systems);
  const side = asSystemSide(left, isFirstA);
  if (!keepsBalance(sideCount(store, rater.id, a, b).lead, side)) return false;
  addToSideCount(store, rater.id, a, b, leadOf(side));
  return true;
}

function ordered({ first, second }: Systems): {
  readonly a: number;
  readonly b: number;
  readonly isFirstA: boolean;
} {
  const isFirstA = first.systemId <= second.systemId;
  const [a, b] = isFirstA ? [first.systemId, second.systemId] : [second.systemId, first.systemId];
  return { a, b, isFirstA };
}
