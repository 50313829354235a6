/** The path of a one-sided CUSUM and where it first raised the alarm. */
export interface Cusum {
  readonly path: Float64Array;
  /** Index of the first value above the limit, or null. */
  readonly firstAlarm: number | null;
}

/**
 * A CUSUM for a fall of the mean: S = max(0, S + target − x − slack), an alarm when S exceeds `limit`.
 *
 * @param stream values in the order they came, such as agreement 0/1
 * @param slack half of the fall worth noticing
 */
export function cusum(stream: ArrayLike<number>, target: number, slack: number, limit: number): Cusum {
  const path = new Float64Array(stream.length);
  let sum = 0;
  let firstAlarm: number | null = null;
  for (let index = 0; index < stream.length; index++) {
    sum = Math.max(0, sum + target - (stream[index] ?? 0) - slack);
    path[index] = sum;
    if (firstAlarm === null && sum > limit) firstAlarm = index;
  }
  return { path, firstAlarm };
}
