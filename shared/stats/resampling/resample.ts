import { multinomialDraw } from './multinomial-draw.ts';

/** Replicates of a statistic, ascending; those on which it is undefined are left out and counted. */
export interface Resamples {
  readonly sorted: Float64Array;
  readonly replicates: number;
  readonly undefinedReplicates: number;
}

/** Above this share of undefined replicates no interval and no p is given. */
export const MOST_UNDEFINED_SHARE = 0.05;

/** Below this many items nothing is said of the spread between items. */
export const FEWEST_ITEMS = 5;

/** Below this many units per kind, drawing units one by one is cheaper than one binomial per kind. */
const UNITS_PER_KIND = 12;

/**
 * Draws samples of units with replacement and evaluates a statistic on each. Units are what is independent: items,
 * each with everything that was said about it. Equal units are drawn together, as a multinomial over their kinds,
 * which is the same distribution; where almost every unit is its own kind they are drawn one by one.
 *
 * @param unitCounts how many units there are of each kind
 * @param statistic of a sample stated as how often each kind stands in it; null where undefined
 * @param unit uniform random numbers in [0, 1)
 */
export function resample(
  unitCounts: Float64Array,
  statistic: (multiplicity: Float64Array) => number | null,
  unit: () => number,
  replicates: number,
): Resamples {
  const units = unitCounts.reduce((sum, count) => sum + count, 0);
  const drawn = new Float64Array(unitCounts.length);
  const values = new Float64Array(replicates);
  const kindOfUnit = units < UNITS_PER_KIND * unitCounts.length ? kindsOf(unitCounts, units) : null;
  let kept = 0;
  for (let replicate = 0; replicate < replicates; replicate++) {
    if (kindOfUnit === null) multinomialDraw(unitCounts, units, unit, drawn);
    else {
      drawn.fill(0);
      for (let draw = 0; draw < units; draw++) {
        const kind = kindOfUnit[Math.floor(unit() * units)] ?? 0;
        drawn[kind] = (drawn[kind] ?? 0) + 1;
      }
    }
    const value = statistic(drawn);
    if (value !== null) values[kept++] = value;
  }
  return {
    sorted: values.subarray(0, kept).sort(),
    replicates,
    undefinedReplicates: replicates - kept,
  };
}

function kindsOf(unitCounts: Float64Array, units: number): Int32Array {
  const kinds = new Int32Array(units);
  let next = 0;
  unitCounts.forEach((count, kind) => {
    kinds.fill(kind, next, next + count);
    next += count;
  });
  return kinds;
}
