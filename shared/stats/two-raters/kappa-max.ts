import { type Estimate, undefinedBecause } from '../estimate.ts';
import { type ContingencyTable, marginsOf, totalOf } from '../paired-table/contingency-table.ts';

/**
 * The largest unweighted kappa the two margins allow: (Σ min(r_i, c_i) − pe) / (1 − pe) in shares (Cohen 1960).
 * Below 1 whenever the two use the categories at different rates. Undefined where kappa is.
 */
export function kappaMax(table: ContingencyTable): Estimate {
  const n = totalOf(table);
  if (n === 0) return undefinedBecause('no comparison was labelled by both');
  const { rows, columns } = marginsOf(table);
  let reachable = 0;
  let chance = 0;
  for (let category = 0; category < table.size; category++) {
    reachable += Math.min(rows[category] ?? 0, columns[category] ?? 0);
    chance += (rows[category] ?? 0) * (columns[category] ?? 0);
  }
  if (chance === n * n) {
    return undefinedBecause('both used a single category, so chance agreement is already complete');
  }
  return { defined: true, value: (n * reachable - chance) / (n * n - chance) };
}
