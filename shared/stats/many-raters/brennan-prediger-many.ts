import type { Outcome } from '../estimate.ts';
import { agreementWeights } from '../two-raters/category-weights.ts';
import type { UnitCounts } from './unit-counts.ts';
import { linearise, type ManyRaterCoefficient } from './unit-linearisation.ts';

/**
 * Brennan–Prediger for many raters (Randolph's free-marginal kappa when unweighted): pe = T/k² over the declared
 * categories.
 *
 * @param weights agreement weights; identity by default
 */
export function brennanPredigerOfMany(
  counts: UnitCounts,
  weights: Float64Array = agreementWeights(counts.categories, 'identity'),
): Outcome<ManyRaterCoefficient> {
  const expected = 1 - weights.reduce((sum, weight) => sum + weight, 0) / counts.categories ** 2;
  return linearise(counts, weights, { expected, ofUnit: new Float64Array(0) });
}
