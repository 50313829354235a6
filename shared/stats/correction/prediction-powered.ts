/**
 * Prediction-powered inference for a mean (pass rate, win rate with ties as ½): a few human labels, a judge's score on
 * the same items, and the judge's score on many more. Needs the labelled items to be a random sample of the same
 * population; labelling the "interesting" ones invalidates it.
 */
import { normalReach, normalTwoSidedP } from '../distribution/normal.ts';
import { type Estimate, type Interval, type Outcome, undefinedBecause } from '../estimate.ts';
import { percentileInterval } from '../resampling/bootstrap-interval.ts';

/** Labels with the judge's scores of the same items, and its scores of further items. */
export interface PredictionPoweredData {
  readonly labels: ArrayLike<number>;
  readonly scores: ArrayLike<number>;
  readonly unlabelledScores: ArrayLike<number>;
}

/** The choices in which tools differ. */
export interface PredictionPoweredConvention {
  /** Divisor of the variances: n (ppi_py) or n − 1 (glide; better for few labels). */
  readonly divisor: 'n' | 'n-1';
  /** Whether the tuned weight is held in [0, 1] (ppi_py); unclipped it lets an inverse judge help (glide). */
  readonly clipped: boolean;
}

/** The convention of reports: sample variances, weight held in [0, 1]. */
export const REPORT_CONVENTION: PredictionPoweredConvention = { divisor: 'n-1', clipped: true };
export const PPI_PY_CONVENTION: PredictionPoweredConvention = { divisor: 'n', clipped: true };
export const GLIDE_CONVENTION: PredictionPoweredConvention = { divisor: 'n-1', clipped: false };

/** An estimated mean. */
export interface PredictionPoweredMean {
  readonly value: number;
  readonly standardError: number;
  /** Normal, unclipped. Below about 30 labels, or near 0 and 1, it covers too little: bootstrap. */
  readonly interval: Interval;
  /** The weight λ of the judge's scores: 0 ignores them, 1 is plain PPI. */
  readonly lambda: number;
}

/**
 * λ·mean(f_U) + mean(y − λ·f) with variance λ²·var(f_U)/N + var(y − λ·f)/n (Angelopoulos et al. 2023).
 *
 * @param lambda a fixed weight: 0 is the classical mean, 1 plain PPI; `tuned` is PPI++
 */
export function predictionPoweredMean(
  data: PredictionPoweredData,
  lambda: number | 'tuned',
  convention = REPORT_CONVENTION,
  level = 0.95,
): Outcome<PredictionPoweredMean> {
  const n = data.labels.length;
  if (n < 2) return undefinedBecause('fewer than two labels');
  if (lambda !== 0 && data.unlabelledScores.length < 2) {
    return undefinedBecause('fewer than two unlabelled scores');
  }
  const weight = lambda === 'tuned' ? tunedWeight(data, convention) : lambda;
  const { value, variance } = meanAt(data, weight, convention);
  const standardError = Math.sqrt(variance);
  const reach = normalReach(level) * standardError;
  const method = lambda === 0 ? 'labels alone' : lambda === 'tuned' ? 'PPI++' : 'PPI';
  return {
    defined: true,
    value,
    standardError,
    interval: { low: value - reach, high: value + reach, level, method },
    lambda: weight,
  };
}

/** The two-sided p of the mean being `hypothesised`; undefined where nothing varies. */
export function predictionPoweredP(mean: PredictionPoweredMean, hypothesised: number): Estimate {
  if (mean.standardError === 0) return undefinedBecause('nothing varies, so there is no error to test with');
  return { defined: true, value: normalTwoSidedP((mean.value - hypothesised) / mean.standardError) };
}

/**
 * The weight with the smallest variance (PPI++ 2023): cov(y, f) / ((1 + n/N)·var(f)), var over all scores. 0 when the
 * judge gives every item the same score.
 */
export function tunedWeight(
  { labels, scores, unlabelledScores }: PredictionPoweredData,
  { divisor, clipped }: PredictionPoweredConvention,
): number {
  const n = labels.length;
  const pooled = moments(n + unlabelledScores.length, (index) =>
    index < n ? (scores[index] ?? 0) : (unlabelledScores[index - n] ?? 0),
  );
  const variance = pooled.squares / (n + unlabelledScores.length - 1);
  if (!(variance > 0)) return 0;
  const [labelMean, scoreMean] = [
    moments(n, (index) => labels[index] ?? 0).mean,
    moments(n, (index) => scores[index] ?? 0).mean,
  ];
  let product = 0;
  for (let index = 0; index < n; index++) {
    product += ((labels[index] ?? 0) - labelMean) * ((scores[index] ?? 0) - scoreMean);
  }
  const covariance = product / (divisor === 'n' ? n : n - 1);
  const weight = covariance / ((1 + n / unlabelledScores.length) * variance);
  return clipped ? Math.min(1, Math.max(0, weight)) : weight;
}

/** The estimate and its variance at a given weight. */
export function meanAt(
  { labels, scores, unlabelledScores }: PredictionPoweredData,
  weight: number,
  { divisor }: PredictionPoweredConvention,
): { readonly value: number; readonly variance: number } {
  const n = labels.length;
  const N = unlabelledScores.length;
  const degrees = (count: number) => (divisor === 'n' ? count : count - 1);
  const residual = moments(n, (index) => (labels[index] ?? 0) - weight * (scores[index] ?? 0));
  let value = residual.mean;
  let variance = residual.squares / degrees(n) / n;
  if (weight !== 0) {
    const rest = moments(N, (index) => unlabelledScores[index] ?? 0);
    value += weight * rest.mean;
    variance += (weight ** 2 * rest.squares) / degrees(N) / N;
  }
  return { value, variance };
}

/** One part of a population, with labels of its own. */
export interface Stratum extends PredictionPoweredData {
  /** Its share of the population, not of the labels; the shares sum to 1. */
  readonly share: number;
}

/**
 * Stratified PPI (Fisch et al. 2024): Σ w·θ with variance Σ w²·var, a weight λ of its own in each stratum. Undefined
 * when a stratum has fewer than two labels or two unlabelled scores; eight labels each are better.
 */
export function stratifiedPredictionPoweredMean(
  strata: readonly Stratum[],
  lambda: number | 'tuned',
  convention = REPORT_CONVENTION,
  level = 0.95,
): Outcome<Omit<PredictionPoweredMean, 'lambda'>> {
  const shares = strata.reduce((sum, { share }) => sum + share, 0);
  if (strata.length === 0) return undefinedBecause('there is no stratum');
  if (Math.abs(shares - 1) > 1e-6) throw new RangeError(`the strata’s shares sum to ${shares}, not 1`);
  let value = 0;
  let variance = 0;
  for (const stratum of strata) {
    const mean = predictionPoweredMean(stratum, lambda, convention);
    if (!mean.defined) return mean;
    value += stratum.share * mean.value;
    variance += stratum.share ** 2 * mean.standardError ** 2;
  }
  const standardError = Math.sqrt(variance);
  const reach = normalReach(level) * standardError;
  return {
    defined: true,
    value,
    standardError,
    interval: { low: value - reach, high: value + reach, level, method: 'stratified PPI' },
  };
}

/**
 * Cluster means as the data of PPI, where rows of one cluster are alike: every cluster weighs the same.
 *
 * @param labels one per row; NaN where the row, and with it its whole cluster, is unlabelled
 * @param clusters the cluster of each row
 */
export function clusterMeans(
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
  clusters: ArrayLike<number>,
): PredictionPoweredData {
  const numberOf = new Map<number, number>();
  const numbers = new Int32Array(scores.length);
  for (let row = 0; row < scores.length; row++) {
    const cluster = clusters[row] ?? 0;
    const number = numberOf.get(cluster) ?? numberOf.size;
    if (number === numberOf.size) numberOf.set(cluster, number);
    numbers[row] = number;
  }
  const size = numberOf.size;
  const [labelSums, scoreSums] = [new Float64Array(size), new Float64Array(size)];
  const [rows, labelled] = [new Int32Array(size), new Int32Array(size)];
  for (let row = 0; row < scores.length; row++) {
    const number = numbers[row] ?? 0;
    scoreSums[number] = (scoreSums[number] ?? 0) + (scores[row] ?? 0);
    rows[number] = (rows[number] ?? 0) + 1;
    const label = labels[row] ?? Number.NaN;
    if (Number.isNaN(label)) continue;
    labelSums[number] = (labelSums[number] ?? 0) + label;
    labelled[number] = (labelled[number] ?? 0) + 1;
  }
  for (let number = 0; number < size; number++) {
    if (labelled[number] !== 0 && (labelled[number] ?? 0) < (rows[number] ?? 0))
      throw new RangeError('a cluster is labelled in part; label whole clusters or leave their rest out');
  }
  /** Of the clusters that are labelled, or of the others. */
  const meansOf = (sums: Float64Array, areLabelled: boolean) =>
    sums
      .map((sum, number) => sum / (rows[number] ?? 1))
      .filter((_mean, number) => (labelled[number] !== 0) === areLabelled);
  return {
    labels: meansOf(labelSums, true),
    scores: meansOf(scoreSums, true),
    unlabelledScores: meansOf(scoreSums, false),
  };
}

/**
 * A percentile interval of PPI++ that resamples labelled and unlabelled items and refits the weight each time; for few
 * labels, where the normal interval covers too little.
 *
 * @param unit uniform random numbers in [0, 1)
 */
export function predictionPoweredBootstrap(
  { labels, scores, unlabelledScores }: PredictionPoweredData,
  unit: () => number,
  replicates = 2_000,
  level = 0.95,
  convention = REPORT_CONVENTION,
): Outcome<Interval> {
  const n = labels.length;
  const N = unlabelledScores.length;
  if (n < 5 || N < 5) return undefinedBecause('fewer than five labels or five unlabelled scores to resample');
  const values = new Float64Array(replicates);
  for (let replicate = 0; replicate < replicates; replicate++) {
    let [label, score, product, square] = [0, 0, 0, 0];
    for (let draw = 0; draw < n; draw++) {
      const index = Math.floor(unit() * n);
      const [y, f] = [labels[index] ?? 0, scores[index] ?? 0];
      label += y;
      score += f;
      product += y * f;
      square += f * f;
    }
    let rest = 0;
    for (let draw = 0; draw < N; draw++) {
      const f = unlabelledScores[Math.floor(unit() * N)] ?? 0;
      rest += f;
      square += f * f;
    }
    const degrees = convention.divisor === 'n' ? n : n - 1;
    const covariance = (product - (label * score) / n) / degrees;
    const variance = (square - (score + rest) ** 2 / (n + N)) / (n + N - 1);
    const tuned = variance > 1e-15 * square ? covariance / ((1 + n / N) * variance) : 0;
    const weight = convention.clipped ? Math.min(1, Math.max(0, tuned)) : tuned;
    values[replicate] = (weight * rest) / N + (label - weight * score) / n;
  }
  return {
    defined: true,
    ...percentileInterval(values.sort(), level),
    method: 'PPI++, bootstrap over labelled and unlabelled items (percentile)',
  };
}

function moments(
  count: number,
  at: (index: number) => number,
): { readonly mean: number; readonly squares: number } {
  let sum = 0;
  for (let index = 0; index < count; index++) sum += at(index);
  const mean = sum / count;
  let squares = 0;
  for (let index = 0; index < count; index++) squares += (at(index) - mean) ** 2;
  return { mean, squares };
}
