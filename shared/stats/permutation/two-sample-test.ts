import { type Outcome, undefinedBecause } from '../estimate.ts';
import { ArrangementTally, type PermutationTest } from './permutation-p.ts';

/** Up to this many ways to split the values every one is looked at. */
const MOST_ENUMERATED = 200_000;

/** The test with both two-sided rules: twice the smaller tail, and the absolute difference. */
export interface TwoSampleTest extends PermutationTest {
  /** The share of arrangements whose difference is at least as far from 0. */
  readonly absoluteP: number;
}

/**
 * Difference of means of two independent groups against every way of dealing the values into groups of the same
 * sizes; drawn ways with p = (1 + hits)/(1 + B) where there are more than 200,000.
 *
 * @param unit uniform random numbers in [0, 1)
 */
export function twoSamplePermutationTest(
  first: readonly number[],
  second: readonly number[],
  unit: () => number,
  replicates = 9_999,
): Outcome<TwoSampleTest> {
  if (first.length === 0 || second.length === 0) return undefinedBecause('one of the groups is empty');
  const values = [...first, ...second];
  const total = values.reduce((sum, value) => sum + value, 0);
  const differenceOf = (sum: number) => sum / first.length - (total - sum) / second.length;
  const observed = differenceOf(first.reduce((sum, value) => sum + value, 0));
  const tally = new ArrangementTally(observed);
  const absolute = new ArrangementTally(Math.abs(observed));
  const add = (sum: number) => {
    const difference = differenceOf(sum);
    tally.add(difference);
    absolute.add(Math.abs(difference));
  };
  const exact = waysToChoose(values.length, Math.min(first.length, second.length)) <= MOST_ENUMERATED;
  if (exact && first.length <= second.length) eachChoice(values, first.length, add);
  else if (exact) eachChoice(values, second.length, (sum) => add(total - sum));
  else for (let replicate = 0; replicate < replicates; replicate++) add(drawSum(values, first.length, unit));
  return { defined: true, ...tally.result(exact), absoluteP: absolute.result(exact).greaterP };
}

function waysToChoose(n: number, k: number): number {
  let ways = 1;
  for (let index = 1; index <= k; index++) ways = (ways * (n - k + index)) / index;
  return ways;
}

function eachChoice(values: readonly number[], size: number, visit: (sum: number) => void): void {
  const choose = (from: number, left: number, sum: number) => {
    if (left === 0) {
      visit(sum);
      return;
    }
    for (let index = from; index <= values.length - left; index++) {
      choose(index + 1, left - 1, sum + (values[index] ?? 0));
    }
  };
  choose(0, size, 0);
}

/** The sum of `size` values drawn without replacement. */
function drawSum(values: readonly number[], size: number, unit: () => number): number {
  const pool = [...values];
  let sum = 0;
  for (let index = 0; index < size; index++) {
    const chosen = index + Math.floor(unit() * (pool.length - index));
    sum += pool[chosen] ?? 0;
    pool[chosen] = pool[index] ?? 0;
  }
  return sum;
}
