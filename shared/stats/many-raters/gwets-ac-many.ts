import { type Outcome, undefinedBecause } from '../estimate.ts';
import { agreementWeights } from '../two-raters/category-weights.ts';
import type { UnitCounts } from './unit-counts.ts';
import { linearise, type ManyRaterCoefficient, meanUnitShares } from './unit-linearisation.ts';

/**
 * Gwet's AC1 (AC2 with weights) for many raters and missing ratings (Gwet 2008): pe = T/(k(k−1)) Σ π(1−π) with k
 * the declared categories and T the sum of the weights.
 *
 * @param weights agreement weights; identity (AC1) by default
 */
export function gwetsACOfMany(
  counts: UnitCounts,
  weights: Float64Array = agreementWeights(counts.categories, 'identity'),
): Outcome<ManyRaterCoefficient> {
  const { categories } = counts;
  if (categories < 2) return undefinedBecause('one category leaves nothing to agree about');
  const scale = weights.reduce((sum, weight) => sum + weight, 0) / (categories * (categories - 1));
  const shares = meanUnitShares(counts);
  return linearise(counts, weights, {
    expected: 1 - scale * shares.reduce((sum, share) => sum + share * (1 - share), 0),
    ofUnit: Float64Array.from(counts.rows, (row, index) => {
      const sum = row.reduce((total, count, category) => total + count * (1 - (shares[category] ?? 0)), 0);
      return 1 - (scale * sum) / (counts.ratings[index] ?? 1);
    }),
  });
}
