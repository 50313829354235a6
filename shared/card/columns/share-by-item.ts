/** A share of rows with Wilson's interval by item. */
import { type Estimate, type Interval, type Outcome, undefinedBecause } from '../../stats/estimate.ts';
import { agreementScoreInterval } from '../../stats/two-raters/agreement-score-interval.ts';

export interface ShareByItem {
  readonly n: number;
  readonly hits: number;
  readonly share: Estimate;
  readonly interval: Outcome<{ readonly interval: Interval }>;
}

/**
 * @param flags 1 or 0 per row; negative where the row does not count
 * @param itemOf the item of each row
 */
export function shareByItem(
  flags: ArrayLike<number>,
  itemOf: ArrayLike<number>,
  level: number,
  nothing: string,
): ShareByItem {
  let last = -1;
  for (let row = 0; row < itemOf.length; row++) last = Math.max(last, itemOf[row] ?? 0);
  const hitsOf = new Int32Array(last + 1);
  const rowsOf = new Int32Array(last + 1);
  let [hits, n] = [0, 0];
  for (let row = 0; row < flags.length; row++) {
    const flag = flags[row] ?? -1;
    if (flag < 0) continue;
    const item = itemOf[row] ?? 0;
    n++;
    hits += flag;
    hitsOf[item] = (hitsOf[item] ?? 0) + flag;
    rowsOf[item] = (rowsOf[item] ?? 0) + 1;
  }
  const none = undefinedBecause(nothing);
  if (n === 0) return { n, hits, share: none, interval: none };
  const kinds = new Map<number, { readonly table: Float64Array; count: number }>();
  for (let item = 0; item <= last; item++) {
    const [own, rows] = [hitsOf[item] ?? 0, rowsOf[item] ?? 0];
    if (rows === 0) continue;
    const key = own * (n + 1) + rows;
    const kind = kinds.get(key);
    if (kind === undefined) kinds.set(key, { table: Float64Array.of(own, rows - own, 0, 0), count: 1 });
    else kind.count++;
  }
  const all = [...kinds.values()];
  return {
    n,
    hits,
    share: { defined: true, value: hits / n },
    interval: agreementScoreInterval(
      {
        size: 2,
        tables: all.map(({ table }) => table),
        itemCounts: Float64Array.from(all, ({ count }) => count),
      },
      level,
    ),
  };
}
