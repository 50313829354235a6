import { normalReach } from '../distribution/normal.ts';
import { type Outcome, undefinedBecause } from '../estimate.ts';
import type { ContingencyTable } from '../paired-table/contingency-table.ts';
import { multinomialDraw } from '../resampling/multinomial-draw.ts';
import { cohensKappa } from '../two-raters/cohens-kappa.ts';
import { kappaScoreInterval } from '../two-raters/kappa-score-interval.ts';

export interface KappaWidthPlan {
  /** Items, each with one label of people's and one of the judge's. */
  readonly items: number;
  /** Share of simulated studies of that many items whose interval is no wider. */
  readonly assurance: number;
  readonly repetitions: number;
}

/** Beyond this a study is no longer one: the wish is smaller than the method can see. */
const MOST_ITEMS = 5_000_000;
const FEWEST = 10;

/**
 * How many items a study needs so that the interval of Cohen's kappa ({@link kappaScoreInterval}) is no wider than wished
 * in a stated share of studies. No formula is honest here: the large-sample variance gives the mean width, which half of
 * all studies exceed, and knows nothing of the score interval. So studies are simulated under the assumed kappa and label
 * shares (the common correlation model: with probability kappa both say the same, else each judges alone), and the number
 * is raised until enough of them are narrow enough.
 *
 * Undefined where the assumption leaves no disagreement to learn from (one label alone), or needs beyond 5 million items.
 *
 * @param kappa assumed, in [0, 1)
 * @param shares assumed share of each label, both sides alike
 * @param width wished, in (0, 2)
 * @param unit uniform random numbers in [0, 1)
 */
export function kappaWidthPlan(
  { kappa, shares, width, level }: { kappa: number; shares: readonly number[]; width: number; level: number },
  unit: () => number,
  { assurance = 0.95, repetitions = 400 }: { assurance?: number; repetitions?: number } = {},
): Outcome<KappaWidthPlan> {
  const table = modelTable(kappa, shares);
  const point = cohensKappa(table, level);
  if (!point.defined || !point.standardError.defined)
    return undefinedBecause('with these shares nearly everybody says the same, so kappa is undefined');
  const first = (2 * normalReach(level) * point.standardError.value) / width;
  const widthsAt = (items: number) => simulateWidths(table, items, level, repetitions, unit);
  // Widths fall with the square root of the items, nearly: a few corrections are enough.
  let items = Math.max(FEWEST, Math.ceil(first ** 2));
  for (let step = 0; step < 4; step++) {
    const reached = quantile(widthsAt(items), assurance);
    items = Math.max(FEWEST, Math.ceil(items * (reached / width) ** 2));
    if (items > MOST_ITEMS)
      return undefinedBecause('an interval that narrow needs more than 5 million items');
  }
  for (;;) {
    const widths = widthsAt(items);
    const met = widths.filter((each) => each <= width).length / widths.length;
    if (met >= assurance) return { defined: true, items, assurance: met, repetitions };
    items = Math.ceil(items * 1.01) + 1;
  }
}

/** The table of two raters of the same shares who with probability kappa agree and else judge alone, as shares of 1. */
export function modelTable(kappa: number, shares: readonly number[]): ContingencyTable {
  const size = shares.length;
  const total = shares.reduce((sum, share) => sum + share, 0);
  return {
    size,
    counts: Float64Array.from({ length: size * size }, (_cell, cell) => {
      const [row, column] = [Math.floor(cell / size), cell % size];
      const [one, two] = [(shares[row] ?? 0) / total, (shares[column] ?? 0) / total];
      return kappa * (row === column ? one : 0) + (1 - kappa) * one * two;
    }),
  };
}

function simulateWidths(
  table: ContingencyTable,
  items: number,
  level: number,
  repetitions: number,
  unit: () => number,
): number[] {
  const cells = table.counts.length;
  const single = Array.from({ length: cells }, (_cell, cell) => {
    const own = new Float64Array(cells);
    own[cell] = 1;
    return own;
  });
  return Array.from({ length: repetitions }, () => {
    const itemCounts = new Float64Array(cells);
    multinomialDraw(table.counts, items, unit, itemCounts, 1);
    const result = kappaScoreInterval({ size: table.size, tables: single, itemCounts }, level);
    return result.defined ? result.interval.high - result.interval.low : 2;
  });
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, two) => one - two);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 2;
}
