/** The mean of the estimates so far, and how low the truth may lie. */
export interface AsymptoticSequence {
  readonly runningMean: Float64Array;
  readonly lower: Float64Array;
}

/**
 * A one-sided asymptotic confidence sequence for the running mean of batch estimates (Waudby-Smith et al. 2024): the
 * normal-mixture boundary on the accumulated squared standard errors. Valid at all looks once batches are large
 * enough for their errors to be about normal, given `tightestAt` at or before the last batch: with fewer batches the
 * tuning follows the data, which the theorem does not cover. The standard errors must not all be 0. Not clipped.
 *
 * @param standardErrors of each batch's estimate
 * @param alpha one-sided, below ½
 * @param tightestAt the batch at which the boundary is tightest; the last one where there are fewer
 */
export function asymptoticSequence(
  estimates: ArrayLike<number>,
  standardErrors: ArrayLike<number>,
  alpha: number,
  tightestAt: number,
): AsymptoticSequence {
  const count = estimates.length;
  const runningMean = new Float64Array(count);
  const variance = new Float64Array(count);
  let sum = 0;
  let squares = 0;
  for (let batch = 0; batch < count; batch++) {
    sum += estimates[batch] ?? 0;
    squares += (standardErrors[batch] ?? 0) ** 2;
    runningMean[batch] = sum / (batch + 1);
    variance[batch] = squares;
  }
  const cost = -2 * Math.log(2 * alpha);
  const target = variance[Math.min(tightestAt, count) - 1] ?? 0;
  const precision = (cost + Math.log(cost + 1)) / target;
  const lower = runningMean.map((mean, batch) => {
    const scaled = (variance[batch] ?? 0) * precision + 1;
    const reach = Math.sqrt(((2 * scaled) / precision) * Math.log1p(Math.sqrt(scaled) / (2 * alpha)));
    return mean - reach / (batch + 1);
  });
  return { runningMean, lower };
}
