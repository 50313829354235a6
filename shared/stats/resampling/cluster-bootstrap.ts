import { type Interval, type Outcome, undefinedBecause } from '../estimate.ts';
import { bcaInterval, percentileInterval } from './bootstrap-interval.ts';
import { jackknife, jackknifeInfluence } from './jackknife.ts';
import { FEWEST_ITEMS, MOST_UNDEFINED_SHARE, resample } from './resample.ts';

/** A bootstrap interval with everything needed to repeat it, or why there is none. */
export type BootstrapResult = Outcome<{
  readonly interval: Interval;
  readonly items: number;
  readonly replicates: number;
  readonly undefinedReplicates: number;
  /** Said beside the interval where it is not to be relied on; null otherwise. */
  readonly caution: string | null;
}>;

/** Below this many items a bootstrap interval comes with a caution. */
const FEW_ITEMS = 20;

/**
 * A bootstrap over items (clusters): items are drawn with replacement and keep all their comparisons, so several
 * comparisons of one prompt do not pass for independent evidence; the jackknife deletes whole items. Replicates in
 * which the statistic is undefined are left out and counted; above 5 % no interval is given. BCa in scipy's
 * convention, or percentile with type-7 quantiles.
 *
 * @param itemCounts how many items there are of each kind
 * @param statistic of a sample stated as how often each kind of item stands in it; null where undefined
 * @param unit uniform random numbers in [0, 1) from a seeded source
 * @param replicates number of resamples, at least 100
 */
export function clusterBootstrap(
  itemCounts: Float64Array,
  statistic: (multiplicity: Float64Array) => number | null,
  unit: () => number,
  replicates: number,
  level = 0.95,
  method: 'bca' | 'percentile' = 'bca',
): BootstrapResult {
  if (replicates < 100)
    throw new RangeError(`clusterBootstrap needs at least 100 replicates, got ${replicates}`);
  const items = itemCounts.reduce((sum, count) => sum + count, 0);
  if (items < FEWEST_ITEMS) {
    return undefinedBecause(`${items} items are too few to resample (${FEWEST_ITEMS} needed)`);
  }
  const estimate = statistic(itemCounts);
  if (estimate === null) return undefinedBecause('the statistic itself is undefined');
  const { sorted, undefinedReplicates } = resample(itemCounts, statistic, unit, replicates);
  if (undefinedReplicates > MOST_UNDEFINED_SHARE * replicates) {
    return undefinedBecause(
      `undefined in ${undefinedReplicates} of ${replicates} resamples, too many for an interval`,
    );
  }
  if (sorted[0] === sorted.at(-1)) {
    return undefinedBecause('every resample gives the same value, so there is no error to estimate');
  }
  const caution = items < FEW_ITEMS ? `only ${items} items: the interval is unreliable` : null;
  const made = { items, replicates, undefinedReplicates, caution };
  if (method === 'percentile') return { defined: true, ...made, interval: percentileInterval(sorted, level) };
  const deleted = jackknife(itemCounts, statistic);
  const bca = bcaInterval(estimate, sorted, jackknifeInfluence(deleted), level, undefined, itemCounts);
  return bca.defined ? { ...bca, ...made } : bca;
}
