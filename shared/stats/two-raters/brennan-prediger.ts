import type { Outcome } from '../estimate.ts';
import type { ContingencyTable } from '../paired-table/contingency-table.ts';
import { agreementWeights } from './category-weights.ts';
import { type Coefficient, chanceCorrected } from './chance-corrected.ts';

/**
 * Brennan & Prediger's coefficient (1981): pe = T/k², every declared category equally likely. For two
 * categories this is PABAK, 2·po − 1.
 *
 * @param weights agreement weights; identity by default
 */
export function brennanPrediger(
  table: ContingencyTable,
  weights: Float64Array = agreementWeights(table.size, 'identity'),
): Outcome<Coefficient> {
  const agreement = weights.reduce((sum, weight) => sum + weight, 0) / table.size ** 2;
  return chanceCorrected(table, weights, () => ({ agreement, gradient: new Float64Array(0) }));
}
