/** The beta distribution on [0, 1], which t, F and binomial tails are made of. */
import betaincinv from '@stdlib/math-base-special-kernel-betaincinv';
import { incompleteBeta, logBetaKernel } from './incomplete-beta.ts';

/** P(X ≤ x) for X ~ Beta(a, b); a, b > 0. */
export function betaCdf(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  return x >= 1 ? 1 : incompleteBeta(x, 1 - x, a, b).lower;
}

/** P(X > x) for X ~ Beta(a, b), directly. */
export function betaUpperTail(x: number, a: number, b: number): number {
  if (x <= 0) return 1;
  return x >= 1 ? 0 : incompleteBeta(x, 1 - x, a, b).upper;
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
  let [x = Number.NaN, complement = Number.NaN] = betaincinv(a, b, probability, 1 - probability);
  // The library's inverse is as near as its incomplete beta function; Newton's steps on ours take the rest.
  for (let step = 0; step < 8 && x > 0 && complement > 0; step++) {
    const { lower, upper } = incompleteBeta(x, complement, a, b);
    const excess = probability < 0.5 ? lower - probability : 1 - probability - upper;
    const move = (excess * x * complement) / Math.exp(logBetaKernel(x, complement, a, b));
    if (!Number.isFinite(move) || move >= x || -move >= complement) break;
    if (x <= complement) {
      x -= move;
      complement = 1 - x;
    } else {
      complement += move;
      x = 1 - complement;
    }
    if (Math.abs(move) <= 1e-15 * Math.min(x, complement)) break;
  }
  return { x, complement };
}

/** x with P(X ≤ x) = probability for X ~ Beta(a, b). */
export function betaQuantile(probability: number, a: number, b: number): number {
  return betaQuantileBothWays(probability, a, b).x;
}
