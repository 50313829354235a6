import { studentQuantile } from '../distribution/student-t.ts';
import { type Interval, type Outcome, undefinedBecause } from '../estimate.ts';
import { FEWEST_ITEMS } from './resample.ts';

/** A ratio of two sums over rows that come in items. */
export interface RatioByItem {
  readonly value: number;
  readonly standardError: number;
  readonly interval: Interval;
  readonly items: number;
}

/**
 * Σ y / Σ x over rows grouped into items (a mean where every x is 1), with the linearised error of a ratio of cluster
 * totals, √(G/(G − 1) · Σ (y_g − R x_g)²) / Σ x (Cochran 1977, section 11), and t with G − 1 degrees of freedom,
 * unclipped. Items without any x say nothing and are not counted.
 *
 * Undefined without a row, with fewer than 5 items, and when every item says the same.
 *
 * @param numerators one value per row
 * @param denominators one weight per row, 0 or more
 * @param items the item of each row, numbered from 0 without large gaps
 */
export function ratioByItem(
  numerators: ArrayLike<number>,
  denominators: ArrayLike<number>,
  items: ArrayLike<number>,
  level = 0.95,
): Outcome<RatioByItem> {
  let last = -1;
  for (let row = 0; row < items.length; row++) last = Math.max(last, items[row] ?? 0);
  const totalY = new Float64Array(last + 1);
  const totalX = new Float64Array(last + 1);
  let sumY = 0;
  let sumX = 0;
  for (let row = 0; row < items.length; row++) {
    const x = denominators[row] ?? 0;
    if (x === 0) continue;
    const y = numerators[row] ?? 0;
    const item = items[row] ?? 0;
    totalY[item] = (totalY[item] ?? 0) + y;
    totalX[item] = (totalX[item] ?? 0) + x;
    sumY += y;
    sumX += x;
  }
  if (sumX === 0) return undefinedBecause('there is nothing to count');
  let groups = 0;
  for (const x of totalX) if (x > 0) groups++;
  if (groups < FEWEST_ITEMS) {
    return undefinedBecause(`${groups} items are too few for an interval (${FEWEST_ITEMS} needed)`);
  }
  const value = sumY / sumX;
  let squares = 0;
  for (let item = 0; item <= last; item++)
    squares += ((totalY[item] ?? 0) - value * (totalX[item] ?? 0)) ** 2;
  const standardError = Math.sqrt((groups / (groups - 1)) * squares) / sumX;
  if (!(standardError > 1e-12)) {
    return undefinedBecause('every item says the same, so there is no error to estimate');
  }
  const reach = studentQuantile((1 + level) / 2, groups - 1) * standardError;
  return {
    defined: true,
    value,
    standardError,
    interval: { low: value - reach, high: value + reach, level, method: 'ratio of item totals, t' },
    items: groups,
  };
}
