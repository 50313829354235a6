import { diffWordsWithSpace } from 'diff';

/** A stretch of a text, in UTF-16 code units. */
export type Stretch = readonly [from: number, to: number];

export interface WordDifferences {
  /** What only the left text has, and only the right one. */
  readonly left: readonly Stretch[];
  readonly right: readonly Stretch[];
}

/** Texts that have less than this in common are two texts, not two versions of one. */
const MOST_EDITS = 4000;
const MOST_MS = 50;
/** Of both together, in UTF-16 code units: cutting longer ones into words would hold up the keys. */
const LONGEST_COMPARED = 100_000;

/** The words in which two texts differ; null where they differ in so much that marking it helps nobody. */
export function wordDifferences(left: string, right: string): WordDifferences | null {
  if (left.length + right.length > LONGEST_COMPARED) return null;
  const changes = diffWordsWithSpace(left, right, { maxEditLength: MOST_EDITS, timeout: MOST_MS });
  if (changes === undefined) return null;
  const found: { left: Stretch[]; right: Stretch[] } = { left: [], right: [] };
  const at = { left: 0, right: 0 };
  for (const { value, added, removed } of changes) {
    for (const side of ['left', 'right'] as const) {
      if (side === 'left' ? added : removed) continue;
      const from = at[side];
      at[side] += value.length;
      if ((side === 'left' ? removed : added) && value.trim() !== '') found[side].push([from, at[side]]);
    }
  }
  return found;
}
