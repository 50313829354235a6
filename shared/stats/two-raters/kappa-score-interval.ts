import { type Interval, type Outcome, undefinedBecause } from '../estimate.ts';
import { type ContingencyTable, marginsOf, totalOf } from '../paired-table/contingency-table.ts';
import {
  hasOneRowPerItem,
  type ItemPatterns,
  patternJackknife,
  tableOfPatterns,
} from '../resampling/item-patterns.ts';
import { jackknifeStandardError } from '../resampling/jackknife.ts';
import { FEWEST_ITEMS } from '../resampling/resample.ts';
import { designEffectOf, type ScoreProblem, scoreInterval } from '../resampling/score-interval.ts';
import { disagreementWeights } from './category-weights.ts';
import { meanShares } from './chance-corrected.ts';
import { weightedKappaPoint } from './cohens-kappa.ts';

/** A score interval of kappa over items, with what went into it. */
export interface KappaScoreInterval {
  readonly interval: Interval;
  readonly items: number;
  /** The variance over items as a multiple of the model's. */
  readonly designEffect: number;
}

/**
 * An interval for Cohen's kappa (weighted where weights are given) that asks of every kappa between −1 and 1 whether
 * the estimate lies within its standard errors, as Wilson's interval does for a share. The standard error is the
 * one at the kappa asked about: the large-sample error (Fleiss, Cohen & Everitt 1969) of the table in which with
 * probability kappa both say the same and otherwise judge alone (the common correlation model, as in Donner &
 * Eliasziw 1992), with the observed mean shares, times the design effect: what the delete-one-item jackknife shows of
 * the variance beside that model, which is right only for raters who are alike ({@link designEffectOf}).
 *
 * Inside [−1, 1] by construction, and defined under perfect agreement, where other intervals have nothing to say.
 * `npm run coverage` prints how often it and its rivals hold.
 *
 * Undefined with fewer than 5 items, and where kappa is or one side used a single category.
 *
 * @param patterns what each item contributes; items, not rows, are independent
 */
export function kappaScoreInterval(
  patterns: ItemPatterns,
  level = 0.95,
  disagreement: Float64Array = disagreementWeights(patterns.size, 'identity'),
): Outcome<KappaScoreInterval> {
  const problem = kappaScoreProblem(patterns, disagreement);
  if (!problem.defined) return problem;
  return {
    defined: true,
    interval: scoreInterval(problem, level),
    items: problem.items,
    designEffect: designEffectOf(problem),
  };
}

/** What that interval is made from, for tests of one kappa against another. Undefined where the interval is. */
export function kappaScoreProblem(
  patterns: ItemPatterns,
  disagreement: Float64Array = disagreementWeights(patterns.size, 'identity'),
): Outcome<ScoreProblem> {
  const items = patterns.itemCounts.reduce((sum, count) => sum + count, 0);
  if (items < FEWEST_ITEMS) {
    return undefinedBecause(`${items} items are too few for an interval (${FEWEST_ITEMS} needed)`);
  }
  const table = tableOfPatterns(patterns);
  const n = totalOf(table);
  const statistic = (each: ContingencyTable) => weightedKappaPoint(each, disagreement);
  const estimate = statistic(table);
  if (estimate === null) return undefinedBecause('kappa is undefined');
  const { rows, columns } = marginsOf(table);
  if (rows.includes(n) || columns.includes(n)) {
    return undefinedBecause('one of the two used a single category: kappa is 0 whatever the other did');
  }
  const shares = meanShares(table);
  const deleted = patternJackknife(patterns, statistic);
  if (deleted.values.some((value, kind) => Number.isNaN(value) && (patterns.itemCounts[kind] ?? 0) > 0)) {
    return undefinedBecause('without one of the items kappa is undefined');
  }
  return {
    defined: true,
    estimate,
    variance: (kappa: number) => modelVariance(shares, kappa, disagreement),
    rows: n,
    items,
    oneRowPerItem: hasOneRowPerItem(patterns),
    itemError: jackknifeStandardError(deleted),
  };
}

/** n times the variance of kappa in the common-correlation table with these shares. */
function modelVariance(shares: Float64Array, kappa: number, disagreement: Float64Array): number {
  const size = shares.length;
  const means = new Float64Array(size);
  let expected = 0;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      means[row] = (means[row] ?? 0) + (disagreement[row * size + column] ?? 0) * (shares[column] ?? 0);
    }
    expected += (means[row] ?? 0) * (shares[row] ?? 0);
  }
  let variance = 0;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const independent = (shares[row] ?? 0) * (shares[column] ?? 0);
      const together = row === column ? (shares[row] ?? 0) : 0;
      const share = Math.max(0, kappa * together + (1 - kappa) * independent);
      const drift = (means[row] ?? 0) + (means[column] ?? 0) - expected;
      const influence = ((1 - kappa) * drift - (disagreement[row * size + column] ?? 0)) / expected;
      variance += share * influence ** 2;
    }
  }
  return variance;
}
