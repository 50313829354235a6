import { normalQuantile, normalTwoSidedP } from '../distribution/normal.ts';
import { studentQuantile } from '../distribution/student-t.ts';
import { type Estimate, type Interval, type Outcome, undefinedBecause } from '../estimate.ts';
import { type ContingencyTable, cell, marginsOf, totalOf } from '../paired-table/contingency-table.ts';
import { disagreementWeights } from './category-weights.ts';

/** Kappa with what is needed to report it. */
export interface KappaParts {
  readonly value: number;
  readonly n: number;
  /** Standard error for intervals (Fleiss, Cohen & Everitt 1969), or why there is none. */
  readonly standardError: Estimate;
  /** Standard error under kappa = 0, for tests only, or why there is none. */
  readonly nullStandardError: Estimate;
  /** Normal interval from {@link standardError}, unclipped; null where there is none. */
  readonly interval: Interval | null;
  /** Why there is no interval, where there is none. */
  readonly noInterval: string | null;
}

/** Kappa, or why there is none; `n` comparisons entered either way. */
export type KappaResult = Outcome<KappaParts> & { readonly n: number };

/**
 * Cohen's kappa (Cohen 1960), weighted where disagreement weights are given (Cohen 1968): (po − pe) / (1 − pe)
 * with pe from each rater's own margins.
 *
 * Computed as 1 − n·Σ v_ij n_ij / Σ v_ij r_i c_j with disagreement weights v. That is the same number, and
 * nothing cancels when one category is very common. The variances are Fleiss, Cohen & Everitt 1969 with
 * divisor n, in the form Σ p_ij (influence − mean)², which does not cancel either.
 *
 * Undefined when nothing was labelled by both, or when both used one and the same category only (0/0). When
 * just one of the two was constant the value is exactly 0 and there is neither interval nor test. Perfect
 * agreement has standard error 0 and no interval.
 *
 * @param table rows: rater A or the people; columns: rater B or the judge
 * @param level of the interval, default 0.95
 * @param disagreement weights of the table's shape, 0 on the diagonal; any positive multiple gives the same
 */
export function cohensKappa(
  table: ContingencyTable,
  level = 0.95,
  disagreement: Float64Array = disagreementWeights(table.size, 'identity'),
): KappaResult {
  const n = totalOf(table);
  if (n === 0) return { ...undefinedBecause('no comparison was labelled by both'), n };
  const { rows, columns } = marginsOf(table);
  const { observed, expected, rowMeans, columnMeans } = disagreementSums(table, disagreement);
  if (expected === 0) {
    return {
      ...undefinedBecause('both used a single category, so chance agreement is already complete'),
      n,
    };
  }
  const value = (expected - n * observed) / expected;
  let variance = 0;
  let nullVariance = 0;
  for (let row = 0; row < table.size; row++) {
    for (let column = 0; column < table.size; column++) {
      const weight = disagreement[row * table.size + column] ?? 0;
      const centred = n * ((rowMeans[row] ?? 0) + (columnMeans[column] ?? 0)) - expected;
      const influence = ((1 - value) * centred - weight * n * n) / expected;
      const nullInfluence = (centred - weight * n * n) / expected;
      variance += cell(table, row, column) * influence ** 2;
      nullVariance += (rows[row] ?? 0) * (columns[column] ?? 0) * nullInfluence ** 2;
    }
  }
  const constant = [rows, columns].some((margin) => margin.includes(n));
  if (constant) {
    const reason = 'one of the two used a single category: kappa is 0 whatever the other did';
    const none = undefinedBecause(reason);
    return {
      defined: true,
      value,
      n,
      standardError: none,
      nullStandardError: none,
      interval: null,
      noInterval: reason,
    };
  }
  const noInterval = reasonForNoInterval(observed, variance, table, rows, columns);
  const standardError = noInterval === null ? Math.sqrt(variance) / n : 0;
  const reach = normalQuantile((1 + level) / 2) * standardError;
  return {
    defined: true,
    value,
    n,
    standardError: { defined: true, value: standardError },
    nullStandardError: { defined: true, value: Math.sqrt(nullVariance / n) / n },
    interval:
      noInterval === null
        ? { low: value - reach, high: value + reach, level, method: 'asymptotic (Fleiss–Cohen–Everitt)' }
        : null,
    noInterval,
  };
}

/** The z test of kappa = 0, with the standard error that holds under it, or why it cannot be made. */
export function kappaNullTest(kappa: KappaResult): Outcome<{ z: number; p: number }> {
  if (!kappa.defined) return kappa;
  if (!kappa.nullStandardError.defined) return kappa.nullStandardError;
  const z = kappa.value / kappa.nullStandardError.value;
  return { defined: true, z, p: normalTwoSidedP(z) };
}

/**
 * The interval with t(n − 1) quantiles, held inside [−1, 1], as irrCAC prints it. Undefined where there is no error.
 */
export function kappaStudentInterval(kappa: KappaResult, level = 0.95): Outcome<Interval> {
  if (!kappa.defined) return kappa;
  if (!kappa.standardError.defined) return kappa.standardError;
  if (kappa.noInterval !== null) return undefinedBecause(kappa.noInterval);
  const reach = studentQuantile((1 + level) / 2, kappa.n - 1) * kappa.standardError.value;
  return {
    defined: true,
    low: Math.max(-1, kappa.value - reach),
    high: Math.min(1, kappa.value + reach),
    level,
    method: 'asymptotic, t (clipped)',
  };
}

/** The coefficient alone, or null where it is 0/0. For resampling, where only the value is wanted. */
export function kappaPoint(table: ContingencyTable): number | null {
  const { size, counts } = table;
  let total = 0;
  let agreeing = 0;
  let chance = 0;
  for (let category = 0; category < size; category++) {
    let row = 0;
    let column = 0;
    for (let other = 0; other < size; other++) {
      row += counts[category * size + other] ?? 0;
      column += counts[other * size + category] ?? 0;
    }
    total += row;
    agreeing += counts[category * size + category] ?? 0;
    chance += row * column;
  }
  const denominator = total * total - chance;
  if (denominator <= 1e-9 * total * total * Number.EPSILON) return null;
  return (total * agreeing - chance) / denominator;
}

/** The weighted coefficient alone, or null where it is 0/0. */
export function weightedKappaPoint(table: ContingencyTable, disagreement: Float64Array): number | null {
  const { size, counts } = table;
  const { rows, columns } = marginsOf(table);
  let total = 0;
  let observed = 0;
  let expected = 0;
  for (let row = 0; row < size; row++) {
    total += rows[row] ?? 0;
    for (let column = 0; column < size; column++) {
      const cellAt = row * size + column;
      observed += (disagreement[cellAt] ?? 0) * (counts[cellAt] ?? 0);
      expected += (disagreement[cellAt] ?? 0) * (rows[row] ?? 0) * (columns[column] ?? 0);
    }
  }
  return expected <= 1e-12 * total * total ? null : (expected - total * observed) / expected;
}

/** Σ v n, Σ v r c, and for each row and column Σ of its weights times the other's margin; in counts. */
function disagreementSums(table: ContingencyTable, disagreement: Float64Array) {
  const { rows, columns } = marginsOf(table);
  const rowMeans = new Float64Array(table.size);
  const columnMeans = new Float64Array(table.size);
  let observed = 0;
  let expected = 0;
  for (let row = 0; row < table.size; row++) {
    for (let column = 0; column < table.size; column++) {
      const weight = disagreement[row * table.size + column] ?? 0;
      observed += weight * cell(table, row, column);
      expected += weight * (rows[row] ?? 0) * (columns[column] ?? 0);
      rowMeans[row] = (rowMeans[row] ?? 0) + weight * (columns[column] ?? 0);
      columnMeans[column] = (columnMeans[column] ?? 0) + weight * (rows[row] ?? 0);
    }
  }
  return { observed, expected, rowMeans, columnMeans };
}

/** Below this share of n the summed squared influence is rounding noise and not a variance. */
const NO_VARIANCE = 1e-20;

function reasonForNoInterval(
  observed: number,
  variance: number,
  table: ContingencyTable,
  rows: Float64Array,
  columns: Float64Array,
): string | null {
  if (observed === 0) return 'perfect agreement leaves no error to estimate';
  if (rows.every((count, category) => count * (columns[category] ?? 0) === 0)) {
    return 'the two never used the same category';
  }
  if (variance > NO_VARIANCE * totalOf(table)) return null;
  return 'complete disagreement leaves no error to estimate';
}
