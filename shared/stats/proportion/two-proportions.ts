/** Two independent proportions. For two judges on the same items use McNemar's test instead. */
import { differenceOfEstimates } from '../difference-of-estimates.ts';
import { chiSquareUpperTail } from '../distribution/chi-square.ts';
import { logChoose } from '../distribution/log-gamma.ts';
import { normalReach } from '../distribution/normal.ts';
import { type Interval, type Outcome, undefinedBecause } from '../estimate.ts';
import { wilsonInterval } from './binomial-intervals.ts';

/** `successes` of `trials`. */
export interface Proportion {
  readonly successes: number;
  readonly trials: number;
}

const shareOf = ({ successes, trials }: Proportion) => successes / trials;

/** Newcombe's hybrid score interval (1998) for the difference first − second, from the two Wilson intervals. */
export function newcombeInterval(first: Proportion, second: Proportion, level = 0.95): Interval {
  const share = (of: Proportion) => ({
    value: shareOf(of),
    ...wilsonInterval(of.successes, of.trials, level),
  });
  return {
    ...differenceOfEstimates(share(first), share(second), level),
    method: 'Newcombe (hybrid score)',
  };
}

/** Wald's interval for the difference. For comparison with tools that print it; never the one to show. */
export function waldDifferenceInterval(first: Proportion, second: Proportion, level = 0.95): Interval {
  const difference = shareOf(first) - shareOf(second);
  const variance = (each: Proportion) => (shareOf(each) * (1 - shareOf(each))) / each.trials;
  const reach = normalReach(level) * Math.sqrt(variance(first) + variance(second));
  return { low: difference - reach, high: difference + reach, level, method: 'Wald' };
}

/** Pearson's chi-square of equal proportions, without continuity correction, 1 degree of freedom. */
export function twoProportionTest(
  first: Proportion,
  second: Proportion,
): Outcome<{ chiSquare: number; p: number }> {
  if (first.trials === 0 || second.trials === 0) return undefinedBecause('one of the groups is empty');
  const trials = first.trials + second.trials;
  const pooled = (first.successes + second.successes) / trials;
  if (pooled === 0 || pooled === 1) return undefinedBecause('both proportions are the same extreme');
  const variance = pooled * (1 - pooled) * (1 / first.trials + 1 / second.trials);
  const chiSquare = (shareOf(first) - shareOf(second)) ** 2 / variance;
  return { defined: true, chiSquare, p: chiSquareUpperTail(chiSquare, 1) };
}

/** Outcomes whose probability equals the observed one but for rounding count as no likelier. */
const EQUALLY_LIKELY = 1 + 1e-7;

/** Fisher's exact two-sided p: the probability of all tables with these margins no likelier than the observed. */
export function fisherExactP(first: Proportion, second: Proportion): number {
  const successes = first.successes + second.successes;
  const trials = first.trials + second.trials;
  const probability = (count: number) =>
    Math.exp(
      logChoose(first.trials, count) +
        logChoose(second.trials, successes - count) -
        logChoose(trials, successes),
    );
  const observed = probability(first.successes);
  let p = 0;
  const least = Math.max(0, successes - second.trials);
  const most = Math.min(first.trials, successes);
  for (let count = least; count <= most; count++) {
    const each = probability(count);
    if (each <= observed * EQUALLY_LIKELY) p += each;
  }
  return Math.min(1, p);
}
