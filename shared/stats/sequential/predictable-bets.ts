/**
 * The predictable plug-in bets of Waudby-Smith & Ramdas (2024): √(2·log(1/α) / (t·log(1+t)·σ²)), where σ² is the
 * variance of what came before, with one imagined observation of mean ½ and variance ¼. The bet on an observation
 * never uses that observation.
 *
 * @param stream values in [0, 1] in the order they came
 * @param most the bets are cut off here
 */
export function predictableBets(stream: ArrayLike<number>, alpha: number, most: number): Float64Array {
  const bets = new Float64Array(stream.length);
  let sum = 0.5;
  let squares = 0.25;
  for (let index = 0; index < stream.length; index++) {
    const t = index + 1;
    const variance = squares / t;
    bets[index] = Math.min(most, Math.sqrt((2 * Math.log(1 / alpha)) / (t * Math.log(1 + t) * variance)));
    const value = stream[index] ?? 0;
    sum += value;
    squares += (value - sum / (t + 1)) ** 2;
  }
  return bets;
}
