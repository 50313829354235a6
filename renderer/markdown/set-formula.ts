/**
 * Sets a formula, unless something of it would not be seen. TeX can hide, move, colour and throw away what it is given;
 * a formula that does any of it is shown as written.
 */
import katex, { type KatexOptions } from 'katex';
import type { Decoration, DecorationElement, DecorationNode } from './decoration-node.ts';

const OPTIONS = { throwOnError: true, strict: 'ignore', trust: false, maxExpand: 200, maxSize: 10 } as const;

/** KaTeX's own entry to what it understood; its types leave it out, its version is fixed. */
const { __parse: parseFormula } = katex as typeof katex & {
  readonly __parse: (tex: string, options: KatexOptions) => unknown;
};

/**
 * Commands with which a text could say one thing and show another. What stands for negated relations and dots is made of
 * some of them, so they are refused by name rather than by what they make.
 */
const REFUSED =
  /(?<!\\)%|\\[A-Za-z]*@|\\(?:mathchoice|rule|[lrc]lap|math[lrc]lap|[gex]?def|let|futurelet|global|long|(?:re)?newcommand|providecommand|char|TextOrMath|nonscript|phase)(?![A-Za-z])/u;

/** More cells or signs than a page of a book has lines for. */
const MOST_PARTS = 1500;
const MOST_CELLS = 400;
/** Tags and texts of what is set; every element of it takes the browser longer than one of other texts. */
const MOST_MARKUP = 2500;
const DEEPEST = 40;

/** What a formula is made of, where all of it stays visible and in its place. */
const SHOWN = new Set([
  'accent',
  'accentUnder',
  'array',
  'atom',
  'delimsizing',
  'font',
  'genfrac',
  'hbox',
  'horizBrace',
  'htmlmathml',
  'leftright',
  'leftright-right',
  'mathord',
  'mclass',
  'middle',
  'op',
  'operatorname',
  'ordgroup',
  'overline',
  'spacing',
  'sqrt',
  'styling',
  'supsub',
  'text',
  'textord',
  'underline',
  'xArrow',
  'kern',
  'enclose',
  'lap',
  'mathchoice',
  'rule',
  'tag',
]);

interface Measure {
  readonly number: number;
  readonly unit: string;
}

/** In quads, roughly: enough to tell a thin space from a leap. */
const QUADS: Readonly<Record<string, number>> = {
  em: 1,
  mu: 1 / 18,
  ex: 0.45,
  pt: 0.1,
  cm: 2.8,
  mm: 0.28,
  in: 7,
};

const WIDEST_SPACE = 3;
const MOST_SPACE = 30;
/** As much as two thin negative spaces before an integral sign. */
const MOST_BACKWARDS = 0.55;

class NotShown extends Error {}

/** Goes through a parsed formula. @throws NotShown */
class Inspector {
  private parts = 0;
  private cells = 0;
  private space = 0;
  private backwards = 0;

  inspect(value: unknown, depth: number): void {
    if (depth > DEEPEST) throw new NotShown('depth');
    if (Array.isArray(value)) {
      for (const each of value) this.inspect(each, depth + 1);
      return;
    }
    if (typeof value !== 'object' || value === null) return;
    const node = value as Record<string, unknown>;
    if (typeof node.type === 'string' && 'mode' in node) this.inspectNode(node);
    for (const [name, part] of Object.entries(node)) if (name !== 'loc') this.inspect(part, depth + 1);
  }

  private inspectNode(node: Record<string, unknown>): void {
    if (++this.parts > MOST_PARTS) throw new NotShown('parts');
    if (!SHOWN.has(String(node.type))) throw new NotShown(String(node.type));
    if (node.type === 'kern') this.move(quadsOf(node.dimension));
    if (node.type === 'enclose' && (node.backgroundColor !== undefined || node.borderColor !== undefined))
      throw new NotShown('colour');
    if (node.type === 'genfrac' && node.barSize !== null && node.barSize !== undefined)
      if (quadsOf(node.barSize) < 0 || quadsOf(node.barSize) > 0.5) throw new NotShown('bar');
    if (node.type === 'array') {
      const rows = Array.isArray(node.body) ? node.body : [];
      for (const row of rows) this.cells += Array.isArray(row) ? row.length : 1;
      if (this.cells > MOST_CELLS) throw new NotShown('cells');
      if (typeof node.arraystretch === 'number' && (node.arraystretch < 0.5 || node.arraystretch > 3))
        throw new NotShown('rows');
      for (const gap of Array.isArray(node.rowGaps) ? node.rowGaps : [])
        this.gap(quadsOf((gap as { value?: unknown } | null)?.value ?? gap));
      for (const col of Array.isArray(node.cols) ? node.cols : [])
        for (const name of ['pregap', 'postgap'])
          this.gap(Number((col as Record<string, unknown>)[name] ?? 0));
    }
  }

  private gap(quads: number): void {
    if (!(quads >= 0 && quads <= WIDEST_SPACE)) throw new NotShown('gap');
  }

  private move(quads: number): void {
    if (!(Math.abs(quads) <= WIDEST_SPACE)) throw new NotShown('move');
    if (quads < 0) this.backwards -= quads;
    else this.space += quads;
    if (this.backwards > MOST_BACKWARDS || this.space > MOST_SPACE) throw new NotShown('moves');
  }
}

function quadsOf(measure: unknown): number {
  if (measure === null || measure === undefined) return 0;
  const { number, unit } = measure as Measure;
  return number * (QUADS[unit] ?? Number.NaN);
}

const ARGUMENTS_THAT_ARE_MARKUP =
  /\\(?:begin|end)\s*\{[A-Za-z]+\*?\}(?:\s*(?:\[[tcb]\])?\{[lcr|:\s]*\})?|\\\\\[[^\]]*\]|\\(?:hspace|mspace|kern|mkern|hskip|mskip)\*?\s*\{?\s*-?[\d.]+\s*[a-z]{2}\}?|\\[A-Za-z]+\*?/gu;

/** Letters and digits that are written outside commands must all be seen. */
function lettersOf(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const letter of text.normalize('NFKD').match(/[\p{L}\p{N}]/gu) ?? [])
    counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return counts;
}

function textOf(node: DecorationNode): string {
  if (typeof node === 'string') return node;
  return node.attributes.class?.includes('katex-mathml') === true ? '' : node.children.map(textOf).join('');
}

/** @returns null where it is no TeX, costs too much, or would hide something */
export function setFormula(tex: string, isDisplay: boolean): Decoration {
  if (REFUSED.test(tex)) return null;
  const options = { ...OPTIONS, displayMode: isDisplay };
  try {
    new Inspector().inspect(parseFormula(tex, options), 0);
    const nodes = readMarkup(katex.renderToString(tex, options));
    const shown = lettersOf(nodes.map(textOf).join(''));
    for (const [letter, count] of lettersOf(tex.replace(ARGUMENTS_THAT_ARE_MARKUP, ' ')))
      if ((shown.get(letter) ?? 0) < count) return null;
    return nodes;
  } catch (error) {
    if (error instanceof NotShown || error instanceof katex.ParseError || error instanceof RangeError)
      return null;
    throw error;
  }
}

const MARKUP = /<(\/?)([A-Za-z][\w-]*)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>|([^<]+)/gu;
const ATTRIBUTE = /([\w:-]+)="([^"]*)"/gu;
const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#x27;': "'",
};

function decodeEntities(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#x27);/gu, (entity) => ENTITIES[entity] ?? entity);
}

/** Reads what KaTeX writes: elements that are all closed, and its own five entities. @throws NotShown */
function readMarkup(markup: string): DecorationNode[] {
  const root: DecorationNode[] = [];
  const open: { tag: string; nodes: DecorationNode[] }[] = [{ tag: '', nodes: root }];
  let end = 0;
  let count = 0;
  for (const match of markup.matchAll(MARKUP)) {
    if (match.index !== end) break;
    end += match[0].length;
    if (++count > MOST_MARKUP) throw new NotShown('nodes');
    const [, isEnd, tag = '', attributeText = '', isEmpty, text] = match;
    const top = open.at(-1);
    if (top === undefined) break;
    if (text !== undefined) top.nodes.push(decodeEntities(text));
    else if (isEnd === '/') {
      if (open.pop()?.tag !== tag) throw new NotShown('markup');
    } else {
      const attributes: Record<string, string> = {};
      for (const [, name = '', value = ''] of attributeText.matchAll(ATTRIBUTE))
        attributes[name] = decodeEntities(value);
      const children: DecorationNode[] = [];
      const element: DecorationElement = { tag, attributes, children };
      top.nodes.push(element);
      if (isEmpty !== '/') open.push({ tag, nodes: children });
    }
  }
  if (end !== markup.length || open.length !== 1) throw new NotShown('markup');
  return root;
}
