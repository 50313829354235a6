import { type Interval, type Outcome, undefinedBecause } from '../estimate.ts';
import { type ContingencyTable, marginsOf, totalOf } from '../paired-table/contingency-table.ts';
import { type ItemPatterns, tableOfPatterns } from '../resampling/item-patterns.ts';
import { FEWEST_ITEMS } from '../resampling/resample.ts';
import { kappaPoint } from './cohens-kappa.ts';

/** Steps in which the share that could be otherwise is given to the cells. */
const STEPS = 60;

/**
 * What kappa can be at most and at least where one side said the same of every row. Kappa is 0 then and its error as well, so no
 * interval of the usual kind exists; but a source that said one thing of n items says another of at most 1 − ((1 − level) / 2)^(1/n)
 * of all items (Clopper & Pearson 1934, for no success in n). Kappa is worked out with that share of the table moved to wherever
 * it raises kappa most, and where it lowers it most: items count once, so rows of an item may all be otherwise together.
 *
 * Undefined with fewer than 5 items, where kappa is, and where both sides used several categories.
 */
export function constantKappaBound(
  patterns: ItemPatterns,
  level = 0.95,
): Outcome<{ readonly interval: Interval }> {
  const table = tableOfPatterns(patterns);
  const n = totalOf(table);
  const items = patterns.itemCounts.reduce((sum, count) => sum + count, 0);
  if (items < FEWEST_ITEMS)
    return undefinedBecause(`${items} items are too few for an interval (${FEWEST_ITEMS} needed)`);
  if (kappaPoint(table) === null) return undefinedBecause('kappa is undefined');
  const { rows, columns } = marginsOf(table);
  const isConstant = (margin: Float64Array) => margin.some((share) => share >= n - 1e-9 * n);
  if (!isConstant(rows) && !isConstant(columns))
    return undefinedBecause('both sides used several categories');
  const otherwise = 1 - ((1 - level) / 2) ** (1 / effectiveItems(patterns));
  const ofColumns = isConstant(columns);
  return {
    defined: true,
    interval: {
      low: extremeKappa(table, n * otherwise, ofColumns, -1),
      high: extremeKappa(table, n * otherwise, ofColumns, 1),
      level,
      method: 'bound: one side said the same of every item',
    },
  };
}

/** Items, fewer where some weigh more than others: (Σw)² / Σw² of their rows. */
function effectiveItems({ tables, itemCounts }: ItemPatterns): number {
  let [sum, squares] = [0, 0];
  tables.forEach((table, kind) => {
    const rows = table.reduce((total, count) => total + count, 0);
    const items = itemCounts[kind] ?? 0;
    sum += items * rows;
    squares += items * rows * rows;
  });
  return squares > 0 ? (sum * sum) / squares : 1;
}

/** Kappa once `amount` of the rows says another category on the constant side, step by step what moves kappa most. */
function extremeKappa(
  { size, counts }: ContingencyTable,
  amount: number,
  ofColumns: boolean,
  sign: 1 | -1,
): number {
  const moved = { size, counts: Float64Array.from(counts) };
  const cell = (other: number, constant: number) =>
    ofColumns ? other * size + constant : constant * size + other;
  const said = Array.from({ length: size }, (_each, code) => code).find((code) =>
    Array.from({ length: size }, (_each, other) => other).some(
      (other) => (counts[cell(other, code)] ?? 0) > 0,
    ),
  );
  const from = said ?? 0;
  let extreme = kappaPoint(moved) ?? 0;
  for (let step = 0; step < STEPS; step++) {
    let best: { readonly kappa: number; readonly take: number; readonly give: number } | null = null;
    for (let other = 0; other < size; other++) {
      const take = cell(other, from);
      if ((moved.counts[take] ?? 0) < amount / STEPS) continue;
      for (let to = 0; to < size; to++) {
        if (to === from) continue;
        const give = cell(other, to);
        shift(moved.counts, take, give, amount / STEPS);
        const kappa = kappaPoint(moved);
        shift(moved.counts, give, take, amount / STEPS);
        if (kappa !== null && (best === null || sign * kappa > sign * best.kappa))
          best = { kappa, take, give };
      }
    }
    if (best === null) break;
    shift(moved.counts, best.take, best.give, amount / STEPS);
    extreme = sign > 0 ? Math.max(extreme, best.kappa) : Math.min(extreme, best.kappa);
  }
  return extreme;
}

function shift(counts: Float64Array, from: number, to: number, amount: number): void {
  counts[from] = (counts[from] ?? 0) - amount;
  counts[to] = (counts[to] ?? 0) + amount;
}
