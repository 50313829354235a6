import { hashText } from '../random/seeded-random.ts';
import { otherSide, type Side } from '../study/verdict.ts';

/** How many more times `first` stood on the left than `second`: among the kind at hand, and among the other. */
export interface SideLeads {
  readonly own: number;
  readonly other: number;
}

/**
 * The side that stands on the left, for one rater's n-th presentation of one system pair. Labels and checks are balanced
 * each for themselves and together: whoever stood on the left less often among the kind at hand does now; where neither
 * did, whoever did less often among the other kind; else a seeded coin decides. So at any moment, wherever a rater stops,
 * the counts of labels, of checks and of both differ by at most one.
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
  { own, other }: SideLeads,
): Side {
  const lead = own === 0 ? other : own;
  if (lead !== 0) return lead > 0 ? 'second' : 'first';
  return hashText(`side|${seed}|${raterKey}|${systemPairKey}|${occurrence}`) % 2 === 0 ? 'first' : 'second';
}

/** Whether a side may stand on the left without any count running ahead by two. */
export function keepsBalance({ own, other }: SideLeads, left: Side): boolean {
  const next = own + leadOf(left);
  return Math.abs(next) <= 1 && Math.abs(next + other) <= 1;
}

/** What a side on the left adds to the lead of `first`. */
export function leadOf(left: Side): 1 | -1 {
  return left === 'first' ? 1 : -1;
}

/** A side of a pair as a side of its systems in a fixed order, and back. */
export function asSystemSide(side: Side, isFirstSystemFirst: boolean): Side {
  return isFirstSystemFirst ? side : otherSide(side);
}
