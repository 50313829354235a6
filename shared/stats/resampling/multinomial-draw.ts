import { randomBinomial } from 'd3-random';

/** d3-random 3 takes trials and probability; its published types know only the second. */
type BinomialFactory = (trials: number, probability: number) => () => number;

/** How many of `trials` independent trials succeed. */
export function binomialDraw(trials: number, probability: number, unit: () => number): number {
  return (randomBinomial.source(unit) as unknown as BinomialFactory)(trials, probability)();
}

/**
 * Fills `into` with one multinomial draw: how often each kind comes up in `total` draws with replacement
 * from kinds with the given weights. Conditional binomials, one per kind, so the cost does not grow with
 * `total`.
 *
 * @param weights how often each kind stands in the sample, or its probability; non-negative
 * @param unit uniform random numbers in [0, 1)
 * @param weightSum the sum of the weights; `total` by default, as when a sample is redrawn at its own size
 */
export function multinomialDraw(
  weights: Float64Array,
  total: number,
  unit: () => number,
  into: Float64Array,
  weightSum = total,
): void {
  const binomial = randomBinomial.source(unit) as unknown as BinomialFactory;
  let drawsLeft = total;
  let weightLeft = weightSum;
  for (let kind = 0; kind < weights.length; kind++) {
    const weight = weights[kind] ?? 0;
    if (drawsLeft === 0 || weight === 0) {
      into[kind] = 0;
    } else if (weight >= weightLeft - 1e-12 * weightSum) {
      into[kind] = drawsLeft;
      drawsLeft = 0;
    } else {
      const drawn = binomial(drawsLeft, weight / weightLeft)();
      into[kind] = drawn;
      drawsLeft -= drawn;
    }
    weightLeft -= weight;
  }
}
