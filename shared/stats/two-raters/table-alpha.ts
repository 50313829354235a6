import type { Outcome } from '../estimate.ts';
import { type ContingencyTable, totalOf } from '../paired-table/contingency-table.ts';
import type { Coefficient } from './chance-corrected.ts';
import { scottsPi } from './scotts-pi.ts';

/**
 * Krippendorff's alpha of a table without missing labels: Scott's pi with the small-sample term, π + (1−π)/2n
 * for 2n labels. The standard error is pi's, as irrCAC gives it. Undefined where pi is.
 *
 * @param weights agreement weights; identity (nominal) by default
 */
export function tableAlpha(table: ContingencyTable, weights?: Float64Array): Outcome<Coefficient> {
  const pi = scottsPi(table, weights);
  if (!pi.defined) return pi;
  return { ...pi, value: pi.value + (1 - pi.value) / (2 * totalOf(table)) };
}
