import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agreementOptionsSchema } from '../../shared/domain/agreement-options.ts';
import { type AgreementData, agreementReport } from '../../shared/domain/agreement-report.ts';
import { mismatchSentence } from '../../shared/domain/card/label-mismatch.ts';
import { tableOfColumns } from '../../shared/domain/label-pairs.ts';
import { seededRandom } from '../../shared/domain/seeded-random.ts';
import { CODE } from '../../shared/domain/verdict-codes.ts';
import { clusterBootstrap } from '../../shared/stats/resampling/cluster-bootstrap.ts';
import { statisticOfPatterns } from '../../shared/stats/resampling/item-patterns.ts';
import { multinomialDraw } from '../../shared/stats/resampling/multinomial-draw.ts';
import { cohensKappa, kappaPoint } from '../../shared/stats/two-raters/cohens-kappa.ts';
import { tableOfRows } from '../../shared/stats/two-raters/contingency-table.ts';

const options = agreementOptionsSchema.parse({});
const code = fc.constantFrom(CODE.first, CODE.second, CODE.tie, CODE.both_bad, CODE.missing);
const swapped = (codes: Int8Array) =>
  codes.map((each) => (each === CODE.first ? CODE.second : each === CODE.second ? CODE.first : each));

function dataOf(columns: readonly number[][]): AgreementData {
  const pairs = columns.length;
  const column = (at: number) => Int8Array.from(columns.map((row) => row[at] ?? CODE.missing));
  return {
    itemOfPair: Int32Array.from({ length: pairs }, (_unused, pair) => Math.floor(pair / 2)),
    itemCount: Math.ceil(pairs / 2),
    raters: [
      { name: 'ada', codes: column(0) },
      { name: 'ben', codes: column(1) },
    ],
    judges: [{ name: 'judge', codes: column(2) }],
  };
}

const valuesOf = (data: AgreementData) => {
  const report = agreementReport(data, options);
  return [...report.raterPairs, ...report.judges].map(({ kappa, agreement, n }) => ({
    kappa: kappa.defined ? Number(kappa.value.toFixed(12)) : kappa.reason,
    agreement: agreement.defined ? agreement.value : agreement.reason,
    n,
  }));
};

describe('swapping which output is called first', () => {
  it('leaves every coefficient unchanged', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(code, code, code), { minLength: 1, maxLength: 60 }), (rows) => {
        const data = dataOf(rows.map((row) => [...row]));
        const mirrored = {
          ...data,
          raters: data.raters.map(({ name, codes }) => ({ name, codes: swapped(codes) })),
          judges: data.judges.map(({ name, codes }) => ({ name, codes: swapped(codes) })),
        };
        expect(valuesOf(mirrored)).toEqual(valuesOf(data));
      }),
      { numRuns: 60 },
    );
  });
});

describe('policies', () => {
  const rows = Int8Array.from([CODE.first, CODE.tie, CODE.tie, CODE.both_bad]);
  const columns = Int8Array.from([CODE.first, CODE.first, CODE.tie, CODE.inconsistent]);
  const table = (ties: 'separate' | 'drop' | 'half') =>
    tableOfColumns(rows, columns, { ...options, ties }).counts;
  const at = (counts: Float64Array, row: number, column: number) => counts[row * 6 + column];

  it('keep ties, drop them or halve them', () => {
    expect(at(table('separate'), CODE.tie, CODE.first)).toBe(1);
    expect(table('drop').reduce((sum, count) => sum + count)).toBe(2);
    const half = table('half');
    expect(at(half, CODE.first, CODE.first)).toBe(2);
    expect(at(half, CODE.second, CODE.first)).toBe(0.5);
    expect(at(half, CODE.second, CODE.second)).toBe(0.5);
    expect(half.reduce((sum, count) => sum + count)).toBe(4);
  });

  it('name what becomes of both bad and of inconsistent verdicts', () => {
    const folded = tableOfColumns(rows, columns, { ...options, bothBad: 'tie', inconsistent: 'drop' }).counts;
    expect(folded.reduce((sum, count) => sum + count)).toBe(3);
    expect(at(tableOfColumns(rows, columns, options).counts, CODE.both_bad, CODE.inconsistent)).toBe(1);
  });
});

describe('degenerate studies', () => {
  it.each([
    ['no overlap', [[CODE.first, CODE.missing, CODE.missing]], 'no comparison'],
    ['one category', Array.from({ length: 12 }, () => [CODE.tie, CODE.tie, CODE.tie]), 'single category'],
  ])('%s has no kappa and says why', (_name, rows, reason) => {
    const [pair] = agreementReport(dataOf(rows), options).raterPairs;
    expect(pair?.kappa).toMatchObject({ defined: false, reason: expect.stringContaining(reason) });
  });

  it('an empty study has no ceiling and says why', () => {
    const empty = { itemOfPair: new Int32Array(), itemCount: 0, raters: [], judges: [] };
    expect(agreementReport(empty, options).humanCeiling).toMatchObject({ defined: false });
  });
});

describe('labels that do not match', () => {
  const rows = (judgeSays: (human: number, at: number) => number) =>
    dataOf(
      Array.from({ length: 40 }, (_row, at) => {
        const human = at % 2 === 0 ? CODE.first : CODE.second;
        return [human, human, judgeSays(human, at)];
      }),
    );
  const mismatch = (data: AgreementData) => agreementReport(data, options).judges[0]?.labelMismatch;

  it('are named when "2" of one side arrives as a tie of the other', () => {
    const wrong = mismatch(rows((human) => (human === CODE.second ? CODE.tie : CODE.first)));
    expect(wrong).toEqual({ onlyPeople: ['second'], onlyJudge: ['tie'] });
    if (wrong === null || wrong === undefined) throw new Error('no mismatch');
    expect(mismatchSentence(wrong)).toContain('people often say second and the judge never does');
  });

  it('are not seen in a judge that errs, is inconsistent or never ties', () => {
    expect(mismatch(rows((human, at) => (at % 5 === 0 ? 1 - human : human)))).toBeNull();
    expect(mismatch(rows((_human, at) => (at % 2 === 0 ? CODE.inconsistent : CODE.unparsed)))).toBeNull();
    expect(mismatch(rows(() => CODE.first))).toBeNull();
  });
});

describe('the bootstrap over items', () => {
  it('draws as many items as there are, with the right mean and spread', () => {
    const random = seededRandom('multinomial');
    const counts = Float64Array.from([700, 200, 100]);
    const drawn = new Float64Array(3);
    let sum = 0;
    let squares = 0;
    for (let draw = 0; draw < 4000; draw++) {
      multinomialDraw(counts, 1000, random.unit, drawn);
      expect(drawn.reduce((total, each) => total + each)).toBe(1000);
      sum += drawn[1] ?? 0;
      squares += (drawn[1] ?? 0) ** 2;
    }
    const mean = sum / 4000;
    expect(mean).toBeGreaterThan(198.5);
    expect(mean).toBeLessThan(201.5);
    // Binomial(1000, 0.2) has variance 160.
    expect(squares / 4000 - mean ** 2).toBeGreaterThan(140);
    expect(squares / 4000 - mean ** 2).toBeLessThan(180);
  });

  it('comes close to the asymptotic interval when every item has one comparison', () => {
    const table = tableOfRows([
      [88, 14, 18],
      [10, 40, 10],
      [2, 6, 12],
    ]);
    const tables = [...table.counts].map((_count, cell) => {
      const single = new Float64Array(9);
      single[cell] = 1;
      return single;
    });
    const patterns = { size: 3, tables, itemCounts: table.counts };
    const result = clusterBootstrap(
      patterns.itemCounts,
      statisticOfPatterns(patterns, kappaPoint),
      seededRandom('cohen').unit,
      4000,
    );
    const kappa = cohensKappa(table);
    if (!result.defined || !kappa.defined || kappa.interval === null) throw new Error('undefined');
    expect(Math.abs(result.interval.low - kappa.interval.low)).toBeLessThan(0.02);
    expect(Math.abs(result.interval.high - kappa.interval.high)).toBeLessThan(0.02);
  });

  it('is wider when the comparisons of an item agree with each other', () => {
    const width = (perItem: number) => {
      const rows = Array.from({ length: 120 }, (_unused, index) => {
        const random = seededRandom(`item ${Math.floor(index / perItem)}`);
        const human = random.unit() < 0.5 ? CODE.first : CODE.second;
        const judge = random.unit() < 0.75 ? human : 1 - human;
        return [human, human, judge];
      });
      const data = {
        ...dataOf(rows),
        itemOfPair: Int32Array.from({ length: 120 }, (_unused, pair) => Math.floor(pair / perItem)),
        itemCount: 120 / perItem,
      };
      const [judge] = agreementReport(data, options).judges;
      if (judge === undefined || !judge.kappaInterval.defined) throw new Error('undefined');
      return judge.kappaInterval.interval.high - judge.kappaInterval.interval.low;
    };
    expect(width(6)).toBeGreaterThan(1.4 * width(1));
  });

  it('gives the same figures for the same votes, and an interval under perfect agreement', () => {
    const data = dataOf(
      Array.from({ length: 40 }, (_unused, at) => [at % 2, (at >> 1) % 2, at % 3 === 0 ? 1 : 0]),
    );
    expect(agreementReport(data, options)).toEqual(agreementReport(data, options));
    const agreed = dataOf(Array.from({ length: 40 }, (_unused, at) => [at % 2, at % 2, at % 2]));
    const [judge] = agreementReport(agreed, options).judges;
    if (judge === undefined || !judge.agreementInterval.defined) throw new Error('undefined');
    // 20 items of two pairs that all agree count as 20 of 20, with t(19): Wilson's lower end is 1/(1 + t²/20).
    expect(judge.agreementInterval.interval.low).toBeCloseTo(1 / (1 + 2.0930241 ** 2 / 20), 6);
    expect(judge.agreementInterval.interval.high).toBe(1);
    expect(judge.kappaInterval).toMatchObject({ defined: true });
  });
});
