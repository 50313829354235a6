/** Whether longer answers win, how much of that people share, and what is left when lengths are equal. */

import { normalTwoSidedP } from '../distribution/normal.ts';
import { studentQuantile, studentTwoSidedP } from '../distribution/student-t.ts';
import { type Estimate, type Interval, type Outcome, undefinedBecause } from '../estimate.ts';
import { logistic } from '../numeric/logistic.ts';
import { isConstant, meanOf, sampleVariance } from '../numeric/moments.ts';
import {
  type LogisticData,
  type LogisticFit,
  logisticRegression,
} from '../regression/logistic-regression.ts';
import { clusterCorrection, sandwichCovariance, standardErrorsOf } from '../regression/sandwich.ts';
import { FEWEST_ITEMS } from '../resampling/resample.ts';

/** The relative length difference (a − b)/(a + b), standardised by its population SD; with what undoes it. */
export interface LengthFeature {
  readonly values: Float64Array;
  /** The standardised value of equal lengths. */
  readonly atEqualLength: number;
}

/** Standardised relative length differences. Undefined when all differences are equal. */
export function lengthFeature(first: ArrayLike<number>, second: ArrayLike<number>): Outcome<LengthFeature> {
  const raw = Float64Array.from(first, (length, index) => {
    const other = second[index] ?? 0;
    return length + other === 0 ? 0 : (length - other) / (length + other);
  });
  const mean = meanOf(raw);
  const spread = Math.sqrt(raw.reduce((sum, value) => sum + (value - mean) ** 2, 0) / raw.length);
  if (isConstant(raw)) return undefinedBecause('all length differences are the same');
  return {
    defined: true,
    values: raw.map((value) => (value - mean) / spread),
    atEqualLength: -mean / spread,
  };
}

/** The regression logit P(first preferred) = a + b·z. */
export interface LengthRegression {
  /** [a, b]: a the preference for the first place at mean difference, b the pull of length. */
  readonly coefficients: readonly [number, number];
  /** Model-based errors. */
  readonly standardErrors: readonly [number, number];
  /** HC0 over rows. */
  readonly robustErrors: readonly [number, number];
  /** HC0 over items, without and with the small-sample factor. */
  readonly clusterErrors: readonly [number, number];
  readonly clusterErrorsCorrected: readonly [number, number];
  readonly waldP: readonly [number, number];
  /** The predicted rate of the first place at equal lengths: the length-controlled win rate. */
  readonly rateAtEqualLength: number;
  /** Firth's fit was used because length separates the outcomes. */
  readonly separated: boolean;
}

/**
 * Length bias of one source of preferences. Only the difference between a judge and people on the same items is bias:
 * longer answers may be better. Falls back to Firth's fit where length separates the outcomes.
 *
 * @param preferFirst 1, 0 or ½ for a tie
 * @param items the item of each row
 */
export function lengthRegression(
  feature: LengthFeature,
  preferFirst: ArrayLike<number>,
  items: ArrayLike<number>,
): Outcome<LengthRegression> {
  const data = withIntercept(feature.values, preferFirst);
  if (new Set(Array.from(items)).size < 2) return undefinedBecause('all rows are of one item');
  const plain = logisticRegression(data);
  const fit = plain.defined ? plain : logisticRegression(data, { bias: 'firth' });
  if (!fit.defined) return fit;
  const rows = feature.values.length;
  const groups = new Set(Array.from(items)).size;
  const factor = clusterCorrection(groups, rows, 2);
  const pair = (values: Float64Array): readonly [number, number] => [values[0] ?? 0, values[1] ?? 0];
  const standardErrors = pair(standardErrorsOf(fit.covariance, 2));
  const clusterErrors = pair(standardErrorsOf(sandwichCovariance(data, fit, items), 2));
  const coefficients = pair(fit.coefficients);
  return {
    defined: true,
    coefficients,
    standardErrors,
    robustErrors: pair(standardErrorsOf(sandwichCovariance(data, fit), 2)),
    clusterErrors,
    clusterErrorsCorrected: [clusterErrors[0] * factor, clusterErrors[1] * factor],
    waldP: [
      normalTwoSidedP(coefficients[0] / standardErrors[0]),
      normalTwoSidedP(coefficients[1] / standardErrors[1]),
    ],
    rateAtEqualLength: logistic(coefficients[0] + coefficients[1] * feature.atEqualLength),
    separated: !plain.defined,
  };
}

/** What a judge adds to the pull of a feature that people feel too. */
export interface BiasBeyondPeople {
  /** Slope of the judge less slope of the people, log odds per standard deviation of the feature. */
  readonly difference: number;
  readonly standardError: number;
  readonly interval: Interval;
  readonly p: number;
  readonly judgeSlope: number;
  readonly humanSlope: number;
}

/**
 * Bias of a judge in a feature (length, style, a list), controlled for human preference on the same items: judge and
 * people in one regression with their own intercepts and slopes, errors clustered by item because the rows repeat the
 * items, with the factor G/(G − 1) and t(G − 1). Firth's fit where separated. Undefined with fewer than 5 items, and
 * where judge and people never differ.
 *
 * @param feature standardised, one value per row
 */
export function biasBeyondPeople(
  feature: ArrayLike<number>,
  judgePrefersFirst: ArrayLike<number>,
  humanPrefersFirst: ArrayLike<number>,
  items: ArrayLike<number>,
  level = 0.95,
): Outcome<BiasBeyondPeople> {
  const rows = feature.length;
  const groups = new Set(Array.from(items)).size;
  if (groups < FEWEST_ITEMS) {
    return undefinedBecause(
      `${groups} items are too few for an error between items (${FEWEST_ITEMS} needed)`,
    );
  }
  const predictors = new Float64Array(2 * rows * 4);
  const outcome = new Float64Array(2 * rows);
  const clusters = new Float64Array(2 * rows);
  for (let row = 0; row < rows; row++) {
    const value = feature[row] ?? 0;
    const [ofPeople, ofJudge] = [row * 4, (rows + row) * 4];
    for (const at of [ofPeople, ofJudge, ofJudge + 2]) {
      predictors[at] = 1;
      predictors[at + 1] = value;
    }
    outcome[row] = humanPrefersFirst[row] ?? 0;
    outcome[rows + row] = judgePrefersFirst[row] ?? 0;
    clusters[row] = items[row] ?? 0;
    clusters[rows + row] = items[row] ?? 0;
  }
  const data: LogisticData = { predictors, columns: 4, outcome };
  const plain = logisticRegression(data);
  const fit: Outcome<LogisticFit> = plain.defined ? plain : logisticRegression(data, { bias: 'firth' });
  if (!fit.defined) return fit;
  const errors = standardErrorsOf(sandwichCovariance(data, fit, clusters), 4);
  const difference = fit.coefficients[3] ?? 0;
  const standardError = (errors[3] ?? 0) * Math.sqrt(groups / (groups - 1));
  // Equal halves cancel to rounding noise, which may even come out below 0 under the root.
  if (!(standardError > 1e-6 * Math.sqrt(fit.covariance[15] ?? 1))) {
    return undefinedBecause('judge and people never differ, so there is no error to estimate');
  }
  const reach = studentQuantile((1 + level) / 2, groups - 1) * standardError;
  const humanSlope = fit.coefficients[1] ?? 0;
  return {
    defined: true,
    difference,
    standardError,
    interval: {
      low: difference - reach,
      high: difference + reach,
      level,
      method: 'logistic regression, errors clustered by item, t',
    },
    p: studentTwoSidedP(difference / standardError, groups - 1),
    humanSlope,
    judgeSlope: humanSlope + difference,
  };
}

/** The share of rows in which the longer answer is preferred; ties and equal lengths are left out. */
export function longerPreferredShare(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  preferFirst: ArrayLike<number>,
  beyond = 0,
): Estimate {
  let longer = 0;
  let counted = 0;
  for (let row = 0; row < preferFirst.length; row++) {
    const difference = (first[row] ?? 0) - (second[row] ?? 0);
    const preference = preferFirst[row] ?? 0.5;
    if (Math.abs(difference) <= beyond || preference === 0.5) continue;
    counted++;
    if (difference > 0 === preference > 0.5) longer++;
  }
  if (counted === 0) return undefinedBecause('no decided row has answers of different length');
  return { defined: true, value: longer / counted };
}

/** A win rate with the pull of length taken out. */
export interface LengthControlledWinRate {
  readonly raw: number;
  /** Standard error of the mean (n − 1) of the raw preferences. */
  readonly rawStandardError: number;
  /** [θ, φ] of logit P(model preferred) = θ + φ·tanh(d/SD(d)), d the baseline's length less the model's. */
  readonly coefficients: readonly [number, number];
  /** The prediction at equal lengths. */
  readonly controlled: number;
}

/**
 * The idea of AlpacaEval's length-controlled win rate (Dubois et al. 2024) in its plain form: no instruction
 * difficulty, no penalty, no anchor data. Its error must be bootstrapped over items: the mean of fitted preferences
 * has an error that ignores the fit.
 *
 * @param preferModel preferences for the model in [0, 1], possibly fractional
 */
export function lengthControlledWinRate(
  lengthModel: ArrayLike<number>,
  lengthBaseline: ArrayLike<number>,
  preferModel: ArrayLike<number>,
): Outcome<LengthControlledWinRate> {
  const n = preferModel.length;
  const difference = Float64Array.from(lengthBaseline, (length, row) => length - (lengthModel[row] ?? 0));
  const spread = Math.sqrt(sampleVariance(difference));
  if (isConstant(difference)) return undefinedBecause('all length differences are the same');
  const fit = logisticRegression(
    withIntercept(
      difference.map((value) => Math.tanh(value / spread)),
      preferModel,
    ),
  );
  if (!fit.defined) return fit;
  const preferences = Float64Array.from(preferModel);
  const [theta = 0, phi = 0] = fit.coefficients;
  return {
    defined: true,
    raw: meanOf(preferences),
    rawStandardError: Math.sqrt(sampleVariance(preferences) / n),
    coefficients: [theta, phi],
    controlled: logistic(theta),
  };
}

function withIntercept(feature: Float64Array, outcome: ArrayLike<number>): LogisticData {
  const predictors = new Float64Array(2 * feature.length);
  feature.forEach((value, row) => {
    predictors.set([1, value], 2 * row);
  });
  return { predictors, columns: 2, outcome };
}
