/** Boundaries of a sub-Gaussian sum that hold at all times at once (Robbins 1970; Howard et al. 2021). */

/** The mixture's precision that is tightest at variance `tightestAt`, two-sided. */
export function mixturePrecision(tightestAt: number, alpha: number): number {
  const cost = 2 * Math.log(1 / alpha);
  return tightestAt / (cost + Math.log(1 + cost));
}

/** ln of the two-sided normal mixture supermartingale at a sum `sum` with variance `variance`. */
export function logNormalMixture(sum: number, variance: number, tightestAt: number, alpha: number): number {
  const precision = mixturePrecision(tightestAt, alpha);
  return Math.log(precision / (variance + precision)) / 2 + sum ** 2 / (2 * (variance + precision));
}

/** How far the sum may stray at variance `variance`, either way, with probability 1 − alpha at all times. */
export function normalMixtureBound(variance: number, tightestAt: number, alpha: number): number {
  const precision = mixturePrecision(tightestAt, alpha);
  const total = variance + precision;
  return Math.sqrt(total * (2 * Math.log(1 / alpha) + Math.log(total / precision)));
}

/**
 * The polynomial stitched boundary with exponent s = 1.4, ratio η = 2 and c = 0 (Howard et al. 2021, theorem 1),
 * one-sided: grows like √(v·log log v).
 *
 * @param smallest the variance from which on it is meant to hold tightly
 */
export function stitchedBound(variance: number, smallest: number, alpha: number): number {
  const exponent = 1.4;
  const ratio = 2;
  const scale = (ratio ** 0.25 + ratio ** -0.25) / Math.SQRT2;
  const used = Math.max(variance, smallest);
  const cost =
    exponent * Math.log(Math.log((ratio * used) / smallest)) +
    Math.log(zeta(exponent) / (alpha * Math.log(ratio) ** exponent));
  return scale * Math.sqrt(used * cost);
}

/** Riemann's zeta at s > 1, by Euler–Maclaurin summation from 20 on. */
function zeta(s: number): number {
  const from = 20;
  let sum = 0;
  for (let n = 1; n < from; n++) sum += n ** -s;
  sum += from ** (1 - s) / (s - 1) + from ** -s / 2;
  let term = s * from ** (-s - 1);
  for (const [index, bernoulli] of [1 / 12, -1 / 720, 1 / 30_240, -1 / 1_209_600].entries()) {
    sum += bernoulli * term;
    const rise = s + 2 * index + 1;
    term *= (rise * (rise + 1)) / from ** 2;
  }
  return sum;
}
