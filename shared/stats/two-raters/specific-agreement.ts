import { type Estimate, undefinedBecause } from '../estimate.ts';
import { type ContingencyTable, cell, marginsOf } from '../paired-table/contingency-table.ts';

/**
 * Agreement about one category: twice the labels both gave, over all labels either gave, 2n_ii/(r_i + c_i).
 * Undefined when nobody used the category.
 */
export function specificAgreement(table: ContingencyTable, category: number): Estimate {
  const { rows, columns } = marginsOf(table);
  const given = (rows[category] ?? 0) + (columns[category] ?? 0);
  if (given === 0) return undefinedBecause('neither used this category');
  return { defined: true, value: (2 * cell(table, category, category)) / given };
}
