/**
 * The grammars in which a judge states its verdict. Each reads one place of the reply and nothing else, so that a letter
 * mentioned on the way is no verdict:
 *
 * - `double_bracket`: tokens such as [[A]], [[B]], [[C]] or [[tie]], [[A>>B]], in whatever brackets stand for these in the
 *   judge's language. If they differ, the one on the last line that is not empty counts; without one there, none does.
 *   Without any token, a last line that is nothing but a label and a verdict (“Verdict: A”).
 * - `json`: the last JSON object that holds the key asked for, bare or in a code fence; without any, such a last line.
 * - `first_line`, `last_line`: that line alone, which may hold a label (“Verdict:”), a noun (“Output A”), markup and a
 *   full stop, but nothing else.
 *
 * They read what is said, not what was only thought (see `visible-reply.ts`).
 */
import type { JudgeScale, ReplyGrammar } from './judge-definition.ts';
import { lenientObject, ownValue } from './lenient-json.ts';
import { plainForm } from './plain-form.ts';
import { AFTER, BOTH_BAD, LABEL, NOUN, NOUNS_WITHIN, TIES } from './verdict-words.ts';

/** A verdict about the places as shown: A is what was shown first. */
export interface ShownVerdict {
  readonly choice: 'A' | 'B' | 'tie' | 'both_bad';
  /** 1 slightly, 2, 3 much; null where the scale has no strength. */
  readonly strength: 1 | 2 | 3 | null;
}

/** Characters of a reply: from, and up to. */
export interface Place {
  readonly from: number;
  readonly to: number;
}

/** A verdict as it is written, without label, noun and markup. */
export interface Stated {
  readonly text: string;
  /** Where it stands in the reply; null where that cannot be told for certain. */
  readonly place: Place | null;
}

/** What the grammar finds stated in the visible part of a reply; null where it finds nothing. */
export function statedVerdict(visible: string, grammar: ReplyGrammar, key = 'verdict'): Stated | null {
  switch (grammar) {
    case 'double_bracket':
      return readBrackets(visible);
    case 'json':
      return valueOfObject(visible, key);
    case 'first_line':
      return statementIn(visible, linesOf(visible)[0]);
    case 'last_line':
      return statementIn(visible, linesOf(visible).at(-1));
  }
}

/** Reads a stated verdict on a scale; null where the scale does not have it. */
export function verdictOfToken(stated: string, scale: JudgeScale): ShownVerdict | null {
  const token = plainForm(stated)
    .trim()
    .toLowerCase()
    .replaceAll(/&gt;|≻|≥/gu, '>')
    .replaceAll(/&lt;|≺|≤/gu, '<')
    .replaceAll('≫', '>>')
    .replaceAll('≪', '<<');
  const graded = gradedVerdict(token.replace(NOUNS_WITHIN, '').replace(/\s+/gu, ''));
  if (graded !== null) {
    if (graded.choice === 'tie' && scale === 'forced') return null;
    return scale === 'graded' ? graded : { ...graded, strength: null };
  }
  if (token === 'a' || token === 'b') return { choice: token === 'a' ? 'A' : 'B', strength: null };
  if (BOTH_BAD.has(token))
    return scale === 'with_tie_and_both_bad' ? { choice: 'both_bad', strength: null } : null;
  if (TIES.has(token)) return scale === 'forced' ? null : { choice: 'tie', strength: null };
  return null;
}

/** A score within its bounds, alone or over the top of the scale (“7/10” where 10 is the highest); null else. */
export function statedScore(stated: string, lowest: number, highest: number): number | null {
  const [, number, top] =
    /^\+?(-?\d+(?:\.\d+)?)(?:\s*(?:\/|out of|von|sur|de|su|из|van)\s*(\d+(?:\.\d+)?))?$/iu.exec(
      plainForm(stated).trim(),
    ) ?? [];
  if (number === undefined) return null;
  // A score over another number is on another scale.
  if (top !== undefined && Number(top) !== highest) return null;
  const score = Number(number);
  return score >= lowest && score <= highest ? score : null;
}

function gradedVerdict(token: string): ShownVerdict | null {
  const [, one, sign, two] = /^([ab])(>{1,3}|<{1,3}|={1,2}|[≈~≡])([ab])$/u.exec(token) ?? [];
  if (one === undefined || sign === undefined || two === undefined || one === two) return null;
  if (!/[<>]/u.test(sign)) return { choice: 'tie', strength: null };
  const winner = sign.startsWith('>') ? one : two;
  const strength = sign.length === 1 ? 1 : 3;
  return { choice: winner === 'a' ? 'A' : 'B', strength };
}

/** [[…]], escaped as \[\[…\]\], and the double brackets of other scripts: 【【…】】, ［［…］］, 「「…」」, ⟦…⟧. */
const TOKEN =
  /(?:(?:\\?[[［【〔「『《〖]){2}|[⟦〚])([^[\]［］【】〔〕「」『』《》〖〗⟦⟧〚〛\n]{1,48})(?:(?:\\?[\]］】〕」』》〗]){2}|[⟧〛])/gu;

function readBrackets(reply: string): Stated | null {
  const tokens = [...reply.matchAll(TOKEN)].map(({ index, 0: whole, 1: inner = '' }) => {
    const from = index + whole.indexOf(inner);
    return statement(reply, from, from + inner.length);
  });
  const last = tokens.at(-1);
  if (last === undefined) return readLabelledLine(reply);
  const distinct = new Set(tokens.map(({ text }) => plainForm(text).toLowerCase()));
  if (distinct.size === 1) return last;
  const line = linesOf(reply).at(-1);
  const onLast = tokens.filter(
    ({ place }) => line !== undefined && place !== null && place.from >= line.from && place.to <= line.to,
  );
  return onLast.length === 1 ? (onLast[0] ?? null) : null;
}

/** A last line of a label and what it labels, for a reply that has not the form it was asked for. */
function readLabelledLine(reply: string): Stated | null {
  const line = linesOf(reply).at(-1);
  if (line === undefined || line.to - line.from > LONGEST_LINE) return null;
  const { from, to } = bare(reply, line.from, line.to);
  return LABEL.test(reply.slice(from, to)) ? statementIn(reply, line) : null;
}

/** “>” at the start of a line is a quotation mark; within, as in A>B, it stays. */
const BEFORE: ReadonlySet<string> = new Set(
  ' \u00A0\u200B\u200C\u200D\u2060\uFEFF\t*_`#>"\'“”‘’«([{（［【「『〔《〖\\$',
);
const BEHIND: ReadonlySet<string> = new Set(
  ' \u00A0\u200B\u200C\u200D\u2060\uFEFF\t*_`"\'“”‘’»)]}）］】」』〕》〗\\$.!。！．',
);
/** A longer line is an argument, not a verdict. */
const LONGEST_LINE = 400;
const LONGEST_STATEMENT = 40;
/** An element or a command of TeX around a verdict: <answer>A</answer>, \boxed{A}, \text{A}. */
const WRAPPED = /^(?:<[a-z_]{1,20}>|(?:\\)?(?:boxed|text|textbf|mathbf|mathrm)\{)/iu;
const WRAP_END = /<\/[a-z_]{1,20}>$/iu;

function statementIn(reply: string, line: Place | undefined): Stated | null {
  if (line === undefined || line.to - line.from > LONGEST_LINE) return null;
  const stated = statement(reply, line.from, line.to);
  return stated.text.length > 0 && stated.text.length <= LONGEST_STATEMENT ? stated : null;
}

/** What a piece of the reply says without label, noun, markup and full stop. */
function statement(reply: string, start: number, end: number): Stated {
  let { from, to } = bare(reply, start, end);
  for (const before of [WRAPPED, LABEL, WRAPPED, LABEL, NOUN]) {
    from += before.exec(reply.slice(from, to))?.[0].length ?? 0;
    ({ from, to } = bare(reply, from, to));
  }
  for (const behind of [WRAP_END, AFTER]) {
    to -= behind.exec(reply.slice(from, to))?.[0].length ?? 0;
    ({ from, to } = bare(reply, from, to));
  }
  return { text: reply.slice(from, to), place: { from, to } };
}

/** What a text says without label, noun, markup and full stop. */
export function bareStatement(text: string): string {
  return statement(text, 0, text.length).text;
}

/** Without marks at either end; a loop, because a pattern for the end of a text looks at it from every place. */
function bare(text: string, start: number, end: number): Place {
  let [from, to] = [start, end];
  while (from < to && BEFORE.has(text[from] ?? '')) from++;
  while (to > from && BEHIND.has(text[to - 1] ?? '')) to--;
  return { from, to };
}

/** Lines that hold something, without the blanks around it; ends of code fences and rules hold nothing. */
function linesOf(reply: string): Place[] {
  const lines: Place[] = [];
  for (const { index, 0: whole } of reply.matchAll(/[^\n\r]+/gu)) {
    const text = whole.trim();
    if (text === '' || /^(?:`{3,}\w*|[-*_=~—]{3,})$/u.test(text)) continue;
    const from = index + whole.length - whole.trimStart().length;
    lines.push({ from, to: from + text.length });
  }
  return lines;
}

function valueOfObject(reply: string, key: string): Stated | null {
  const found = lastJsonObjectWith(reply, key);
  if (found === null) return reply.includes('{') ? null : readLabelledLine(reply);
  const value = ownValue(found.object, key);
  if (typeof value !== 'string' && typeof value !== 'number') return null;
  const text = String(value);
  const { text: stated, place } = statement(text, 0, text.length);
  if (stated === '' || place === null) return null;
  const start = placeOfValue(reply.slice(found.from, found.to), key, text);
  return {
    text: stated,
    place:
      start === null ? null : { from: found.from + start + place.from, to: found.from + start + place.to },
  };
}

/** Where the value of a key begins in the text of its object; null unless the key stands there once. */
function placeOfValue(object: string, key: string, value: string): number | null {
  const keys = [...object.matchAll(new RegExp(`"\\s*${key}\\s*"\\s*:\\s*"?`, 'giu'))];
  const [only] = keys;
  if (only === undefined || keys.length > 1) return null;
  const start = only.index + only[0].length;
  return object.startsWith(value, start) ? start : null;
}

/** Bounds of the search, so that a hostile reply costs little. */
const [MOST_ENDS, MOST_STARTS, LONGEST_OBJECT, MOST_READ] = [20, 60, 100_000, 4_000_000];

/** The last JSON object in the text that has the key of its own, in whatever case, and where it stands; null without one. */
export function lastJsonObjectWith(
  text: string,
  key: string,
): (Place & { readonly object: Readonly<Record<string, unknown>> }) | null {
  const placesOf = (brace: string) => {
    const places: number[] = [];
    for (
      let place = text.lastIndexOf(brace);
      place >= 0;
      place = place === 0 ? -1 : text.lastIndexOf(brace, place - 1)
    ) {
      places.push(place);
    }
    return places;
  };
  const starts = placesOf('{');
  let read = 0;
  for (const end of placesOf('}').slice(0, MOST_ENDS)) {
    const before = starts.filter((start) => start < end && end - start < LONGEST_OBJECT);
    for (const start of before.slice(0, MOST_STARTS)) {
      read += end - start;
      if (read > MOST_READ) return null;
      const object = lenientObject(text.slice(start, end + 1));
      if (object !== null && Object.keys(object).some((name) => name.trim().toLowerCase() === key))
        return { object, from: start, to: end + 1 };
    }
  }
  return null;
}
