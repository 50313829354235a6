import { pairedPatterns, pairedPatternsOfItems } from '../comparison/paired-kappas.ts';
import { type Outcome, undefinedBecause } from '../estimate.ts';
import type { ContingencyTable } from '../paired-table/contingency-table.ts';
import { binomialDraw } from '../resampling/multinomial-draw.ts';
import { ArrangementTally, type PermutationTest } from './permutation-p.ts';

/** Up to this many groups with differing verdicts every arrangement is looked at (2¹⁸). */
const MOST_ENUMERATED = 18;

export interface JudgeSwapOptions {
  /** The prompt of each entry: its entries are swapped together. Each entry its own where absent. */
  readonly groups?: ArrayLike<number>;
  /** Up to how many differing groups all arrangements are looked at. 18 by default. */
  readonly enumerate?: number;
}

/**
 * Two judges against the same people on the same items: is the difference of a statistic more than swapping their
 * verdicts would give? Whole prompts are swapped, because the rows of one prompt belong together; prompts on which the
 * judges agree throughout do not matter. All 2^d arrangements of the d differing prompts up to d = 18; more are drawn,
 * with p = (1 + hits)/(1 + B), prompts of the same kind together as one binomial.
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
  { groups, enumerate = MOST_ENUMERATED }: JudgeSwapOptions = {},
): Outcome<PermutationTest> {
  const patterns =
    groups === undefined
      ? pairedPatterns(human, first, second, categories)
      : pairedPatternsOfItems(human, first, second, groups, categories);
  const size = categories * categories;
  const ofFirst = sumTables(patterns.first, patterns.itemCounts, size);
  const ofSecond = sumTables(patterns.second, patterns.itemCounts, size);
  const [one, two] = [ofFirst.slice(), ofSecond.slice()];
  const difference = () => {
    const values = [
      statistic({ size: categories, counts: one }),
      statistic({ size: categories, counts: two }),
    ];
    return values[0] === null || values[1] === null ? null : (values[0] ?? 0) - (values[1] ?? 0);
  };
  const observed = difference();
  if (observed === null) return undefinedBecause('the statistic is undefined for one of the judges');

  const kinds = patterns.first.flatMap((own, kind) => {
    const other = patterns.second[kind] ?? own;
    const change = other.map((count, cell) => count - (own[cell] ?? 0));
    return change.some((count) => count !== 0) ? [{ change, count: patterns.itemCounts[kind] ?? 0 }] : [];
  });
  const move = (change: Float64Array, times: number) => {
    for (let cell = 0; cell < size; cell++) {
      one[cell] = (one[cell] ?? 0) + times * (change[cell] ?? 0);
      two[cell] = (two[cell] ?? 0) - times * (change[cell] ?? 0);
    }
  };
  const tally = new ArrangementTally(observed);
  const differing = kinds.flatMap(({ change, count }) =>
    Array.from({ length: Math.min(count, enumerate + 1) }, () => change),
  );
  if (differing.length <= enumerate) {
    const swapped = new Uint8Array(differing.length);
    tally.add(observed);
    // A Gray code: each arrangement differs from the one before in a single prompt.
    for (let step = 1; step < 2 ** differing.length; step++) {
      const which = 31 - Math.clz32(step & -step);
      move(differing[which] ?? new Float64Array(size), swapped[which] === 0 ? 1 : -1);
      swapped[which] = 1 - (swapped[which] ?? 0);
      tally.add(difference());
    }
    return { defined: true, ...tally.result(true) };
  }
  for (let replicate = 0; replicate < replicates; replicate++) {
    one.set(ofFirst);
    two.set(ofSecond);
    for (const { change, count } of kinds) move(change, binomialDraw(count, 0.5, unit));
    tally.add(difference());
  }
  return { defined: true, ...tally.result(false) };
}

function sumTables(tables: readonly Float64Array[], itemCounts: Float64Array, size: number): Float64Array {
  const sum = new Float64Array(size);
  tables.forEach((table, kind) => {
    for (let cell = 0; cell < size; cell++) {
      sum[cell] = (sum[cell] ?? 0) + (itemCounts[kind] ?? 0) * (table[cell] ?? 0);
    }
  });
  return sum;
}
