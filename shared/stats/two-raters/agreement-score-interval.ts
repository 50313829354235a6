import { type Interval, type Outcome, undefinedBecause } from '../estimate.ts';
import { totalOf } from '../paired-table/contingency-table.ts';
import { wilsonInterval } from '../proportion/binomial-intervals.ts';
import {
  hasOneRowPerItem,
  type ItemPatterns,
  patternJackknife,
  tableOfPatterns,
} from '../resampling/item-patterns.ts';
import { jackknifeStandardError } from '../resampling/jackknife.ts';
import { FEWEST_ITEMS } from '../resampling/resample.ts';
import { scoreInterval } from '../resampling/score-interval.ts';
import { percentAgreement } from './percent-agreement.ts';

/**
 * An interval for percent agreement over items: Wilson's score interval, and where items hold several rows its
 * variance p(1 − p) times what the items show beside it. Inside [0, 1], and defined under perfect agreement.
 *
 * Undefined with fewer than 5 items.
 */
export function agreementScoreInterval(
  patterns: ItemPatterns,
  level = 0.95,
): Outcome<{ interval: Interval; items: number }> {
  const items = patterns.itemCounts.reduce((sum, count) => sum + count, 0);
  if (items < FEWEST_ITEMS) {
    return undefinedBecause(`${items} items are too few for an interval (${FEWEST_ITEMS} needed)`);
  }
  const table = tableOfPatterns(patterns);
  const agreement = percentAgreement(table);
  if (!agreement.defined) return agreement;
  const n = totalOf(table);
  if (hasOneRowPerItem(patterns)) {
    return { defined: true, interval: wilsonInterval(agreement.value * n, n, level), items };
  }
  const deleted = patternJackknife(patterns, (each) => {
    const value = percentAgreement(each);
    return value.defined ? value.value : null;
  });
  const interval = scoreInterval(
    {
      estimate: agreement.value,
      variance: (share) => Math.max(0, share * (1 - share)),
      rows: n,
      items,
      oneRowPerItem: false,
      itemError: jackknifeStandardError(deleted),
    },
    level,
  );
  return { defined: true, interval: { ...interval, method: 'Wilson, by item' }, items };
}
