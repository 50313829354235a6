import { normalTwoSidedP } from '../distribution/normal.ts';
import { type Outcome, undefinedBecause } from '../estimate.ts';
import { agreementWeights } from '../two-raters/category-weights.ts';
import type { UnitCounts } from './unit-counts.ts';
import { linearise, type ManyRaterCoefficient, meanUnitShares } from './unit-linearisation.ts';

/**
 * Fleiss' kappa (1971) for any number of raters per unit, weighted where weights are given: Scott's pi generalised,
 * raters interchangeable. Missing ratings by Gwet's convention: a unit with one rating counts for the category
 * shares and not for agreement.
 *
 * @param weights agreement weights; identity by default
 */
export function fleissKappa(
  counts: UnitCounts,
  weights: Float64Array = agreementWeights(counts.categories, 'identity'),
): Outcome<ManyRaterCoefficient> {
  const { categories } = counts;
  const shares = meanUnitShares(counts);
  const apart = new Float64Array(categories);
  for (let row = 0; row < categories; row++) {
    for (let column = 0; column < categories; column++) {
      apart[row] =
        (apart[row] ?? 0) + (1 - (weights[row * categories + column] ?? 0)) * (shares[column] ?? 0);
    }
  }
  const expected = shares.reduce((sum, share, category) => sum + share * (apart[category] ?? 0), 0);
  const ofUnit = Float64Array.from(counts.rows, (row, index) => {
    const sum = row.reduce((total, count, category) => total + count * (apart[category] ?? 0), 0);
    return sum / (counts.ratings[index] ?? 1);
  });
  return linearise(counts, weights, { expected, ofUnit });
}

/** The unweighted coefficient alone, or null where it is undefined. For resampling. */
export function fleissPoint({ categories, rows, ratings, multiplicity }: UnitCounts): number | null {
  const shares = new Float64Array(categories);
  let rated = 0;
  let pairable = 0;
  let disagreement = 0;
  for (let index = 0; index < rows.length; index++) {
    const times = multiplicity[index] ?? 0;
    const row = rows[index];
    if (times === 0 || row === undefined) continue;
    const count = ratings[index] ?? 1;
    rated += times;
    let squares = count * count;
    for (let category = 0; category < categories; category++) {
      const own = row[category] ?? 0;
      squares -= own * own;
      shares[category] = (shares[category] ?? 0) + (times * own) / count;
    }
    if (count < 2) continue;
    pairable += times;
    disagreement += (times * squares) / (count * (count - 1));
  }
  if (pairable === 0) return null;
  let expected = 0;
  for (let category = 0; category < categories; category++) {
    const share = (shares[category] ?? 0) / rated;
    let others = 0;
    for (let other = 0; other < categories; other++) if (other !== category) others += shares[other] ?? 0;
    expected += (share * others) / rated;
  }
  return expected <= 1e-15 ? null : 1 - disagreement / pairable / expected;
}

/**
 * The z test of kappa = 0 with the null variance of Fleiss, Nee & Landis 1979. For the test only, and only when
 * every unit has the same number of ratings.
 */
export function fleissNullTest(counts: UnitCounts): Outcome<{ z: number; p: number }> {
  const kappa = fleissKappa(counts);
  if (!kappa.defined) return kappa;
  const raters = counts.ratings[0] ?? 0;
  if (counts.ratings.some((ratings) => ratings !== raters)) {
    return undefinedBecause('units have different numbers of ratings, for which this test is not known');
  }
  let spread = 0;
  let skew = 0;
  for (const share of meanUnitShares(counts)) {
    spread += share * (1 - share);
    skew += share * (1 - share) * (1 - 2 * share);
  }
  const variance = (2 * (spread ** 2 - skew)) / (spread ** 2 * counts.rated * raters * (raters - 1));
  const z = kappa.value / Math.sqrt(variance);
  return { defined: true, z, p: normalTwoSidedP(z) };
}
