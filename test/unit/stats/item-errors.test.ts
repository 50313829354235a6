/** Errors over items, where rows of one item go together: each against what it must reduce to. */
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../shared/random/seeded-random.ts';
import { kappaScoreDifference } from '../../../shared/stats/comparison/kappa-score-difference.ts';
import { studentQuantile } from '../../../shared/stats/distribution/student-t.ts';
import { fleissKappa } from '../../../shared/stats/many-raters/fleiss-kappa.ts';
import {
  itemUnits,
  itemUnitsJackknife,
  statisticOfItems,
} from '../../../shared/stats/many-raters/item-units.ts';
import { unitCounts } from '../../../shared/stats/many-raters/unit-counts.ts';
import {
  bradleyTerry,
  strengthClusterSandwich,
  strengthSandwich,
} from '../../../shared/stats/ranking/bradley-terry.ts';
import { ratioByItem } from '../../../shared/stats/resampling/ratio-by-item.ts';
import type { ScoreProblem } from '../../../shared/stats/resampling/score-interval.ts';

describe('a ratio of item totals', () => {
  it('is a mean with its t interval when every item has one row', () => {
    const values = [1, 2, 3, 4, 5, 9];
    const found = ratioByItem(
      values,
      values.map(() => 1),
      [...values.keys()],
    );
    if (!found.defined) throw new Error(found.reason);
    const error = Math.sqrt(values.reduce((sum, value) => sum + (value - 4) ** 2, 0) / 5 / 6);
    expect(found.value).toBeCloseTo(4, 12);
    expect(found.standardError).toBeCloseTo(error, 12);
    expect(found.interval.high).toBeCloseTo(4 + studentQuantile(0.975, 5) * error, 10);
  });

  it('is not surer of rows that repeat their item, and ignores items without weight', () => {
    const [y, x] = [
      [1, 0, 1, 1, 0, 1],
      [1, 1, 1, 1, 1, 1],
    ];
    const items = [0, 1, 2, 3, 4, 5];
    const once = ratioByItem(y, x, items);
    const twice = ratioByItem([...y, ...y, 7], [...x, ...x, 0], [...items, ...items, 6]);
    if (!once.defined || !twice.defined) throw new Error('undefined');
    expect(twice.standardError).toBeCloseTo(once.standardError, 12);
    expect(twice.items).toBe(6);
  });

  it.each([
    ['nothing', [], [], [], 'nothing to count'],
    ['four items', [1, 0, 1, 0], [1, 1, 1, 1], [0, 1, 2, 3], '4 items are too few'],
    ['items all alike', [1, 1, 1, 1, 1], [2, 2, 2, 2, 2], [0, 1, 2, 3, 4], 'every item says the same'],
  ])('says why there is none: %s', (_name, y, x, items, reason) => {
    expect(ratioByItem(y, x, items)).toMatchObject({
      defined: false,
      reason: expect.stringContaining(reason),
    });
  });
});

describe('Bradley–Terry strengths with errors over items', () => {
  const { unit } = seededRandom('strengths');
  const rows = Array.from({ length: 200 }, () => {
    const first = Math.floor(unit() * 4);
    const second = (first + 1 + Math.floor(unit() * 3)) % 4;
    const u = unit();
    return { first, second, score: u < 0.2 ? 0.5 : u < 0.6 + 0.08 * (first - second) ? 1 : 0 };
  });
  const counts = { players: 4, wins: new Float64Array(16), ties: new Float64Array(16) };
  for (const { first, second, score } of rows) {
    const add = (table: Float64Array, cell: number) => {
      table[cell] = (table[cell] ?? 0) + 1;
    };
    if (score === 0.5) {
      add(counts.ties, first * 4 + second);
      add(counts.ties, second * 4 + first);
    } else add(counts.wins, score === 1 ? first * 4 + second : second * 4 + first);
  }
  const fit = bradleyTerry(counts);
  if (!fit.defined) throw new Error(fit.reason);
  const scored = (items: (row: number) => number, times = 1) => {
    const all = Array.from({ length: times }, () => rows).flat();
    return {
      first: all.map(({ first }) => first),
      second: all.map(({ second }) => second),
      score: all.map(({ score }) => score),
      items: all.map((_row, index) => items(index)),
    };
  };

  it('are those over comparisons when every comparison is an item, but for G / (G − 1)', () => {
    const clustered = strengthClusterSandwich(
      scored((row) => row),
      fit,
    );
    if (!clustered.defined) throw new Error(clustered.reason);
    const plain = strengthSandwich(counts, fit);
    clustered.covariance.forEach((value, cell) => {
      expect(value).toBeCloseTo(((plain[cell] ?? 0) * 200) / 199, 12);
    });
  });

  it('does not shrink when every comparison of an item is written twice', () => {
    // The bread is of the single comparisons, so twice the score is four times the meat.
    const once = strengthClusterSandwich(
      scored((row) => row),
      fit,
    );
    const twice = strengthClusterSandwich(
      scored((row) => row % 200, 2),
      fit,
    );
    if (!once.defined || !twice.defined) throw new Error('undefined');
    twice.covariance.forEach((value, cell) => {
      expect(value).toBeCloseTo(4 * (once.covariance[cell] ?? 0), 12);
    });
    expect(
      strengthClusterSandwich(
        scored(() => 0),
        fit,
      ).defined,
    ).toBe(false);
  });
});

describe('the difference of two kappas of separate items', () => {
  const problem = (estimate: number, rows: number): ScoreProblem => ({
    estimate,
    rows,
    items: rows,
    oneRowPerItem: true,
    itemError: Math.sqrt((1 - estimate ** 2) / rows),
    variance: (kappa) => 1 - kappa ** 2,
  });
  const differenceOf = (one: ScoreProblem, two: ScoreProblem) => {
    const found = kappaScoreDifference(one, two);
    if (!found.defined) throw new Error(found.reason);
    return found;
  };

  it('turns with its sides, and is nothing between equals', () => {
    const [there, back] = [
      differenceOf(problem(0.7, 80), problem(0.4, 200)),
      differenceOf(problem(0.4, 200), problem(0.7, 80)),
    ];
    expect(there.difference).toBeCloseTo(0.3, 12);
    expect([back.difference, back.interval.low, back.interval.high]).toEqual([
      expect.closeTo(-0.3, 12),
      expect.closeTo(-there.interval.high, 12),
      expect.closeTo(-there.interval.low, 12),
    ]);
    expect(back.p).toBeCloseTo(there.p, 12);
    const same = differenceOf(problem(0.5, 50), problem(0.5, 90));
    expect(same).toMatchObject({ difference: 0, p: 1 });
    expect(same.interval.low).toBeLessThan(0);
    expect(same.interval.high).toBeGreaterThan(0);
  });

  it('does not take a small set without a disagreement for certain', () => {
    const { p, interval } = differenceOf(problem(1, 12), problem(0.8, 400));
    expect(p).toBeGreaterThan(0.05);
    expect(interval.low).toBeLessThan(0.05);
  });

  it('is undefined between two perfect sets', () => {
    expect(kappaScoreDifference(problem(1, 20), problem(1, 30)).defined).toBe(false);
  });
});

describe('the jackknife over items of rated units', () => {
  it('is the statistic with one item of the kind taken away', () => {
    const { unit } = seededRandom('units');
    const ratings = Array.from({ length: 60 }, () => {
      const truth = Math.floor(unit() * 3);
      return Array.from({ length: 3 }, () => (unit() < 0.7 ? truth : Math.floor(unit() * 3)));
    });
    const kindOfUnit = new Int32Array(60);
    const codes = Int8Array.from(ratings.flat());
    const counts = unitCounts({ units: 60, raters: 3, categories: 3, codes }, kindOfUnit);
    const units = itemUnits(
      counts,
      kindOfUnit,
      Int32Array.from(kindOfUnit.keys(), (unitNumber) => unitNumber % 25),
      25,
    );
    const kappa = (of: typeof counts) => {
      const found = fleissKappa(of);
      return found.defined ? found.value : null;
    };
    const found = itemUnitsJackknife(units, kappa);
    const ofItems = statisticOfItems(units, kappa);
    expect(found.values.length).toBe(units.itemCounts.length);
    found.values.forEach((value, kind) => {
      const without = units.itemCounts.slice();
      without[kind] = (without[kind] ?? 0) - 1;
      expect(value).toBeCloseTo(ofItems(without) ?? Number.NaN, 12);
    });
  });
});
