/** What draws need of a random source. */
interface Draws {
  unit(): number;
  below(bound: number): number;
}

/** Sums of many probabilities end a little off a whole number. */
const ROUNDING = 1e-9;

/**
 * Draws units with given inclusion probabilities, exactly: the units are shuffled, laid end to end as stretches of their
 * probability, and taken wherever a comb of step 1 with a random start falls (randomised systematic sampling, Madow 1949;
 * Hartley & Rao 1962). Where the probabilities sum to a whole number, that many are drawn.
 *
 * @param probabilities in (0, 1]
 * @returns places of the drawn units, in the shuffled order
 */
export function systematicSample(probabilities: ArrayLike<number>, random: Draws): Int32Array {
  const order = Int32Array.from({ length: probabilities.length }, (_unit, index) => index);
  for (let last = order.length - 1; last > 0; last--) {
    const other = random.below(last + 1);
    const kept = order[last] ?? 0;
    order[last] = order[other] ?? 0;
    order[other] = kept;
  }
  const start = random.unit();
  const drawn: number[] = [];
  let end = 0;
  for (const unit of order) {
    end += probabilities[unit] ?? 0;
    if (end - ROUNDING > start + drawn.length) drawn.push(unit);
  }
  return Int32Array.from(drawn);
}
