import { hashText } from './seeded-random.ts';
import { otherSide, type Side } from './verdict.ts';

/**
 * The canonical side that stands on the left, for one rater's n-th presentation of one system pair.
 * Presentations come in blocks of two: a seeded coin decides the first of a block, the second is its
 * opposite. So at any moment the two counts differ by at most one, and nobody without the seed can
 * tell the next side of a new block.
 *
 * @param seed the study's stored design seed
 * @param raterKey the rater's identity within the study
 * @param systemPairKey the unordered pair of systems
 * @param occurrence 0 for the rater's first presentation of this system pair
 */
export function balancedLeftSide(
  seed: string,
  raterKey: string,
  systemPairKey: string,
  occurrence: number,
): Side {
  const block = Math.floor(occurrence / 2);
  const coin: Side =
    hashText(`side|${seed}|${raterKey}|${systemPairKey}|${block}`) % 2 === 0 ? 'first' : 'second';
  return occurrence % 2 === 0 ? coin : otherSide(coin);
}
