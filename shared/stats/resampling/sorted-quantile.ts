/**
 * A quantile of an ascending array by linear interpolation (type 7, the default of R and numpy).
 *
 * @param sorted ascending, at least one value
 * @param probability in [0, 1]
 */
export function sortedQuantile(sorted: Float64Array, probability: number): number {
  if (sorted.length === 0) throw new RangeError('sortedQuantile needs at least one value');
  const position = probability * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below] ?? 0;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? 0;
  return low + (position - below) * (high - low);
}
