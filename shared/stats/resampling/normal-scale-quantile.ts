import { normalQuantile } from '../distribution/normal.ts';

/**
 * R boot's quantile of B sorted replicates: the (B+1)·p-th order statistic, interpolated on the scale of normal
 * quantiles between two of them and held at the extremes outside.
 */
export function normalScaleQuantile(sorted: Float64Array, probability: number): number {
  const count = sorted.length;
  const position = (count + 1) * probability;
  const below = Math.floor(position + 1e-9);
  if (below < 1) return sorted[0] ?? Number.NaN;
  if (below >= count) return sorted[count - 1] ?? Number.NaN;
  const low = sorted[below - 1] ?? Number.NaN;
  if (Math.abs(position - below) < 1e-9) return low;
  const from = normalQuantile(below / (count + 1));
  const to = normalQuantile((below + 1) / (count + 1));
  const share = (normalQuantile(probability) - from) / (to - from);
  return low + share * ((sorted[below] ?? Number.NaN) - low);
}
