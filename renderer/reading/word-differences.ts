import { diffWordsWithSpace } from 'diff';

/** A stretch of a text, in UTF-16 code units. */
export type Stretch = readonly [from: number, to: number];

/** What is marked in one of two texts. */
export interface SideDifferences {
  /** Words that the other text has not, or has less often. */
  readonly only: readonly Stretch[];
  /** Words that the other text has as well, at another place. */
  readonly moved: readonly Stretch[];
}

export interface WordDifferences {
  readonly left: SideDifferences;
  readonly right: SideDifferences;
}

/** Texts that have less than this in common are two texts, not two versions of one. */
const MOST_EDITS = 4000;
const MOST_MS = 50;
/** Of both together, in UTF-16 code units: cutting longer ones into words would hold up the keys. */
const LONGEST_COMPARED = 100_000;
/** How many words in a row are looked for first: what moved together is found together. */
const RUNS = [8, 4, 2, 1] as const;

/** A word of one text that the alignment of both left over. */
interface LeftOver {
  readonly word: string;
  readonly from: number;
  readonly to: number;
  isMoved: boolean;
}

/** The words in which two texts differ; null where they differ in so much that marking it helps nobody. */
export function wordDifferences(left: string, right: string): WordDifferences | null {
  if (left.length + right.length > LONGEST_COMPARED) return null;
  const changes = diffWordsWithSpace(left, right, { maxEditLength: MOST_EDITS, timeout: MOST_MS });
  if (changes === undefined) return null;
  const over: { left: LeftOver[]; right: LeftOver[] } = { left: [], right: [] };
  const at = { left: 0, right: 0 };
  for (const { value, added, removed } of changes) {
    for (const side of ['left', 'right'] as const) {
      if (side === 'left' ? added : removed) continue;
      if (side === 'left' ? removed : added) over[side].push(...wordsIn(value, at[side]));
      at[side] += value.length;
    }
  }
  for (const length of RUNS) matchMoved(over.left, over.right, length);
  return { left: stretchesOf(left, over.left), right: stretchesOf(right, over.right) };
}

function wordsIn(text: string, start: number): LeftOver[] {
  return [...text.matchAll(/[\p{L}\p{N}\p{M}_]+|[^\s\p{L}\p{N}\p{M}_]/gu)].map(({ 0: word, index }) => ({
    word,
    from: start + index,
    to: start + index + word.length,
    isMoved: false,
  }));
}

/** Pairs runs of so many words that are left over on both sides, each word once. */
function matchMoved(left: readonly LeftOver[], right: readonly LeftOver[], length: number): void {
  const runAt = (words: readonly LeftOver[], start: number): string | null => {
    const run = words.slice(start, start + length);
    return run.length < length || run.some(({ isMoved }) => isMoved)
      ? null
      : run.map(({ word }) => word).join(' ');
  };
  const places = new Map<string, number[]>();
  for (let start = right.length - 1; start >= 0; start--) {
    const run = runAt(right, start);
    if (run !== null) places.set(run, [...(places.get(run) ?? []), start]);
  }
  for (let start = 0; start < left.length; start++) {
    const run = runAt(left, start);
    if (run === null) continue;
    const found = places.get(run) ?? [];
    let place = found.pop();
    while (place !== undefined && runAt(right, place) === null) place = found.pop();
    if (place === undefined) continue;
    for (let step = 0; step < length; step++) {
      for (const each of [left[start + step], right[place + step]])
        if (each !== undefined) each.isMoved = true;
    }
  }
}

/** Words that stand together and are marked alike are one stretch. */
function stretchesOf(text: string, words: readonly LeftOver[]): SideDifferences {
  const found = { only: [] as [number, number][], moved: [] as [number, number][] };
  let before: LeftOver | undefined;
  for (const word of words) {
    const list = word.isMoved ? found.moved : found.only;
    const last = list.at(-1);
    const isNext =
      before?.isMoved === word.isMoved &&
      text.slice(before.to, word.from).trim() === '' &&
      last !== undefined;
    if (isNext) last[1] = word.to;
    else list.push([word.from, word.to]);
    before = word;
  }
  return found;
}
