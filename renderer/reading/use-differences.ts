/** Marks the words in which two panes differ, without touching what they show. */
import { type RefObject, useEffect, useRef } from 'react';
import { useTextChanges } from './use-text-changes.ts';
import { rangeOf, type VisibleText, visibleText } from './visible-text.ts';
import { type Stretch, type WordDifferences, wordDifferences } from './word-differences.ts';

export type DifferenceMode = 'off' | 'shown' | 'folded';

/** How two texts compare: in nothing, in some words, or in too much for marks to help. */
export type Comparison = 'alike' | 'differ' | 'apart';

const ONLY = { left: 'only-left', right: 'only-right' } as const;
const MOVED = { left: 'moved-left', right: 'moved-right' } as const;

const SIDES = ['left', 'right'] as const;

interface Compared {
  readonly left: VisibleText;
  readonly right: VisibleText;
  readonly differences: WordDifferences | null;
}

/**
 * Marks differences through the browser's own highlights: nothing in the page is changed, so texts stay as they were
 * rendered. A pair that is only prepared is compared in idle time, so that a key never waits for it.
 */
export function useDifferences(
  leftPane: RefObject<HTMLElement | null>,
  rightPane: RefObject<HTMLElement | null>,
  {
    mode,
    isShown,
    onCompared,
  }: {
    readonly mode: DifferenceMode;
    readonly isShown: boolean;
    readonly onCompared: (comparison: Comparison) => void;
  },
): void {
  const compared = useRef<Compared | null>(null);
  const changes = useTextChanges();
  // biome-ignore lint/correctness/useExhaustiveDependencies: other texts are compared anew
  useEffect(() => {
    compared.current = null;
  }, [changes]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  useEffect(() => {
    const [left, right] = [leftPane.current, rightPane.current];
    if (mode === 'off' || left === null || right === null || !('highlights' in CSS)) return undefined;
    const compare = () => (compared.current ??= comparedPanes(left, right));
    if (!isShown) {
      const idle = requestIdleCallback(compare);
      return () => cancelIdleCallback(idle);
    }
    const { differences, ...texts } = compare();
    onCompared(comparisonOf(differences));
    for (const side of SIDES) {
      const marked = (stretches: readonly Stretch[] = []) =>
        new Highlight(...stretches.flatMap(([from, to]) => rangeOf(texts[side], from, to) ?? []));
      CSS.highlights.set(ONLY[side], marked(differences?.[side].only));
      CSS.highlights.set(MOVED[side], marked(differences?.[side].moved));
    }
    const folded =
      mode === 'folded' && differences !== null
        ? [
            ...sameBlocks(left, texts.left, [...differences.left.only, ...differences.left.moved]),
            ...sameBlocks(right, texts.right, [...differences.right.only, ...differences.right.moved]),
          ]
        : [];
    for (const block of folded) block.classList.add('same-block');
    return () => {
      for (const name of [...Object.values(ONLY), ...Object.values(MOVED)]) CSS.highlights.delete(name);
      for (const block of folded) block.classList.remove('same-block');
    };
  }, [leftPane, rightPane, mode, isShown, changes, onCompared]);
}

function comparisonOf(differences: WordDifferences | null): Comparison {
  if (differences === null) return 'apart';
  const isAlike = SIDES.every((side) => differences[side].only.length + differences[side].moved.length === 0);
  return isAlike ? 'alike' : 'differ';
}

function comparedPanes(left: HTMLElement, right: HTMLElement): Compared {
  const [one, two] = [visibleText(left), visibleText(right)];
  return { left: one, right: two, differences: wordDifferences(one.text, two.text) };
}

/** Paragraphs, lists and the like in which nothing differs. */
function sameBlocks(
  pane: HTMLElement,
  { nodes, starts }: VisibleText,
  differing: readonly Stretch[],
): Element[] {
  return [...pane.querySelectorAll('.markdown > *')].filter((block) => {
    const own = nodes.flatMap((node, index) => (block.contains(node) ? [index] : []));
    const [first, last] = [own[0], own.at(-1)];
    if (first === undefined || last === undefined) return false;
    const from = starts[first] ?? 0;
    const to = (starts[last] ?? 0) + (nodes[last]?.nodeValue?.length ?? 0);
    return differing.every(([start, end]) => end <= from || start >= to);
  });
}
