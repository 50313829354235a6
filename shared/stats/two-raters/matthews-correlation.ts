import { type Estimate, undefinedBecause } from '../estimate.ts';
import { type ContingencyTable, cell, marginsOf, totalOf } from './contingency-table.ts';

/**
 * Matthews' correlation coefficient: phi for two categories, Gorodkin's R_K (2004) for more. Undefined when
 * either side used a single category (0/0), where scikit-learn returns 0.
 */
export function matthewsCorrelation(table: ContingencyTable): Estimate {
  const n = totalOf(table);
  const { rows, columns } = marginsOf(table);
  let agreeing = 0;
  let product = 0;
  let rowSpread = 0;
  let columnSpread = 0;
  for (let category = 0; category < table.size; category++) {
    const row = rows[category] ?? 0;
    const column = columns[category] ?? 0;
    agreeing += cell(table, category, category);
    product += row * column;
    rowSpread += row * (n - row);
    columnSpread += column * (n - column);
  }
  if (rowSpread === 0 || columnSpread === 0) {
    return undefinedBecause('one of the two used a single category, so there is nothing to correlate');
  }
  return {
    defined: true,
    value: (n * agreeing - product) / (Math.sqrt(rowSpread) * Math.sqrt(columnSpread)),
  };
}
