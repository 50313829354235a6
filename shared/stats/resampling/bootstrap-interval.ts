/** Intervals from bootstrap replicates. Which convention is meant changes digits; each function says its own. */
import { normalCdf, normalQuantile, normalReach } from '../distribution/normal.ts';
import { type Interval, type Outcome, undefinedBecause } from '../estimate.ts';
import { meanOf, sampleVariance } from '../numeric/moments.ts';
import { normalScaleQuantile } from './normal-scale-quantile.ts';
import { sortedQuantile } from './sorted-quantile.ts';

/** Where a replicate quantile lies between two order statistics. */
type Quantile = (sorted: Float64Array, probability: number) => number;

/** Percentile interval: the replicates' own quantiles (type 7). */
export function percentileInterval(sorted: Float64Array, level = 0.95, quantile = sortedQuantile): Interval {
  const [low, high] = tails(level);
  return {
    low: quantile(sorted, low),
    high: quantile(sorted, high),
    level,
    method: 'bootstrap (percentile)',
  };
}

/** Basic interval: the percentile interval mirrored at the estimate. */
export function basicInterval(
  estimate: number,
  sorted: Float64Array,
  level = 0.95,
  quantile = sortedQuantile,
): Interval {
  const [low, high] = tails(level);
  return {
    low: 2 * estimate - quantile(sorted, high),
    high: 2 * estimate - quantile(sorted, low),
    level,
    method: 'bootstrap (basic)',
  };
}

/** Normal interval: estimate less bias, plus and minus z bootstrap standard errors. */
export function normalInterval(estimate: number, replicates: Float64Array, level = 0.95): Interval {
  const reach = normalReach(level) * bootstrapStandardError(replicates);
  const centre = estimate - bootstrapBias(estimate, replicates);
  return { low: centre - reach, high: centre + reach, level, method: 'bootstrap (normal)' };
}

/** How BCa counts replicates equal to the estimate and interpolates between replicates. */
export interface BcaConvention {
  /** `half` counts ties as half below (scipy; better for discrete statistics), `none` not at all (R boot). */
  readonly ties: 'half' | 'none';
  readonly quantile: Quantile;
}

/** scipy's convention, and the one reports use. */
export const SCIPY_BCA: BcaConvention = { ties: 'half', quantile: sortedQuantile };

/** R boot's convention. */
export const R_BCA: BcaConvention = { ties: 'none', quantile: normalScaleQuantile };

/**
 * The bias-corrected and accelerated interval (Efron & Tibshirani 1993): quantiles moved by z0, the normal score of
 * the share of replicates below the estimate, and by the acceleration a = Σ L³ / (6 (Σ L²)^1.5).
 *
 * @param sorted replicates, ascending
 * @param influence how much each resampled unit moves the estimate, up to a factor: mean − value of the delete-one
 * jackknife. Only ratios matter
 * @param weights how many units have each influence; 1 each by default
 */
export function bcaInterval(
  estimate: number,
  sorted: Float64Array,
  influence: ArrayLike<number>,
  level = 0.95,
  convention: BcaConvention = SCIPY_BCA,
  weights?: ArrayLike<number>,
): Outcome<{ interval: Interval }> {
  // Equal but for rounding is equal: a difference of kappas rarely comes out the same twice.
  const slack = 1e-12 * Math.max(1, Math.abs(estimate));
  let below = 0;
  let equal = 0;
  for (const replicate of sorted) {
    if (Math.abs(replicate - estimate) <= slack) equal++;
    else if (replicate < estimate) below++;
  }
  const share = (below + (convention.ties === 'half' ? equal / 2 : 0)) / sorted.length;
  if (share <= 0 || share >= 1) {
    return undefinedBecause('every resample lies on one side of the estimate');
  }
  let squares = 0;
  let cubes = 0;
  for (let index = 0; index < influence.length; index++) {
    const each = influence[index] ?? 0;
    const times = weights === undefined ? 1 : (weights[index] ?? 0);
    squares += times * each ** 2;
    cubes += times * each ** 3;
  }
  const acceleration = squares === 0 ? 0 : cubes / (6 * squares ** 1.5);
  const shift = normalQuantile(share);
  const end = (probability: number) => {
    const score = shift + normalQuantile(probability);
    return convention.quantile(sorted, normalCdf(shift + score / (1 - acceleration * score)));
  };
  const [low, high] = tails(level);
  return {
    defined: true,
    interval: { low: end(low), high: end(high), level, method: 'bootstrap (BCa)' },
  };
}

/** Sample standard deviation (B − 1) of the replicates. */
export function bootstrapStandardError(replicates: Float64Array): number {
  return Math.sqrt(sampleVariance(replicates));
}

/** Mean of the replicates less the estimate. */
export function bootstrapBias(estimate: number, replicates: Float64Array): number {
  return meanOf(replicates) - estimate;
}

function tails(level: number): readonly [number, number] {
  return [(1 - level) / 2, (1 + level) / 2];
}
