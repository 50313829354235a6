import { type Outcome, undefinedBecause } from '../estimate.ts';
import { ratioByItem } from '../resampling/ratio-by-item.ts';

/** One round of a judge on anchor items, against the rounds that are its reference. */
export interface AnchorWave {
  /** Anchors with a verdict in this round and in two reference rounds or more. */
  readonly n: number;
  /** Mean share of verdicts that differ from a reference round's (another one's, for a reference round). */
  readonly change: number;
  /** How often reference rounds differ from each other on the same anchors. */
  readonly noise: number;
  /** Where change begins to be more than noise: three errors above it. */
  readonly limit: number;
  readonly isBeyond: boolean;
}

/** Errors above the noise at which a round is out of control: Shewhart's rule. */
const LIMIT_ERRORS = 3;

/**
 * Rounds of a judge on the same anchors. Two rounds of a judge that did not change differ as often as two reference
 * rounds do, item by item, so the mean difference of the two shares is tested against 0 with its error over items. A round
 * is beyond its limit at three errors: about one in 700 rounds of an unchanged judge, each looked at once. Where reference
 * rounds never differ, one changed verdict is one item's worth of error and does not ring by itself.
 *
 * @param rounds codes of each round, one per anchor, in time; negative where there is no verdict
 * @param items the item of each anchor
 * @param references how many of the first rounds are the reference, 2 or more
 * @returns one entry per round; undefined with fewer than two reference rounds
 */
export function anchorWaves(
  rounds: readonly ArrayLike<number>[],
  items: ArrayLike<number>,
  references: number,
): Outcome<{ readonly waves: readonly Outcome<AnchorWave>[] }> {
  if (references < 2 || rounds.length < references) {
    return undefinedBecause('two reference rounds are needed to know how much an unchanged judge varies');
  }
  const reference = rounds.slice(0, references);
  return { defined: true, waves: rounds.map((round, index) => waveOf(round, index, reference, items)) };
}

function waveOf(
  round: ArrayLike<number>,
  index: number,
  reference: readonly ArrayLike<number>[],
  items: ArrayLike<number>,
): Outcome<AnchorWave> {
  const others = reference.filter((_each, place) => place !== index);
  const [differences, used]: [number[], number[]] = [[], []];
  let [change, noise] = [0, 0];
  for (let anchor = 0; anchor < items.length; anchor++) {
    const own = round[anchor] ?? -1;
    const theirs = others.flatMap((each) => ((each[anchor] ?? -1) >= 0 ? [each[anchor] ?? -1] : []));
    const all = reference.flatMap((each) => ((each[anchor] ?? -1) >= 0 ? [each[anchor] ?? -1] : []));
    if (own < 0 || theirs.length === 0 || all.length < 2) continue;
    const ownChange = theirs.filter((code) => code !== own).length / theirs.length;
    const ownNoise = disagreement(all);
    change += ownChange;
    noise += ownNoise;
    differences.push(ownChange - ownNoise);
    used.push(items[anchor] ?? 0);
  }
  const n = differences.length;
  if (n === 0) return undefinedBecause('no anchor has a verdict in this round and in two reference rounds');
  const ratio = ratioByItem(
    differences,
    differences.map(() => 1),
    used,
  );
  const error = ratio.defined ? ratio.standardError : 0;
  const limit = noise / n + LIMIT_ERRORS * error;
  // Without any error every item says the same: either nothing changed, or everything did.
  const isBeyond = ratio.defined ? change / n > limit : change > noise + 1e-9;
  return { defined: true, n, change: change / n, noise: noise / n, limit, isBeyond };
}

function disagreement(codes: readonly number[]): number {
  let [pairs, differing] = [0, 0];
  for (let one = 0; one < codes.length; one++) {
    for (let two = one + 1; two < codes.length; two++) {
      pairs++;
      if (codes[one] !== codes[two]) differing++;
    }
  }
  return differing / pairs;
}
