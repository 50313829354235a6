import { type Outcome, undefinedBecause } from '../estimate.ts';
import type { UnitCounts } from './unit-counts.ts';
import { pairAgreementOf } from './unit-linearisation.ts';

/** How far apart two categories are. Interval and ratio need each category's number. */
export type Metric = 'nominal' | 'ordinal' | 'interval' | 'ratio';

/** Alpha, with the units and ratings that entered. */
export interface AlphaParts {
  readonly value: number;
  /** Units with two ratings or more; the others tell nothing and are ignored. */
  readonly units: number;
  /** Ratings on those units. */
  readonly pairableRatings: number;
}

/**
 * Krippendorff's alpha (2011): 1 − (N−1) Σ o·δ / Σ n·n·δ from the coincidences of the units with two ratings or
 * more, N being their ratings. Any number of raters, missing ratings anywhere. The ordinal metric ranks by the
 * pairable counts of the declared order; it is not a distance between category numbers. Undefined when fewer than
 * two ratings pair up or only one category was used.
 *
 * @param scores the number each category stands for (interval, ratio); its place 0, 1, … by default
 */
export function krippendorffAlpha(
  counts: UnitCounts,
  metric: Metric,
  scores: ArrayLike<number> = Float64Array.from({ length: counts.categories }, (_score, place) => place),
): Outcome<AlphaParts> {
  const { categories, rows, multiplicity, ratings } = counts;
  const totals = new Float64Array(categories);
  const coincidences = new Float64Array(categories * categories);
  rows.forEach((row, index) => {
    const rated = ratings[index] ?? 0;
    const times = multiplicity[index] ?? 0;
    if (rated < 2 || times === 0) return;
    const scale = times / (rated - 1);
    for (let category = 0; category < categories; category++) {
      const count = row[category] ?? 0;
      if (count === 0) continue;
      totals[category] = (totals[category] ?? 0) + count * times;
      for (let other = category; other < categories; other++) {
        const pairs = count * ((row[other] ?? 0) - (other === category ? 1 : 0));
        const cell = category * categories + other;
        coincidences[cell] = (coincidences[cell] ?? 0) + pairs * scale;
      }
    }
  });
  const pairableRatings = totals.reduce((sum, count) => sum + count, 0);
  if (pairableRatings === 0) return undefinedBecause('no unit was rated by two raters');
  const distance = distancesOf(metric, totals, scores);
  let observed = 0;
  let expected = 0;
  for (let category = 0; category < categories; category++) {
    for (let other = category + 1; other < categories; other++) {
      const cell = category * categories + other;
      observed += (coincidences[cell] ?? 0) * (distance[cell] ?? 0);
      expected += (totals[category] ?? 0) * (totals[other] ?? 0) * (distance[cell] ?? 0);
    }
  }
  if (expected === 0) return undefinedBecause('one category only: there is no variation to agree about');
  return {
    defined: true,
    value: 1 - ((pairableRatings - 1) * observed) / expected,
    units: counts.pairable,
    pairableRatings,
  };
}

function distancesOf(metric: Metric, totals: Float64Array, scores: ArrayLike<number>): Float64Array {
  const size = totals.length;
  const distance = new Float64Array(size * size);
  for (let low = 0; low < size; low++) {
    let between = (totals[low] ?? 0) / 2;
    for (let high = low + 1; high < size; high++) {
      const [first, second] = [scores[low] ?? 0, scores[high] ?? 0];
      if (metric === 'nominal') distance[low * size + high] = 1;
      else if (metric === 'interval') distance[low * size + high] = (first - second) ** 2;
      else if (metric === 'ratio') {
        distance[low * size + high] = first + second === 0 ? 0 : ((first - second) / (first + second)) ** 2;
      } else distance[low * size + high] = (between + (totals[high] ?? 0) / 2) ** 2;
      between += totals[high] ?? 0;
    }
  }
  return distance;
}

/**
 * Gwet's linearised standard error of alpha with agreement weights (identity for nominal; quadratic gives interval
 * alpha on equally spaced categories). Conditional on the raters; n is the pairable units.
 */
export function alphaStandardError(counts: UnitCounts, weights: Float64Array): Outcome<{ value: number }> {
  const { categories, rows, multiplicity, ratings } = counts;
  const units = counts.pairable;
  if (units < 2) return undefinedBecause('fewer than two units were rated by two raters');
  let total = 0;
  const totals = new Float64Array(categories);
  rows.forEach((row, index) => {
    if ((ratings[index] ?? 0) < 2) return;
    const times = multiplicity[index] ?? 0;
    total += (ratings[index] ?? 0) * times;
    row.forEach((count, category) => {
      totals[category] = (totals[category] ?? 0) + count * times;
    });
  });
  const meanRatings = total / units;
  const worth = new Float64Array(categories);
  let chance = 0;
  for (let row = 0; row < categories; row++) {
    for (let column = 0; column < categories; column++) {
      const weight = weights[row * categories + column] ?? 0;
      worth[row] = (worth[row] ?? 0) + (weight * (totals[column] ?? 0)) / total;
    }
    chance += ((worth[row] ?? 0) * (totals[row] ?? 0)) / total;
  }
  const room = 1 - chance;
  if (room <= 1e-15) return undefinedBecause('one category only: there is no variation to agree about');
  const pairAgreement = pairAgreementOf(counts, weights);
  let observed = 0;
  rows.forEach((_row, index) => {
    const share = (ratings[index] ?? 0) / meanRatings;
    observed += ((multiplicity[index] ?? 0) * (pairAgreement[index] ?? 0) * share) / units;
  });
  const value = (observed - chance) / room;
  let squares = 0;
  rows.forEach((row, index) => {
    const rated = ratings[index] ?? 0;
    if (rated < 2) return;
    const share = rated / meanRatings;
    const seen = (pairAgreement[index] ?? 0) * share - observed * (share - 1);
    const met =
      row.reduce((sum, count, category) => sum + count * (worth[category] ?? 0), 0) / meanRatings -
      chance * (share - 1);
    const own = (seen - chance) / room - (2 * (1 - value) * (met - chance)) / room;
    squares += (multiplicity[index] ?? 0) * (own - value) ** 2;
  });
  return { defined: true, value: Math.sqrt(squares / (units * (units - 1))) };
}
