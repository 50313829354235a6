import { type Outcome, undefinedBecause } from '../estimate.ts';
import { type ContingencyTable, cell, marginsOf, totalOf } from '../paired-table/contingency-table.ts';

/** A coefficient with its large-sample standard error (divisor n). */
export interface Coefficient {
  readonly value: number;
  readonly standardError: number;
}

/** Chance agreement of a coefficient, and how it changes with the mean share of each category. */
export interface Chance {
  readonly agreement: number;
  /** ∂ agreement / ∂ mean share of the category; empty where chance does not depend on the shares. */
  readonly gradient: Float64Array;
}

/**
 * (po − pe) / (1 − pe) for a pe that depends on the table through the two raters' mean shares only: Gwet's AC
 * and Brennan–Prediger. The error is the exact delta method over the cells, which is what Gwet's
 * linearised variance gives with divisor n.
 *
 * @param weights agreement weights of the table's shape
 * @param chanceOf pe and its gradient from the mean category shares, which sum to 1
 */
export function chanceCorrected(
  table: ContingencyTable,
  weights: Float64Array,
  chanceOf: (shares: Float64Array) => Chance,
): Outcome<Coefficient> {
  const n = totalOf(table);
  if (n === 0) return undefinedBecause('no comparison was labelled by both');
  const chance = chanceOf(meanShares(table));
  const room = 1 - chance.agreement;
  if (room <= 1e-15) {
    return undefinedBecause('both used a single category, so chance agreement is already complete');
  }
  let observed = 0;
  for (let index = 0; index < weights.length; index++) {
    observed += ((weights[index] ?? 0) * (table.counts[index] ?? 0)) / n;
  }
  const value = (observed - chance.agreement) / room;
  const influence = (row: number, column: number) => {
    const drift = ((chance.gradient[row] ?? 0) + (chance.gradient[column] ?? 0)) / 2;
    return ((weights[row * table.size + column] ?? 0) - (1 - value) * drift) / room;
  };
  let mean = 0;
  eachCell(table, (row, column, count) => {
    mean += (count / n) * influence(row, column);
  });
  let variance = 0;
  eachCell(table, (row, column, count) => {
    variance += (count / n) * (influence(row, column) - mean) ** 2;
  });
  return { defined: true, value, standardError: Math.sqrt(variance / n) };
}

/** The mean of the two raters' shares of each category. */
export function meanShares(table: ContingencyTable): Float64Array {
  const n = totalOf(table);
  const { rows, columns } = marginsOf(table);
  return rows.map((count, category) => (count + (columns[category] ?? 0)) / (2 * n));
}

function eachCell(table: ContingencyTable, visit: (row: number, column: number, count: number) => void) {
  for (let row = 0; row < table.size; row++) {
    for (let column = 0; column < table.size; column++) visit(row, column, cell(table, row, column));
  }
}
