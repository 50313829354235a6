import type { Outcome } from '../estimate.ts';
import { agreementWeights } from './category-weights.ts';
import { type Coefficient, chanceCorrected } from './chance-corrected.ts';
import type { ContingencyTable } from './contingency-table.ts';

/**
 * Scott's pi (Scott 1955): chance agreement from the mean of the two raters' shares, for raters who are
 * interchangeable. Not Cohen's kappa, and for two raters the same as Fleiss' kappa. Undefined when one
 * category was used throughout.
 *
 * @param weights agreement weights; identity by default
 */
export function scottsPi(
  table: ContingencyTable,
  weights: Float64Array = agreementWeights(table.size, 'identity'),
): Outcome<Coefficient> {
  return chanceCorrected(table, weights, (shares) => {
    const size = shares.length;
    let agreement = 0;
    const gradient = new Float64Array(size);
    for (let row = 0; row < size; row++) {
      for (let column = 0; column < size; column++) {
        const weight = weights[row * size + column] ?? 0;
        agreement += weight * (shares[row] ?? 0) * (shares[column] ?? 0);
        gradient[row] = (gradient[row] ?? 0) + 2 * weight * (shares[column] ?? 0);
      }
    }
    return { agreement, gradient };
  });
}
