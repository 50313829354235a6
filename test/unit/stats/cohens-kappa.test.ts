/** Corners of Cohen's kappa in which there is a value and no interval. */
import { describe, expect, it } from 'vitest';
import { tableOfRows } from '../../../shared/stats/paired-table/contingency-table.ts';
import { cohensKappa, kappaNullTest } from '../../../shared/stats/two-raters/cohens-kappa.ts';

describe('Cohen’s kappa', () => {
  it.each([
    [
      'perfect agreement',
      [
        [30, 0],
        [0, 20],
      ],
      1,
    ],
    [
      'complete disagreement',
      [
        [0, 25],
        [25, 0],
      ],
      -1,
    ],
    [
      'never used the same category',
      [
        [0, 0, 1, 1],
        [0, 0, 1, 1],
        [0, 0, 0, 0],
        [0, 0, 0, 0],
      ],
      0,
    ],
  ])('under %s has a value and no interval, and says why', (reason, rows, value) => {
    expect(cohensKappa(tableOfRows(rows))).toMatchObject({
      defined: true,
      value,
      standardError: { defined: true, value: 0 },
      interval: null,
      noInterval: expect.stringContaining(reason),
    });
  });

  it('has neither interval nor test when one side used a single category', () => {
    const kappa = cohensKappa(
      tableOfRows([
        [50, 0],
        [50, 0],
      ]),
    );
    const reason = expect.stringContaining('single category');
    expect(kappa).toMatchObject({
      defined: true,
      value: 0,
      standardError: { defined: false, reason },
      noInterval: reason,
    });
    expect(kappaNullTest(kappa)).toMatchObject({ defined: false, reason });
  });

  it('keeps the digits of an error that cancels in the usual formula', () => {
    // Exact rational arithmetic: 0.003149181854924467; the usual formula in doubles gives …8588….
    const kappa = cohensKappa(
      tableOfRows([
        [99990, 5],
        [4, 1],
      ]),
    );
    if (!kappa.defined || !kappa.nullStandardError.defined) throw new Error('undefined');
    expect(kappa.nullStandardError.value).toBeCloseTo(0.003149181854924467, 15);
  });
});
