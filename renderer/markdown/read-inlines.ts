/**
 * Emphasis, code, links, images and formulas in a line or paragraph. Nothing that was written vanishes: what is markup
 * beyond doubt has an effect that is seen, everything else stays as it is. One pass; every search goes on where the last
 * one ended, so that the time grows with the length.
 */
import { type Budget, DEEPEST } from './budget.ts';
import type { ElementTag, MarkdownNode } from './markdown-node.ts';
import type { Stretch } from './stretch.ts';
import { isMathsBetweenBrackets, isMathsBetweenDollars } from './surely-maths.ts';

const SPECIAL = /[`$\\![*_~]/gu;
const LONGEST_FORMULA = 2000;
const LONGEST_DOLLAR_FORMULA = 400;

/** Text, address and title; quantifiers are bounded so that a failed match costs little. */
const LINK =
  /\[((?:[^[\]\\\n]|\\.){1,1000})\]\(([^()\s]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,2000}){0,4}(?:[ \t]{1,9}(?:"[^"\n]{0,500}"|'[^'\n]{0,500}'))?)[ \t]{0,9}\)/uy;
const IMAGE =
  /!\[((?:[^[\]\\\n]|\\.){0,1000})\]\(([^()\s]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,2000}){0,4}(?:[ \t]{1,9}(?:"[^"\n]{0,500}"|'[^'\n]{0,500}'))?)[ \t]{0,9}\)/uy;

const TAGS: Readonly<Record<string, readonly ElementTag[]>> = {
  '*': ['emphasis'],
  _: ['emphasis'],
  '**': ['strong'],
  __: ['strong'],
  '***': ['strong', 'emphasis'],
  '~~': ['deleted'],
};

interface Frame {
  readonly sign: string;
  readonly from: number;
  readonly nodes: MarkdownNode[];
}

/** Signs that may stand before what is emphasised, and behind it. Letters of scripts without spaces may, too. */
const BEFORE = /[\s([{"'“‘«„‚¿¡>|:,;–—…\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef\u0e00-\u0e7f]/u;
const BEHIND = /[\s)\]}"'”’»“‘.,:;!?|<–—…\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef\u0e00-\u0e7f]/u;

export function readInlines(stretch: Stretch, budget: Budget): MarkdownNode[] {
  return new InlineReader(stretch, budget).read(0, stretch.text.length, 0);
}

class InlineReader {
  private readonly stretch: Stretch;
  private readonly budget: Budget;
  private readonly text: string;
  /** For each string looked for: where it was last found, or that it is not there any more. */
  private readonly found = new Map<string, number>();
  private codeRuns: Map<number, number[]> | null = null;

  constructor(stretch: Stretch, budget: Budget) {
    this.stretch = stretch;
    this.budget = budget;
    this.text = stretch.text;
  }

  read(from: number, to: number, depth: number): MarkdownNode[] {
    const { text } = this;
    const root: MarkdownNode[] = [];
    const frames: Frame[] = [];
    const open = new Map<string, number>();
    let plainFrom = from;
    const top = () => frames.at(-1)?.nodes ?? root;
    const flush = (end: number) => {
      for (const leaf of this.stretch.leaves(plainFrom, end)) {
        this.budget.takeNodes(1);
        top().push(leaf);
      }
      plainFrom = end;
    };
    const add = (node: MarkdownNode, start: number, end: number) => {
      flush(start);
      this.budget.takeNodes(1);
      top().push(node);
      plainFrom = end;
    };
    /** Gives up the innermost opening sign: it was text. */
    const giveUp = () => {
      const frame = frames.pop();
      if (frame === undefined) return;
      open.set(frame.sign, (open.get(frame.sign) ?? 1) - 1);
      const nodes = top();
      for (const leaf of this.stretch.leaves(frame.from, frame.from + frame.sign.length)) nodes.push(leaf);
      for (const node of frame.nodes) nodes.push(node);
    };
    let place = from;
    while (place < to) {
      SPECIAL.lastIndex = place;
      const match = SPECIAL.exec(text);
      if (match === null || match.index >= to) break;
      place = match.index;
      const sign = match[0];
      if (sign === '*' || sign === '_' || sign === '~') {
        let end = place;
        while (end < to && text[end] === sign) end++;
        const run = text.slice(place, end);
        const tags = run.length > 3 ? undefined : TAGS[run];
        const before = place === from ? ' ' : text.charAt(place - 1);
        const behind = end === to ? ' ' : text.charAt(end);
        const canClose = tags !== undefined && !/\s/u.test(before) && BEHIND.test(behind);
        const canOpen = tags !== undefined && !/\s/u.test(behind) && BEFORE.test(before);
        if (tags !== undefined && canClose && (open.get(run) ?? 0) > 0) {
          flush(place);
          while (frames.at(-1)?.sign !== run) giveUp();
          const frame = frames.at(-1);
          if (frame !== undefined && isEmphasis(run, text.slice(frame.from + run.length, place))) {
            frames.pop();
            open.set(run, (open.get(run) ?? 1) - 1);
            let children: readonly MarkdownNode[] = frame.nodes;
            for (const tag of tags) children = [{ kind: 'element', tag, children }];
            this.budget.takeNodes(tags.length);
            for (const node of children) top().push(node);
            plainFrom = end;
          } else giveUp();
        } else if (canOpen && frames.length < DEEPEST) {
          flush(place);
          frames.push({ sign: run, from: place, nodes: [] });
          open.set(run, (open.get(run) ?? 0) + 1);
          plainFrom = end;
        }
        place = end;
        continue;
      }
      const read = this.readAt(place, to, depth);
      if (read === null) {
        // A backslash keeps what follows from being markup, and stays visible with it.
        place += sign === '\\' ? 2 : 1;
        if (sign === '`') while (place < to && text[place] === '`') place++;
        continue;
      }
      add(read.node, place, read.end);
      place = read.end;
    }
    flush(to);
    while (frames.length > 0) giveUp();
    return root;
  }

  private readAt(place: number, to: number, depth: number): { node: MarkdownNode; end: number } | null {
    switch (this.text[place]) {
      case '`':
        return this.readCode(place, to);
      case '\\': {
        const next = this.text[place + 1];
        if (next === '(') return this.readFormula(place, to, '\\(', '\\)');
        if (next === '[') return this.readFormula(place, to, '\\[', '\\]');
        return null;
      }
      case '$':
        if (this.text[place + 1] === '$') return this.readFormula(place, to, '$$', '$$');
        return this.readDollars(place, to);
      case '!':
        return this.text[place + 1] === '[' ? this.readImage(place, to) : null;
      default:
        return depth > 0 ? null : this.readLink(place, to);
    }
  }

  private readCode(place: number, to: number): { node: MarkdownNode; end: number } | null {
    if (this.codeRuns === null) {
      this.codeRuns = new Map();
      // From the last to the first, so that the next one is always at the end.
      for (const { index, 0: run } of [...this.text.matchAll(/`+/gu)].reverse()) {
        const places = this.codeRuns.get(run.length);
        if (places === undefined) this.codeRuns.set(run.length, [index]);
        else places.push(index);
      }
    }
    let length = 1;
    while (this.text[place + length] === '`') length++;
    const places = this.codeRuns.get(length) ?? [];
    while ((places.at(-1) ?? Number.POSITIVE_INFINITY) <= place) places.pop();
    const close = places.at(-1);
    if (close === undefined || close + length > to) return null;
    const children = this.stretch.leaves(place + length, close);
    this.budget.takeNodes(children.length);
    return { node: { kind: 'element', tag: 'code', children }, end: close + length };
  }

  private readFormula(
    place: number,
    to: number,
    opening: string,
    closing: string,
  ): { node: MarkdownNode; end: number } | null {
    const close = this.next(closing, place + opening.length);
    if (close === -1 || close + closing.length > to || close - place > LONGEST_FORMULA) return null;
    if (!this.budget.hasFormulas) return null;
    const tex = this.text.slice(place + opening.length, close);
    if (!isMathsBetweenBrackets(tex)) return null;
    const end = close + closing.length;
    return this.formula(place, end, tex, opening !== '\\(');
  }

  private readDollars(place: number, to: number): { node: MarkdownNode; end: number } | null {
    const close = this.next('$', place + 1);
    if (close === -1 || close >= to || close - place > LONGEST_DOLLAR_FORMULA) return null;
    if (!this.budget.hasFormulas) return null;
    if (/[\w$\\)\]]/u.test(this.text.charAt(place - 1)) || /[\w$([{]/u.test(this.text.charAt(close + 1)))
      return null;
    const tex = this.text.slice(place + 1, close);
    if (tex.endsWith('\\') || !isMathsBetweenDollars(tex)) return null;
    return this.formula(place, close + 1, tex, false);
  }

  private formula(
    place: number,
    end: number,
    tex: string,
    isDisplay: boolean,
  ): { node: MarkdownNode; end: number } | null {
    if (!this.budget.takesFormula(end - place)) return null;
    const at = this.stretch.sourceAt(place);
    const text = this.text.slice(place, end);
    const length = this.stretch.sourceAt(end - 1) + 1 - at;
    return { node: { kind: 'formula', text, tex, isDisplay, at, length }, end };
  }

  private readImage(place: number, to: number): { node: MarkdownNode; end: number } | null {
    IMAGE.lastIndex = place;
    const match = IMAGE.exec(this.text);
    if (match === null) return null;
    const end = place + match[0].length;
    if (end > to) return null;
    const at = this.stretch.sourceAt(place);
    const [, alt = '', address = ''] = match;
    const length = this.stretch.sourceAt(end - 1) + 1 - at;
    return { node: { kind: 'image', alt, address, at, length }, end };
  }

  private readLink(place: number, to: number): { node: MarkdownNode; end: number } | null {
    LINK.lastIndex = place;
    const match = LINK.exec(this.text);
    if (match === null) return null;
    const end = place + match[0].length;
    if (end > to) return null;
    const [, label = '', target = ''] = match;
    const labelEnd = place + 1 + label.length;
    const children = this.read(place + 1, labelEnd, 1);
    const address = this.stretch.leaves(labelEnd + 2, labelEnd + 2 + target.length);
    this.budget.takeNodes(address.length + 1);
    children.push({ kind: 'element', tag: 'link-target', children: address });
    return { node: { kind: 'element', tag: 'link', children }, end };
  }

  /** The next place of a string at or after a place that never goes back by much; -1 where there is none. */
  private next(wanted: string, from: number): number {
    const known = this.found.get(wanted);
    if (known !== undefined && (known === -1 || known >= from)) return known;
    const place = this.text.indexOf(wanted, from);
    this.found.set(wanted, place);
    return place;
  }
}

/** Whether a matched pair of signs is emphasis. Names with underscores are names. */
function isEmphasis(sign: string, inner: string): boolean {
  if (!/[\p{L}\p{N}\p{S}]/u.test(inner)) return false;
  return sign.startsWith('_') ? /\s/u.test(inner) && !/[=(){}[\];\\]/u.test(inner) : true;
}
