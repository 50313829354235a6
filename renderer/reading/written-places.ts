/**
 * Places in a laid out text and in the same text as it was written. Every part of the former says where it stands in the
 * latter; signs of markup have no place in the former.
 */
import { nodeAt, type VisibleText } from './visible-text.ts';

/** Where the characters of one text node stand in the source. */
interface Source {
  /** What is laid out together with it; a formula is, as a whole. */
  readonly holder: Element;
  /** The place of the node's text in the holder's. */
  readonly before: number;
}

/** The text as written beside an element that is laid out; null where that is not shown. */
function rawTextBeside(node: Node): Element | null {
  return node.parentElement?.closest('.shown-text')?.querySelector(':scope > .as-written') ?? null;
}

function holderOf(node: Node | undefined): Element | null {
  return node?.parentElement?.closest('[data-at]') ?? null;
}

/** Calls back for the nodes from one on, in order, each with its source. */
function eachSource(
  { nodes, starts }: VisibleText,
  first: number,
  visit: (node: Text, start: number, source: Source) => boolean,
): void {
  let index = first;
  const firstHolder = holderOf(nodes[first]);
  while (index > 0 && firstHolder !== null && holderOf(nodes[index - 1]) === firstHolder) index--;
  let holder: Element | null = null;
  let before = 0;
  for (; index < nodes.length; index++) {
    const node = nodes[index];
    if (node === undefined) return;
    const own = holderOf(node);
    if (own !== holder) before = 0;
    holder = own;
    if (holder !== null && index >= first && !visit(node, starts[index] ?? 0, { holder, before })) return;
    before += node.data.length;
  }
}

/** Where a character of a holder's text stands in the source; `isEnd` asks for the place behind it. */
function sourcePlace({ holder, before }: Source, offset: number, isEnd: boolean): number {
  const starts = (holder.getAttribute('data-at') ?? '0').split(' ').map(Number);
  const [at = 0] = starts;
  const length = holder.getAttribute('data-length');
  if (length !== null) return isEnd ? at + Number(length) : at;
  const place = before + offset;
  if (starts.length === 1) return at + place + (isEnd ? 1 : 0);
  const text = (holder.textContent ?? '').slice(0, place);
  const line = text.split('\n').length - 1;
  return (starts[line] ?? at) + place - (text.lastIndexOf('\n') + 1) + (isEnd ? 1 : 0);
}

/** The places of a laid out stretch in the texts as written that are on screen. */
export function rawTextRanges(text: VisibleText, from: number, to: number): Range[] {
  const ranges = new Map<Element, { from: number; to: number }>();
  eachSource(text, nodeAt(text.starts, from), (node, start, source) => {
    if (start >= to) return false;
    const { length } = node.data;
    const written = start + length <= from ? null : rawTextBeside(node);
    if (written === null) return true;
    const first = sourcePlace(source, Math.max(0, from - start), false);
    const end = sourcePlace(source, Math.min(length, to - start) - 1, true);
    const known = ranges.get(written);
    ranges.set(written, { from: Math.min(known?.from ?? first, first), to: Math.max(known?.to ?? end, end) });
    return true;
  });
  return [...ranges].flatMap(([written, places]) => rangeIn(written, places.from, places.to) ?? []);
}

/** A stretch of a text as written, as far as it is in the page. */
function rangeIn(written: Element, from: number, to: number): Range | null {
  const range = document.createRange();
  let isBegun = false;
  for (const piece of written.querySelectorAll('.text-piece')) {
    const at = Number(piece.getAttribute('data-at'));
    const walker = document.createTreeWalker(piece, NodeFilter.SHOW_TEXT);
    let start = at;
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const length = node.nodeValue?.length ?? 0;
      if (!isBegun && from < start + length) {
        range.setStart(node, Math.max(0, from - start));
        isBegun = true;
      }
      if (isBegun) range.setEnd(node, Math.min(length, Math.max(0, to - start)));
      start += length;
      if (start >= to) return isBegun && !range.collapsed ? range : null;
    }
  }
  return isBegun && !range.collapsed ? range : null;
}

/** The laid out stretch of what is selected in texts as written; null where nothing of it is laid out as text. */
export function placesInLayout(
  text: VisibleText,
  range: Range,
): { readonly from: number; readonly to: number } | null {
  const selected = new Map<Element, { readonly from: number; readonly to: number } | null>();
  let [from, to]: [number | null, number | null] = [null, null];
  eachSource(text, 0, (node, start, source) => {
    const written = rawTextBeside(node);
    if (written === null) return true;
    if (!selected.has(written)) selected.set(written, placesIn(written, range));
    const places = selected.get(written);
    if (places == null) return true;
    const { length } = node.data;
    const first = firstWhere(length, (offset) => sourcePlace(source, offset, true) > places.from);
    const end = firstWhere(length, (offset) => sourcePlace(source, offset, false) >= places.to);
    if (end <= first) return true;
    from ??= start + first;
    to = start + end;
    return true;
  });
  return from === null || to === null ? null : { from, to };
}

/** The first of some numbers for which something holds, as it then does for all behind it; how many there are if none. */
function firstWhere(count: number, holds: (value: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function placesIn(written: Element, range: Range): { readonly from: number; readonly to: number } | null {
  let [from, to]: [number | null, number | null] = [null, null];
  for (const piece of written.querySelectorAll('.text-piece')) {
    if (!range.intersectsNode(piece)) continue;
    const walker = document.createTreeWalker(piece, NodeFilter.SHOW_TEXT);
    let start = Number(piece.getAttribute('data-at'));
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const length = node.nodeValue?.length ?? 0;
      if (range.intersectsNode(node)) {
        const first = range.startContainer === node ? range.startOffset : 0;
        const end = range.endContainer === node ? range.endOffset : length;
        if (end > first) {
          from ??= start + first;
          to = start + end;
        }
      }
      start += length;
    }
  }
  return from === null || to === null ? null : { from, to };
}
