import { type Estimate, type Outcome, undefinedBecause } from '../estimate.ts';
import type { UnitCounts } from './unit-counts.ts';

/** A coefficient of many raters, with Gwet's error over units (divisor n(n−1), conditional on the raters). */
export interface ManyRaterCoefficient {
  readonly value: number;
  readonly standardError: Estimate;
  /** Units with at least one rating. */
  readonly unitsRated: number;
  /** Units with at least two ratings. */
  readonly unitsPairable: number;
}

/**
 * The share of agreeing pairs of raters on each distinct unit, weighted; 0 where fewer than two rated it.
 *
 * @param own the weight of a rating with itself, which is no pair: 1, or 0 where the weights are of disagreement
 */
export function pairAgreementOf(counts: UnitCounts, weights: Float64Array, own = 1): Float64Array {
  const { categories, rows, ratings } = counts;
  return Float64Array.from(rows, (row, index) => {
    const rated = ratings[index] ?? 0;
    if (rated < 2) return 0;
    let pairs = 0;
    for (let category = 0; category < categories; category++) {
      const count = row[category] ?? 0;
      if (count === 0) continue;
      let alike = -own;
      for (let other = 0; other < categories; other++) {
        alike += (weights[category * categories + other] ?? 0) * (row[other] ?? 0);
      }
      pairs += count * alike;
    }
    return pairs / (rated * (rated - 1));
  });
}

/** Mean agreement over the units with two ratings or more. */
export function meanPairAgreement(counts: UnitCounts, pairAgreement: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < pairAgreement.length; index++) {
    sum += (pairAgreement[index] ?? 0) * (counts.multiplicity[index] ?? 0);
  }
  return sum / counts.pairable;
}

/** The mean over rated units of each category's share of the unit's ratings. */
export function meanUnitShares(counts: UnitCounts): Float64Array {
  const shares = new Float64Array(counts.categories);
  counts.rows.forEach((row, index) => {
    const scale = (counts.multiplicity[index] ?? 0) / ((counts.ratings[index] ?? 1) * counts.rated);
    row.forEach((count, category) => {
      shares[category] = (shares[category] ?? 0) + count * scale;
    });
  });
  return shares;
}

/** Chance disagreement 1 − pe, and each distinct unit's 1 − pe_u (empty where chance does not depend on the ratings). */
export interface ChanceDisagreement {
  readonly expected: number;
  readonly ofUnit: Float64Array;
}

/**
 * (pa − pe)/(1 − pe), as 1 − (1 − pa)/(1 − pe) so that nothing cancels when one category is very common, with Gwet's
 * linearised error: each unit's value is (n/n′)(pa_u − pe)/(1 − pe) − 2(1 − κ)(pe_u − pe)/(1 − pe), with n rated and n′
 * pairable units.
 */
export function linearise(
  counts: UnitCounts,
  weights: Float64Array,
  { expected, ofUnit }: ChanceDisagreement,
): Outcome<ManyRaterCoefficient> {
  if (counts.pairable === 0) return undefinedBecause('no unit was rated by two raters');
  if (expected <= 1e-15) return undefinedBecause('every rating is the same category');
  const disagreement = pairAgreementOf(
    counts,
    weights.map((weight) => 1 - weight),
    0,
  );
  const value = 1 - meanPairAgreement(counts, disagreement) / expected;
  let squares = 0;
  for (let index = 0; index < disagreement.length; index++) {
    const pairable = (counts.ratings[index] ?? 0) >= 2;
    const seen = pairable ? 1 - (disagreement[index] ?? 0) / expected : 0;
    const drift = 1 - (ofUnit[index] ?? expected) / expected;
    const own = (counts.rated / counts.pairable) * seen - 2 * (1 - value) * drift;
    squares += (counts.multiplicity[index] ?? 0) * (own - value) ** 2;
  }
  return {
    defined: true,
    value,
    standardError: errorOfSquares(squares, counts.rated),
    unitsRated: counts.rated,
    unitsPairable: counts.pairable,
  };
}

/** √(Σ (x_u − x̄)² / (n(n−1))), or why a single unit has none. */
export function errorOfSquares(squares: number, units: number): Estimate {
  if (units < 2) return undefinedBecause('one unit leaves no error to estimate');
  return { defined: true, value: Math.sqrt(squares / (units * (units - 1))) };
}
