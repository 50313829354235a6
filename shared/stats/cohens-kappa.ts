import { type ContingencyTable, cell, marginsOf, totalOf } from './contingency-table.ts';
import type { Interval } from './estimate.ts';
import { normalQuantile } from './normal-quantile.ts';

/** Kappa with what is needed to report it, or why there is none. */
export type KappaResult =
  | {
      readonly defined: true;
      readonly value: number;
      readonly n: number;
      /** Standard error for intervals (Fleiss, Cohen & Everitt 1969). 0 under perfect agreement. */
      readonly standardError: number;
      /** Standard error under kappa = 0, for tests only. */
      readonly nullStandardError: number;
      /** Normal interval from {@link standardError}, unclipped; null where there is none. */
      readonly interval: Interval | null;
      /** Why there is no interval, where there is none. */
      readonly noInterval: string | null;
    }
  | { readonly defined: false; readonly n: number; readonly reason: string };

/**
 * Cohen's kappa (Cohen 1960), unweighted: (po − pe) / (1 − pe) with pe from each rater's own margins.
 *
 * The value is computed as (n·Σ n_ii − Σ r_i c_i) / (n² − Σ r_i c_i), which does not cancel when one
 * category is very common. Variances are Fleiss, Cohen & Everitt 1969 with divisor n. Undefined when
 * nothing was labelled by both, or when both used one and the same category only (0/0). When just one
 * of the two was constant the value is exactly 0 with error 0.
 *
 * @param table rows: rater A or the people; columns: rater B or the judge
 * @param level of the interval, default 0.95
 */
export function cohensKappa(table: ContingencyTable, level = 0.95): KappaResult {
  const n = totalOf(table);
  if (n === 0) return { defined: false, n, reason: 'no comparison was labelled by both' };
  const { rows, columns } = marginsOf(table);
  const value = kappaValue(table, n, rows, columns);
  if (value === null) {
    return {
      defined: false,
      n,
      reason: 'both used a single category, so chance agreement is already complete',
    };
  }
  const expected = chanceAgreement(rows, columns) / n ** 2;
  const spread = 1 - expected;
  let weighted = 0;
  for (let row = 0; row < table.size; row++) {
    for (let column = 0; column < table.size; column++) {
      const share = cell(table, row, column) / n;
      const weight = row === column ? 1 : 0;
      const means = ((columns[row] ?? 0) + (rows[column] ?? 0)) / n;
      weighted += share * (weight - means * (1 - value)) ** 2;
    }
  }
  const variance = (weighted - (value - expected * (1 - value)) ** 2) / (n * spread ** 2);
  const noInterval = reasonForNoInterval(table, n, rows, columns);
  const standardError = noInterval === null ? Math.sqrt(Math.max(0, variance)) : 0;
  const reach = normalQuantile(1 - (1 - level) / 2) * standardError;
  return {
    defined: true,
    value,
    n,
    standardError,
    nullStandardError: Math.sqrt(nullVariance(n, rows, columns)),
    interval:
      noInterval === null
        ? { low: value - reach, high: value + reach, level, method: 'asymptotic (Fleiss–Cohen–Everitt)' }
        : null,
    noInterval,
  };
}

/** Decided by the table's shape, because the computed variance there is rounding noise and not zero. */
function reasonForNoInterval(
  table: ContingencyTable,
  n: number,
  rows: Float64Array,
  columns: Float64Array,
): string | null {
  let agreeing = 0;
  for (let category = 0; category < table.size; category++) agreeing += cell(table, category, category);
  if (agreeing === n) return 'perfect agreement leaves no error to estimate';
  if ([rows, columns].some((margin) => margin.includes(n))) {
    return 'one of the two used a single category: kappa is 0 whatever the other did';
  }
  if (chanceAgreement(rows, columns) === 0) return 'the two never used the same category';
  const used = rows.filter((count, category) => count + (columns[category] ?? 0) > 0).length;
  if (agreeing === 0 && used === 2) return 'complete disagreement leaves no error to estimate';
  return null;
}

/** The coefficient alone, or null where it is 0/0. For resampling, where only the value is wanted. */
export function kappaPoint(table: ContingencyTable): number | null {
  const { rows, columns } = marginsOf(table);
  return kappaValue(table, totalOf(table), rows, columns);
}

function kappaValue(
  table: ContingencyTable,
  n: number,
  rows: Float64Array,
  columns: Float64Array,
): number | null {
  let agreeing = 0;
  for (let category = 0; category < table.size; category++) agreeing += cell(table, category, category);
  const chance = chanceAgreement(rows, columns);
  const denominator = n * n - chance;
  if (n === 0 || denominator <= 1e-9 * n * n * Number.EPSILON) return null;
  return (n * agreeing - chance) / denominator;
}

/**
 * The variance under kappa = 0: (n²R + R² − nS) / (n (n² − R)²) with R = Σ r_i c_i and S = Σ r_i c_i (r_i + c_i).
 * Computed in whole halves, because with one very common category the terms cancel to nothing in doubles.
 */
function nullVariance(n: number, rows: Float64Array, columns: Float64Array): number {
  const halves = (count: number | undefined) => BigInt(Math.round(2 * (count ?? 0)));
  const total = halves(n);
  let products = 0n;
  let weightedProducts = 0n;
  for (let category = 0; category < rows.length; category++) {
    const row = halves(rows[category]);
    const column = halves(columns[category]);
    products += row * column;
    weightedProducts += row * column * (row + column);
  }
  const numerator = total * total * products + products * products - total * weightedProducts;
  const spread = Number(total * total - products);
  return Number(numerator) / (n * spread * spread);
}

/** Σ r_i c_i, on the scale of n². */
function chanceAgreement(rows: Float64Array, columns: Float64Array): number {
  let sum = 0;
  for (let category = 0; category < rows.length; category++) {
    sum += (rows[category] ?? 0) * (columns[category] ?? 0);
  }
  return sum;
}
