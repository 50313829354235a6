import { type Estimate, type Outcome, undefinedBecause } from '../estimate.ts';
import { agreementWeights } from '../two-raters/category-weights.ts';
import type { UnitCounts } from './unit-counts.ts';
import {
  errorOfSquares,
  type ManyRaterCoefficient,
  meanPairAgreement,
  pairAgreementOf,
} from './unit-linearisation.ts';

/**
 * Percent agreement of many raters: the mean over units with two ratings or more of the share of their pairs of
 * raters that agree. Not the share of units on which all agree, and not the mean over pairs of raters.
 *
 * @param weights agreement weights; identity by default
 */
export function pairwiseAgreement(
  counts: UnitCounts,
  weights: Float64Array = agreementWeights(counts.categories, 'identity'),
): Outcome<ManyRaterCoefficient> {
  if (counts.pairable === 0) return undefinedBecause('no unit was rated by two raters');
  const pairAgreement = pairAgreementOf(counts, weights);
  const value = meanPairAgreement(counts, pairAgreement);
  const scale = counts.rated / counts.pairable;
  let squares = 0;
  pairAgreement.forEach((agreement, index) => {
    squares += (counts.multiplicity[index] ?? 0) * (scale * agreement - value) ** 2;
  });
  return {
    defined: true,
    value,
    standardError: errorOfSquares(squares, counts.rated),
    unitsRated: counts.rated,
    unitsPairable: counts.pairable,
  };
}

/** The share of pairable units on which every rater gave the same category. Falls as raters are added. */
export function allRatersAgree(counts: UnitCounts): Estimate {
  if (counts.pairable === 0) return undefinedBecause('no unit was rated by two raters');
  let agreeing = 0;
  counts.rows.forEach((row, index) => {
    const rated = counts.ratings[index] ?? 0;
    if (rated >= 2 && row.includes(rated)) agreeing += counts.multiplicity[index] ?? 0;
  });
  return { defined: true, value: agreeing / counts.pairable };
}
