import { type Estimate, undefinedBecause } from '../estimate.ts';
import { type ContingencyTable, emptyTable, totalOf } from '../paired-table/contingency-table.ts';
import { multinomialDraw } from '../resampling/multinomial-draw.ts';
import { kappaScoreInterval } from '../two-raters/kappa-score-interval.ts';

/** What a study of `items` items would show, over simulated repetitions. */
export interface SimulatedKappaPower {
  /** Share of repetitions whose interval lies above the kappa to beat. */
  readonly power: number;
  /** Mean half-width of the interval, over repetitions that have one. */
  readonly meanHalfWidth: Estimate;
  /** Share of repetitions without an interval. */
  readonly withoutInterval: number;
}

/**
 * Power and precision of Cohen's kappa by simulation from a pilot table, for what no formula covers (more than two
 * categories, margins of one's own). A pilot's point estimate is itself uncertain: try tables around it.
 *
 * @param pilot counts or shares of the table expected
 * @param toBeat the kappa the lower end of the interval must exceed
 * @param unit uniform random numbers in [0, 1)
 */
export function simulateKappaPower(
  pilot: ContingencyTable,
  items: number,
  toBeat: number,
  unit: () => number,
  repetitions = 2_000,
  level = 0.95,
): SimulatedKappaPower {
  const total = totalOf(pilot);
  const shares = pilot.counts.map((count) => count / total);
  const table = emptyTable(pilot.size);
  const single = Array.from(table.counts, (_count, cell) => {
    const own = new Float64Array(table.counts.length);
    own[cell] = 1;
    return own;
  });
  let above = 0;
  let width = 0;
  let withInterval = 0;
  for (let repetition = 0; repetition < repetitions; repetition++) {
    multinomialDraw(shares, items, unit, table.counts, 1);
    const result = kappaScoreInterval({ size: pilot.size, tables: single, itemCounts: table.counts }, level);
    if (!result.defined) continue;
    withInterval++;
    width += (result.interval.high - result.interval.low) / 2;
    if (result.interval.low > toBeat) above++;
  }
  return {
    power: above / repetitions,
    meanHalfWidth:
      withInterval === 0
        ? undefinedBecause('no repetition has an interval')
        : { defined: true, value: width / withInterval },
    withoutInterval: 1 - withInterval / repetitions,
  };
}
