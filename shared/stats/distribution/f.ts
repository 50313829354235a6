/** Snedecor's F distribution. */
import { betaCdf, betaQuantileBothWays, betaUpperTail } from './beta.ts';

/** P(X > x) with `numerator` and `denominator` degrees of freedom, directly in the tail. */
export function fUpperTail(x: number, numerator: number, denominator: number): number {
  if (x <= 0) return 1;
  const scaled = numerator * x;
  return scaled > denominator
    ? betaCdf(denominator / (denominator + scaled), denominator / 2, numerator / 2)
    : betaUpperTail(scaled / (denominator + scaled), numerator / 2, denominator / 2);
}

/** x with P(X ≤ x) = probability. */
export function fQuantile(probability: number, numerator: number, denominator: number): number {
  const { x, complement } = betaQuantileBothWays(probability, numerator / 2, denominator / 2);
  return (denominator * x) / (numerator * complement);
}
