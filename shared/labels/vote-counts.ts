/** Raters' votes on every pair, counted by label: what rules for labels ask, without a list of votes for each pair. */
import { CODE } from '../study/verdict-codes.ts';

/** Labels are first, second, tie, both bad. */
export const LABELS = CODE.both_bad + 1;

/**
 * How many raters gave each label to each pair, `pairs * LABELS`.
 *
 * @param labelOf the label behind each code, {@link CODE.missing} first; negative or beyond the labels where a vote does not count
 */
export function voteCounts(
  raters: readonly { readonly codes: Int8Array }[],
  pairs: number,
  labelOf: Int8Array,
): Int32Array {
  const counts = new Int32Array(pairs * LABELS);
  for (const { codes } of raters) {
    for (let pair = 0; pair < pairs; pair++) {
      const code = codes[pair] ?? -1;
      // Most raters have no vote on most pairs.
      if (code < 0) continue;
      const label = labelOf[code + 1] ?? -1;
      if (label < 0 || label >= LABELS) continue;
      const cell = pair * LABELS + label;
      counts[cell] = (counts[cell] ?? 0) + 1;
    }
  }
  return counts;
}

/** The votes on every pair, one pair behind another; on each in the order of the raters. */
export interface VotesOfPairs {
  /** Where the votes on each pair begin, and the end of the last. */
  readonly starts: Int32Array;
  /** The rater's place. */
  readonly rater: Int32Array;
  readonly label: Int8Array;
}

/** Lists votes by pair, to be walked without a look at those who have none. @param labelOf as for {@link voteCounts} */
export function votesOfPairs(
  raters: readonly { readonly codes: Int8Array }[],
  pairs: number,
  labelOf: Int8Array,
): VotesOfPairs {
  const starts = new Int32Array(pairs + 1);
  const eachVote = (visit: (pair: number, label: number, rater: number) => void) => {
    for (const [rater, { codes }] of raters.entries())
      for (let pair = 0; pair < pairs; pair++) {
        const code = codes[pair] ?? -1;
        if (code < 0) continue;
        const label = labelOf[code + 1] ?? -1;
        if (label >= 0 && label < LABELS) visit(pair, label, rater);
      }
  };
  eachVote((pair) => {
    starts[pair + 1] = (starts[pair + 1] ?? 0) + 1;
  });
  for (let pair = 0; pair < pairs; pair++) starts[pair + 1] = (starts[pair + 1] ?? 0) + (starts[pair] ?? 0);
  const next = starts.slice(0, pairs);
  const rater = new Int32Array(starts[pairs] ?? 0);
  const label = new Int8Array(rater.length);
  eachVote((pair, said, by) => {
    const at = next[pair] ?? 0;
    rater[at] = by;
    label[at] = said;
    next[pair] = at + 1;
  });
  return { starts, rater, label };
}
