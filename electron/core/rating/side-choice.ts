/** Lays two outputs out, so that for a rater no system stands on one side more than once more often than on the other. */
import {
  asSystemSide,
  balancedLeftSide,
  keepsBalance,
  leadOf,
  type SideLeads,
} from '../../../shared/rating/side-balance.ts';
import type { Side } from '../../../shared/study/verdict.ts';
import { addToSideCount, type SideKind, sideCount } from '../store/rating/side-counts.ts';
import type { RaterTurn } from './rater-turn.ts';

interface Systems {
  readonly first: { readonly systemId: number };
  readonly second: { readonly systemId: number };
}

/** The side that stands on the left, counted. */
export function takeSide(turn: RaterTurn, systems: Systems, kind: SideKind): Side {
  const { store, study, rater } = turn;
  const { a, b, isFirstA } = ordered(systems);
  const { presentations, leads } = countsOf(turn, a, b, kind);
  // The balance is over systems: which system is canonically first may differ from pair to pair.
  const side = balancedLeftSide(study.design.seed, rater.name, `${a}|${b}`, presentations, leads);
  addToSideCount(store, rater.id, a, b, kind, leadOf(side));
  return asSystemSide(side, isFirstA);
}

/** Puts a given side on the left of a check and counts it, where the balance allows; says whether it did. */
export function takeGivenSide(turn: RaterTurn, systems: Systems, left: Side): boolean {
  const { a, b, isFirstA } = ordered(systems);
  const side = asSystemSide(left, isFirstA);
  if (!keepsBalance(countsOf(turn, a, b, 'check').leads, side)) return false;
  addToSideCount(turn.store, turn.rater.id, a, b, 'check', leadOf(side));
  return true;
}

function countsOf(
  { store, rater }: RaterTurn,
  a: number,
  b: number,
  kind: SideKind,
): { readonly presentations: number; readonly leads: SideLeads } {
  const { presentations, label, check } = sideCount(store, rater.id, a, b);
  return {
    presentations,
    leads: kind === 'label' ? { own: label, other: check } : { own: check, other: label },
  };
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
