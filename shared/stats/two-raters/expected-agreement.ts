import { type Estimate, undefinedBecause } from '../estimate.ts';
import { type ContingencyTable, marginsOf, totalOf } from '../paired-table/contingency-table.ts';

/** The agreement two raters with these margins would reach by chance: Σ r_i c_i in shares, 0 to 1. */
export function expectedAgreement(table: ContingencyTable): Estimate {
  const n = totalOf(table);
  if (n === 0) return undefinedBecause('no comparison was labelled by both');
  const { rows, columns } = marginsOf(table);
  return {
    defined: true,
    value: rows.reduce((sum, row, category) => sum + (row / n) * ((columns[category] ?? 0) / n), 0),
  };
}
