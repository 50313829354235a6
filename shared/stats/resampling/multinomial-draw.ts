import { randomBinomial } from 'd3-random';

/** d3-random 3 takes trials and probability; its published types know only the second. */
type BinomialFactory = (trials: number, probability: number) => () => number;

/**
 * Fills `into` with one multinomial draw: how often each kind comes up in `total` draws with replacement
 * from kinds that stand `counts[kind]` times. Conditional binomials, one per kind, so the cost does not
 * grow with `total`.
 *
 * @param counts how often each kind stands in the sample; non-negative integers summing to `total`
 * @param unit uniform random numbers in [0, 1)
 */
export function multinomialDraw(
  counts: Float64Array,
  total: number,
  unit: () => number,
  into: Float64Array,
): void {
  const binomial = randomBinomial.source(unit) as unknown as BinomialFactory;
  let drawsLeft = total;
  let countLeft = total;
  for (let kind = 0; kind < counts.length; kind++) {
    const count = counts[kind] ?? 0;
    if (drawsLeft === 0 || count === 0) {
      into[kind] = 0;
    } else if (count >= countLeft) {
      into[kind] = drawsLeft;
      drawsLeft = 0;
    } else {
      const drawn = binomial(drawsLeft, count / countLeft)();
      into[kind] = drawn;
      drawsLeft -= drawn;
    }
    countLeft -= count;
  }
}
