import { hashText } from './seeded-random.ts';
import { otherSide, type Side } from './verdict.ts';

/**
 * The side that stands on the left, for one rater's n-th presentation of one system pair. Where neither stood on the left
 * more often a seeded coin decides, else whoever is behind. So at any moment, wherever a rater stops, the two counts
 * differ by at most one, and nobody without the seed can tell the next side of an even count.
 *
 * @param seed the study's stored design seed
 * @param raterKey the rater's identity within the study
 * @param systemPairKey the unordered pair of systems
 * @param occurrence 0 for the rater's first presentation of this system pair
 * @param lead how many more times `first` stood on the left than `second`: −1, 0 or 1
 */
export function balancedLeftSide(
  seed: string,
  raterKey: string,
  systemPairKey: string,
  occurrence: number,
  lead: number,
): Side {
  if (lead !== 0) return lead > 0 ? 'second' : 'first';
  return hashText(`side|${seed}|${raterKey}|${systemPairKey}|${occurrence}`) % 2 === 0 ? 'first' : 'second';
}

/** Whether a side may stand on the left without any count running ahead by two. */
export function keepsBalance(lead: number, left: Side): boolean {
  return Math.abs(lead + leadOf(left)) <= 1;
}

/** What a side on the left adds to the lead of `first`. */
export function leadOf(left: Side): 1 | -1 {
  return left === 'first' ? 1 : -1;
}

/** A side of a pair as a side of its systems in a fixed order, and back. */
export function asSystemSide(side: Side, isFirstSystemFirst: boolean): Side {
  return isFirstSystemFirst ? side : otherSide(side);
}
