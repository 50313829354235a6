import { normalTwoSidedP } from '../distribution/normal.ts';
import { studentTwoSidedP } from '../distribution/student-t.ts';
import { type Interval, type Outcome, undefinedBecause } from '../estimate.ts';
import { designEffectOf, type ScoreProblem, scoreInterval } from '../resampling/score-interval.ts';

/** Kappa of one set of items less kappa of another. */
export interface KappaScoreDifference {
  readonly difference: number;
  readonly interval: Interval;
  readonly p: number;
}

/**
 * Two kappas of separate sets of items by score methods: the test takes both errors at one common kappa, their mean
 * weighted by rows, so that a small set without a disagreement is not taken for certain; the interval is put together
 * from the two score intervals by squaring and adding (Zou & Donner 2008). Items that stand in both sets make it too
 * wide, not too narrow, as long as they pull both kappas the same way.
 *
 * Undefined where the errors are 0. t with the smaller number of items − 1 where items hold several rows.
 */
export function kappaScoreDifference(
  one: ScoreProblem,
  two: ScoreProblem,
  level = 0.95,
): Outcome<KappaScoreDifference> {
  const difference = one.estimate - two.estimate;
  const common = (one.estimate * one.rows + two.estimate * two.rows) / (one.rows + two.rows);
  const squaredError = (problem: ScoreProblem) =>
    (designEffectOf(problem) * problem.variance(common)) / problem.rows;
  const error = Math.sqrt(squaredError(one) + squaredError(two));
  if (!(error > 1e-12)) return undefinedBecause('both agree perfectly, which leaves no error to test with');
  const freedom = Math.min(one.items, two.items) - 1;
  const isNormal = one.oneRowPerItem && two.oneRowPerItem;
  const first = scoreInterval(one, level);
  const second = scoreInterval(two, level);
  return {
    defined: true,
    difference,
    interval: {
      low: difference - Math.hypot(one.estimate - first.low, second.high - two.estimate),
      high: difference + Math.hypot(first.high - one.estimate, two.estimate - second.low),
      level,
      method: 'square-and-add of score intervals by item',
    },
    p: isNormal ? normalTwoSidedP(difference / error) : studentTwoSidedP(difference / error, freedom),
  };
}
