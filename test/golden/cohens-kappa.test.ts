/** Cohen's kappa against statsmodels, scikit-learn, irrCAC, vcd and exact arithmetic (see kappa2.json). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cohensKappa } from '../../shared/stats/two-raters/cohens-kappa.ts';
import { tableOfRows } from '../../shared/stats/two-raters/contingency-table.ts';
import { percentAgreement } from '../../shared/stats/two-raters/percent-agreement.ts';

interface Expected {
  readonly value: number | number[] | null;
  readonly rtol?: number;
  readonly atol?: number;
  /** The largest relative disagreement among the reference programs themselves. */
  readonly spread?: number;
}

interface Case {
  readonly id: string;
  readonly input: { readonly table: number[][] };
  readonly expect: Readonly<Record<string, Expected | undefined>>;
}

const file = JSON.parse(readFileSync(join(import.meta.dirname, 'kappa2.json'), 'utf8')) as {
  readonly defaultTolerance: { readonly rtol: number; readonly atol: number };
  readonly cases: readonly Case[];
};

function expectClose(got: number | undefined, wanted: Expected | undefined): void {
  if (wanted === undefined || typeof wanted.value !== 'number') return;
  const { rtol, atol, spread } = { spread: 0, ...file.defaultTolerance, ...wanted };
  expect(Math.abs((got ?? Number.NaN) - wanted.value)).toBeLessThanOrEqual(
    atol + Math.max(rtol, spread) * Math.abs(wanted.value),
  );
}

describe('Cohen’s kappa equals the reference programs', () => {
  const cases = file.cases.filter((each) => each.expect.kappa !== undefined);
  it.each(cases)('$id', ({ input, expect: wanted }) => {
    const table = tableOfRows(input.table);
    const kappa = cohensKappa(table);
    if (wanted.kappa?.value === null) {
      expect(kappa).toMatchObject({ defined: false, reason: expect.stringContaining('single category') });
      return;
    }
    if (!kappa.defined) throw new Error(kappa.reason);
    expectClose(kappa.value, wanted.kappa);
    expectClose(kappa.standardError, wanted.kappaSE);
    expectClose(kappa.nullStandardError, wanted.kappaSE0);
    const interval = wanted.kappaCI95normal?.value;
    if (Array.isArray(interval) && kappa.interval !== null) {
      expect(kappa.interval.low).toBeCloseTo(interval[0] ?? Number.NaN, 8);
      expect(kappa.interval.high).toBeCloseTo(interval[1] ?? Number.NaN, 8);
    }
    const agreement = percentAgreement(table);
    expectClose(agreement.defined ? agreement.value : undefined, wanted.observedAgreement);
  });

  it.each([
    [
      [
        [50, 0],
        [50, 0],
      ],
      0,
      'single category',
    ],
    [
      [
        [30, 0],
        [0, 20],
      ],
      1,
      'perfect agreement',
    ],
    [
      [
        [0, 25],
        [25, 0],
      ],
      -1,
      'complete disagreement',
    ],
    [
      [
        [0, 0, 1, 1],
        [0, 0, 1, 1],
        [0, 0, 0, 0],
        [0, 0, 0, 0],
      ],
      0,
      'never used the same category',
    ],
  ])('%j has a value, no interval, and says why', (rows, value, reason) => {
    expect(cohensKappa(tableOfRows(rows))).toMatchObject({
      defined: true,
      value,
      standardError: 0,
      interval: null,
      noInterval: expect.stringContaining(reason),
    });
  });

  it('covers the published, seeded and edge cases', () => {
    expect(cases.length).toBeGreaterThanOrEqual(24);
  });
});
