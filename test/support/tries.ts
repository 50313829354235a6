const TRIES_ALL = process.env.TOUCHSTONE_TESTS === 'long';

/**
 * How often something that is tried at random, or again and again, is tried: some times in `npm test`, all times in
 * `npm run test:long`. Whatever uses it runs in both.
 */
export function tries(some: number, all: number): number {
  return TRIES_ALL ? all : some;
}
