import { logGamma } from '../distribution/log-gamma.ts';
import { type Interval, type Outcome, undefinedBecause } from '../estimate.ts';
import { jackknifeStandardError } from '../resampling/jackknife.ts';
import { FEWEST_ITEMS } from '../resampling/resample.ts';
import { designEffectOf, scoreInterval } from '../resampling/score-interval.ts';
import { fleissPoint } from './fleiss-kappa.ts';
import { type ItemUnits, itemUnitsJackknife } from './item-units.ts';
import { withMultiplicity } from './unit-counts.ts';
import { meanUnitShares } from './unit-linearisation.ts';

/** Above this many ways to rate a unit the model is not enumerated. */
const MOST_WAYS = 20_000;

/**
 * An interval for Fleiss' kappa over items, as {@link kappaScoreInterval} is for Cohen's: the error at the value asked
 * about is Gwet's linearised one under the common correlation model (with probability kappa all raters of a unit say
 * the same, otherwise each alone) with the observed shares and numbers of ratings, times the design effect.
 *
 * Undefined with fewer than 5 items, where kappa is, or where a unit can be rated in more than 20,000 ways.
 */
export function fleissScoreInterval(
  units: ItemUnits,
  level = 0.95,
): Outcome<{ interval: Interval; items: number; designEffect: number }> {
  const items = pairableItems(units);
  if (items < FEWEST_ITEMS) {
    return undefinedBecause(`${items} items are too few for an interval (${FEWEST_ITEMS} needed)`);
  }
  const estimate = fleissPoint(units.counts);
  if (estimate === null) return undefinedBecause('kappa is undefined');
  const counts = withMultiplicity(units.counts, units.counts.multiplicity);
  const shares = meanUnitShares(counts);
  const ways = waysByRatings(counts.ratings, counts.multiplicity, shares);
  if (ways === null) return undefinedBecause('a unit can be rated in too many ways to model');
  const deleted = itemUnitsJackknife(units, fleissPoint);
  if (deleted.values.some(Number.isNaN))
    return undefinedBecause('without one of the items kappa is undefined');
  const problem = {
    estimate,
    variance: (kappa: number) => modelVariance(ways, shares, kappa),
    rows: counts.pairable,
    items,
    oneRowPerItem: units.unitsOfItems.length === units.itemCounts.length,
    itemError: jackknifeStandardError(deleted),
  };
  return {
    defined: true,
    interval: scoreInterval(problem, level),
    items,
    designEffect: designEffectOf(problem),
  };
}

/** Items with a unit that two raters rated; the others tell nothing of agreement. */
function pairableItems({ counts, itemCounts, unitsOfItems, starts }: ItemUnits): number {
  return itemCounts.reduce((sum, count, kind) => {
    const units = unitsOfItems.subarray(starts[kind], starts[kind + 1]);
    return sum + (units.some((unit) => (counts.ratings[unit] ?? 0) >= 2) ? count : 0);
  }, 0);
}

/** One way the raters of a unit can spread over the categories. */
interface Way {
  /** Its probability when all judge alone, and when all say the same. */
  readonly alone: number;
  readonly together: number;
  /** Share of agreeing pairs. */
  readonly agreement: number;
  /** The mean share of the categories given. */
  readonly meanShare: number;
}

/** The ways of every number of ratings there is, with how many units have it. */
type WaysByRatings = readonly { readonly units: number; readonly ways: readonly Way[] }[];

function waysByRatings(
  ratings: Int32Array,
  multiplicity: Float64Array,
  shares: Float64Array,
): WaysByRatings | null {
  const units = new Map<number, number>();
  ratings.forEach((count, row) => {
    if (count >= 2) units.set(count, (units.get(count) ?? 0) + (multiplicity[row] ?? 0));
  });
  const used = shares.filter((share) => share > 0);
  const result: { units: number; ways: Way[] }[] = [];
  for (const [count, times] of units) {
    const logWays = logGamma(count + used.length) - logGamma(count + 1) - logGamma(used.length);
    if (logWays > Math.log(MOST_WAYS)) return null;
    result.push({ units: times, ways: waysOf(count, used) });
  }
  return result;
}

function waysOf(ratings: number, shares: Float64Array): Way[] {
  const ways: Way[] = [];
  const spread = new Int32Array(shares.length);
  const visit = (category: number, left: number, logAlone: number, pairs: number, shareSum: number) => {
    if (category === shares.length) {
      if (left > 0) return;
      const only = spread.indexOf(ratings);
      ways.push({
        alone: Math.exp(logAlone + logGamma(ratings + 1)),
        together: only < 0 ? 0 : (shares[only] ?? 0),
        agreement: pairs / (ratings * (ratings - 1)),
        meanShare: shareSum / ratings,
      });
      return;
    }
    const share = shares[category] ?? 0;
    for (let count = 0; count <= left; count++) {
      spread[category] = count;
      visit(
        category + 1,
        left - count,
        logAlone + count * Math.log(share) - logGamma(count + 1),
        pairs + count * (count - 1),
        shareSum + count * share,
      );
    }
  };
  visit(0, ratings, 0, 0, 0);
  return ways;
}

/** The variance of a unit's linearised value, averaged over the numbers of ratings. */
function modelVariance(byRatings: WaysByRatings, shares: Float64Array, kappa: number): number {
  const chance = shares.reduce((sum, share) => sum + share * share, 0);
  let variance = 0;
  let units = 0;
  for (const { units: times, ways } of byRatings) {
    let own = 0;
    for (const { alone, together, agreement, meanShare } of ways) {
      const probability = Math.max(0, kappa * together + (1 - kappa) * alone);
      const influence = (agreement - chance - 2 * (1 - kappa) * (meanShare - chance)) / (1 - chance) - kappa;
      own += probability * influence ** 2;
    }
    variance += times * own;
    units += times;
  }
  return variance / units;
}
