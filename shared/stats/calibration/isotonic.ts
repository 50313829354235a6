/** A fitted non-decreasing step, as knots to interpolate between. */
export interface IsotonicFit {
  readonly scores: Float64Array;
  readonly values: Float64Array;
}

/**
 * Isotonic regression by weighted pool-adjacent-violators, equal scores pooled first. The knots are the two ends of
 * each block. Fit and look on different items: on its own it always looks perfect.
 *
 * @param scores at least one
 * @param weights positive; 1 each by default
 */
export function isotonicRegression(
  scores: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  weights?: ArrayLike<number>,
): IsotonicFit {
  if (scores.length === 0) throw new RangeError('isotonic regression of no scores');
  const order = Array.from({ length: scores.length }, (_score, index) => index).sort(
    (first, second) => (scores[first] ?? 0) - (scores[second] ?? 0),
  );
  const blocks: { from: number; to: number; sum: number; weight: number }[] = [];
  for (let start = 0; start < order.length; ) {
    const score = scores[order[start] ?? 0] ?? 0;
    let [sum, weight, end] = [0, 0, start];
    for (; end < order.length && scores[order[end] ?? 0] === score; end++) {
      const index = order[end] ?? 0;
      const own = weights === undefined ? 1 : (weights[index] ?? 1);
      sum += own * (outcomes[index] ?? 0);
      weight += own;
    }
    let block = { from: score, to: score, sum, weight };
    for (
      let before = blocks.at(-1);
      before !== undefined && before.sum * block.weight >= block.sum * before.weight;
      before = blocks.at(-1)
    ) {
      blocks.pop();
      block = {
        from: before.from,
        to: block.to,
        sum: before.sum + block.sum,
        weight: before.weight + block.weight,
      };
    }
    blocks.push(block);
    start = end;
  }
  const knots = blocks.flatMap(({ from, to, sum, weight }) =>
    from === to
      ? [[from, sum / weight]]
      : [
          [from, sum / weight],
          [to, sum / weight],
        ],
  );
  return {
    scores: Float64Array.from(knots, ([score]) => score ?? 0),
    values: Float64Array.from(knots, ([, value]) => value ?? 0),
  };
}

/** The fitted value of a score: linear between knots, held at the ends outside (scikit-learn's `clip`). */
export function isotonicValue({ scores, values }: IsotonicFit, score: number): number {
  let [low, high] = [0, scores.length - 1];
  if (score <= (scores[low] ?? 0)) return values[low] ?? Number.NaN;
  if (score >= (scores[high] ?? 0)) return values[high] ?? Number.NaN;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((scores[middle] ?? 0) <= score) low = middle;
    else high = middle;
  }
  const [from, to] = [scores[low] ?? 0, scores[high] ?? 0];
  const share = (score - from) / (to - from);
  return (values[low] ?? 0) + share * ((values[high] ?? 0) - (values[low] ?? 0));
}
