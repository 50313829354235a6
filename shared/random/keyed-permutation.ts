import { hashText, mix32 } from './seeded-random.ts';

const ROUNDS = 4;

/**
 * Where `position` lands in a permutation of 0 … size − 1 chosen by `key`: a four-round Feistel network
 * on the next even power of two, walked until the result is inside (Black & Rogaway 2002, cycle walking).
 * It needs no table, so that a rater's order over a million pairs costs nothing to make or to store.
 *
 * @param position integer in [0, size)
 * @param size number of elements, 1 to 2^30
 * @throws RangeError when position or size is out of range
 */
export function permutedIndex(position: number, size: number, key: string): number {
  if (!Number.isInteger(size) || size < 1 || size > 2 ** 30)
    throw new RangeError(`size ${size} out of range`);
  if (!Number.isInteger(position) || position < 0 || position >= size) {
    throw new RangeError(`position ${position} outside 0 … ${size - 1}`);
  }
  const halfBits = Math.max(1, Math.ceil(Math.log2(size) / 2));
  const mask = 2 ** halfBits - 1;
  const seed = hashText(key);
  let value = position;
  do {
    let left = value >>> halfBits;
    let right = value & mask;
    for (let round = 0; round < ROUNDS; round++) {
      const mixed = mix32(right ^ mix32(seed + round)) & mask;
      [left, right] = [right, left ^ mixed];
    }
    value = ((left << halfBits) | right) >>> 0;
  } while (value >= size);
  return value;
}
