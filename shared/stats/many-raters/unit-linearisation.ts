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

/** The share of agreeing pairs of raters on each distinct unit, weighted; 0 where fewer than two rated it. */
export function pairAgreementOf(counts: UnitCounts, weights: Float64Array): Float64Array {
  const { categories, rows, ratings } = counts;
  return Float64Array.from(rows, (row, index) => {
    const rated = ratings[index] ?? 0;
    if (rated < 2) return 0;
    let pairs = 0;
    for (let category = 0; category < categories; category++) {
      const count = row[category] ?? 0;
      if (count === 0) continue;
      let alike = -1;
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

/**
 * (pa − pe)/(1 − pe) with Gwet's linearised error: each unit's value is (n/n′)(pa_u − pe)/(1 − pe) −
 * 2(1 − κ)(pe_u − pe)/(1 − pe), with n rated and n′ pairable units.
 *
 * @param chance pe, and each distinct unit's pe_u (empty where chance does not depend on the ratings)
 */
export function linearised(
  counts: UnitCounts,
  weights: Float64Array,
  chance: { readonly agreement: number; readonly ofUnit: Float64Array },
): Outcome<ManyRaterCoefficient> {
  if (counts.pairable === 0) return undefinedBecause('no unit was rated by two raters');
  const room = 1 - chance.agreement;
  if (room <= 1e-15) return undefinedBecause('every rating is the same category');
  const pairAgreement = pairAgreementOf(counts, weights);
  const value = (meanPairAgreement(counts, pairAgreement) - chance.agreement) / room;
  let squares = 0;
  for (let index = 0; index < pairAgreement.length; index++) {
    const pairable = (counts.ratings[index] ?? 0) >= 2;
    const seen = pairable ? ((pairAgreement[index] ?? 0) - chance.agreement) / room : 0;
    const drift = ((chance.ofUnit[index] ?? chance.agreement) - chance.agreement) / room;
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
