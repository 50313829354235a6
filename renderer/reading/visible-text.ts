/** The text that an element shows, with the way from a place in it to the node that holds it and back. */
export interface VisibleText {
  readonly text: string;
  readonly nodes: readonly Text[];
  /** Where each node's text begins. */
  readonly starts: readonly number[];
}

/** What only screen readers hear, and what the page itself says between the texts. */
const NO_TEXT = '.visually-hidden, .katex-mathml, .reading-note, h2';

/** Reads the text nodes of an element in order, as they are on screen. */
export function visibleText(root: Element): VisibleText {
  return textWithout(root, `${NO_TEXT}, .markdown[hidden]`);
}

/** The text that an element shows with its texts laid out, whether or not they are just now. */
export function layOutText(root: Element): VisibleText {
  return textWithout(root, `${NO_TEXT}, .as-written`);
}

function textWithout(root: Element, leftOut: string): VisibleText {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement?.closest(leftOut) === null ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT,
  );
  const nodes: Text[] = [];
  const starts: number[] = [];
  let text = '';
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    starts.push(text.length);
    nodes.push(node as Text);
    text += node.nodeValue ?? '';
  }
  return { text, nodes, starts };
}

/** The stretch of an element's text between two places; null where it is not there. */
export function rangeOf({ nodes, starts, text }: VisibleText, from: number, to: number): Range | null {
  if (from < 0 || to > text.length || from >= to) return null;
  const first = nodeAt(starts, from);
  const last = nodeAt(starts, to - 1);
  const [start, end] = [nodes[first], nodes[last]];
  if (start === undefined || end === undefined) return null;
  const range = document.createRange();
  range.setStart(start, from - (starts[first] ?? 0));
  range.setEnd(end, to - (starts[last] ?? 0));
  return range;
}

/** Where a selection begins and ends in an element's text; null where it holds none of it. */
export function placesOf(
  { nodes, starts }: VisibleText,
  range: Range,
): { readonly from: number; readonly to: number } | null {
  let [from, to]: [number | null, number | null] = [null, null];
  nodes.forEach((node, index) => {
    if (!range.intersectsNode(node)) return;
    const start = starts[index] ?? 0;
    const length = node.nodeValue?.length ?? 0;
    const first = range.startContainer === node ? range.startOffset : 0;
    const last = range.endContainer === node ? range.endOffset : length;
    if (last <= first) return;
    from ??= start + first;
    to = start + last;
  });
  return from === null || to === null ? null : { from, to };
}

/** The last node that begins at or before a place. */
export function nodeAt(starts: readonly number[], place: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= place) low = middle;
    else high = middle - 1;
  }
  return low;
}
