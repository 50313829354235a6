/** The two-sample Kolmogorov–Smirnov test. */
import { logChoose } from '../distribution/log-gamma.ts';
import { type Estimate, type Outcome, undefinedBecause } from '../estimate.ts';
import { matrixProduct } from '../linear-algebra/matrix-product.ts';

/** The exact test walks n·m steps. */
const MOST_STEPS = 1e8;

/** The largest distance between two empirical distributions, and how likely it is by chance. */
export interface KolmogorovSmirnovTest {
  readonly distance: number;
  /** Exact without ties, conservative with them. Undefined where n·m is above 10⁸. */
  readonly exactP: Estimate;
  /** The one-sample distribution at the effective size, rounded: for samples too large for the exact one. */
  readonly asymptoticP: number;
}

/** Compares two samples of scores. Undefined when one is empty. */
export function kolmogorovSmirnov(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
): Outcome<KolmogorovSmirnovTest> {
  const [n, m] = [first.length, second.length];
  if (n === 0 || m === 0) return undefinedBecause('one of the samples is empty');
  const [x, y] = [Float64Array.from(first).sort(), Float64Array.from(second).sort()];
  let [i, j, steps] = [0, 0, 0];
  while (i < n && j < m) {
    const value = Math.min(x[i] ?? 0, y[j] ?? 0);
    while (i < n && x[i] === value) i++;
    while (j < m && y[j] === value) j++;
    steps = Math.max(steps, Math.abs(i * m - j * n));
  }
  const distance = steps / (n * m);
  return {
    defined: true,
    distance,
    exactP:
      n * m > MOST_STEPS
        ? undefinedBecause('the samples are too large for the exact test')
        : { defined: true, value: probabilityOfStraying(n, m, steps) },
    asymptoticP: oneSampleUpperTail(distance, Math.round((n * m) / (n + m))),
  };
}

/**
 * The chance that a random path of n steps right and m up ever gets `steps`/(n·m) from the diagonal: probability that
 * leaves is summed as it leaves, so that small tails keep their digits.
 */
function probabilityOfStraying(n: number, m: number, steps: number): number {
  if (steps === 0) return 1;
  let row = new Float64Array(m + 1);
  let strayed = 0;
  for (let i = 0; i <= n; i++) {
    const next = new Float64Array(m + 1);
    for (let j = 0; j <= m; j++) {
      let reached = i === 0 && j === 0 ? 1 : 0;
      if (i > 0) reached += ((row[j] ?? 0) * (n - i + 1)) / (n + m - i - j + 1);
      if (j > 0) reached += ((next[j - 1] ?? 0) * (m - j + 1)) / (n + m - i - j + 1);
      if (Math.abs(i * m - j * n) >= steps) {
        strayed += reached;
        reached = 0;
      }
      next[j] = reached;
    }
    row = next;
  }
  return Math.min(1, strayed);
}

/** Above this n·d² the two one-sided tails do not overlap to working precision. */
const SEPARATE_TAILS = 4;
/** Above this the matrix of the exact distribution is too large, and its limit is close. */
const LARGEST_MATRIX = 400;

/** P(D_n ≥ d) of the one-sample statistic: exact for moderate n, the limit beyond. */
function oneSampleUpperTail(d: number, n: number): number {
  if (d >= 1) return 0;
  if (n * d <= 0.5) return 1;
  if (n * d * d > SEPARATE_TAILS) return Math.min(1, 2 * oneSidedUpperTail(d, n));
  if (2 * Math.ceil(n * d) - 1 > LARGEST_MATRIX) return limitingUpperTail(d * Math.sqrt(n));
  return 1 - durbinCdf(d, n);
}

/** Smirnov's exact one-sided tail: d·Σ C(n, j)·(d + j/n)^(j−1)·(1 − d − j/n)^(n−j). */
function oneSidedUpperTail(d: number, n: number): number {
  let sum = 0;
  for (let j = 0; j <= Math.floor(n * (1 - d)); j++) {
    const rest = 1 - d - j / n;
    if (rest <= 0) continue;
    sum += Math.exp(logChoose(n, j) + (j - 1) * Math.log(d + j / n) + (n - j) * Math.log(rest));
  }
  return d * sum;
}

/** Kolmogorov's limit 2·Σ (−1)^(k−1)·e^(−2k²x²). */
function limitingUpperTail(x: number): number {
  let sum = 0;
  for (let k = 1; k <= 100; k++) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * k * k * x * x);
  return Math.min(1, Math.max(0, sum));
}

/** Durbin's matrix formula for P(D_n < d), as arranged by Marsaglia, Tsang & Wang (2003). */
function durbinCdf(d: number, n: number): number {
  const k = Math.floor(n * d) + 1;
  const size = 2 * k - 1;
  const h = k - n * d;
  const matrix = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) matrix[row * size + column] = row - column + 1 < 0 ? 0 : 1;
  }
  for (let index = 0; index < size; index++) {
    const last = (size - 1) * size;
    matrix[index * size] = (matrix[index * size] ?? 0) - h ** (index + 1);
    matrix[last + index] = (matrix[last + index] ?? 0) - h ** (size - index);
  }
  if (2 * h - 1 > 0) {
    const corner = (size - 1) * size;
    matrix[corner] = (matrix[corner] ?? 0) + (2 * h - 1) ** size;
  }
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      for (let g = 1; g <= row - column + 1; g++) {
        matrix[row * size + column] = (matrix[row * size + column] ?? 0) / g;
      }
    }
  }
  const { values, exponent } = power(matrix, size, n);
  let logScale = exponent * Math.LN10;
  let result = values[(k - 1) * size + k - 1] ?? 0;
  for (let index = 1; index <= n; index++) {
    result = (result * index) / n;
    if (result < 1e-140) {
      result *= 1e140;
      logScale -= 140 * Math.LN10;
    }
  }
  return result * Math.exp(logScale);
}

/** A matrix power by squaring, scaled by powers of ten so that it neither over- nor underflows. */
function power(matrix: Float64Array, size: number, n: number): { values: Float64Array; exponent: number } {
  if (n === 1) return { values: matrix, exponent: 0 };
  const half = power(matrix, size, Math.floor(n / 2));
  let values = matrixProduct(half.values, half.values, size);
  let exponent = 2 * half.exponent;
  if (n % 2 === 1) values = matrixProduct(values, matrix, size);
  if ((values[Math.floor(size / 2) * size + Math.floor(size / 2)] ?? 0) > 1e140) {
    values = values.map((each) => each * 1e-140);
    exponent += 140;
  }
  return { values, exponent };
}
