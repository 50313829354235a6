import {
  GLIDE_CONVENTION,
  meanAt,
  type PredictionPoweredData,
  tunedWeight,
} from '../correction/prediction-powered.ts';
import { type Outcome, undefinedBecause } from '../estimate.ts';
import { asymptoticSequence } from '../sequential/asymptotic-sequence.ts';

/** A rate watched over batches, few of whose items have labels. */
export interface BatchMonitor {
  /** Prediction-powered estimate of each batch. */
  readonly estimates: Float64Array;
  readonly runningMeans: Float64Array;
  /** The anytime-valid limit on the harmful side: an upper one where higher is better. */
  readonly bounds: Float64Array;
  /** The first batch whose limit is beyond the threshold, or null. */
  readonly firstAlarm: number | null;
}

export interface BatchMonitorOptions {
  readonly threshold: number;
  /** One-sided, between ½ and 1. */
  readonly confidence: number;
  readonly higherIsBetter: boolean;
  /**
   * The batch at which the limit is tightest; 10 by default. State it before the first look and keep it: while there are
   * fewer batches the last one takes its place, so that earlier limits move a little.
   */
  readonly tightestAt?: number;
}

/**
 * Monitors the running mean of batch estimates with one anytime-valid limit, so that looking after every batch costs
 * nothing. The weight of the judge's scores in a batch is tuned on earlier batches only, 1 in the first: tuning on the
 * batch itself would void the guarantee. A new version of the judge is a new judge: start again.
 */
export function batchMonitor(
  batches: readonly PredictionPoweredData[],
  options: BatchMonitorOptions,
): Outcome<BatchMonitor> {
  const { threshold, confidence, higherIsBetter, tightestAt = 10 } = options;
  const estimates = new Float64Array(batches.length);
  const errors = new Float64Array(batches.length);
  const past = { labels: [] as number[], scores: [] as number[], unlabelledScores: [] as number[] };
  for (const [index, batch] of batches.entries()) {
    if (batch.labels.length < 2 || batch.unlabelledScores.length < 2) {
      return undefinedBecause(`batch ${index + 1} has fewer than two labels or two unlabelled scores`);
    }
    const weight = index === 0 ? 1 : tunedWeight(past, GLIDE_CONVENTION);
    const { value, variance } = meanAt(batch, weight, GLIDE_CONVENTION);
    estimates[index] = value;
    errors[index] = Math.sqrt(variance);
    append(past.labels, batch.labels);
    append(past.scores, batch.scores);
    append(past.unlabelledScores, batch.unlabelledScores);
  }
  if (errors.every((error) => error === 0)) {
    return undefinedBecause('no batch varies, so there is no error to bound the mean with');
  }
  const sign = higherIsBetter ? -1 : 1;
  const { runningMean, lower } = asymptoticSequence(
    estimates.map((estimate) => sign * estimate),
    errors,
    1 - confidence,
    tightestAt,
  );
  const bounds = lower.map((limit) => sign * limit);
  const firstAlarm = bounds.findIndex((bound) => (higherIsBetter ? bound < threshold : bound > threshold));
  return {
    defined: true,
    estimates,
    runningMeans: runningMean.map((mean) => sign * mean),
    bounds,
    firstAlarm: firstAlarm < 0 ? null : firstAlarm,
  };
}

function append(into: number[], values: ArrayLike<number>): void {
  for (let index = 0; index < values.length; index++) into.push(values[index] ?? 0);
}
