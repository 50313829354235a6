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
  /** Whether every item has exactly one row. */
  readonly oneRowPerItem: boolean;
  /** Standard error over items, by the jackknife. */
  readonly itemError: number;
}

/** The model counts as this many items against what the items themselves show of the variance. */
const MODEL_ITEMS = 15;

/**
 * The variance over items as a multiple of the model's at the estimate. The model is right only for raters who are alike
 * and err alike in all categories; the jackknife is right for any, once there are enough items. So the jackknife is
 * shrunk towards the model, which counts as 15 items, except where several rows of an item show more variance than the
 * model: that is their dependence, and is taken whole. Where the model has no variance (perfect agreement), every row of
 * an item is taken to say the same.
 */
export function designEffectOf(problem: ScoreProblem): number {
  const { estimate, variance, rows, items, oneRowPerItem, itemError } = problem;
  const modelled = variance(estimate);
  if (modelled <= 1e-12) return rows / items;
  const seen = (itemError ** 2 * rows) / modelled;
  if (!oneRowPerItem && seen > 1) return seen;
  return (items * seen + MODEL_ITEMS) / (items + MODEL_ITEMS);
}

/**
 * All values between −1 and 1 from which the estimate is within t standard errors, the error being the one at the value
 * asked about (as in Wilson's interval for a share), times the design effect. Where items hold several rows t with
 * items − 1 degrees of freedom takes the place of the normal.
 */
export function scoreInterval(problem: ScoreProblem, level: number): Interval {
  const { estimate, variance, rows, items } = problem;
  const freedom = items - 1;
  const isNormal = problem.oneRowPerItem || freedom > AS_GOOD_AS_NORMAL;
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
