import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../shared/random/seeded-random.ts';
import { differenceOfEstimates } from '../../../shared/stats/difference-of-estimates.ts';
import { normalQuantile } from '../../../shared/stats/distribution/normal.ts';
import { wilsonInterval } from '../../../shared/stats/proportion/binomial-intervals.ts';

describe('an interval for a difference from two intervals', () => {
  it('is Newcombe’s where both are Wilson’s', () => {
    const share = (hits: number, of: number) => ({ value: hits / of, ...wilsonInterval(hits, of) });
    const found = differenceOfEstimates(share(56, 70), share(48, 80), 0.95);
    // Newcombe 1998, table II, contrast (a): 0.0524 to 0.3339.
    expect(found.low).toBeCloseTo(0.0524, 4);
    expect(found.high).toBeCloseTo(0.3339, 4);
  });

  it('is the usual one where both are symmetrical', () => {
    const found = differenceOfEstimates({ value: 5, low: 2, high: 8 }, { value: 1, low: -3, high: 5 }, 0.95);
    expect([found.low, found.high]).toEqual([-1, 9]);
  });

  it('holds the true difference as often as it says', () => {
    const random = seededRandom('coverage of a difference');
    const z = normalQuantile(0.975);
    let held = 0;
    for (let round = 0; round < 4000; round++) {
      const draw = (mean: number, spread: number) => {
        const value = mean + spread * normalQuantile((random.below(1e9) + 0.5) / 1e9);
        return { value, low: value - z * spread, high: value + z * spread };
      };
      const { low, high } = differenceOfEstimates(draw(0.6, 0.05), draw(0.5, 0.09), 0.95);
      if (low <= 0.1 && 0.1 <= high) held++;
    }
    expect(held / 4000).toBeGreaterThan(0.94);
    expect(held / 4000).toBeLessThan(0.96);
  });
});
