/** Whether scores of two periods have the same location. */
import { normalTwoSidedP } from '../distribution/normal.ts';
import { studentTwoSidedP } from '../distribution/student-t.ts';
import { type Estimate, type Outcome, undefinedBecause } from '../estimate.ts';
import { isConstant, meanOf, sampleVariance } from '../numeric/moments.ts';
import { midRanks } from '../ranking/mid-ranks.ts';

/** Pairs in which the first sample is above the second, ties half, with the normal approximation's p. */
export interface MannWhitneyTest {
  readonly u: number;
  /** Undefined when every score is the same. */
  readonly p: Estimate;
}

/** The Mann–Whitney test, two-sided, tie-corrected, without continuity correction.  */
export function mannWhitney(first: ArrayLike<number>, second: ArrayLike<number>): Outcome<MannWhitneyTest> {
  const [n, m] = [first.length, second.length];
  if (n === 0 || m === 0) return undefinedBecause('one of the samples is empty');
  const { ranks, tieSizes } = midRanks([...Array.from(first), ...Array.from(second)]);
  const u = ranks.subarray(0, n).reduce((sum, rank) => sum + rank, 0) - (n * (n + 1)) / 2;
  const all = n + m;
  const tied = tieSizes.reduce((sum, size) => sum + size ** 3 - size, 0);
  const variance = ((n * m) / 12) * (all + 1 - tied / (all * (all - 1)));
  return {
    defined: true,
    u,
    p:
      tieSizes.length < 2
        ? undefinedBecause('every score is the same')
        : { defined: true, value: normalTwoSidedP((u - (n * m) / 2) / Math.sqrt(variance)) },
  };
}

/** Welch's t test of equal means with unequal variances, two-sided. Undefined when neither sample varies. */
export function welchTest(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
): Outcome<{ t: number; degreesOfFreedom: number; p: number }> {
  const [one, two] = [sampleVariance(first) / first.length, sampleVariance(second) / second.length];
  const variance = one + two;
  if (first.length < 2 || second.length < 2) return undefinedBecause('a sample has fewer than two scores');
  if (isConstant(first) && isConstant(second)) return undefinedBecause('neither sample varies');
  const t = (meanOf(first) - meanOf(second)) / Math.sqrt(variance);
  const degreesOfFreedom = variance ** 2 / (one ** 2 / (first.length - 1) + two ** 2 / (second.length - 1));
  return { defined: true, t, degreesOfFreedom, p: studentTwoSidedP(t, degreesOfFreedom) };
}
