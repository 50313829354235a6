/**
 * Characters that show nothing or turn text around: zero widths, bidirectional controls, tags, fillers, controls. What a
 * model hides in them must be seen. Joiners stay unmarked where scripts and emoji need them.
 */
const INVISIBLE =
  /(?:(?![\t\n\r]|(?<=[^\p{ASCII}])[\u200c\u200d](?=[^\p{ASCII}])|(?<=[\p{Emoji}\p{L}])[\ufe00-\ufe0f])[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Cc}\u2800\u2028\u2029])+/gu;

/** Where scripts and emoji write tags themselves: flags of regions. */
const FLAG = /\u{1f3f4}[\u{e0020}-\u{e007f}]{1,8}$/u;

export interface TextPart {
  readonly text: string;
  /** What to show in its place; undefined for text that shows itself. */
  readonly label?: string;
}

/** Enough to see that something is hidden; a text of nothing else must not become as many elements. */
const MOST_MARKS = 50;

/** The parts of a text, those that cannot be seen with a label. Together they are the text. */
export function partsOf(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const { index, 0: hidden } of text.matchAll(INVISIBLE)) {
    if (FLAG.test(text.slice(Math.max(0, index - 2), index + hidden.length))) continue;
    if (index > from) parts.push({ text: text.slice(from, index) });
    from = index + hidden.length;
    if (parts.length >= 2 * MOST_MARKS) {
      // The rest cannot turn anything around either: its controls are shown by one sign each.
      parts.push({
        text: (hidden + text.slice(from)).replace(INVISIBLE, (each) => '\ufffd'.repeat(each.length)),
      });
      return parts;
    }
    parts.push({ text: hidden, label: labelOf(hidden) });
  }
  if (from < text.length) parts.push({ text: text.slice(from) });
  return parts;
}

/** Whether a text holds such characters at all. */
export function hasInvisible(text: string): boolean {
  return text.search(INVISIBLE) !== -1;
}

function labelOf(hidden: string): string {
  const signs = [...hidden];
  const name = `U+${(signs[0]?.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  return signs.length === 1 ? name : `${name} +${signs.length - 1}`;
}
