import { type Estimate, type Interval, undefinedBecause } from '../estimate.ts';
import { wilsonInterval } from '../proportion/binomial-intervals.ts';
import { sortedQuantile } from '../resampling/sorted-quantile.ts';

/** One bin of a reliability diagram. */
export interface ReliabilityBin {
  /** Its place among the bins asked for; empty ones are left out. */
  readonly bin: number;
  readonly count: number;
  readonly meanScore: number;
  readonly shareTrue: number;
  /** Wilson's interval of the share. */
  readonly interval: Interval;
}

/** Where bins end. Scores of a handful of values make most equal-width bins empty: take the values as bins. */
export type Binning = 'equal-width' | 'equal-mass' | 'distinct';

/**
 * Scores in [0, 1] against 0/1 labels, by bins closed on the right, the first on the left too: a score on an inner
 * edge belongs to the lower bin. Equal-mass edges are type-7 quantiles of the scores.
 */
export function reliabilityBins(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  binning: Binning,
  count = 10,
  level = 0.95,
): ReliabilityBin[] {
  if (scores.length === 0) return [];
  const sorted = Float64Array.from(scores).sort();
  const inner =
    binning === 'distinct'
      ? [...new Set(sorted)].slice(0, -1)
      : Array.from({ length: count - 1 }, (_edge, index) =>
          binning === 'equal-width' ? (index + 1) / count : sortedQuantile(sorted, (index + 1) / count),
        );
  const bins = new Map<number, { count: number; score: number; positive: number }>();
  for (let index = 0; index < scores.length; index++) {
    const score = scores[index] ?? 0;
    const bin = edgesBelow(inner, score);
    const into = bins.get(bin) ?? { count: 0, score: 0, positive: 0 };
    into.count++;
    into.score += score;
    into.positive += labels[index] ?? 0;
    bins.set(bin, into);
  }
  return [...bins]
    .sort(([first], [second]) => first - second)
    .map(([bin, into]) => ({
      bin,
      count: into.count,
      meanScore: into.score / into.count,
      shareTrue: into.positive / into.count,
      interval: wilsonInterval(into.positive, into.count, level),
    }));
}

/** How many edges lie strictly below a score. */
function edgesBelow(edges: readonly number[], score: number): number {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edges[middle] ?? 0) < score) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Expected calibration error: Σ share of the bin · |mean score − share true|. Biased upwards, even for a calibrated
 * judge, and dependent on the bins: give a bootstrap interval, and Brier and log loss beside it.
 */
export function expectedCalibrationError(bins: readonly ReliabilityBin[]): Estimate {
  const total = bins.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return undefinedBecause('there is no score');
  const value = bins.reduce(
    (sum, { count, meanScore, shareTrue }) => sum + (count / total) * Math.abs(meanScore - shareTrue),
    0,
  );
  return { defined: true, value };
}

/** Maximum calibration error: the worst bin's, however few scores it holds. */
export function maximumCalibrationError(bins: readonly ReliabilityBin[]): Estimate {
  if (bins.length === 0) return undefinedBecause('there is no score');
  return {
    defined: true,
    value: Math.max(...bins.map(({ meanScore, shareTrue }) => Math.abs(meanScore - shareTrue))),
  };
}
