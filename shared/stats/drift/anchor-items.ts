import { type Estimate, undefinedBecause } from '../estimate.ts';
import { mcNemarExactP } from '../paired-table/mcnemar.ts';
import { cohensKappa, type KappaResult } from '../two-raters/cohens-kappa.ts';
import { tableOfLabels } from '../two-raters/table-of-labels.ts';

/** The same items judged again: what a judge lost and gained, apart from any change in the data. */
export interface AnchorChange {
  /** Items judged both times and labelled by people. */
  readonly n: number;
  /** Right before and wrong after; wrong before and right after. */
  readonly lost: number;
  readonly gained: number;
  /** Exact McNemar p of lost against gained. */
  readonly p: number;
  /** Share of items with another verdict than before. */
  readonly flipRate: Estimate;
  readonly retestKappa: KappaResult;
}

/** Compares two rounds of a judge on anchor items. Negative codes are missing; such items do not count. */
export function anchorChange(
  human: ArrayLike<number>,
  before: ArrayLike<number>,
  after: ArrayLike<number>,
): AnchorChange {
  let [n, lost, gained, flips, categories] = [0, 0, 0, 0, 2];
  const [kept, again]: [number[], number[]] = [[], []];
  for (let item = 0; item < human.length; item++) {
    const [label, first, second] = [human[item] ?? -1, before[item] ?? -1, after[item] ?? -1];
    if (label < 0 || first < 0 || second < 0) continue;
    n++;
    categories = Math.max(categories, first + 1, second + 1);
    if (first === label && second !== label) lost++;
    if (first !== label && second === label) gained++;
    if (first !== second) flips++;
    kept.push(first);
    again.push(second);
  }
  return {
    n,
    lost,
    gained,
    p: mcNemarExactP(lost, gained),
    flipRate:
      n === 0
        ? undefinedBecause('no anchor item was judged both times')
        : { defined: true, value: flips / n },
    retestKappa: cohensKappa(tableOfLabels(kept, again, categories)),
  };
}
