import { type Estimate, undefinedBecause } from '../estimate.ts';
import { type ContingencyTable, cell, marginsOf, totalOf } from '../paired-table/contingency-table.ts';

/**
 * Matthews' correlation coefficient: phi for two categories, Gorodkin's R_K (2004) for more. Undefined when
 * either side used a single category (0/0), where scikit-learn returns 0.
 */
export function matthewsCorrelation(table: ContingencyTable): Estimate {
  const n = totalOf(table);
  const { rows, columns } = marginsOf(table);
  let rowSpread = 0;
  let columnSpread = 0;
  for (let category = 0; category < table.size; category++) {
    const row = rows[category] ?? 0;
    const column = columns[category] ?? 0;
    rowSpread += row * (n - row);
    columnSpread += column * (n - column);
  }
  if (rowSpread === 0 || columnSpread === 0) {
    return undefinedBecause('one of the two used a single category, so there is nothing to correlate');
  }
  return {
    defined: true,
    value: covariation(table, rows, columns) / (Math.sqrt(rowSpread) * Math.sqrt(columnSpread)),
  };
}

/**
 * n·Σ n_kk − Σ r_k c_k, in whole halves: with one very common category its terms are of the size of n² and leave little
 * behind.
 */
function covariation(table: ContingencyTable, rows: Float64Array, columns: Float64Array): number {
  const halves = (count: number | undefined) => BigInt(Math.round(2 * (count ?? 0)));
  const n = halves(totalOf(table));
  let sum = 0n;
  for (let category = 0; category < table.size; category++) {
    sum += n * halves(cell(table, category, category)) - halves(rows[category]) * halves(columns[category]);
  }
  return Number(sum) / 4;
}
