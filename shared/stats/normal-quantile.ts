import erfcinv from '@stdlib/math-base-special-erfcinv';

/**
 * The standard normal quantile: x with P(Z ≤ x) = probability. Through the inverse complementary error
 * function, which keeps full precision in both tails.
 *
 * @param probability in (0, 1); 0 and 1 give −Infinity and Infinity
 */
export function normalQuantile(probability: number): number {
  return -Math.SQRT2 * erfcinv(2 * probability);
}
