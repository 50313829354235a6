import { normalReach } from '../distribution/normal.ts';
import { studentQuantile } from '../distribution/student-t.ts';
import type { Interval } from '../estimate.ts';

/** Beyond this many degrees of freedom t is the normal. */
const AS_GOOD_AS_NORMAL = 1e6;

/** What an agreement coefficient's score interval is made from. */
export interface ScoreProblem {
  readonly estimate: number;
  /** n times the variance of the estimate were the coefficient `kappa`, from a model of the raters. */
  readonly variance: (kappa: number) => number;
  /** Rows the variance is divided by. */
  readonly rows: number;
  readonly items: number;
  /** Standard error over items, by the jackknife. */
  readonly itemError: number;
}

/**
 * How many times larger the variance over items is than the model's at the estimate, never below 1, and 1 where every
 * item has one row. Where the model has no variance (perfect agreement), every row of an item is taken to say the same.
 */
export function designEffectOf({ estimate, variance, rows, items, itemError }: ScoreProblem): number {
  if (rows === items) return 1;
  const modelled = variance(estimate);
  return Math.max(1, modelled > 1e-12 ? (itemError ** 2 * rows) / modelled : rows / items);
}

/**
 * All values between −1 and 1 from which the estimate is within t standard errors, the error being the one at the value
 * asked about (as in Wilson's interval for a share), widened by the design effect. Where that had to be estimated t with
 * items − 1 degrees of freedom takes the place of the normal.
 */
export function scoreInterval(problem: ScoreProblem, level: number): Interval {
  const { estimate, variance, rows, items } = problem;
  const freedom = items - 1;
  const isNormal = rows === items || freedom > AS_GOOD_AS_NORMAL;
  const t = isNormal ? normalReach(level) : studentQuantile((1 + level) / 2, freedom);
  const reach = t * Math.sqrt(designEffectOf(problem) / rows);
  const agrees = (value: number) => Math.abs(estimate - value) <= reach * Math.sqrt(variance(value));
  return {
    low: lastAgreeing(agrees, estimate, -1),
    high: lastAgreeing(agrees, estimate, 1),
    level,
    method: 'score, by item',
  };
}

/** The farthest value towards `far` at which the estimate still agrees, by halving. */
function lastAgreeing(agrees: (value: number) => boolean, estimate: number, far: number): number {
  if (agrees(far)) return far;
  let [inside, outside] = [estimate, far];
  for (let step = 0; step < 60; step++) {
    const middle = (inside + outside) / 2;
    if (agrees(middle)) inside = middle;
    else outside = middle;
  }
  return inside;
}
