/** Kappa on some of the pairs less kappa on all others. */
import {
  type KappaScoreDifference,
  kappaScoreDifference,
} from '../../stats/comparison/kappa-score-difference.ts';
import { type Outcome, undefinedBecause } from '../../stats/estimate.ts';
import { type ContingencyTable, totalOf } from '../../stats/paired-table/contingency-table.ts';
import { type ItemPatterns, tableOfPatterns } from '../../stats/resampling/item-patterns.ts';
import type { ScoreProblem } from '../../stats/resampling/score-interval.ts';
import { kappaPoint } from '../../stats/two-raters/cohens-kappa.ts';
import { kappaScoreProblem } from '../../stats/two-raters/kappa-score-interval.ts';

/** Fewer items than this are not tested: Holm's correction would be spent on sets that can show nothing. */
export const FEWEST_TESTED_ITEMS = 10;

/** The whole of which groups are parts, looked at once. */
export interface WholeKappa {
  readonly table: ContingencyTable;
  readonly problem: Outcome<ScoreProblem>;
}

export function wholeKappa(patterns: ItemPatterns): WholeKappa {
  return { table: tableOfPatterns(patterns), problem: kappaScoreProblem(patterns) };
}

/**
 * The rest's kappa is exact; its error is the whole's, grown by the share of rows that are gone, because the rest of a
 * study is nearly the study. Undefined with fewer than 10 items in the group, or a rest as small.
 */
export function kappaLessRest(
  { table, problem: whole }: WholeKappa,
  group: ItemPatterns,
  level: number,
): Outcome<KappaScoreDifference> {
  const inside = kappaScoreProblem(group);
  if (!inside.defined) return inside;
  if (inside.items < FEWEST_TESTED_ITEMS) {
    return undefinedBecause(`${inside.items} items are too few to test (${FEWEST_TESTED_ITEMS} needed)`);
  }
  if (!whole.defined) return whole;
  const own = tableOfPatterns(group);
  const rest = {
    size: table.size,
    counts: table.counts.map((count, cell) => count - (own.counts[cell] ?? 0)),
  };
  const rows = totalOf(rest);
  if (rows < FEWEST_TESTED_ITEMS)
    return undefinedBecause('the rest of the pairs is too small to test against');
  const estimate = kappaPoint(rest);
  if (estimate === null) return undefinedBecause('kappa is undefined on the rest of the pairs');
  const grown = Math.sqrt(whole.rows / rows);
  return kappaScoreDifference(
    inside,
    { ...whole, estimate, rows, itemError: whole.itemError * grown },
    level,
  );
}
