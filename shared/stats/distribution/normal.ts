/** The standard normal distribution, through the complementary error function so that both tails keep full precision. */
import erfc from '@stdlib/math-base-special-erfc';
import erfcinv from '@stdlib/math-base-special-erfcinv';

/** P(Z ≤ z). */
export function normalCdf(z: number): number {
  return erfc(-z / Math.SQRT2) / 2;
}

/** P(Z > z), without subtracting from 1: 1e-200 comes back as 1e-200. */
export function normalUpperTail(z: number): number {
  return erfc(z / Math.SQRT2) / 2;
}

/** The two-sided p-value of a z statistic, at most 1. */
export function normalTwoSidedP(z: number): number {
  return erfc(Math.abs(z) / Math.SQRT2);
}

/**
 * z with P(Z ≤ z) = probability.
 *
 * @param probability in [0, 1]; 0 and 1 give −Infinity and Infinity
 */
export function normalQuantile(probability: number): number {
  return -Math.SQRT2 * erfcinv(2 * probability);
}

/**
 * How many standard errors a two-sided interval reaches to each side: 1.96 at level 0.95. Taken from the
 * upper tail, where the quantile does not lose digits.
 *
 * @param level in (0, 1)
 */
export function normalReach(level: number): number {
  return Math.SQRT2 * erfcinv(1 - level);
}
