import { chiSquareUpperTail } from '../distribution/chi-square.ts';
import { type Outcome, undefinedBecause } from '../estimate.ts';
import { choleskyFactor, choleskySolve } from '../linear-algebra/cholesky.ts';
import type { ChiSquareTest } from './bowker.ts';
import { type ContingencyTable, cell, marginsOf, totalOf } from './contingency-table.ts';

/**
 * The Stuart–Maxwell test that both raters use the categories at the same rates (Stuart 1955, Maxwell 1970):
 * dᵀV⁻¹d over all but one category, d the margin differences. Only categories unused by both are left out; one
 * with equal margins stays in, because it still enters the covariance. Undefined when the two never disagree or
 * when V is singular.
 */
export function stuartMaxwell(table: ContingencyTable): Outcome<ChiSquareTest> {
  const { rows, columns } = marginsOf(table);
  const used = Array.from(rows.keys()).filter(
    (category) => (rows[category] ?? 0) + (columns[category] ?? 0) > 0,
  );
  const kept = used.slice(0, -1);
  if (kept.length === 0) return undefinedBecause('both used a single category');
  const size = kept.length;
  const covariance = new Float64Array(size * size);
  const difference = new Float64Array(size);
  kept.forEach((category, row) => {
    difference[row] = (rows[category] ?? 0) - (columns[category] ?? 0);
    kept.forEach((other, column) => {
      covariance[row * size + column] =
        category === other
          ? (rows[category] ?? 0) + (columns[category] ?? 0) - 2 * cell(table, category, category)
          : -(cell(table, category, other) + cell(table, other, category));
    });
  });
  const factor = choleskyFactor(covariance, size);
  if (factor === null) {
    return undefinedBecause('some categories are never confused with the rest, so their rates cannot differ');
  }
  const solution = choleskySolve(factor, size, difference);
  const chiSquare = difference.reduce((sum, each, index) => sum + each * (solution[index] ?? 0), 0);
  return { defined: true, chiSquare, degreesOfFreedom: size, p: chiSquareUpperTail(chiSquare, size) };
}

/**
 * Bhapkar's test of the same hypothesis (1966), with the covariance not taken under it: χ²/(1 − χ²/n) of
 * Stuart–Maxwell's. A little more powerful; undefined where Stuart–Maxwell is or when χ² reaches n.
 */
export function bhapkar(table: ContingencyTable): Outcome<ChiSquareTest> {
  const stuart = stuartMaxwell(table);
  if (!stuart.defined) return stuart;
  const room = 1 - stuart.chiSquare / totalOf(table);
  if (room <= 1e-12) return undefinedBecause('every comparison is a disagreement in the same direction');
  const chiSquare = stuart.chiSquare / room;
  return { ...stuart, chiSquare, p: chiSquareUpperTail(chiSquare, stuart.degreesOfFreedom) };
}
