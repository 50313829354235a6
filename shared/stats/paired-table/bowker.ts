import { chiSquareUpperTail } from '../distribution/chi-square.ts';
import { type Outcome, undefinedBecause } from '../estimate.ts';
import { type ContingencyTable, cell } from './contingency-table.ts';

/** A chi-square statistic with its degrees of freedom and p-value. */
export interface ChiSquareTest {
  readonly chiSquare: number;
  readonly degreesOfFreedom: number;
  readonly p: number;
}

/**
 * Bowker's test of symmetry (1948): Σ (n_ij − n_ji)²/(n_ij + n_ji). Pairs of cells that are both empty carry no
 * information and no degree of freedom. Undefined when the two never disagree.
 */
export function bowker(table: ContingencyTable): Outcome<ChiSquareTest & { readonly allPairsP: number }> {
  let chiSquare = 0;
  let degreesOfFreedom = 0;
  for (let row = 0; row < table.size; row++) {
    for (let column = row + 1; column < table.size; column++) {
      const above = cell(table, row, column);
      const below = cell(table, column, row);
      if (above + below === 0) continue;
      chiSquare += (above - below) ** 2 / (above + below);
      degreesOfFreedom++;
    }
  }
  if (degreesOfFreedom === 0) return undefinedBecause('the two never disagree');
  return {
    defined: true,
    chiSquare,
    degreesOfFreedom,
    p: chiSquareUpperTail(chiSquare, degreesOfFreedom),
    allPairsP: chiSquareUpperTail(chiSquare, (table.size * (table.size - 1)) / 2),
  };
}
