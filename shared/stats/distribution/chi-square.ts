/** The chi-square distribution. */
import gammainc from '@stdlib/math-base-special-gammainc';
import gammaincinv from '@stdlib/math-base-special-gammaincinv';
import { largeGammaTail, logLargeGammaDensity } from './large-gamma-tail.ts';

/** From this many degrees of freedom on the library's incomplete gamma loses digits: .504 for .498 at 10,000. */
const LARGE = 1_000;

/**
 * P(X > x), directly in the tail.
 *
 * @param degreesOfFreedom positive
 */
export function chiSquareUpperTail(x: number, degreesOfFreedom: number): number {
  if (x <= 0) return 1;
  return degreesOfFreedom < LARGE
    ? gammainc(x / 2, degreesOfFreedom / 2, true, true)
    : largeGammaTail(x / 2, degreesOfFreedom / 2);
}

/** x with P(X ≤ x) = probability. */
export function chiSquareQuantile(probability: number, degreesOfFreedom: number): number {
  const start = 2 * gammaincinv(probability, degreesOfFreedom / 2);
  if (degreesOfFreedom < LARGE || !(start > 0 && start < Number.POSITIVE_INFINITY)) return start;
  // Newton's steps from the library's near miss, on the smaller tail's own scale.
  let x = start;
  for (let step = 0; step < 20; step++) {
    const logDensity = logLargeGammaDensity(x / 2, degreesOfFreedom / 2) - Math.LN2;
    const move = (chiSquareUpperTail(x, degreesOfFreedom) - (1 - probability)) / Math.exp(logDensity);
    x += move;
    if (Math.abs(move) < 1e-14 * x) break;
  }
  return x;
}
