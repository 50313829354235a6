/** Who stands out depends on the order of votes alone, not on how far apart their numbers lie. */
import { expect, it } from 'vitest';
import { outlierTests } from '../../../shared/quality/outlier-test.ts';
import { seededRandom } from '../../../shared/random/seeded-random.ts';

it('gives the same for numbers close together and far apart, and nothing without votes', () => {
  const { below } = seededRandom('order of votes');
  const votes = Array.from({ length: 4000 }, (_vote, order) => ({
    order,
    rater: below(5),
    pair: below(200),
    code: below(3),
  }));
  const testsAt = (apart: number) =>
    outlierTests(
      Array.from({ length: 5 }, (_rater, rater) => {
        const own = votes.filter((vote) => vote.rater === rater);
        return {
          name: `r${rater}`,
          labels: {
            pair: Int32Array.from(own, ({ pair }) => pair),
            code: Int8Array.from(own, ({ code }) => code),
            order: Float64Array.from(own, ({ order }) => 7 + apart * order),
          },
        };
      }),
      200,
    );
  expect(testsAt(1).size).toBe(5);
  expect(testsAt(1)).toEqual(testsAt(1000));
  const none = { pair: new Int32Array(0), code: new Int8Array(0), order: new Float64Array(0) };
  expect(outlierTests([{ name: 'r', labels: none }], 3).size).toBe(0);
});
