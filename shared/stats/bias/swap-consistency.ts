import { type Estimate, undefinedBecause } from '../estimate.ts';
import { exactBinomialTest } from '../proportion/exact-binomial-test.ts';
import { cohensKappa, type KappaResult } from '../two-raters/cohens-kappa.ts';
import { emptyTable } from '../two-raters/contingency-table.ts';

/** What a judge said of the two places: 0 the first, 1 a tie, 2 the second; negative for no verdict. */
export type PlaceVerdicts = ArrayLike<number>;

/** How a judge's verdict depends on the order the answers are shown in. */
export interface SwapConsistency {
  /** Items judged in both orders. */
  readonly n: number;
  /** Share of them with the same underlying answer both times, a tie matching a tie. */
  readonly consistency: Estimate;
  /** Items on which the first place won in both orders, and the second. */
  readonly bothFirst: number;
  readonly bothSecond: number;
  /** Flips that involve a tie in one of the orders. */
  readonly otherFlips: number;
  /** Share of verdicts for the first place among all that were not ties. */
  readonly firstShare: Estimate;
  /** Exact p of `bothFirst` against `bothSecond` being equally likely; undefined without either. */
  readonly positionP: Estimate;
  /** Kappa between the underlying answers of the two orders. */
  readonly kappa: KappaResult;
  /** Win rate of X with both verdicts averaged, ties as halves. */
  readonly winRateAveraged: Estimate;
  /** The same with an inconsistent item as a tie. */
  readonly winRateConservative: Estimate;
}

const TIE = 1;

/**
 * Compares verdicts on the same items in both orders. Items without a verdict in one order are left out, which is
 * counted by `n`; inconsistent items are never dropped.
 *
 * @param shownXY verdicts with X first
 * @param shownYX verdicts with Y first, aligned
 */
export function swapConsistency(shownXY: PlaceVerdicts, shownYX: PlaceVerdicts): SwapConsistency {
  const table = emptyTable(3);
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
    // As answers: 0 is X, 2 is Y. With Y first, the first place is Y.
    const underlying = 2 - two;
    table.counts[one * 3 + underlying] = (table.counts[one * 3 + underlying] ?? 0) + 1;
    if (one === underlying) consistent++;
    else if (one === 0 && two === 0) bothFirst++;
    else if (one === 2 && two === 2) bothSecond++;
    for (const place of [one, two]) {
      if (place === TIE) continue;
      decided++;
      if (place === 0) first++;
    }
    averaged += (2 - one + 2 - underlying) / 4;
    conservative += one === underlying ? (2 - one) / 2 : 0.5;
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
    firstShare: share(first, decided, 'every verdict is a tie'),
    positionP:
      bothFirst + bothSecond === 0
        ? undefinedBecause('no verdict followed the place in both orders')
        : { defined: true, value: exactBinomialTest(bothFirst, bothFirst + bothSecond).twoSidedP },
    kappa: cohensKappa(table),
    winRateAveraged: share(averaged, n, unjudged),
    winRateConservative: share(conservative, n, unjudged),
  };
}
