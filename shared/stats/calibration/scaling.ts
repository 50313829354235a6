/** Calibration maps with one or two parameters. */
import { type Estimate, type Outcome, undefinedBecause } from '../estimate.ts';
import { logistic, softplus } from '../numeric/logistic.ts';
import { increasingRoot } from '../numeric/root.ts';
import { type LogisticData, logisticRegression } from '../regression/logistic-regression.ts';

/** p = 1/(1 + e^−(intercept + slope·x)). */
export interface LogisticMap {
  readonly intercept: number;
  readonly slope: number;
}

/** Scores are held this far from 0 and 1 before taking their logit. */
const LOGIT_CLIP = 1e-6;

/** ln(p/(1−p)) of a score in [0, 1], clipped to [1e-6, 1 − 1e-6]. */
export function clippedLogit(score: number): number {
  const held = Math.min(1 - LOGIT_CLIP, Math.max(LOGIT_CLIP, score));
  return Math.log(held / (1 - held));
}

/**
 * Platt scaling (1999): a logistic map fitted to smoothed targets (N⁺+1)/(N⁺+2) and 1/(N⁻+2), the likelihood fully
 * maximised. Undefined when the scores do not vary.
 *
 * @param labels 0 or 1
 */
export function plattScaling(scores: ArrayLike<number>, labels: ArrayLike<number>): Outcome<LogisticMap> {
  let positives = 0;
  for (let index = 0; index < labels.length; index++) positives += labels[index] ?? 0;
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (labels.length - positives + 2);
  return fitMap(
    scores,
    Float64Array.from(labels, (label) => (label === 1 ? high : low)),
  );
}

/**
 * Cox's recalibration: the labels on the clipped logit of the score. Intercept 0 and slope 1 mean calibrated; a slope
 * below 1 means overconfident. Undefined when the scores separate the labels.
 */
export function coxRecalibration(scores: ArrayLike<number>, labels: ArrayLike<number>): Outcome<LogisticMap> {
  return fitMap(
    Float64Array.from(scores, (score) => clippedLogit(score)),
    labels,
  );
}

/** A temperature and the mean log loss it reaches. */
export interface Temperature {
  readonly temperature: number;
  readonly logLoss: number;
}

/**
 * Temperature scaling (Guo et al. 2017): the one T > 0 that minimises the log loss of logistic(logit/T). Undefined
 * when the best slope is not positive, because a judge that points the wrong way has no temperature, or when the
 * scores separate the labels.
 */
export function temperatureScaling(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
): Outcome<Temperature> {
  const logits = Float64Array.from(scores, (score) => clippedLogit(score));
  if (logits.length === 0) return undefinedBecause('there is no score');
  const score = (slope: number) =>
    logits.reduce((sum, logit, index) => sum + logit * ((labels[index] ?? 0) - logistic(slope * logit)), 0);
  if (score(0) <= 0)
    return undefinedBecause('higher scores do not go with the label, so no temperature fits');
  const separated = logits.every((logit, index) => logit * ((labels[index] ?? 0) - 0.5) >= 0);
  if (separated) return undefinedBecause('the scores separate the labels: the best temperature is 0');
  const slope = increasingRoot((at) => -score(at), 0, 1);
  const logLoss =
    logits.reduce((sum, logit, index) => {
      const linear = slope * logit;
      return sum + softplus(linear) - (labels[index] ?? 0) * linear;
    }, 0) / logits.length;
  return { defined: true, temperature: 1 / slope, logLoss };
}

/** Mean log loss with scores held `clip` away from 0 and 1. */
export function logLoss(scores: ArrayLike<number>, labels: ArrayLike<number>, clip = 1e-15): Estimate {
  if (scores.length === 0) return undefinedBecause('there is no score');
  let loss = 0;
  for (let index = 0; index < scores.length; index++) {
    const held = Math.min(1 - clip, Math.max(clip, scores[index] ?? 0));
    const label = labels[index] ?? 0;
    loss -= label * Math.log(held) + (1 - label) * Math.log1p(-held);
  }
  return { defined: true, value: loss / scores.length };
}

function fitMap(x: ArrayLike<number>, outcome: ArrayLike<number>): Outcome<LogisticMap> {
  const predictors = new Float64Array(2 * x.length);
  for (let index = 0; index < x.length; index++) predictors.set([1, x[index] ?? 0], 2 * index);
  const data: LogisticData = { predictors, columns: 2, outcome };
  const fit = logisticRegression(data);
  if (!fit.defined) return fit;
  return { defined: true, intercept: fit.coefficients[0] ?? 0, slope: fit.coefficients[1] ?? 0 };
}
