/** The beta distribution on [0, 1], and the incomplete beta function that t, F and binomial tails are made of. */
import betainc from '@stdlib/math-base-special-betainc';
import betaincinv from '@stdlib/math-base-special-kernel-betaincinv';

/** P(X ≤ x) for X ~ Beta(a, b); a, b > 0. */
export function betaCdf(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  return x >= 1 ? 1 : betainc(x, a, b, true, false);
}

/** P(X > x) for X ~ Beta(a, b), directly. */
export function betaUpperTail(x: number, a: number, b: number): number {
  if (x <= 0) return 1;
  return x >= 1 ? 0 : betainc(x, a, b, true, true);
}

/**
 * x and 1 − x with P(X ≤ x) = probability for X ~ Beta(a, b). Both, because near an end one of them holds
 * digits the other has lost.
 *
 * @param probability in [0, 1]
 */
export function betaQuantileBothWays(
  probability: number,
  a: number,
  b: number,
): { readonly x: number; readonly complement: number } {
  if (probability <= 0) return { x: 0, complement: 1 };
  if (probability >= 1) return { x: 1, complement: 0 };
  const [x = Number.NaN, complement = Number.NaN] = betaincinv(a, b, probability, 1 - probability);
  return { x, complement };
}

/** x with P(X ≤ x) = probability for X ~ Beta(a, b). */
export function betaQuantile(probability: number, a: number, b: number): number {
  return betaQuantileBothWays(probability, a, b).x;
}
