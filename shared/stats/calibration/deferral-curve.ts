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

/** The shares of verdicts that are tried, in tenths. */
const TENTHS = 10;

/**
 * The largest share that may be left to the judge with agreement of at least `target`, at a guaranteed level: of ten
 * shares, each tenth of the verdicts (up to the next distinct confidence), those pass whose one-sided Clopper–Pearson
 * bound reaches the target. The error probability is dealt out by the fallback procedure (Wiens 2003): each share, from
 * the surest on, gets a tenth of it and all that the one before left when it passed. One error probability covers the
 * whole choice, where picking the best of many intervals would not, and one early error does not end the search.
 *
 * @returns the largest share that passed, or null when none does
 */
export function largestDelegation(
  curve: readonly DeferralPoint[],
  target: number,
  level = 0.95,
): DeferralPoint | null {
  const tried = sharesTried(curve);
  let best: DeferralPoint | null = null;
  let carried = 0;
  for (const point of tried) {
    const alpha = (1 - level) / tried.length + carried;
    const right = Math.round(point.agreement * point.kept);
    const bound = right === 0 ? 0 : betaQuantile(alpha, right, point.kept - right + 1);
    const passes = bound >= target;
    carried = passes ? alpha : 0;
    if (passes) best = point;
  }
  return best;
}

/** The first point of the curve at or beyond each tenth of the verdicts, without repeats. */
function sharesTried(curve: readonly DeferralPoint[]): DeferralPoint[] {
  const tried = new Set<DeferralPoint>();
  for (let tenth = 1; tenth <= TENTHS; tenth++) {
    const point = curve.find(({ share }) => share >= tenth / TENTHS - 1e-12);
    if (point !== undefined) tried.add(point);
  }
  return [...tried];
}
