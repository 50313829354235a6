/** Draws have the probabilities they state, and estimates weighted by them are unbiased. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../shared/random/seeded-random.ts';
import { inclusionProbabilities } from '../../../shared/stats/sampling/inclusion-probabilities.ts';
import { systematicSample } from '../../../shared/stats/sampling/systematic-sample.ts';
import { waveWeights } from '../../../shared/stats/sampling/wave-weights.ts';

const sum = (values: ArrayLike<number>) => Array.from(values).reduce((total, value) => total + value, 0);

describe('inclusion probabilities', () => {
  it('sum to what is drawn, are at most 1 and keep the order of sizes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.001, max: 1000, noNaN: true }), { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 70 }),
        (sizes, wanted) => {
          const probabilities = inclusionProbabilities(sizes, wanted);
          expect(sum(probabilities)).toBeCloseTo(Math.min(wanted, sizes.length), 6);
          for (const [unit, size] of sizes.entries()) {
            expect(probabilities[unit]).toBeGreaterThan(0);
            expect(probabilities[unit]).toBeLessThanOrEqual(1);
            for (const [other, its] of sizes.entries())
              if (size < its)
                expect(probabilities[unit] ?? 1).toBeLessThanOrEqual((probabilities[other] ?? 0) + 1e-12);
          }
        },
      ),
    );
  });

  it('take the largest for certain', () => {
    expect([...inclusionProbabilities([1, 1, 1, 97], 2)]).toEqual([1 / 3, 1 / 3, 1 / 3, 1]);
  });

  it('refuse a unit that could never be drawn', () => {
    expect(() => inclusionProbabilities([1, 0], 1)).toThrow(RangeError);
    expect(() => inclusionProbabilities([1, 1], 0)).toThrow(RangeError);
  });
});

describe('a systematic sample', () => {
  it('has the size its probabilities sum to and draws each unit as often as it should', () => {
    const probabilities = inclusionProbabilities([1, 2, 3, 4, 5, 6, 7, 8], 3);
    const counts = new Float64Array(8);
    const random = seededRandom('systematic');
    const draws = 20_000;
    for (let draw = 0; draw < draws; draw++) {
      const drawn = systematicSample(probabilities, random);
      expect(drawn).toHaveLength(3);
      expect(new Set(drawn).size).toBe(3);
      for (const unit of drawn) counts[unit] = (counts[unit] ?? 0) + 1;
    }
    // 20,000 draws: five standard errors of a share are at most 0.018.
    counts.forEach((count, unit) => {
      expect(Math.abs(count / draws - (probabilities[unit] ?? 0))).toBeLessThan(0.018);
    });
  });
});

const unit = (wave: number, probability: number, entry = 0) => ({ wave, probability, entry });

describe('weights over waves', () => {
  it('count every unit once where all were drawn, also those that came later', () => {
    const waves = [
      { drawn: 20, labelled: 20 },
      { drawn: 20, labelled: 20 },
    ];
    const units = [...Array(20).fill(unit(0, 1)), ...Array(20).fill(unit(1, 1, 1))];
    expect([...waveWeights(waves, units)]).toEqual(Array(40).fill(1));
  });

  it('leave a wave that has hardly a label yet hardly any say', () => {
    const waves = [
      { drawn: 120, labelled: 120 },
      { drawn: 300, labelled: 1 },
    ];
    const weights = waveWeights(waves, [...Array(120).fill(unit(0, 0.1)), unit(1, 0.3)]);
    expect(weights[120]).toBeLessThan((weights[0] ?? 0) * 2);
  });

  it('are one over the probability for a single draw', () => {
    expect([...waveWeights([{ drawn: 2, labelled: 2 }], [unit(0, 0.5), unit(0, 0.25)])]).toEqual([2, 4]);
  });

  it('estimate a total without bias when the second draw goes where the first was wrong', () => {
    const random = seededRandom('waves');
    const units = 200;
    // What is estimated is common where the size measure is large: unweighted means are far off.
    const values = Array.from({ length: units }, (_value, unit) =>
      unit < 60 ? 1 : random.unit() < 0.1 ? 1 : 0,
    );
    const truth = sum(values);
    const [estimates, naive]: [number[], number[]] = [[], []];
    for (let study = 0; study < 4000; study++) {
      const first = inclusionProbabilities(
        values.map(() => 1),
        20,
      );
      const drawnFirst = [...systematicSample(first, random)];
      const rest = [...values.keys()].filter((unit) => !drawnFirst.includes(unit));
      const found = sum(drawnFirst.map((unit) => values[unit] ?? 0));
      // The more the first draw found, the harder the second one looks among the first sixty.
      const second = inclusionProbabilities(
        rest.map((unit) => (unit < 60 ? 1 + found : 1)),
        30,
      );
      const drawnSecond = [...systematicSample(second, random)];
      const waveOf = [...drawnFirst.map(() => 0), ...drawnSecond.map(() => 1)];
      const probability = [
        ...drawnFirst.map((unit) => first[unit] ?? 1),
        ...drawnSecond.map((at) => second[at] ?? 1),
      ];
      const labels = [...drawnFirst, ...drawnSecond.map((at) => rest[at] ?? 0)].map(
        (unit) => values[unit] ?? 0,
      );
      const weights = waveWeights(
        [
          { drawn: 20, labelled: 20 },
          { drawn: 30, labelled: 30 },
        ],
        waveOf.map((wave, at) => unit(wave, probability[at] ?? 1)),
      );
      estimates.push(sum(labels.map((label, at) => label * (weights[at] ?? 0))));
      naive.push((sum(labels) / labels.length) * units);
    }
    const mean = (some: readonly number[]) => sum(some) / some.length;
    const spread = Math.sqrt(mean(estimates.map((each) => (each - mean(estimates)) ** 2)) / estimates.length);
    expect(Math.abs(mean(estimates) - truth)).toBeLessThan(4 * spread);
    expect(mean(naive) - truth).toBeGreaterThan(20);
  });

  it('let the labelled part of a draw stand for all of it', () => {
    const whole = waveWeights([{ drawn: 4, labelled: 4 }], Array(4).fill(unit(0, 0.5)));
    const part = waveWeights([{ drawn: 4, labelled: 2 }], Array(2).fill(unit(0, 0.5)));
    expect(sum(part)).toBe(sum(whole));
  });
});
