import { studentQuantile } from '../distribution/student-t.ts';
import { type Interval, type Outcome, undefinedBecause } from '../estimate.ts';
import { type Jackknife, jackknife, jackknifeStandardError } from './jackknife.ts';
import { FEWEST_ITEMS } from './resample.ts';

/**
 * An interval for a coefficient between −1 and 1 from the delete-one-item jackknife, on Fisher's z scale with t (items
 * − 1) quantiles, so that it stays inside the scale and is longer on the side away from the end. For agreement of many
 * raters; kappa of two has a score interval.
 *
 * Undefined with fewer than 5 items, or when leaving out any item gives the same value.
 *
 * @param itemCounts how many items there are of each kind
 * @param statistic of a sample stated as how often each kind stands in it; null where undefined
 */
export function jackknifeInterval(
  itemCounts: Float64Array,
  statistic: (multiplicity: Float64Array) => number | null,
  level = 0.95,
): Outcome<{ interval: Interval; items: number; standardError: number }> {
  const estimate = statistic(itemCounts);
  if (estimate === null) return undefinedBecause('the coefficient is undefined');
  return intervalOfJackknife(estimate, jackknife(itemCounts, statistic), level);
}

/** The same from a jackknife already made, as an incremental one is. */
export function intervalOfJackknife(
  estimate: number,
  deleted: Jackknife,
  level = 0.95,
): Outcome<{ interval: Interval; items: number; standardError: number }> {
  const items = deleted.counts.reduce((sum, count) => sum + count, 0);
  if (items < FEWEST_ITEMS) {
    return undefinedBecause(`${items} items are too few for an interval (${FEWEST_ITEMS} needed)`);
  }
  if (deleted.values.some(Number.isNaN)) {
    return undefinedBecause('without one of the items the coefficient is undefined');
  }
  const standardError = jackknifeStandardError(deleted);
  if (!(standardError > 1e-12) || Math.abs(estimate) >= 1) {
    return undefinedBecause('leaving out any item gives the same value, so there is no error to estimate');
  }
  const centre = Math.atanh(estimate);
  const reach =
    (studentQuantile((1 + level) / 2, items - 1) * standardError) / ((1 - estimate) * (1 + estimate));
  return {
    defined: true,
    interval: {
      low: Math.tanh(centre - reach),
      high: Math.tanh(centre + reach),
      level,
      method: 'jackknife by item, Fisher z',
    },
    items,
    standardError,
  };
}
