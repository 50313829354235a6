import { type Outcome, undefinedBecause } from '../estimate.ts';
import { agreementWeights } from '../two-raters/category-weights.ts';
import type { RatingMatrix } from './rating-matrix.ts';
import { errorOfSquares, type ManyRaterCoefficient } from './unit-linearisation.ts';

/**
 * Conger's kappa (1980) for many raters, missing ratings and weights: Cohen's kappa generalised, each rater with a
 * margin of their own. pe is the mean over ordered pairs of different raters of Σ w p_g p_h; everything is summed as
 * disagreement, which does not cancel when one category is very common. The error linearises
 * each margin as a ratio of sums over units (divisor n(n−1)).
 *
 * Undefined when a rater gave no rating at all: such a rater has no margin and must be left out first.
 *
 * @param weights agreement weights; identity by default
 */
export function congerKappa(
  matrix: RatingMatrix,
  weights: Float64Array = agreementWeights(matrix.categories, 'identity'),
): Outcome<ManyRaterCoefficient> {
  const { units, raters, categories, codes } = matrix;
  const given = new Float64Array(raters);
  const margins = new Float64Array(raters * categories);
  let rated = 0;
  let pairable = 0;
  for (let unit = 0; unit < units; unit++) {
    let ratings = 0;
    for (let rater = 0; rater < raters; rater++) {
      const code = codes[unit * raters + rater] ?? -1;
      if (code < 0) continue;
      ratings++;
      given[rater] = (given[rater] ?? 0) + 1;
      margins[rater * categories + code] = (margins[rater * categories + code] ?? 0) + 1;
    }
    if (ratings >= 1) rated++;
    if (ratings >= 2) pairable++;
  }
  if (pairable === 0) return undefinedBecause('no unit was rated by two raters');
  if (given.includes(0)) return undefinedBecause('a rater gave no rating; leave that rater out first');
  for (let index = 0; index < margins.length; index++) {
    margins[index] = (margins[index] ?? 0) / (given[Math.floor(index / categories)] ?? 1);
  }
  const distance = distanceFromOthers(
    margins,
    raters,
    categories,
    weights.map((weight) => 1 - weight),
  );
  const pairs = raters * (raters - 1);
  let expected = 0;
  for (let index = 0; index < margins.length; index++)
    expected += (margins[index] ?? 0) * (distance[index] ?? 0);
  expected /= pairs;
  if (expected <= 1e-15) return undefinedBecause('every rating is the same category');

  const disagreementOf = new Float64Array(units);
  const driftOf = new Float64Array(units);
  const isRated = new Uint8Array(units);
  const isPairable = new Uint8Array(units);
  const meanDistance = new Float64Array(raters);
  for (let index = 0; index < margins.length; index++) {
    const rater = Math.floor(index / categories);
    meanDistance[rater] = (meanDistance[rater] ?? 0) + (margins[index] ?? 0) * (distance[index] ?? 0);
  }
  let observed = 0;
  for (let unit = 0; unit < units; unit++) {
    let ratings = 0;
    let apart = 0;
    let drift = 0;
    for (let rater = 0; rater < raters; rater++) {
      const code = codes[unit * raters + rater] ?? -1;
      if (code < 0) continue;
      ratings++;
      drift +=
        ((distance[rater * categories + code] ?? 0) - (meanDistance[rater] ?? 0)) / (given[rater] ?? 1);
      for (let other = 0; other < raters; other++) {
        const its = codes[unit * raters + other] ?? -1;
        if (other !== rater && its >= 0) apart += 1 - (weights[code * categories + its] ?? 0);
      }
    }
    isRated[unit] = ratings >= 1 ? 1 : 0;
    isPairable[unit] = ratings >= 2 ? 1 : 0;
    driftOf[unit] = (rated * drift) / pairs;
    if (ratings >= 2) {
      disagreementOf[unit] = apart / (ratings * (ratings - 1));
      observed += disagreementOf[unit] ?? 0;
    }
  }
  const value = 1 - observed / pairable / expected;
  let squares = 0;
  for (let unit = 0; unit < units; unit++) {
    if (isRated[unit] === 0) continue;
    const seen = isPairable[unit] === 1 ? 1 - (disagreementOf[unit] ?? 0) / expected : 0;
    const own = (rated / pairable) * seen + (2 * (1 - value) * (driftOf[unit] ?? 0)) / expected;
    squares += (own - value) ** 2;
  }
  return {
    defined: true,
    value,
    standardError: errorOfSquares(squares, rated),
    unitsRated: rated,
    unitsPairable: pairable,
  };
}

/** For each rater and category: Σ over the other raters and categories of disagreement × the other's share. */
function distanceFromOthers(
  margins: Float64Array,
  raters: number,
  categories: number,
  weights: Float64Array,
): Float64Array {
  const totals = new Float64Array(categories);
  margins.forEach((share, index) => {
    totals[index % categories] = (totals[index % categories] ?? 0) + share;
  });
  const distance = new Float64Array(raters * categories);
  for (let rater = 0; rater < raters; rater++) {
    for (let category = 0; category < categories; category++) {
      let sum = 0;
      for (let other = 0; other < categories; other++) {
        const others = (totals[other] ?? 0) - (margins[rater * categories + other] ?? 0);
        sum += (weights[category * categories + other] ?? 0) * others;
      }
      distance[rater * categories + category] = sum;
    }
  }
  return distance;
}
