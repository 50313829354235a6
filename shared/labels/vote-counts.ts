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
      const label = labelOf[(codes[pair] ?? CODE.missing) + 1] ?? CODE.missing;
      if (label < 0 || label >= LABELS) continue;
      const cell = pair * LABELS + label;
      counts[cell] = (counts[cell] ?? 0) + 1;
    }
  }
  return counts;
}
