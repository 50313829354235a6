/**
 * Spans marked as the reason of a verdict, as places in the text that a pane shows when it is laid out. Where it is shown as
 * written, the same spans are drawn there, and what is selected there becomes the same spans.
 */
import type { ShownDetails } from '../../shared/study/vote-details.ts';
import { layOutText, placesOf, rangeOf, type VisibleText } from './visible-text.ts';
import { placesInLayout, rawTextRanges } from './written-places.ts';

export type MarkedSpan = NonNullable<ShownDetails['spans']>[number];

const NAME = 'marked-reason';
const LONGEST_QUOTE = 2000;
/** As many as a vote may carry. */
export const MOST_SPANS = 50;

/** The texts of the two panes on screen, laid out. */
export function shownTexts(): { readonly left: VisibleText; readonly right: VisibleText } | null {
  const [left, right] = document.querySelectorAll('.pair[data-presentation=shown] .pane');
  return left === undefined || right === undefined
    ? null
    : { left: layOutText(left), right: layOutText(right) };
}

/** The span that is selected with the mouse or the caret; null where nothing is, or where it lies in no pane. */
export function selectedSpan(): MarkedSpan | null {
  const selection = getSelection();
  const texts = shownTexts();
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0 || texts === null)
    return null;
  const range = selection.getRangeAt(0);
  for (const side of ['left', 'right'] as const) {
    const places = placesInLayout(texts[side], range) ?? placesOf(texts[side], range);
    if (places !== null) return spanOf(texts[side], side, places.from, places.to);
  }
  return null;
}

export function spanOf(text: VisibleText, side: 'left' | 'right', from: number, to: number): MarkedSpan {
  const end = Math.min(to, from + LONGEST_QUOTE);
  return { side, from, to: end, quote: text.text.slice(from, end) };
}

/** In UTF-16 code units, and of sentences: a list that a person can go through. */
const LONGEST_LISTED = 40_000;
const MOST_LISTED = 500;

/** The first sentences of a text, each with its place. */
export function sentencesOf({ text }: VisibleText): { readonly from: number; readonly to: number }[] {
  const listed = text.slice(0, LONGEST_LISTED);
  return [...new Intl.Segmenter(undefined, { granularity: 'sentence' }).segment(listed)]
    .slice(0, MOST_LISTED)
    .filter(({ segment }) => segment.trim() !== '')
    .map(({ segment, index }) => ({ from: index, to: index + segment.trimEnd().length }));
}

/** Draws spans over the panes; none clears them. */
export function drawSpans(spans: readonly MarkedSpan[]): void {
  if (!('highlights' in CSS)) return;
  const texts = spans.length === 0 ? null : shownTexts();
  if (texts === null) {
    CSS.highlights.delete(NAME);
    return;
  }
  const ranges = spans.flatMap(({ side, from, to }) => {
    const written = rawTextRanges(texts[side], from, to);
    return written.length > 0 ? written : (rangeOf(texts[side], from, to) ?? []);
  });
  CSS.highlights.set(NAME, new Highlight(...ranges));
}
