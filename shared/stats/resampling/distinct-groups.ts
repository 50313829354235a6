/** What the rows of an item say, equal items once: what a jackknife or a resample over items is made of. */
export interface DistinctGroups {
  /** The values of each kind of item, ascending, in the order in which the kinds first come. */
  readonly groups: readonly Int32Array[];
  /** How many items there are of each kind. */
  readonly itemCounts: Float64Array;
}

/** Kinds of so few possible values are found by a table instead of a map. */
const MOST_IN_TABLE = 1 << 16;

/**
 * Groups rows by item. Items without a row that counts are left out.
 *
 * @param values one integer per row; negative where the row does not count
 * @param itemOf the item of each row, 0 to `items` − 1
 */
export function distinctGroups(values: Int32Array, itemOf: ArrayLike<number>, items: number): DistinctGroups {
  const starts = new Int32Array(items + 1);
  let bound = 1;
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? -1;
    if (value < 0) continue;
    if (value >= bound) bound = value + 1;
    const next = (itemOf[row] ?? 0) + 1;
    starts[next] = (starts[next] ?? 0) + 1;
  }
  for (let item = 0; item < items; item++) starts[item + 1] = (starts[item + 1] ?? 0) + (starts[item] ?? 0);
  const filled = starts.slice(0, items);
  const ofItems = new Int32Array(starts[items] ?? 0);
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? -1;
    if (value < 0) continue;
    const item = itemOf[row] ?? 0;
    const place = filled[item] ?? 0;
    ofItems[place] = value;
    filled[item] = place + 1;
  }
  const kinds = new KindsByValues(bound);
  const counts: number[] = [];
  const groups: Int32Array[] = [];
  for (let item = 0; item < items; item++) {
    const [from, to] = [starts[item] ?? 0, starts[item + 1] ?? 0];
    if (from === to) continue;
    sortBetween(ofItems, from, to);
    const kind = kinds.of(ofItems, from, to);
    if (kind === groups.length) {
      groups.push(ofItems.slice(from, to));
      counts.push(1);
    } else counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return { groups, itemCounts: Float64Array.from(counts) };
}

/** Numbers distinct lists of values in the order they come. */
class KindsByValues {
  readonly #bound: number;
  #count = 0;
  readonly #single: Int32Array | null;
  /** By the number that the values make in base `bound`, one map for each length. */
  readonly #short: Map<number, number>[] = [];
  readonly #long = new Map<string, number>();

  /** @param bound above every value */
  constructor(bound: number) {
    this.#bound = bound;
    this.#single = bound <= MOST_IN_TABLE ? new Int32Array(bound).fill(-1) : null;
  }

  of(values: Int32Array, from: number, to: number): number {
    const length = to - from;
    if (length === 1 && this.#single !== null) {
      const value = values[from] ?? 0;
      const known = this.#single[value] ?? -1;
      if (known >= 0) return known;
      this.#single[value] = this.#count;
      return this.#count++;
    }
    if (this.#bound ** length > Number.MAX_SAFE_INTEGER)
      return this.#numberIn(this.#long, values.subarray(from, to).join());
    let key = 0;
    for (let place = from; place < to; place++) key = key * this.#bound + (values[place] ?? 0);
    let short = this.#short[length];
    if (short === undefined) {
      short = new Map();
      this.#short[length] = short;
    }
    return this.#numberIn(short, key);
  }

  #numberIn<Key>(kinds: Map<Key, number>, key: Key): number {
    const known = kinds.get(key);
    if (known !== undefined) return known;
    kinds.set(key, this.#count);
    return this.#count++;
  }
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
