/**
 * Numbers distinct lists of integers from 0 in the order they come, through a table of hashes: a text or a list kept for each would
 * cost more than all that is done with the numbers.
 */
export class DistinctLists {
  /** The values of all lists, one list after the other. */
  #values = new Int32Array(1024);
  /** Where each list begins; one more entry than there are lists. */
  #starts = new Int32Array(256);
  #hashes = new Int32Array(256);
  /** Number and 1 of the list that took each slot; 0 where none did. */
  #slots = new Int32Array(512);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** The number of the list that stands in some values between two places. */
  numberOf(values: Int32Array, from: number, to: number): number {
    let hash = to - from;
    for (let place = from; place < to; place++) {
      hash = Math.imul(hash ^ (values[place] ?? 0), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (let taken = this.#slots[slot] ?? 0; taken !== 0; taken = this.#slots[slot] ?? 0) {
      if (this.#hashes[taken - 1] === hash && this.#isEqual(taken - 1, values, from, to)) return taken - 1;
      slot = (slot + 1) & mask;
    }
    this.#slots[slot] = this.#count + 1;
    return this.#append(hash, values, from, to);
  }

  /** Copies of the lists: the values of all, and where each begins, with one entry more for the end of the last. */
  lists(): { readonly values: Int32Array; readonly starts: Int32Array } {
    return {
      values: this.#values.slice(0, this.#starts[this.#count]),
      starts: this.#starts.slice(0, this.#count + 1),
    };
  }

  #isEqual(list: number, values: Int32Array, from: number, to: number): boolean {
    const start = this.#starts[list] ?? 0;
    if ((this.#starts[list + 1] ?? 0) - start !== to - from) return false;
    for (let place = from; place < to; place++)
      if (this.#values[start + place - from] !== values[place]) return false;
    return true;
  }

  #append(hash: number, values: Int32Array, from: number, to: number): number {
    const list = this.#count++;
    const start = this.#starts[list] ?? 0;
    const end = start + to - from;
    if (end > this.#values.length) this.#values = grown(this.#values, end);
    this.#values.set(values.subarray(from, to), start);
    if (list + 2 > this.#starts.length) {
      this.#starts = grown(this.#starts, list + 2);
      this.#hashes = grown(this.#hashes, list + 2);
    }
    this.#starts[list + 1] = end;
    this.#hashes[list] = hash;
    if (2 * this.#count > this.#slots.length) this.#spread();
    return list;
  }

  #spread(): void {
    const slots = new Int32Array(4 * this.#slots.length);
    const mask = slots.length - 1;
    for (let list = 0; list < this.#count; list++) {
      let slot = (this.#hashes[list] ?? 0) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = list + 1;
    }
    this.#slots = slots;
  }
}

function grown(column: Int32Array, least: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.max(least, 2 * column.length));
  larger.set(column);
  return larger;
}
