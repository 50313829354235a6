/** What must hold of agreement coefficients whatever the data. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../shared/stats/estimate.ts';
import { brennanPredigerOfMany } from '../../../shared/stats/many-raters/brennan-prediger-many.ts';
import { congerKappa } from '../../../shared/stats/many-raters/conger-kappa.ts';
import { fleissKappa, fleissPoint } from '../../../shared/stats/many-raters/fleiss-kappa.ts';
import { fleissScoreInterval } from '../../../shared/stats/many-raters/fleiss-score-interval.ts';
import { gwetsACOfMany } from '../../../shared/stats/many-raters/gwets-ac-many.ts';
import { itemUnits } from '../../../shared/stats/many-raters/item-units.ts';
import { krippendorffAlpha } from '../../../shared/stats/many-raters/krippendorff-alpha.ts';
import { pairwiseAgreement } from '../../../shared/stats/many-raters/pairwise-agreement.ts';
import { type RatingMatrix, ratingMatrix } from '../../../shared/stats/many-raters/rating-matrix.ts';
import { type UnitCounts, unitCounts } from '../../../shared/stats/many-raters/unit-counts.ts';
import { type ContingencyTable, tableOfRows } from '../../../shared/stats/paired-table/contingency-table.ts';
import { mcNemar } from '../../../shared/stats/paired-table/mcnemar.ts';
import { brennanPrediger } from '../../../shared/stats/two-raters/brennan-prediger.ts';
import { agreementWeights, disagreementWeights } from '../../../shared/stats/two-raters/category-weights.ts';
import { cohensKappa, kappaPoint } from '../../../shared/stats/two-raters/cohens-kappa.ts';
import { gwetsAC } from '../../../shared/stats/two-raters/gwets-ac.ts';
import { kappaScoreInterval } from '../../../shared/stats/two-raters/kappa-score-interval.ts';
import { matthewsCorrelation } from '../../../shared/stats/two-raters/matthews-correlation.ts';
import { percentAgreement } from '../../../shared/stats/two-raters/percent-agreement.ts';
import { prevalenceAndBias } from '../../../shared/stats/two-raters/prevalence-and-bias.ts';
import { scottsPi } from '../../../shared/stats/two-raters/scotts-pi.ts';
import { tableAlpha } from '../../../shared/stats/two-raters/table-alpha.ts';
import { tableOfLabels } from '../../../shared/stats/two-raters/table-of-labels.ts';

const K = 4;
const rowsOfTable = fc.array(fc.array(fc.integer({ min: 0, max: 60 }), { minLength: K, maxLength: K }), {
  minLength: K,
  maxLength: K,
});
const order = fc.shuffledSubarray([0, 1, 2, 3], { minLength: K, maxLength: K });
const ratings = fc.array(
  fc.array(fc.option(fc.integer({ min: 0, max: K - 1 })), { minLength: 4, maxLength: 4 }),
  { minLength: 3, maxLength: 25 },
);

const ofTable: Readonly<Record<string, (table: ContingencyTable) => Outcome<{ value: number }>>> = {
  kappa: cohensKappa,
  pi: scottsPi,
  AC1: gwetsAC,
  'Brennan–Prediger': brennanPrediger,
  alpha: tableAlpha,
  MCC: matthewsCorrelation,
  agreement: percentAgreement,
};

const ofCounts: Readonly<Record<string, (counts: UnitCounts) => Outcome<{ value: number }>>> = {
  fleiss: fleissKappa,
  AC1: gwetsACOfMany,
  'Brennan–Prediger': brennanPredigerOfMany,
  'nominal alpha': (counts) => krippendorffAlpha(counts, 'nominal'),
  agreement: pairwiseAgreement,
};

function same(first: Outcome<{ value: number }>, second: Outcome<{ value: number }>): void {
  expect(first.defined).toBe(second.defined);
  if (first.defined && second.defined) expect(first.value).toBeCloseTo(second.value, 9);
}

describe('relabelling, rater order, duplication', () => {
  it.each(Object.entries(ofTable))('%s of a table does not see the names of categories', (_name, of) => {
    fc.assert(
      fc.property(rowsOfTable, order, (rows, to) => {
        const renamed = to.map((row) => to.map((column) => rows[row]?.[column] ?? 0));
        same(of(tableOfRows(rows)), of(tableOfRows(renamed)));
      }),
    );
  });

  it.each(Object.entries(ofTable))('%s of a table does not see who is first', (_name, of) => {
    fc.assert(
      fc.property(rowsOfTable, (rows) => {
        const turned = rows.map((_row, row) => rows.map((other) => other[row] ?? 0));
        same(of(tableOfRows(rows)), of(tableOfRows(turned)));
      }),
    );
  });

  it.each(Object.entries(ofCounts))('%s of many raters sees neither names nor places', (_name, of) => {
    fc.assert(
      fc.property(ratings, order, (rows, to) => {
        const changed = rows.map((row) =>
          to.map((rater) => row[rater] ?? null).map((code) => (code === null ? null : (to[code] ?? null))),
        );
        same(of(unitCounts(ratingMatrix(rows, K))), of(unitCounts(ratingMatrix(changed, K))));
      }),
    );
  });

  it('duplicating every item keeps the value and divides the error by √2', () => {
    fc.assert(
      fc.property(rowsOfTable, (rows) => {
        const once = cohensKappa(tableOfRows(rows));
        const twice = cohensKappa(tableOfRows(rows.map((row) => row.map((count) => 2 * count))));
        same(once, twice);
        if (!once.defined || !twice.defined || !once.standardError.defined || !twice.standardError.defined)
          return;
        expect(twice.standardError.value).toBeCloseTo(once.standardError.value / Math.SQRT2, 9);
      }),
    );
  });

  it('weighted kappa does not see the order turned round, nor the scale of the weights', () => {
    fc.assert(
      fc.property(rowsOfTable, fc.constantFrom('linear', 'quadratic'), (rows, weighting) => {
        const weights = disagreementWeights(K, weighting);
        const turned = rows.toReversed().map((row) => row.toReversed());
        same(cohensKappa(tableOfRows(rows), 0.95, weights), cohensKappa(tableOfRows(turned), 0.95, weights));
        same(
          cohensKappa(tableOfRows(rows), 0.95, weights),
          cohensKappa(
            tableOfRows(rows),
            0.95,
            weights.map((weight) => weight / (K - 1)),
          ),
        );
      }),
    );
  });
});

describe('merging categories', () => {
  it('never lowers agreement', () => {
    fc.assert(
      fc.property(ratings, (rows) => {
        const merged = rows.map((row) => row.map((code) => (code === null ? null : Math.min(code, K - 2))));
        const before = pairwiseAgreement(unitCounts(ratingMatrix(rows, K)));
        const after = pairwiseAgreement(unitCounts(ratingMatrix(merged, K - 1)));
        if (before.defined && after.defined) expect(after.value).toBeGreaterThanOrEqual(before.value - 1e-12);
      }),
    );
  });

  it('an unused category changes AC1 and Brennan–Prediger and leaves kappa and alpha alone', () => {
    const rows = [
      [20, 5],
      [3, 12],
    ];
    const wider = [...rows.map((row) => [...row, 0]), [0, 0, 0]];
    same(cohensKappa(tableOfRows(rows)), cohensKappa(tableOfRows(wider)));
    same(tableAlpha(tableOfRows(rows)), tableAlpha(tableOfRows(wider)));
    for (const coefficient of [gwetsAC, brennanPrediger]) {
      const [narrow, wide] = [coefficient(tableOfRows(rows)), coefficient(tableOfRows(wider))];
      expect(narrow.defined && wide.defined && Math.abs(narrow.value - wide.value)).toBeGreaterThan(0.01);
    }
  });
});

describe('identities', () => {
  it('kappa from PABAK and the two indices (Byrt, Bishop & Carlin)', () => {
    const twoByTwo = fc.array(fc.array(fc.integer({ min: 1, max: 80 }), { minLength: 2, maxLength: 2 }), {
      minLength: 2,
      maxLength: 2,
    });
    fc.assert(
      fc.property(twoByTwo, (rows) => {
        const table = tableOfRows(rows);
        const parts = prevalenceAndBias(table);
        if (!parts.defined) throw new Error(parts.reason);
        const { pabak, prevalenceIndex, biasIndex } = parts;
        const rest = prevalenceIndex ** 2 - biasIndex ** 2;
        expect(kappaPoint(table)).toBeCloseTo((pabak - rest) / (1 - rest), 9);
      }),
    );
  });

  it('two raters without missing: Fleiss is Scott, Conger is Cohen, alpha is Scott with its small-sample term', () => {
    const complete = fc.array(fc.tuple(fc.nat(K - 1), fc.nat(K - 1)), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(complete, (rows) => {
        const matrix = ratingMatrix(rows, K);
        const counts = unitCounts(matrix);
        const table = tableOfLabels(
          rows.map(([first]) => first),
          rows.map(([, second]) => second),
          K,
        );
        same(fleissKappa(counts), scottsPi(table));
        same(congerKappa(matrix), cohensKappa(table));
        same(krippendorffAlpha(counts, 'nominal'), tableAlpha(table));
        const weights = agreementWeights(K, 'quadratic');
        same(krippendorffAlpha(counts, 'interval'), tableAlpha(table, weights));
      }),
    );
  });

  it('the fast coefficients for resampling are the full ones', () => {
    fc.assert(
      fc.property(ratings, rowsOfTable, (rows, cells) => {
        const counts = unitCounts(ratingMatrix(rows, K));
        const fleiss = fleissKappa(counts);
        const point = fleissPoint(counts);
        if (fleiss.defined) expect(point).toBeCloseTo(fleiss.value, 9);
        else expect(point).toBeNull();
        const kappa = cohensKappa(tableOfRows(cells));
        if (kappa.defined) expect(kappaPoint(tableOfRows(cells))).toBeCloseTo(kappa.value, 9);
        else expect(kappaPoint(tableOfRows(cells))).toBeNull();
      }),
    );
  });

  it('counting units by key equals counting them one by one, with few and with many categories', () => {
    const wide = fc.array(fc.array(fc.option(fc.nat(39)), { minLength: 3, maxLength: 3 }), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(wide, (rows) => {
        const matrix: RatingMatrix = ratingMatrix(rows, 40);
        const kinds = new Int32Array(rows.length);
        const counts = unitCounts(matrix, kinds);
        rows.forEach((row, unit) => {
          const given = row.filter((code) => code !== null);
          const kind = kinds[unit] ?? -1;
          expect(kind >= 0).toBe(given.length > 0);
          for (let category = 0; category < 40 && kind >= 0; category++) {
            expect(counts.rows[kind]?.[category]).toBe(given.filter((code) => code === category).length);
          }
        });
        expect(counts.multiplicity.reduce((sum, count) => sum + count, 0)).toBe(counts.rated);
      }),
    );
  });
});

describe('intervals', () => {
  const items = (rows: readonly number[][]) => {
    const table = tableOfRows(rows);
    const single = Array.from(table.counts, (_count, cell) => {
      const own = new Float64Array(table.counts.length);
      own[cell] = 1;
      return own;
    });
    return { size: table.size, tables: single, itemCounts: table.counts };
  };

  it('the score interval holds the estimate, stays on the scale and narrows with items', () => {
    fc.assert(
      fc.property(rowsOfTable, (rows) => {
        const kappa = kappaPoint(tableOfRows(rows));
        const once = kappaScoreInterval(items(rows));
        const tenfold = kappaScoreInterval(items(rows.map((row) => row.map((count) => 10 * count))));
        if (kappa === null || !once.defined || !tenfold.defined) return;
        expect(once.interval.low).toBeLessThanOrEqual(kappa + 1e-12);
        expect(once.interval.high).toBeGreaterThanOrEqual(kappa - 1e-12);
        expect(once.interval.low).toBeGreaterThanOrEqual(-1);
        expect(once.interval.high).toBeLessThanOrEqual(1);
        expect(tenfold.interval.high - tenfold.interval.low).toBeLessThanOrEqual(
          once.interval.high - once.interval.low + 1e-12,
        );
      }),
    );
  });

  it('says something under perfect agreement, and more with more items', () => {
    const low = (n: number) => {
      const result = kappaScoreInterval(
        items([
          [n, 0],
          [0, n],
        ]),
      );
      return result.defined ? result.interval : { low: Number.NaN, high: Number.NaN };
    };
    expect(low(10).high).toBe(1);
    expect(low(10).low).toBeGreaterThan(0.6);
    expect(low(10).low).toBeLessThan(0.9);
    expect(low(1000).low).toBeGreaterThan(0.99);
  });
});

describe('the score interval of three raters', () => {
  /** `n` units of three raters: all in one category, half of them, or spread. */
  const studied = (rows: readonly (readonly number[])[], rowsPerItem = 1) => {
    const kinds = new Int32Array(rows.length);
    const counts = unitCounts(ratingMatrix(rows, 2), kinds);
    const items = rows.length / rowsPerItem;
    const itemOfRow = Int32Array.from(rows, (_row, index) => Math.floor(index / rowsPerItem));
    return fleissScoreInterval(itemUnits(counts, kinds, itemOfRow, items));
  };
  const mixed = Array.from({ length: 60 }, (_row, index) =>
    index % 4 === 0 ? [0, 0, 1] : index % 2 === 0 ? [0, 0, 0] : [1, 1, 1],
  );

  it('holds the estimate and is wider where rows of an item repeat each other', () => {
    const fleiss = fleissPoint(unitCounts(ratingMatrix(mixed, 2)));
    const single = studied(mixed);
    const repeated = studied(
      mixed.flatMap((row) => [row, row, row]),
      3,
    );
    const apart = studied(mixed.flatMap((row) => [row, row, row]));
    if (!single.defined || !repeated.defined || !apart.defined || fleiss === null)
      throw new Error('undefined');
    expect(single.interval.low).toBeLessThan(fleiss);
    expect(single.interval.high).toBeGreaterThan(fleiss);
    const width = ({ interval }: typeof single) => interval.high - interval.low;
    // Threefold copies of an item tell nothing new; as items of their own they would.
    expect(width(repeated) / width(single)).toBeGreaterThan(0.95);
    expect(width(apart) / width(single)).toBeLessThan(0.7);
  });

  it('says something under perfect agreement and nothing of a handful', () => {
    const agreed = Array.from({ length: 20 }, (_row, index) => [index % 2, index % 2, index % 2]);
    expect(studied(agreed)).toMatchObject({ defined: true, interval: { high: 1 } });
    expect(studied(agreed.slice(0, 4))).toMatchObject({ defined: false });
    expect(studied(agreed.map(() => [1, 1, 1]))).toMatchObject({ defined: false });
  });
});

describe('paired tests', () => {
  it('McNemar does not see which judge is first', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(200), (first, second) => {
        expect(mcNemar(first, second)).toEqual(mcNemar(second, first));
      }),
    );
  });

  it('the mid-p is never above the exact p, nor that above 1', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(200), (first, second) => {
        const test = mcNemar(first, second);
        if (!test.defined) return;
        expect(test.midP).toBeLessThanOrEqual(test.exactP);
        expect(test.exactP).toBeLessThanOrEqual(1);
        expect(test.midP).toBeGreaterThan(0);
      }),
    );
  });
});
