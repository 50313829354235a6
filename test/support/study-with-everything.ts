import { seededRandom } from '../../shared/random/seeded-random.ts';

/** Pairs with everything that decides a label: samples, orders, splits, decisions, skips, unread replies. */
export function studyWithEverything(seed: string, pairsPerItem: number) {
  const random = seededRandom(seed);
  const pick = <Value>(from: readonly Value[]) => from[random.below(from.length)] as Value;
  return Array.from({ length: 60 }, (_, index) => {
    const truth = pick(['first', 'second', 'tie', 'both_bad'] as const);
    const noisy = () =>
      random.below(3) === 0 ? pick(['first', 'second', 'tie', 'both_bad'] as const) : truth;
    const raters = ['ann', 'bob', 'cem', 'dee'].filter(() => random.below(5) > 0);
    const orders = pick([['a_first'], ['a_first', 'b_first'], ['both']] as const);
    return {
      id: `p-${index}`,
      prompt: `Question ${Math.floor(index / pairsPerItem)}?`,
      a: { system: 'apple', text: `A ${index}` },
      b: { system: 'zebra', text: `B ${index}` },
      human: raters.map((rater) => ({
        rater,
        verdict: random.below(12) === 0 ? 'skipped' : noisy(),
      })),
      judge: orders.flatMap((order) =>
        [0, 1, 2].slice(0, 1 + random.below(3)).map((sample) => ({
          judge: 'judge',
          order,
          sample,
          verdict: random.below(10) === 0 ? pick(['unparsed', 'error'] as const) : noisy(),
        })),
      ),
      ...(random.below(3) === 0
        ? { adjudicated: [{ by: 'eve', verdict: pick(['first', 'second'] as const) }] }
        : {}),
    };
  });
}
