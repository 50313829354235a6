import { DistinctLists } from './distinct-lists.ts';

/** What the rows of an item say, equal items once: what a jackknife or a resample over items is made of. */
export interface DistinctGroups {
  /** The values of each kind of item, ascending, one kind after the other in the order in which they first come. */
  readonly values: Int32Array;
  /** Where the values of each kind begin, and the end of the last. */
  readonly starts: Int32Array;
  /** How many items there are of each kind. */
  readonly itemCounts: Float64Array;
}

/**
 * Groups rows by item. Items without a row that counts are left out.
 *
 * @param values one integer per row; negative where the row does not count
 * @param itemOf the item of each row, 0 to `items` − 1
 */
export function distinctGroups(
  values: Int32Array | Int8Array,
  itemOf: Int32Array,
  items: number,
): DistinctGroups {
  const { ofItems, ends } = valuesByItem(values, itemOf, items);
  const kinds = new DistinctLists();
  const counts: number[] = [];
  let from = 0;
  for (const to of ends) {
    if (from === to) continue;
    sortBetween(ofItems, from, to);
    const kind = kinds.numberOf(ofItems, from, to);
    counts[kind] = (counts[kind] ?? 0) + 1;
    from = to;
  }
  return { ...kinds.lists(), itemCounts: Float64Array.from(counts) };
}

/** The values that count, item by item, and where those of each end. */
function valuesByItem(values: Int32Array | Int8Array, itemOf: Int32Array, items: number) {
  const ofItems = new Int32Array(values.length);
  const ends = new Int32Array(Math.min(items, values.length));
  let [count, seen, last] = [0, 0, -1];
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? -1;
    if (value < 0) continue;
    const item = itemOf[row] ?? 0;
    // Rows mostly come item by item; where not, they are laid in order.
    if (item < last) return valuesSortedByItem(values, itemOf, items);
    if (item > last) seen++;
    last = item;
    ofItems[count++] = value;
    ends[seen - 1] = count;
  }
  return { ofItems, ends: ends.subarray(0, seen) };
}

function valuesSortedByItem(values: Int32Array | Int8Array, itemOf: Int32Array, items: number) {
  const next = new Int32Array(items + 1);
  for (let row = 0; row < values.length; row++) {
    if ((values[row] ?? -1) < 0) continue;
    const after = (itemOf[row] ?? 0) + 1;
    next[after] = (next[after] ?? 0) + 1;
  }
  for (let item = 0; item < items; item++) next[item + 1] = (next[item + 1] ?? 0) + (next[item] ?? 0);
  const ofItems = new Int32Array(next[items] ?? 0);
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? -1;
    if (value < 0) continue;
    const item = itemOf[row] ?? 0;
    const place = next[item] ?? 0;
    ofItems[place] = value;
    next[item] = place + 1;
  }
  // What was the start of each item is its end by now.
  return { ofItems, ends: next.subarray(0, items) };
}

/** Items hold few rows, for which insertion beats everything. */
const MOST_INSERTED = 24;

function sortBetween(values: Int32Array, from: number, to: number): void {
  if (to - from > MOST_INSERTED) {
    values.subarray(from, to).sort();
    return;
  }
  for (let place = from + 1; place < to; place++) {
    const value = values[place] ?? 0;
    let at = place;
    for (; at > from && (values[at - 1] ?? 0) > value; at--) values[at] = values[at - 1] ?? 0;
    values[at] = value;
  }
}
