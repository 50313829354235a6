import { type Estimate, undefinedBecause } from '../estimate.ts';
import { emptyTable } from '../paired-table/contingency-table.ts';
import { exactBinomialTest } from '../proportion/exact-binomial-test.ts';
import { cohensKappa, type KappaResult } from '../two-raters/cohens-kappa.ts';

/**
 * What a judge said of the two places: 0 the first, 1 a tie, 2 the second, 3 nothing that could be read; negative where
 * it was not asked.
 */
export type PlaceVerdicts = ArrayLike<number>;

/** How a judge's verdict depends on the order the answers are shown in. */
export interface SwapConsistency {
  /** Items judged in both orders. */
  readonly n: number;
  /** Share of them with the same underlying answer both times, a tie matching a tie and nothing nothing. */
  readonly consistency: Estimate;
  /** Items on which the first place won in both orders, and the second. */
  readonly bothFirst: number;
  readonly bothSecond: number;
  /** Flips that involve a tie, or nothing readable, in one of the orders. */
  readonly otherFlips: number;
  /** Share of verdicts for the first place among all that chose one. */
  readonly firstShare: Estimate;
  /** Exact p of `bothFirst` against `bothSecond` being equally likely; undefined without either. */
  readonly positionP: Estimate;
  /** Kappa between the underlying answers of the two orders, nothing readable being an answer of its own. */
  readonly kappa: KappaResult;
  /** Win rate of X with both verdicts averaged, ties and nothing readable as halves. */
  readonly winRateAveraged: Estimate;
  /** The same with an inconsistent item as a tie. */
  readonly winRateConservative: Estimate;
}

const UNREADABLE = 3;
const CATEGORIES = 4;

/** Score of X for each underlying answer. */
const SCORE_OF_X = [1, 0.5, 0, 0.5];

/**
 * Compares verdicts on the same items in both orders. Items the judge was not asked about in one order are left out;
 * inconsistent and unreadable ones never are.
 *
 * @param shownXY verdicts with X first
 * @param shownYX verdicts with Y first, aligned
 */
export function swapConsistency(shownXY: PlaceVerdicts, shownYX: PlaceVerdicts): SwapConsistency {
  const table = emptyTable(CATEGORIES);
  let n = 0;
  let consistent = 0;
  let bothFirst = 0;
  let bothSecond = 0;
  let first = 0;
  let decided = 0;
  let averaged = 0;
  let conservative = 0;
  for (let item = 0; item < shownXY.length; item++) {
    const one = shownXY[item] ?? -1;
    const two = shownYX[item] ?? -1;
    if (one < 0 || two < 0) continue;
    n++;
    // As answers: 0 is X, 2 is Y. With Y shown first, the first place is Y.
    const underlying = two === UNREADABLE ? UNREADABLE : 2 - two;
    table.counts[one * CATEGORIES + underlying] = (table.counts[one * CATEGORIES + underlying] ?? 0) + 1;
    const isConsistent = one === underlying;
    if (isConsistent) consistent++;
    else if (one === 0 && two === 0) bothFirst++;
    else if (one === 2 && two === 2) bothSecond++;
    first += (one === 0 ? 1 : 0) + (two === 0 ? 1 : 0);
    decided += (one % 2 === 0 ? 1 : 0) + (two % 2 === 0 ? 1 : 0);
    averaged += ((SCORE_OF_X[one] ?? 0.5) + (SCORE_OF_X[underlying] ?? 0.5)) / 2;
    conservative += isConsistent ? (SCORE_OF_X[one] ?? 0.5) : 0.5;
  }
  const share = (part: number, whole: number, reason: string): Estimate =>
    whole === 0 ? undefinedBecause(reason) : { defined: true, value: part / whole };
  const unjudged = 'no item was judged in both orders';
  return {
    n,
    consistency: share(consistent, n, unjudged),
    bothFirst,
    bothSecond,
    otherFlips: n - consistent - bothFirst - bothSecond,
    firstShare: share(first, decided, 'no verdict chose a place'),
    positionP:
      bothFirst + bothSecond === 0
        ? undefinedBecause('no verdict followed the place in both orders')
        : { defined: true, value: exactBinomialTest(bothFirst, bothFirst + bothSecond).twoSidedP },
    kappa: cohensKappa(table),
    winRateAveraged: share(averaged, n, unjudged),
    winRateConservative: share(conservative, n, unjudged),
  };
}
