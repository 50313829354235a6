import { fUpperTail } from '../distribution/f.ts';
import { normalCdf } from '../distribution/normal.ts';
import { studentQuantile } from '../distribution/student-t.ts';
import { type Interval, type Outcome, undefinedBecause } from '../estimate.ts';
import { choleskyFactor, choleskySolve } from '../linear-algebra/cholesky.ts';
import { FEWEST_ITEMS } from '../resampling/resample.ts';
import type { ReliabilityBin } from './reliability.ts';

export interface CalibrationError {
  readonly interval: Interval;
  /** The error less the upward bias that chance gives it, at least 0. */
  readonly debiased: number;
  /** Of the test that every bin is calibrated: Hotelling's T² over items, as F. */
  readonly calibratedP: number;
  readonly items: number;
}

/**
 * An interval for the expected calibration error over the given bins.
 *
 * The error is a sum of absolute values, so it is positive even for a calibrated judge, and a percentile bootstrap,
 * whose resamples carry that bias twice, then never reaches the truth: simulated coverage is 0 % for a calibrated
 * judge and below 40 % for an error of 0.06 on 300 verdicts. So the bias is taken off — the mean of folded normals
 * around the bins' gaps less the gaps — and the t interval around the rest, with the error linearised over items,
 * ends at 0 whenever calibration itself is not refuted at the same level. `npm run coverage:calibration` measures it.
 *
 * Undefined with fewer than 5 items.
 *
 * @param scores in [0, 1], one per row
 * @param labels 0 or 1 per row
 * @param items the item of each row, numbered from 0 without large gaps
 * @param bins what `reliabilityBins` made of the same scores and labels
 */
export function calibrationErrorInterval(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  items: ArrayLike<number>,
  bins: readonly ReliabilityBin[],
  level = 0.95,
): Outcome<CalibrationError> {
  const { groups, gaps, covariance } = gapsOfBins(scores, labels, items, bins);
  if (groups < FEWEST_ITEMS) {
    return undefinedBecause(`${groups} items are too few for an interval (${FEWEST_ITEMS} needed)`);
  }
  const size = bins.length;
  const error = gaps.reduce((sum, gap) => sum + Math.abs(gap), 0);
  let expected = 0;
  let variance = 0;
  for (let one = 0; one < size; one++) {
    expected += foldedNormalMean(gaps[one] ?? 0, Math.sqrt(covariance[one * size + one] ?? 0));
    for (let two = 0; two < size; two++) {
      const signs = Math.sign(gaps[one] ?? 0) * Math.sign(gaps[two] ?? 0);
      // A bin without a gap moves the error up whichever way it moves: its own variance counts in full.
      variance += (one === two ? 1 : signs) * (covariance[one * size + two] ?? 0);
    }
  }
  const debiased = Math.max(0, 2 * error - expected);
  const reach = studentQuantile((1 + level) / 2, groups - 1) * Math.sqrt(Math.max(0, variance));
  const calibratedP = calibrationTest(gaps, covariance, groups);
  return {
    defined: true,
    debiased,
    calibratedP,
    items: groups,
    interval: {
      low: calibratedP >= 1 - level ? 0 : Math.max(0, debiased - reach),
      high: Math.min(1, debiased + reach),
      level,
      method: 'debiased, t over items, 0 where calibration is not refuted',
    },
  };
}

/** E|X| of a normal X (Leone, Nelson and Nottingham 1961). */
function foldedNormalMean(mean: number, deviation: number): number {
  if (deviation === 0) return Math.abs(mean);
  const z = mean / deviation;
  return deviation * Math.sqrt(2 / Math.PI) * Math.exp(-(z ** 2) / 2) + mean * (1 - 2 * normalCdf(-z));
}

/** P of gaps at least as large if every bin were calibrated. Bins that cannot vary refute it if they have a gap. */
function calibrationTest(gaps: Float64Array, covariance: Float64Array, groups: number): number {
  const size = gaps.length;
  const varying = [...gaps.keys()].filter((bin) => (covariance[bin * size + bin] ?? 0) > 0);
  if (gaps.some((gap, bin) => Math.abs(gap) > 1e-12 && !varying.includes(bin))) return 0;
  if (varying.length === 0) return 1;
  const part = Float64Array.from({ length: varying.length ** 2 }, (_cell, index) => {
    const [row, column] = [Math.floor(index / varying.length), index % varying.length];
    return covariance[(varying[row] ?? 0) * size + (varying[column] ?? 0)] ?? 0;
  });
  const factor = choleskyFactor(part, varying.length);
  const over = groups - varying.length;
  if (factor === null || over < 1) return 1;
  const gap = varying.map((bin) => gaps[bin] ?? 0);
  const solved = choleskySolve(factor, varying.length, gap);
  const squared = gap.reduce((sum, each, index) => sum + each * (solved[index] ?? 0), 0);
  return fUpperTail((squared * over) / (varying.length * (groups - 1)), varying.length, over);
}

/**
 * Each bin's share of the error with its sign, and their covariance over items. A bin's variance is at least what its
 * scores would give if they were calibrated: a handful of verdicts that all agree is not free of error.
 */
function gapsOfBins(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  items: ArrayLike<number>,
  bins: readonly ReliabilityBin[],
): { readonly groups: number; readonly gaps: Float64Array; readonly covariance: Float64Array } {
  const size = bins.length;
  const rows = scores.length;
  const binOf = binsByRank(scores, bins);
  let last = -1;
  for (let row = 0; row < rows; row++) last = Math.max(last, items[row] ?? 0);
  const rowsOf = new Int32Array(last + 1);
  const gapOf = new Float64Array((last + 1) * size);
  const gaps = new Float64Array(size);
  const calibrated = new Float64Array(size);
  for (let row = 0; row < rows; row++) {
    const [score, item, bin] = [scores[row] ?? 0, items[row] ?? 0, binOf[row] ?? 0];
    const gap = score - (labels[row] ?? 0);
    rowsOf[item] = (rowsOf[item] ?? 0) + 1;
    gapOf[item * size + bin] = (gapOf[item * size + bin] ?? 0) + gap;
    gaps[bin] = (gaps[bin] ?? 0) + gap / rows;
    calibrated[bin] = (calibrated[bin] ?? 0) + (score * (1 - score)) / rows ** 2;
  }
  let groups = 0;
  const covariance = new Float64Array(size * size);
  const off = new Float64Array(size);
  for (let item = 0; item <= last; item++) {
    const own = rowsOf[item] ?? 0;
    if (own === 0) continue;
    groups++;
    for (let bin = 0; bin < size; bin++) off[bin] = (gapOf[item * size + bin] ?? 0) - own * (gaps[bin] ?? 0);
    for (let one = 0; one < size; one++) {
      for (let two = 0; two <= one; two++) {
        const cell = one * size + two;
        covariance[cell] = (covariance[cell] ?? 0) + (off[one] ?? 0) * (off[two] ?? 0);
      }
    }
  }
  const scale = groups / Math.max(1, groups - 1) / rows ** 2;
  for (let one = 0; one < size; one++) {
    for (let two = 0; two <= one; two++) {
      const value = (covariance[one * size + two] ?? 0) * scale;
      covariance[one * size + two] = one === two ? Math.max(value, calibrated[one] ?? 0) : value;
      covariance[two * size + one] = covariance[one * size + two] ?? 0;
    }
  }
  return { groups, gaps, covariance };
}

/** The bin of each row: bins hold the scores in order, and equal scores share one. */
function binsByRank(scores: ArrayLike<number>, bins: readonly ReliabilityBin[]): Int32Array {
  const order = Uint32Array.from({ length: scores.length }, (_row, row) => row).sort(
    (one, two) => (scores[one] ?? 0) - (scores[two] ?? 0),
  );
  const binOf = new Int32Array(scores.length);
  let from = 0;
  bins.forEach(({ count }, bin) => {
    for (let place = from; place < from + count; place++) binOf[order[place] ?? 0] = bin;
    from += count;
  });
  return binOf;
}
