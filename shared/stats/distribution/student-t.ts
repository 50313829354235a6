/** Student's t distribution. */
import { betaCdf, betaQuantileBothWays, betaUpperTail } from './beta.ts';

/**
 * P(T > t), directly in the tail.
 *
 * @param degreesOfFreedom positive, need not be whole (Welch)
 */
export function studentUpperTail(t: number, degreesOfFreedom: number): number {
  if (t < 0) return 1 - studentUpperTail(-t, degreesOfFreedom);
  const square = t * t;
  // Whichever argument is the smaller one is computed without losing digits.
  return square > degreesOfFreedom
    ? betaCdf(degreesOfFreedom / (degreesOfFreedom + square), degreesOfFreedom / 2, 0.5) / 2
    : betaUpperTail(square / (degreesOfFreedom + square), 0.5, degreesOfFreedom / 2) / 2;
}

/** The two-sided p-value of a t statistic. */
export function studentTwoSidedP(t: number, degreesOfFreedom: number): number {
  return 2 * studentUpperTail(Math.abs(t), degreesOfFreedom);
}

/**
 * t with P(T ≤ t) = probability.
 *
 * @param probability in (0, 1)
 */
export function studentQuantile(probability: number, degreesOfFreedom: number): number {
  if (probability === 0.5) return 0;
  const tail = Math.min(probability, 1 - probability);
  const { x, complement } = betaQuantileBothWays(2 * tail, degreesOfFreedom / 2, 0.5);
  const size = Math.sqrt((degreesOfFreedom * complement) / x);
  return probability < 0.5 ? -size : size;
}
