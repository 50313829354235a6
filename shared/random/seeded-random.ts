import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A reproducible stream of random numbers. Every random procedure takes one as a parameter. */
export interface RandomSource {
  /** A double in [0, 1) with 53 random bits. */
  unit(): number;
  /** An unbiased integer in [0, bound). `bound` is a positive integer. */
  below(bound: number): number;
}

/**
 * A 32-bit hash of a text (FNV-1a with MurmurHash3's final mix), for turning names into seeds. Not for
 * security: whoever knows the seed can compute it.
 */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return mix32(hash);
}

/** MurmurHash3's 32-bit finaliser: every input bit reaches every output bit. */
export function mix32(value: number): number {
  let hash = value ^ (value >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A random source (xoroshiro128+ of pure-rand) seeded by a text. The same text gives the same stream. */
export function seededRandom(seed: string): RandomSource {
  const generator = xoroshiro128plus(hashText(seed) | 0);
  return {
    unit: () => uniformFloat64(generator),
    below: (bound) => uniformInt(generator, 0, bound - 1),
  };
}
