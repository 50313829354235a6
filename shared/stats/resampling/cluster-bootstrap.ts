import { type ContingencyTable, emptyTable } from '../two-raters/contingency-table.ts';
import type { Interval } from '../estimate.ts';
import { multinomialDraw } from './multinomial-draw.ts';
import { sortedQuantile } from './sorted-quantile.ts';

/** What one item contributes to a table, once for every distinct contribution, with how many items share it. */
export interface ItemPatterns {
  readonly size: number;
  /** One flattened table per pattern, `size * size` cells each. */
  readonly tables: readonly Float64Array[];
  /** How many items have each pattern. */
  readonly itemCounts: Float64Array;
}

/** A bootstrap interval with everything needed to repeat it, or why there is none. */
export type BootstrapResult =
  | {
      readonly defined: true;
      readonly interval: Interval;
      readonly items: number;
      readonly replicates: number;
      readonly undefinedReplicates: number;
    }
  | { readonly defined: false; readonly reason: string };

/** Above this share of undefined replicates no interval is shown. */
const MOST_UNDEFINED = 0.05;

/** Below this many items an interval from resampling items is not worth showing. */
const FEWEST_ITEMS = 5;

/**
 * A percentile bootstrap over items (clusters): items are drawn with replacement and keep all their
 * comparisons, so several comparisons of one prompt do not pass for independent evidence. Items with equal
 * contributions are drawn together as one multinomial, which is the same distribution at a fraction of
 * the cost. Quantiles are type 7. Replicates in which the statistic is undefined are left out and
 * counted; above 5 % no interval is given.
 *
 * @param statistic the value for a resampled table, or null where it is undefined
 * @param unit uniform random numbers in [0, 1) from a seeded source
 * @param replicates number of resamples, at least 100
 */
export function clusterBootstrap(
  patterns: ItemPatterns,
  statistic: (table: ContingencyTable) => number | null,
  unit: () => number,
  replicates: number,
  level = 0.95,
): BootstrapResult {
  if (replicates < 100)
    throw new RangeError(`clusterBootstrap needs at least 100 replicates, got ${replicates}`);
  const items = patterns.itemCounts.reduce((sum, count) => sum + count, 0);
  if (items < FEWEST_ITEMS) {
    return { defined: false, reason: `${items} items are too few to resample (${FEWEST_ITEMS} needed)` };
  }
  const drawn = new Float64Array(patterns.itemCounts.length);
  const values = new Float64Array(replicates);
  const table = emptyTable(patterns.size);
  let kept = 0;
  for (let replicate = 0; replicate < replicates; replicate++) {
    multinomialDraw(patterns.itemCounts, items, unit, drawn);
    table.counts.fill(0);
    for (let pattern = 0; pattern < drawn.length; pattern++) {
      const times = drawn[pattern] ?? 0;
      if (times > 0) addTimes(table.counts, patterns.tables[pattern], times);
    }
    const value = statistic(table);
    if (value !== null) values[kept++] = value;
  }
  const undefinedReplicates = replicates - kept;
  if (undefinedReplicates > MOST_UNDEFINED * replicates) {
    return {
      defined: false,
      reason: `undefined in ${undefinedReplicates} of ${replicates} resamples, too many for an interval`,
    };
  }
  const sorted = values.subarray(0, kept).sort();
  return {
    defined: true,
    interval: {
      low: sortedQuantile(sorted, (1 - level) / 2),
      high: sortedQuantile(sorted, (1 + level) / 2),
      level,
      method: 'bootstrap over items (percentile)',
    },
    items,
    replicates,
    undefinedReplicates,
  };
}

function addTimes(into: Float64Array, from: Float64Array | undefined, times: number): void {
  if (from === undefined) return;
  for (let index = 0; index < into.length; index++)
    into[index] = (into[index] ?? 0) + times * (from[index] ?? 0);
}
