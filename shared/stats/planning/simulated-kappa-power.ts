import { multinomialDraw } from '../resampling/multinomial-draw.ts';
import { cohensKappa } from '../two-raters/cohens-kappa.ts';
import { type ContingencyTable, emptyTable, totalOf } from '../two-raters/contingency-table.ts';

/** What a study of `items` items would show, over simulated repetitions. */
export interface SimulatedKappaPower {
  /** Share of repetitions whose interval lies above the kappa to beat. */
  readonly power: number;
  /** Mean half-width of the interval, over repetitions that have one. */
  readonly meanHalfWidth: number;
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
export function simulatedKappaPower(
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
  let above = 0;
  let width = 0;
  let withInterval = 0;
  for (let repetition = 0; repetition < repetitions; repetition++) {
    multinomialDraw(shares, items, unit, table.counts, 1);
    const kappa = cohensKappa(table, level);
    if (!kappa.defined || kappa.interval === null) continue;
    withInterval++;
    width += (kappa.interval.high - kappa.interval.low) / 2;
    if (kappa.interval.low > toBeat) above++;
  }
  return {
    power: above / repetitions,
    meanHalfWidth: width / withInterval,
    withoutInterval: 1 - withInterval / repetitions,
  };
}
