import { logGamma } from './log-gamma.ts';

/** From here on Stirling's series gives ln Γ to the last digit. */
const STIRLING = 15;
const MOST_STEPS = 1e6;

/**
 * The regularised incomplete beta function I_x(a, b) and its complement, each to some 1e-13 relative in its own tail:
 * a continued fraction (Lentz) on the side where it converges, times a kernel in which nothing of the size of a or b
 * has to cancel (as Loader 2000 does for the binomial). Some √(a + b) steps.
 *
 * @param x in (0, 1)
 * @param complement 1 − x, which may hold digits that x has lost
 */
export function incompleteBeta(
  x: number,
  complement: number,
  a: number,
  b: number,
): { readonly lower: number; readonly upper: number } {
  if (x > (a + 1) / (a + b + 2)) {
    const { lower, upper } = incompleteBeta(complement, x, b, a);
    return { lower: upper, upper: lower };
  }
  const lower = Math.exp(logBetaKernel(x, complement, a, b)) / fraction(x, complement, a, b);
  return { lower, upper: 1 - lower };
}

/** ln of x^a·(1−x)^b / B(a, b): the density of Beta(a, b) is e to this over x·(1 − x). */
export function logBetaKernel(x: number, complement: number, a: number, b: number): number {
  const n = a + b;
  const distance = distanceFromMean(x, complement, a, b);
  const deviance =
    a * logMinusLinear((x * n) / a, distance / a) + b * logMinusLinear((complement * n) / b, -distance / b);
  return (
    deviance +
    Math.log((a * b) / (2 * Math.PI * n)) / 2 +
    stirlingError(n) -
    stirlingError(a) -
    stirlingError(b)
  );
}

/** ln(ratio) − d for ratio = 1 + d, given both because each holds digits the other loses. */
function logMinusLinear(ratio: number, d: number): number {
  if (Math.abs(d) > 0.1) return Math.log(ratio) - d;
  let power = d * d;
  let sum = -power / 2;
  for (let k = 3; k < 40; k++) {
    power *= d;
    const term = (k % 2 === 1 ? power : -power) / k;
    sum += term;
    if (Math.abs(term) < 1e-17 * Math.abs(sum)) break;
  }
  return sum;
}

/** ln Γ(z) less Stirling's leading terms (z − ½)·ln z − z + ½·ln 2π. */
function stirlingError(z: number): number {
  if (z < STIRLING) return logGamma(z) - ((z - 0.5) * Math.log(z) - z + Math.log(2 * Math.PI) / 2);
  const square = z * z;
  return (1 / 12 - (1 / 360 - (1 / 1260 - 1 / 1680 / square) / square) / square) / z;
}

/**
 * The continued fraction that divides the kernel, in the form of DiDonato & Morris (1992), whose terms do not cancel
 * where x is near 1; for x below about a/(a + b).
 */
function fraction(x: number, complement: number, a: number, b: number): number {
  const tiny = 1e-300;
  const awayFromZero = (value: number) => (Math.abs(value) < tiny ? tiny : value);
  const lead = -distanceFromMean(x, complement, a, b);
  const denominator = (m: number) =>
    m + (m * (b - m) * x) / (a + 2 * m - 1) + ((a + m) * (lead + 1 + m * (1 + complement))) / (a + 2 * m + 1);
  let result = awayFromZero((a * (lead + 1)) / (a + 1));
  let c = result;
  let d = 0;
  for (let m = 1; m < MOST_STEPS; m++) {
    const numerator =
      ((a + m - 1) / (a + 2 * m - 1)) * ((a + b + m - 1) / (a + 2 * m - 1)) * m * (b - m) * x * x;
    const next = denominator(m);
    d = 1 / awayFromZero(next + numerator * d);
    c = awayFromZero(next + numerator / c);
    const factor = c * d;
    result *= factor;
    if (Math.abs(factor - 1) < 2e-16) break;
  }
  return result;
}

/** (a + b)·x − a, from whichever of x and 1 − x is the smaller. */
function distanceFromMean(x: number, complement: number, a: number, b: number): number {
  return x <= complement ? x * (a + b) - a : b - complement * (a + b);
}
