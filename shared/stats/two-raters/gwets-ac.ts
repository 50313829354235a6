import { type Outcome, undefinedBecause } from '../estimate.ts';
import type { ContingencyTable } from '../paired-table/contingency-table.ts';
import { agreementWeights } from './category-weights.ts';
import { type Coefficient, chanceCorrected } from './chance-corrected.ts';

/**
 * Gwet's AC1, or AC2 with weights (Gwet 2008): pe = T/(k(k−1)) Σ π(1−π) with π the mean shares, T the sum of the
 * weights and k the number of declared categories, used or not. Defined even when one category was used
 * throughout (1 then). Report it beside kappa and the prevalence, never instead.
 *
 * @param weights agreement weights; identity (AC1) by default
 */
export function gwetsAC(
  table: ContingencyTable,
  weights: Float64Array = agreementWeights(table.size, 'identity'),
): Outcome<Coefficient> {
  const size = table.size;
  if (size < 2) return undefinedBecause('one category leaves nothing to agree about');
  const scale = weights.reduce((sum, weight) => sum + weight, 0) / (size * (size - 1));
  return chanceCorrected(table, weights, (shares) => ({
    agreement: scale * shares.reduce((sum, share) => sum + share * (1 - share), 0),
    gradient: shares.map((share) => scale * (1 - 2 * share)),
  }));
}
