import { type Interval, type Outcome, undefinedBecause } from '../estimate.ts';
import { mcNemar } from '../paired-table/mcnemar.ts';
import { wilsonInterval } from '../proportion/binomial-intervals.ts';

/** How much more often a judge favours something than people do on the same items. */
export interface PairedRateDifference {
  readonly n: number;
  readonly judgeRate: number;
  readonly humanRate: number;
  /** Judge less people. */
  readonly difference: number;
  /** Newcombe's score interval for paired rates (1998, method 10). */
  readonly interval: Interval;
  /** McNemar's mid-p; 1 when judge and people never differ. */
  readonly p: number;
}

/**
 * Self-preference, and any other favour (longer, with a list, listed first), against people on the same items: paired,
 * because the items are the same and may really differ in quality. Items on which either side has no opinion are left
 * out before.
 *
 * @param judgeFavours 1 where the judge prefers its own family's answer, else 0
 * @param humanFavours the same of the people's label
 */
export function favourBeyondPeople(
  judgeFavours: ArrayLike<number>,
  humanFavours: ArrayLike<number>,
  level = 0.95,
): Outcome<PairedRateDifference> {
  const n = judgeFavours.length;
  if (n === 0) return undefinedBecause('there is no item to compare on');
  let [both, judgeOnly, humanOnly] = [0, 0, 0];
  for (let item = 0; item < n; item++) {
    const [judge, human] = [judgeFavours[item] === 1, humanFavours[item] === 1];
    if (judge && human) both++;
    else if (judge) judgeOnly++;
    else if (human) humanOnly++;
  }
  const test = mcNemar(judgeOnly, humanOnly);
  return {
    defined: true,
    n,
    judgeRate: (both + judgeOnly) / n,
    humanRate: (both + humanOnly) / n,
    difference: (judgeOnly - humanOnly) / n,
    interval: pairedInterval(both, judgeOnly, humanOnly, n, level),
    p: test.defined ? test.midP : 1,
  };
}

function pairedInterval(
  both: number,
  firstOnly: number,
  secondOnly: number,
  n: number,
  level: number,
): Interval {
  const neither = n - both - firstOnly - secondOnly;
  const [first, second] = [both + firstOnly, both + secondOnly];
  const one = wilsonInterval(first, n, level);
  const two = wilsonInterval(second, n, level);
  const cross = both * neither - firstOnly * secondOnly;
  const margins = first * (n - first) * second * (n - second);
  // Continuity-corrected phi, as in method 10; 0 where a margin is empty.
  const corrected = cross > 0 ? Math.max(cross - n / 2, 0) : cross;
  const phi = margins === 0 ? 0 : corrected / Math.sqrt(margins);
  const difference = (first - second) / n;
  const [downFirst, upFirst] = [first / n - one.low, one.high - first / n];
  const [downSecond, upSecond] = [second / n - two.low, two.high - second / n];
  return {
    low: difference - Math.sqrt(downFirst ** 2 - 2 * phi * downFirst * upSecond + upSecond ** 2),
    high: difference + Math.sqrt(upFirst ** 2 - 2 * phi * upFirst * downSecond + downSecond ** 2),
    level,
    method: 'Newcombe (paired score)',
  };
}
