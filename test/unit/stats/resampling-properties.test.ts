/** Resampling: the right unit, the right distribution, the same seed the same numbers. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../shared/random/seeded-random.ts';
import { independentKappas } from '../../../shared/stats/comparison/independent-kappas.ts';
import {
  pairedKappaBootstrap,
  pairedKappaBootstrapP,
  pairedKappas,
  pairedPatterns,
  pairedPatternsOfItems,
} from '../../../shared/stats/comparison/paired-kappas.ts';
import {
  benjaminiHochberg,
  benjaminiYekutieli,
  bonferroni,
  hochberg,
  holm,
  hommel,
} from '../../../shared/stats/multiplicity/adjusted-p-values.ts';
import { tableOfRows } from '../../../shared/stats/paired-table/contingency-table.ts';
import { judgeSwapTest } from '../../../shared/stats/permutation/judge-swap-test.ts';
import { twoSamplePermutationTest } from '../../../shared/stats/permutation/two-sample-test.ts';
import { bootstrapStandardError } from '../../../shared/stats/resampling/bootstrap-interval.ts';
import { clusterBootstrap } from '../../../shared/stats/resampling/cluster-bootstrap.ts';
import { exactBootstrap } from '../../../shared/stats/resampling/exact-bootstrap.ts';
import { jackknifeInterval } from '../../../shared/stats/resampling/jackknife-interval.ts';
import { resample } from '../../../shared/stats/resampling/resample.ts';
import { kappaPoint } from '../../../shared/stats/two-raters/cohens-kappa.ts';
import { tableOfLabels } from '../../../shared/stats/two-raters/table-of-labels.ts';

/** Kappa of a 2×2 table whose four cells are the kinds of item. */
const kappaOfCells = (multiplicity: Float64Array) => kappaPoint({ size: 2, counts: multiplicity });

describe('the bootstrap', () => {
  it('has the mean, error and undefined share of the complete enumeration', () => {
    const cells = Float64Array.of(3, 1, 1, 3);
    const exact = exactBootstrap(cells, kappaOfCells);
    if (!exact.defined) throw new Error(exact.reason);
    const replicates = 40_000;
    const drawn = resample(cells, kappaOfCells, seededRandom('exact').unit, replicates);
    const error = bootstrapStandardError(drawn.sorted);
    const mean = drawn.sorted.reduce((sum, value) => sum + value, 0) / drawn.sorted.length;
    expect(Math.abs(mean - exact.mean)).toBeLessThan((4 * exact.standardError) / Math.sqrt(replicates));
    expect(Math.abs(error - exact.standardError)).toBeLessThan(
      (4 * exact.standardError) / Math.sqrt(2 * replicates),
    );
    const share = drawn.undefinedReplicates / replicates;
    expect(Math.abs(share - exact.undefinedShare)).toBeLessThan(
      4 * Math.sqrt(exact.undefinedShare / replicates),
    );
  });

  it('draws units one by one and by kind from the same distribution', () => {
    // The same sample, once as 4 kinds and once as 40 units of a kind each.
    const byKind = Float64Array.of(14, 6, 5, 15);
    const single = new Float64Array(40).fill(1);
    const kindOf = (unit: number) => (unit < 14 ? 0 : unit < 20 ? 1 : unit < 25 ? 2 : 3);
    const oneByOne = (multiplicity: Float64Array) => {
      const cells = new Float64Array(4);
      multiplicity.forEach((times, unit) => {
        cells[kindOf(unit)] = (cells[kindOf(unit)] ?? 0) + times;
      });
      return kappaOfCells(cells);
    };
    const error = (counts: Float64Array, of: (multiplicity: Float64Array) => number | null) =>
      bootstrapStandardError(resample(counts, of, seededRandom('kinds').unit, 20_000).sorted);
    expect(error(byKind, kappaOfCells) / error(single, oneByOne)).toBeCloseTo(1, 1);
  });

  it('gives the same for the same seed and another for another', () => {
    const cells = Float64Array.of(30, 7, 5, 28);
    const interval = (seed: string) => clusterBootstrap(cells, kappaOfCells, seededRandom(seed).unit, 999);
    expect(interval('one')).toEqual(interval('one'));
    expect(interval('one')).not.toEqual(interval('two'));
  });

  it('refuses an interval where nothing varies, where too many resamples are undefined, and of a handful', () => {
    const of = (...cells: number[]) =>
      clusterBootstrap(Float64Array.from(cells), kappaOfCells, seededRandom('refused').unit, 999);
    expect(of(20, 0, 0, 20)).toMatchObject({ defined: false, reason: expect.stringContaining('same value') });
    expect(of(40, 0, 0, 1)).toMatchObject({
      defined: false,
      reason: expect.stringContaining('undefined in'),
    });
    expect(of(2, 0, 1, 1)).toMatchObject({ defined: false, reason: expect.stringContaining('too few') });
    expect(jackknifeInterval(Float64Array.of(20, 0, 0, 20), kappaOfCells)).toMatchObject({ defined: false });
  });
});

describe('two judges on the same items', () => {
  const random = seededRandom('judges').unit;
  const human = Array.from({ length: 300 }, () => Math.floor(random() * 3));
  const noisy = (labels: readonly number[], agreement: number) =>
    labels.map((label) => (random() < agreement ? label : Math.floor(random() * 3)));
  const first = noisy(human, 0.7);
  const second = noisy(first, 0.85);

  it('are compared in pairs: a smaller error than if they were independent', () => {
    const paired = pairedKappas(pairedPatterns(human, first, second, 3));
    const apart = independentKappas([tableOfLabels(human, first, 3), tableOfLabels(human, second, 3)]);
    if (!paired.defined || !apart.defined) throw new Error('undefined');
    const independentError = Math.hypot(...apart.standardErrors);
    expect(paired.standardError).toBeLessThan(0.7 * independentError);
    expect(paired.kappas[0]).toBeCloseTo(apart.kappas[0] ?? Number.NaN, 12);
  });

  it('jackknife, bootstrap and permutation agree on the difference', () => {
    const patterns = pairedPatterns(human, first, second, 3);
    const paired = pairedKappas(patterns);
    const boot = pairedKappaBootstrap(patterns, seededRandom('paired').unit, 4_000);
    const swap = judgeSwapTest(human, first, second, 3, kappaPoint, seededRandom('swap').unit, 4_000);
    if (!paired.defined || !paired.test.defined || !boot.defined || !swap.defined)
      throw new Error('undefined');
    const { interval, p } = paired.test;
    expect(boot.interval.low).toBeCloseTo(interval.low, 1);
    expect(boot.interval.high).toBeCloseTo(interval.high, 1);
    expect(swap.exact).toBe(false);
    expect(Math.abs(swap.twoSidedP - p)).toBeLessThan(0.05);
    const bootP = pairedKappaBootstrapP(patterns, seededRandom('p').unit, 4_000);
    if (!bootP.defined) throw new Error(bootP.reason);
    expect(Math.abs(bootP.value - p)).toBeLessThan(0.05);
  });

  it('a drawn p is never 0', () => {
    const wrong = human.map((label) => (label + 1) % 3);
    const test = judgeSwapTest(human, human, wrong, 3, kappaPoint, seededRandom('zero').unit, 199);
    expect(test).toMatchObject({ exact: false, greaterP: 1 / 200, twoSidedP: 2 / 200 });
    const boot = pairedKappaBootstrapP(pairedPatterns(human, human, wrong, 3), seededRandom('b').unit, 199);
    expect(boot).toMatchObject({ value: 1 / 200 });
    const [low, high] = [
      Array.from({ length: 30 }, (_v, i) => i),
      Array.from({ length: 30 }, (_v, i) => 100 + i),
    ];
    expect(twoSamplePermutationTest(high, low, seededRandom('s').unit, 199)).toMatchObject({
      greaterP: 1 / 200,
    });
  });

  it('drawing and enumerating arrangements give the same p', () => {
    const few = {
      human: human.slice(0, 70),
      first: first.slice(0, 70),
      second: noisy(first.slice(0, 70), 0.8),
    };
    const exact = judgeSwapTest(few.human, few.first, few.second, 3, kappaPoint, () => Number.NaN);
    const drawn = judgeSwapTest(
      few.human,
      few.first,
      few.second,
      3,
      kappaPoint,
      seededRandom('d').unit,
      20_000,
      {
        enumerate: 0,
      },
    );
    if (!exact.defined || !drawn.defined) throw new Error('undefined');
    const differing = few.first.filter((label, index) => label !== few.second[index]).length;
    expect(exact).toMatchObject({ exact: true, arrangements: 2 ** differing });
    expect(drawn.exact).toBe(false);
    expect(Math.abs(drawn.twoSidedP - exact.twoSidedP)).toBeLessThan(4 * Math.sqrt(0.25 / 20_000) * 2);
    expect(drawn.observed).toBe(exact.observed);
  });

  it('swaps whole prompts where rows belong together', () => {
    const thrice = <Label>(labels: readonly Label[]) => labels.flatMap((label) => [label, label, label]);
    const prompts = thrice(human.map((_label, item) => item));
    const rows = [thrice(human), thrice(first), thrice(second)] as const;
    const apart = judgeSwapTest(...rows, 3, kappaPoint, seededRandom('apart').unit, 4_000);
    const together = judgeSwapTest(...rows, 3, kappaPoint, seededRandom('together').unit, 4_000, {
      groups: prompts,
    });
    const single = judgeSwapTest(human, first, second, 3, kappaPoint, seededRandom('single').unit, 4_000);
    if (!apart.defined || !together.defined || !single.defined) throw new Error('undefined');
    // Three copies of a prompt are one piece of evidence: the p of the prompts alone, not a smaller one.
    expect(Math.abs(together.twoSidedP - single.twoSidedP)).toBeLessThan(0.05);
    expect(apart.twoSidedP).toBeLessThan(together.twoSidedP + 0.02);
    const clustered = pairedKappas(pairedPatternsOfItems(...rows, prompts, 3));
    const once = pairedKappas(pairedPatterns(human, first, second, 3));
    if (!clustered.defined || !once.defined) throw new Error('undefined');
    expect(clustered.standardError).toBeCloseTo(once.standardError, 9);
  });

  it('refuses two judges with nothing between them', () => {
    expect(pairedKappas(pairedPatterns(human, first, first, 3))).toMatchObject({
      difference: 0,
      test: { defined: false },
    });
    expect(
      kappaPoint(
        tableOfRows([
          [5, 0],
          [0, 0],
        ]),
      ),
    ).toBeNull();
  });
});

describe('adjusted p-values', () => {
  const pValues = fc.array(fc.option(fc.double({ min: 0, max: 1, noNaN: true })), {
    minLength: 1,
    maxLength: 12,
  });
  it.each(Object.entries({ bonferroni, holm, hochberg, hommel, benjaminiHochberg, benjaminiYekutieli }))(
    '%s: never below the raw p, never above 1, in the same order',
    (_name, procedure) => {
      fc.assert(
        fc.property(pValues, (raw) => {
          const adjusted = procedure(raw);
          raw.forEach((p, index) => {
            const own = adjusted[index] ?? null;
            expect(own === null).toBe(p === null);
            if (p === null || own === null) return;
            expect(own).toBeGreaterThanOrEqual(p - 1e-12);
            expect(own).toBeLessThanOrEqual(1);
            raw.forEach((other, at) => {
              if (other !== null && other > p) expect(adjusted[at]).toBeGreaterThanOrEqual(own - 1e-12);
            });
          });
        }),
      );
    },
  );

  it('the family-wise ones are ordered by their power', () => {
    fc.assert(
      fc.property(pValues, (raw) => {
        const [b, o, g, m] = [bonferroni(raw), holm(raw), hochberg(raw), hommel(raw)];
        raw.forEach((p, index) => {
          if (p === null) return;
          expect(b[index]).toBeGreaterThanOrEqual((o[index] ?? 2) - 1e-12);
          expect(o[index]).toBeGreaterThanOrEqual((g[index] ?? 2) - 1e-12);
          expect(g[index]).toBeGreaterThanOrEqual((m[index] ?? 2) - 1e-12);
        });
      }),
    );
  });
});
