import type { Estimate, Interval, Outcome } from '../../shared/stats/estimate.ts';
import type { Answer } from './answer.ts';

/** One part of a result, or the result's own reason for having none. */
export function partOf<Parts>(outcome: Outcome<Parts>, part: (parts: Parts) => Answer): Answer {
  return outcome.defined ? part(outcome) : outcome;
}

/** The two ends of an interval. */
export function endsOf({ low, high }: Interval): Answer {
  return [low, high];
}

/** The number of an estimate that the caller knows to be there; throws its reason otherwise. */
export function numberOf(estimate: Estimate): number {
  if (!estimate.defined) throw new Error(estimate.reason);
  return estimate.value;
}
