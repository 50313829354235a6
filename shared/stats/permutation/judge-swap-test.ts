import { type Outcome, undefinedBecause } from '../estimate.ts';
import type { ContingencyTable } from '../two-raters/contingency-table.ts';
import { tableOfLabels } from '../two-raters/table-of-labels.ts';
import { ArrangementTally, type PermutationTest } from './permutation-p.ts';

/** Up to this many items with differing verdicts every arrangement is looked at (2¹⁸). */
const MOST_ENUMERATED = 18;

/**
 * Two judges against the same people on the same items: is the difference of a statistic more than swapping their
 * verdicts item by item would give? Items on which the judges agree do not matter. All 2^d arrangements of the d
 * differing items up to d = 18; more are drawn, with p = (1 + hits)/(1 + B).
 *
 * Swapping is by entry, so entries must be independent items; several rows of one prompt belong together and need
 * the bootstrap by item.
 *
 * @param statistic of a table people × judge, null where undefined; the test is of first − second
 * @param unit uniform random numbers in [0, 1)
 */
export function judgeSwapTest(
  human: ArrayLike<number>,
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  categories: number,
  statistic: (table: ContingencyTable) => number | null,
  unit: () => number,
  replicates = 9_999,
): Outcome<PermutationTest> {
  const isComplete = (index: number) =>
    (human[index] ?? -1) >= 0 && (first[index] ?? -1) >= 0 && (second[index] ?? -1) >= 0;
  const kept = Array.from({ length: human.length }, (_item, index) => index).filter(isComplete);
  const pick = (labels: ArrayLike<number>) => kept.map((index) => labels[index] ?? -1);
  const ofFirst = tableOfLabels(pick(human), pick(first), categories);
  const ofSecond = tableOfLabels(pick(human), pick(second), categories);
  const difference = () => {
    const [one, two] = [statistic(ofFirst), statistic(ofSecond)];
    return one === null || two === null ? null : one - two;
  };
  const observed = difference();
  if (observed === null) return undefinedBecause('the statistic is undefined for one of the judges');

  const differing = kept.filter((index) => first[index] !== second[index]);
  const swapped = new Uint8Array(differing.length);
  const flip = (which: number) => {
    const index = differing[which] ?? 0;
    const row = (human[index] ?? 0) * categories;
    const sign = swapped[which] === 0 ? 1 : -1;
    const [one, two] = [row + (first[index] ?? 0), row + (second[index] ?? 0)];
    move(ofFirst, one, two, sign);
    move(ofSecond, two, one, sign);
    swapped[which] = sign === 1 ? 1 : 0;
  };
  const tally = new ArrangementTally(observed);
  if (differing.length <= MOST_ENUMERATED) {
    tally.add(observed);
    // A Gray code: each arrangement differs from the one before in a single item.
    for (let step = 1; step < 2 ** differing.length; step++) {
      flip(31 - Math.clz32(step & -step));
      tally.add(difference());
    }
    return { defined: true, ...tally.result(true) };
  }
  for (let replicate = 0; replicate < replicates; replicate++) {
    for (let which = 0; which < differing.length; which++) if (unit() < 0.5) flip(which);
    tally.add(difference());
  }
  return { defined: true, ...tally.result(false) };
}

function move(table: ContingencyTable, from: number, to: number, times: number): void {
  table.counts[from] = (table.counts[from] ?? 0) - times;
  table.counts[to] = (table.counts[to] ?? 0) + times;
}
