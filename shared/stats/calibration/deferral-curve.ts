/** What may be left to a judge: the more it is sure of, the more of it may stand. */
import { betaQuantile } from '../distribution/beta.ts';
import type { Interval } from '../estimate.ts';
import { wilsonInterval } from '../proportion/binomial-intervals.ts';

/** Agreement with people when verdicts at or above a confidence are left to the judge. */
export interface DeferralPoint {
  readonly confidence: number;
  readonly kept: number;
  /** Share of all verdicts that are left to the judge. */
  readonly share: number;
  readonly agreement: number;
  /** Wilson's interval at this one point. Choosing the best-looking point makes it too optimistic. */
  readonly interval: Interval;
}

/**
 * The curve over every distinct confidence, from the surest verdicts to all of them.
 *
 * @param agrees 1 where the judge's verdict is the people's, else 0
 */
export function deferralCurve(
  confidence: ArrayLike<number>,
  agrees: ArrayLike<number>,
  level = 0.95,
): DeferralPoint[] {
  const order = Array.from({ length: confidence.length }, (_each, index) => index).sort(
    (first, second) => (confidence[second] ?? 0) - (confidence[first] ?? 0),
  );
  const points: DeferralPoint[] = [];
  let right = 0;
  order.forEach((index, place) => {
    right += agrees[index] ?? 0;
    const next = order[place + 1];
    if (next !== undefined && confidence[next] === confidence[index]) return;
    const kept = place + 1;
    points.push({
      confidence: confidence[index] ?? 0,
      kept,
      share: kept / order.length,
      agreement: right / kept,
      interval: wilsonInterval(right, kept, level),
    });
  });
  return points;
}

/**
 * The largest share that may be left to the judge with agreement of at least `target`, at a guaranteed level: the
 * points are tested in the fixed order from the surest on, each by the one-sided Clopper–Pearson bound, and the search
 * stops at the first that fails (fixed-sequence testing). One error probability covers the whole choice, where picking
 * the best of many intervals would not.
 *
 * @param fewest points that keep fewer verdicts are passed over, not tested: they could never pass
 * @returns the last point that passed, or null when not even the first does
 */
export function largestDelegation(
  curve: readonly DeferralPoint[],
  target: number,
  level = 0.95,
  fewest = smallestPassingCount(target, level),
): DeferralPoint | null {
  let best: DeferralPoint | null = null;
  for (const point of curve) {
    if (point.kept < fewest) continue;
    const right = Math.round(point.agreement * point.kept);
    const bound = right === 0 ? 0 : betaQuantile(1 - level, right, point.kept - right + 1);
    if (bound < target) break;
    best = point;
  }
  return best;
}

/** The smallest count at which complete agreement proves the target: level ≤ 1 − targetⁿ. */
function smallestPassingCount(target: number, level: number): number {
  return target >= 1
    ? Number.POSITIVE_INFINITY
    : Math.max(1, Math.ceil(Math.log(1 - level) / Math.log(target)));
}
