/**
 * Ranks from 1, equal values sharing the mean of theirs, and the sizes of the groups of equals (1 for a value alone).
 */
export function midRanks(values: ArrayLike<number>): {
  readonly ranks: Float64Array;
  readonly tieSizes: readonly number[];
} {
  const order = Array.from({ length: values.length }, (_value, index) => index).sort(
    (first, second) => (values[first] ?? 0) - (values[second] ?? 0),
  );
  const ranks = new Float64Array(values.length);
  const tieSizes: number[] = [];
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end < order.length && values[order[end] ?? 0] === values[order[start] ?? 0]) end++;
    for (let place = start; place < end; place++) ranks[order[place] ?? 0] = (start + end + 1) / 2;
    tieSizes.push(end - start);
    start = end;
  }
  return { ranks, tieSizes };
}
