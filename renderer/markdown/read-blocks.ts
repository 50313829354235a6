/**
 * Paragraphs, headings, lists, quotes, tables, fences. A careful dialect of Markdown: what a person would have to guess
 * at is left as it was written. Numbers and signs of lists stay as they are, a heading inside of other lines, underlined
 * headings, reference lines and footnotes are text, escapes and entities are not taken back, HTML is text.
 */
import { type Budget, DEEPEST } from './budget.ts';
import { looksLikeCode } from './looks-like-code.ts';
import type { ElementNode, MarkdownNode, TextLeaf } from './markdown-node.ts';
import { readInlines } from './read-inlines.ts';
import { type Line, lineFrom, Stretch } from './stretch.ts';

const FENCE = /^( {0,3})(`{3,}(?=[^`]*$)|~{3,})(.*)$/u;
const HEADING = /^ {0,3}(#{1,6})[ \t]+(?=\S)/u;
const RULE = /^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/u;
const ITEM = /^([ \t]*)([-*+•]|\d{1,9}[.)])([ \t]+)(?=\S)/u;
/** A number behind it makes it a relation rather than a quote. */
const QUOTE = /^ {0,3}>(?!>)(?!\s?[\d=])[ \t]?/u;
const DELIMITERS = /^\|?\s*:?-+:?(?:\s*\|\s*:?-+:?)*\s*\|?$/u;
const INDENTED = /^(?: {4}|\t)/u;
const FORMULA_START = /^\s*\$\$|^\s*\\\[|\\\[\s*$/u;
const MOST_FORMULA_LINES = 60;
/** How deep lines of a list stand where what follows belongs to their item. */
const LEAST_INDENT = 2;

export function readBlocks(lines: readonly Line[], budget: Budget, depth = 0): MarkdownNode[] {
  return new BlockReader(lines, budget, depth).read();
}

/** Whether a line ends what a fence began. */
function closes(text: string, fence: string): boolean {
  const signs = text.trim();
  return signs.length >= fence.length && signs === fence.charAt(0).repeat(signs.length) && indentOf(text) < 4;
}

function isBlank({ text }: Line): boolean {
  return text.trim() === '';
}

function indentOf(text: string): number {
  let columns = 0;
  for (const sign of text) {
    if (sign === ' ') columns++;
    else if (sign === '\t') columns += 4 - (columns % 4);
    else break;
  }
  return columns;
}

/** A line without its first columns of white space. */
function dedent(line: Line, columns: number): Line {
  let [taken, place] = [0, 0];
  while (taken < columns) {
    const sign = line.text[place];
    if (sign === ' ') taken++;
    else if (sign === '\t') taken += 4 - (taken % 4);
    else break;
    place++;
  }
  return place === 0 ? line : lineFrom(line, place);
}

class BlockReader {
  private readonly lines: readonly Line[];
  private readonly budget: Budget;
  private readonly depth: number;
  private readonly nodes: MarkdownNode[] = [];
  private place = 0;
  /** Chunks up to here were looked at: none of their lines is code without a fence. */
  private lookedAtUntil = 0;
  /** The lines of the code that stands last, while more may follow. */
  private code: Line[] | null = null;

  constructor(lines: readonly Line[], budget: Budget, depth: number) {
    this.lines = lines;
    this.budget = budget;
    this.depth = depth;
  }

  read(): MarkdownNode[] {
    while (this.place < this.lines.length) {
      const line = this.line(this.place);
      if (isBlank(line)) this.place++;
      else if (FENCE.test(line.text)) this.readFence();
      else if (this.place >= this.lookedAtUntil && this.readCodeChunk()) continue;
      else if (RULE.test(line.text) && !this.followsText()) {
        this.add({ kind: 'element', tag: 'rule', children: [] });
        this.place++;
      } else if (this.isHeading(this.place)) this.readHeading();
      else if (QUOTE.test(line.text) && this.depth < DEEPEST) this.readQuote();
      else if (ITEM.test(line.text) && this.depth < DEEPEST) this.readList();
      else if (this.isTable(this.place)) this.readTable();
      else this.readParagraph();
    }
    this.endCode();
    return this.nodes;
  }

  private line(place: number): Line {
    return this.lines[place] ?? { text: '', at: 0 };
  }

  private add(node: ElementNode | Extract<MarkdownNode, { kind: 'code' }>): void {
    this.endCode();
    this.budget.takeNodes(1);
    this.nodes.push(node);
  }

  private leaf(line: Line, from: number, to: number): TextLeaf {
    this.budget.takeNodes(1);
    return { kind: 'text', text: line.text.slice(from, to), at: line.at + from };
  }

  /** Whether the line before is text, so that this one is no markup by itself. */
  private followsText(): boolean {
    return (
      this.place > 0 &&
      !isBlank(this.line(this.place - 1)) &&
      this.nodes.at(-1)?.kind === 'element' &&
      (this.nodes.at(-1) as ElementNode).tag === 'paragraph'
    );
  }

  private chunkEnd(from: number): number {
    let end = from;
    while (end < this.lines.length && !isBlank(this.line(end)) && !FENCE.test(this.line(end).text)) end++;
    return end;
  }

  /** Takes lines up to the next blank one as they are, where they look like code without a fence. */
  private readCodeChunk(): boolean {
    const end = this.chunkEnd(this.place);
    this.lookedAtUntil = end;
    const chunk = this.lines.slice(this.place, end);
    const isIndented = chunk.every(({ text }) => INDENTED.test(text));
    if (!isIndented && !looksLikeCode(chunk.map(({ text }) => text)) && !this.isCommentOfCode(chunk, end))
      return false;
    if (this.code === null) {
      this.budget.takeNodes(2);
      this.code = chunk;
    } else {
      // What is blank between two pieces of code belongs to them.
      let start = this.place;
      while (start > 0 && isBlank(this.line(start - 1))) start--;
      for (const line of this.lines.slice(start, end)) this.code.push(line);
    }
    this.place = end;
    return true;
  }

  /** Whether a line that begins as a heading stands beside code. */
  private isCommentOfCode(chunk: readonly Line[], end: number): boolean {
    if (!chunk.every(({ text }) => /^ {0,3}#(?!#)/u.test(text))) return false;
    if (this.code !== null) return true;
    let next = end;
    while (next < this.lines.length && isBlank(this.line(next))) next++;
    return looksLikeCode(this.lines.slice(next, this.chunkEnd(next)).map(({ text }) => text));
  }

  private endCode(): void {
    if (this.code === null) return;
    const stretch = new Stretch(this.code);
    this.code = null;
    const children = stretch.leaves(0, stretch.text.length);
    this.budget.takeNodes(children.length);
    this.nodes.push({ kind: 'element', tag: 'verbatim', children });
  }

  private readFence(): void {
    const line = this.line(this.place);
    const [, indent = '', fence = '', info = ''] = FENCE.exec(line.text) ?? [];
    let end = this.place + 1;
    while (end < this.lines.length && !closes(this.line(end).text, fence)) end++;
    const inside = this.lines.slice(this.place + 1, end).map((each) => dedent(each, indent.length));
    const stretch = new Stretch(inside);
    const isContiguous = inside.every((each, index) => {
      const before = inside[index - 1];
      return before === undefined || each.at === before.at + before.text.length + 1;
    });
    const start = line.text.indexOf(fence) + fence.length;
    this.budget.takeNodes(2);
    this.add({
      kind: 'code',
      text: stretch.text,
      info: info.trim() === '' ? null : this.leaf(line, start, line.text.length),
      lineStarts: isContiguous ? inside.slice(0, 1).map(({ at }) => at) : inside.map(({ at }) => at),
      isColoured: info.trim() !== '' && this.budget.takesColours(stretch.text.length),
    });
    this.place = Math.min(this.lines.length, end + 1);
  }

  /** Of the first level only where it stands alone: comments of many languages begin alike. */
  private isHeading(place: number): boolean {
    const match = HEADING.exec(this.line(place).text);
    if (match === null) return false;
    if ((match[1] ?? '').length > 1) return true;
    const next = this.line(place + 1);
    const before = place === 0 ? null : this.line(place - 1);
    return (
      (before === null || isBlank(before) || HEADING.test(before.text)) &&
      (isBlank(next) || HEADING.test(next.text) || ITEM.test(next.text) || FENCE.test(next.text))
    );
  }

  private readHeading(): void {
    const line = this.line(this.place);
    const match = HEADING.exec(line.text);
    const level = Math.min(3, match?.[1]?.length ?? 1);
    const content = lineFrom(line, match?.[0].length ?? 0);
    this.add({
      kind: 'element',
      tag: level === 1 ? 'heading-1' : level === 2 ? 'heading-2' : 'heading-3',
      children: readInlines(new Stretch([content]), this.budget),
    });
    this.place++;
  }

  private readQuote(): void {
    const inside: Line[] = [];
    for (; this.place < this.lines.length; this.place++) {
      const line = this.line(this.place);
      const match = /^ {0,3}>[ \t]?/u.exec(line.text);
      if (match === null) break;
      inside.push(lineFrom(line, match[0].length));
    }
    this.budget.takeNodes(1);
    this.add({ kind: 'element', tag: 'quote', children: readBlocks(inside, this.budget, this.depth + 1) });
  }

  private readList(): void {
    const indent = indentOf(this.line(this.place).text);
    const items: MarkdownNode[] = [];
    while (this.place < this.lines.length) {
      const line = this.line(this.place);
      const match = ITEM.exec(line.text);
      if (match === null || RULE.test(line.text) || Math.abs(indentOf(line.text) - indent) >= LEAST_INDENT)
        break;
      items.push(this.readItem(line, match, indent));
      let next = this.place;
      while (next < this.lines.length && isBlank(this.line(next))) next++;
      if (next < this.lines.length && ITEM.test(this.line(next).text)) this.place = next;
    }
    this.add({ kind: 'element', tag: 'list', children: items });
  }

  private readItem(line: Line, match: RegExpExecArray, indent: number): MarkdownNode {
    const [, before = '', marker = '', space = ''] = match;
    const contentIndent = indent + marker.length + (space.length > 4 ? 1 : space.length);
    const inside: Line[] = [
      lineFrom(line, before.length + marker.length + (space.length > 4 ? 1 : space.length)),
    ];
    let fence = fenceOf(inside[0]);
    this.place++;
    for (; this.place < this.lines.length; this.place++) {
      const next = this.line(this.place);
      if (fence !== null) {
        const line = dedent(next, contentIndent);
        inside.push(line);
        if (closes(line.text, fence)) fence = null;
      } else if (isBlank(next)) {
        let after = this.place;
        while (after < this.lines.length && isBlank(this.line(after))) after++;
        if (after === this.lines.length || indentOf(this.line(after).text) < indent + LEAST_INDENT) break;
        for (; this.place < after; this.place++) inside.push({ text: '', at: this.line(this.place).at });
        this.place--;
      } else if (indentOf(next.text) >= indent + LEAST_INDENT) {
        const line = dedent(next, contentIndent);
        inside.push(line);
        fence = fenceOf(line);
      } else if (goesOn(next, inside.at(-1))) inside.push(next);
      else break;
    }
    this.budget.takeNodes(2);
    const markerEnd = before.length + marker.length + 1;
    const sign: MarkdownNode = {
      kind: 'element',
      tag: 'marker',
      children: [this.leaf(line, before.length, markerEnd)],
    };
    const [first, ...others] = readBlocks(inside, this.budget, this.depth + 1);
    const isText = first?.kind === 'element' && first.tag === 'paragraph';
    // The sign stands in the first line of what it counts.
    const begun: MarkdownNode = {
      kind: 'element',
      tag: 'paragraph',
      children: isText ? [sign, ...first.children] : [sign],
    };
    const rest = isText || first === undefined ? others : [first, ...others];
    return { kind: 'element', tag: 'item', children: [begun, ...rest] };
  }

  private isTable(place: number): boolean {
    const head = this.line(place).text;
    const delimiters = this.line(place + 1).text.trim();
    return (
      head.includes('|') &&
      delimiters.includes('-') &&
      (delimiters.includes('|') || delimiters.includes(':')) &&
      DELIMITERS.test(delimiters) &&
      cellsOf(this.line(place)).length === cellsOf(this.line(place + 1)).length
    );
  }

  private readTable(): void {
    const aligns = cellsOf(this.line(this.place + 1)).map(({ text }) => alignOf(text));
    const rows = [this.row(this.line(this.place), aligns, 'header-cell')];
    this.place += 2;
    for (; this.place < this.lines.length; this.place++) {
      const line = this.line(this.place);
      if (isBlank(line) || !line.text.includes('|')) break;
      rows.push(this.row(line, aligns, 'cell'));
    }
    this.add({ kind: 'element', tag: 'table', children: rows });
  }

  private row(
    line: Line,
    aligns: readonly ElementNode['align'][],
    tag: 'cell' | 'header-cell',
  ): MarkdownNode {
    const children = cellsOf(line).map((cell, index): MarkdownNode => {
      const align = aligns[index];
      this.budget.takeNodes(1);
      return {
        kind: 'element',
        tag,
        ...(align === undefined ? {} : { align }),
        children: readInlines(new Stretch([cell]), this.budget),
      };
    });
    this.budget.takeNodes(1);
    return { kind: 'element', tag: 'row', children };
  }

  private readParagraph(): void {
    const from = this.place;
    this.place++;
    let until = this.formulaEnd(from);
    for (; this.place < this.lines.length; this.place++) {
      if (this.place <= until) continue;
      const line = this.line(this.place);
      if (isBlank(line) || FENCE.test(line.text) || this.isHeading(this.place) || QUOTE.test(line.text))
        break;
      // A number that a line happens to begin with is no list.
      const item = ITEM.exec(line.text);
      if (item !== null && (!/^\d/u.test(item[2] ?? '') || /^1[.)]$/u.test(item[2] ?? ''))) break;
      if (this.isTable(this.place)) break;
      until = this.formulaEnd(this.place);
    }
    const stretch = new Stretch(this.lines.slice(from, this.place));
    this.add({ kind: 'element', tag: 'paragraph', children: readInlines(stretch, this.budget) });
  }

  /** The last line of a formula that begins with this line; this line where none does, or where it does not end. */
  private formulaEnd(place: number): number {
    const sign = FORMULA_START.exec(this.line(place).text);
    if (sign === null) return place;
    const closing = sign[0].includes('$') ? '$$' : '\\]';
    if (this.line(place).text.includes(closing, sign.index + sign[0].length)) return place;
    const last = Math.min(this.lines.length, place + MOST_FORMULA_LINES);
    for (let end = place + 1; end < last; end++) {
      const line = this.line(end);
      if (isBlank(line)) return place;
      if (line.text.includes(closing)) return end;
    }
    return place;
  }
}

function fenceOf(line: Line | undefined): string | null {
  return FENCE.exec(line?.text ?? '')?.[2] ?? null;
}

/** Whether a line that is not indented is the rest of an item's paragraph. */
function goesOn({ text }: Line, last: Line | undefined): boolean {
  return (
    last !== undefined &&
    !isBlank(last) &&
    ![FENCE, HEADING, RULE, ITEM, QUOTE].some((start) => start.test(text)) &&
    !FENCE.test(last.text)
  );
}

/** The cells of a row of a table: what stands between bars that are not escaped. */
function cellsOf({ text, at }: Line): Line[] {
  const end = text.trimEnd().length;
  let from = text.length - text.trimStart().length;
  if (text[from] === '|') from++;
  const cells: Line[] = [];
  for (let place = from; place < end; place++) {
    if (text[place] === '\\') place++;
    else if (text[place] === '|') {
      cells.push(trimLine({ text: text.slice(from, place), at: at + from }));
      from = place + 1;
    }
  }
  if (from < end) cells.push(trimLine({ text: text.slice(from, end), at: at + from }));
  return cells;
}

function trimLine({ text, at }: Line): Line {
  return { text: text.trim(), at: at + text.length - text.trimStart().length };
}

function alignOf(delimiter: string): ElementNode['align'] {
  const isStart = delimiter.startsWith(':');
  if (delimiter.endsWith(':')) return isStart ? 'center' : 'right';
  return isStart ? 'left' : undefined;
}
