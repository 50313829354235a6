/** What of an output's looks a judge may favour: its length, lists and markdown. */

export interface OutputFeatures {
  /** Characters as JavaScript counts them (UTF-16 units). */
  readonly length: number;
  /** Lines that begin like an item of a bulleted or numbered list. */
  readonly listItems: number;
  /** Headings, bold or italic runs, code spans and fences, table rows and links. */
  readonly markdown: number;
}

const LIST_ITEM = /^[ \t]{0,8}(?:[-*+•]|\d{1,3}[.)])[ \t]+\S/gmu;
const HEADING = /^#{1,6}[ \t]+\S/gmu;
const TABLE_ROW = /^\|.*\|[ \t]*$/gmu;
const STRONG = /\*\*[^*\n]{1,200}\*\*|__[^_\n]{1,200}__/gu;
const CODE = /```|`[^`\n]{1,200}`/gu;
const LINK = /\[[^\]\n]{1,200}\]\([^)\n]{1,400}\)/gu;

/** Patterns are bounded, so that hostile text costs no more than its length. */
export function outputFeatures(text: string): OutputFeatures {
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
  const has = (mark: string) => text.includes(mark);
  return {
    length: text.length,
    listItems: count(LIST_ITEM),
    markdown:
      (has('#') ? count(HEADING) : 0) +
      (has('|') ? count(TABLE_ROW) : 0) +
      (has('**') || has('__') ? count(STRONG) : 0) +
      (has('`') ? count(CODE) : 0) +
      (has('](') ? count(LINK) : 0),
  };
}
