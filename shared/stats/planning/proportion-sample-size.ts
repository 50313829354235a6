/** How many items a rate needs. Sizes are not rounded; take the ceiling, and multiply by the design effect. */
import { binomialAtLeast, binomialCdf } from '../distribution/binomial.ts';
import { normalCdf, normalQuantile, normalReach } from '../distribution/normal.ts';
import { firstWhole, increasingRoot, smallestWhole } from '../numeric/root.ts';
import { wilsonInterval } from '../proportion/binomial-intervals.ts';
import { exactBinomialTest } from '../proportion/exact-binomial-test.ts';

/** Throws where there is nothing to find: no number of items is enough. */
function requireDifference(first: number, second: number): void {
  if (first === second) throw new RangeError(`there is no difference to find between ${first} and ${second}`);
}

/** A test to plan for. */
export interface PlannedTest {
  /** Probability of a false alarm, in (0, 1). */
  readonly alpha: number;
  /** Probability of finding what is there, in (alpha, 1). */
  readonly power: number;
  /** 2 by default. */
  readonly sides?: 1 | 2;
}

/**
 * Items for a test of a rate against a fixed one, by the normal approximation with both variances; the far tail is
 * ignored. A first guess: exact power is saw-toothed. Throws, as all sizes here do, when the two rates are equal.
 */
export function rateSampleSize(
  rate: number,
  against: number,
  { alpha, power, sides = 2 }: PlannedTest,
): number {
  requireDifference(rate, against);
  const spread =
    normalQuantile(1 - alpha / sides) * Math.sqrt(against * (1 - against)) +
    normalQuantile(power) * Math.sqrt(rate * (1 - rate));
  return (spread / (rate - against)) ** 2;
}

/** Cohen's effect size h = 2·asin√p − 2·asin√q. */
export function effectSizeH(rate: number, against: number): number {
  return 2 * Math.asin(Math.sqrt(rate)) - 2 * Math.asin(Math.sqrt(against));
}

/** Items for the same test by the arcsine approximation, both tails counted. */
export function rateSampleSizeArcsine(rate: number, against: number, test: PlannedTest): number {
  return arcsineSize(effectSizeH(rate, against), test);
}

/** Items in each of two independent groups, by the normal approximation (R's `power.prop.test`). */
export function twoRatesSampleSize(
  first: number,
  second: number,
  { alpha, power, sides = 2 }: PlannedTest,
): number {
  requireDifference(first, second);
  const mean = (first + second) / 2;
  const spread =
    normalQuantile(1 - alpha / sides) * Math.sqrt(2 * mean * (1 - mean)) +
    normalQuantile(power) * Math.sqrt(first * (1 - first) + second * (1 - second));
  return (spread / (first - second)) ** 2;
}

/** Items in each of two independent groups, by the arcsine approximation. */
export function twoRatesSampleSizeArcsine(first: number, second: number, test: PlannedTest): number {
  return 2 * arcsineSize(effectSizeH(first, second), test);
}

function arcsineSize(effect: number, { alpha, power, sides = 2 }: PlannedTest): number {
  requireDifference(effect, 0);
  const size = Math.abs(effect);
  const critical = normalQuantile(1 - alpha / sides);
  const powerAt = (n: number) => {
    const reach = size * Math.sqrt(n);
    return normalCdf(reach - critical) + (sides === 2 ? normalCdf(-reach - critical) : 0);
  };
  return increasingRoot((n) => powerAt(n) - power, 0, 1);
}

/**
 * The exact power of the two-sided binomial test that rejects when the probability of all outcomes no likelier than
 * the observed one is at most alpha. The rejected outcomes are two tails, whose ends are found by halving.
 */
export function exactBinomialPower(trials: number, rate: number, against: number, alpha: number): number {
  const rejects = (successes: number) => exactBinomialTest(successes, trials, against).twoSidedP <= alpha;
  const mean = trials * against;
  const [from, to] = [Math.floor(mean), Math.ceil(mean)];
  // From the mean outwards p falls: the first rejected outcome ends the tail.
  const below = firstWhole((steps) => steps > from || rejects(from - steps), from + 1);
  const above = firstWhole((steps) => to + steps > trials || rejects(to + steps), trials - to + 1);
  return binomialCdf(from - below, trials, rate) + binomialAtLeast(to + above, trials, rate);
}

/**
 * The smallest number of trials from which on the exact two-sided power stays at or above the target. Power against n is
 * saw-toothed, so the first n that reaches it is not enough.
 */
export function exactBinomialSampleSize(
  rate: number,
  against: number,
  { alpha, power }: Omit<PlannedTest, 'sides'>,
): number {
  const guess = Math.ceil(rateSampleSize(rate, against, { alpha, power }));
  // Beyond a quarter more than the normal formula asks for the teeth no longer reach down to the target.
  const last = Math.ceil(1.25 * guess) + 50;
  let stays = last;
  for (let trials = last; trials > 0; trials--) {
    if (exactBinomialPower(trials, rate, against, alpha) < power) break;
    stays = trials;
  }
  return stays;
}

/** Items for a Wald interval of a given half-width. For comparison with tools that print it. */
export function waldSampleSize(rate: number, halfWidth: number, level: number): number {
  return (normalReach(level) / halfWidth) ** 2 * rate * (1 - rate);
}

/** The smallest whole number of items whose Wilson interval at this rate is no wider than twice the half-width. */
export function wilsonSampleSize(rate: number, halfWidth: number, level: number): number {
  return smallestWhole((n) => {
    const { low, high } = wilsonInterval(rate * n, n, level);
    return (high - low) / 2 <= halfWidth;
  });
}

/**
 * Pairs for McNemar's test from the two discordant shares (Connor 1987). Two judges differ only where they are
 * discordant: their accuracies alone do not tell.
 */
export function mcNemarSampleSize(
  firstOnly: number,
  secondOnly: number,
  { alpha, power, sides = 2 }: PlannedTest,
): number {
  requireDifference(firstOnly, secondOnly);
  const discordant = firstOnly + secondOnly;
  const difference = firstOnly - secondOnly;
  const spread =
    normalQuantile(1 - alpha / sides) * Math.sqrt(discordant) +
    normalQuantile(power) * Math.sqrt(discordant - difference ** 2);
  return (spread / difference) ** 2;
}

/** How many times more rows are needed when each item brings `rowsPerItem` rows correlated by rho. */
export function designEffect(rowsPerItem: number, rho: number): number {
  return 1 + (rowsPerItem - 1) * rho;
}
