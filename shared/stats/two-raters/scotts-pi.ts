import { type Outcome, undefinedBecause } from '../estimate.ts';
import { type ContingencyTable, cell, marginsOf, totalOf } from '../paired-table/contingency-table.ts';
import { agreementWeights } from './category-weights.ts';
import type { Coefficient } from './chance-corrected.ts';

/**
 * Scott's pi (Scott 1955): chance agreement from the mean of the two raters' shares, for raters who are
 * interchangeable. Not Cohen's kappa, and for two raters the same as Fleiss' kappa. Undefined when one
 * category was used throughout. Computed from disagreements, as 1 − do/de, so that nothing cancels when one category is
 * very common; the error is the delta method with divisor n.
 *
 * @param weights agreement weights; identity by default
 */
export function scottsPi(
  table: ContingencyTable,
  weights: Float64Array = agreementWeights(table.size, 'identity'),
): Outcome<Coefficient> {
  const n = totalOf(table);
  if (n === 0) return undefinedBecause('no comparison was labelled by both');
  const { size } = table;
  const { rows, columns } = marginsOf(table);
  const both = rows.map((count, category) => count + (columns[category] ?? 0));
  const means = new Float64Array(size);
  let observed = 0;
  let expected = 0;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const disagreement = 1 - (weights[row * size + column] ?? 0);
      observed += disagreement * cell(table, row, column);
      means[row] = (means[row] ?? 0) + disagreement * (both[column] ?? 0);
    }
    expected += (means[row] ?? 0) * (both[row] ?? 0);
  }
  if (expected <= 1e-15 * n * n) {
    return undefinedBecause('both used a single category, so chance agreement is already complete');
  }
  const value = (expected - 4 * n * observed) / expected;
  let variance = 0;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const disagreement = 1 - (weights[row * size + column] ?? 0);
      const centred = 2 * n * ((means[row] ?? 0) + (means[column] ?? 0)) - expected;
      const influence = ((1 - value) * centred - 4 * n * n * disagreement) / expected;
      variance += cell(table, row, column) * influence ** 2;
    }
  }
  return { defined: true, value, standardError: Math.sqrt(variance) / n };
}
