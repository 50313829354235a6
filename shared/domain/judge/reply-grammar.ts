/**
 * The grammars in which a judge states its verdict. Each reads one place of the reply and nothing else, so that a letter
 * mentioned on the way is no verdict:
 *
 * - `double_bracket`: tokens such as [[A]], [[B]], [[C]] or [[tie]], [[A>>B]]. If they differ, the one on the last line
 *   that is not empty counts; without one there, none does.
 * - `json`: the last JSON object that holds the key asked for, bare or in a code fence.
 * - `first_line`, `last_line`: that line alone, which may hold a label (“Verdict:”), a noun (“Output A”), markup and a
 *   full stop, but nothing else.
 */
import type { JudgeScale, ReplyGrammar } from './judge-definition.ts';

/** A verdict about the places as shown: A is what was shown first. */
export interface ShownVerdict {
  readonly choice: 'A' | 'B' | 'tie' | 'both_bad';
  /** 1 slightly, 2, 3 much; null where the scale has no strength. */
  readonly strength: 1 | 2 | 3 | null;
}

/** The text where the verdict stands, to be read as a token; null where the grammar finds none. */
export function statedVerdict(reply: string, grammar: ReplyGrammar, key = 'verdict'): string | null {
  switch (grammar) {
    case 'double_bracket':
      return bracketed(reply);
    case 'json': {
      const value = lastJsonObjectWith(reply, key)?.[key];
      return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
    }
    case 'first_line':
      return bareLine(linesOf(reply)[0]);
    case 'last_line':
      return bareLine(linesOf(reply).at(-1));
  }
}

const TIES: ReadonlySet<string> = new Set([
  'c',
  'tie',
  'draw',
  'equal',
  'both good',
  'a=b',
  'b=a',
  'a = b',
  'neither is better',
  'no preference',
]);
const BOTH_BAD: ReadonlySet<string> = new Set([
  'd',
  'both bad',
  'both_bad',
  'bothbad',
  'both are bad',
  'tie (bothbad)',
]);

/** Reads a stated verdict on a scale; null where the scale does not have it. */
export function shownVerdict(stated: string, scale: JudgeScale): ShownVerdict | null {
  const token = stated.trim().toLowerCase().replaceAll('≫', '>>').replaceAll('≪', '<<').replaceAll('≥', '>');
  const graded = gradedVerdict(token.replace(/\s+/gu, ''));
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

/** A score within its bounds; null else. */
export function statedScore(stated: string, lowest: number, highest: number): number | null {
  const [, number] = /^(-?\d+(?:\.\d+)?)(?:\s*\/\s*\d+)?$/u.exec(stated.trim()) ?? [];
  if (number === undefined) return null;
  const score = Number(number);
  return score >= lowest && score <= highest ? score : null;
}

function gradedVerdict(token: string): ShownVerdict | null {
  const [, one, sign, two] = /^([ab])(>{1,3}|<{1,3}|=)([ab])$/u.exec(token) ?? [];
  if (one === undefined || sign === undefined || two === undefined || one === two) return null;
  if (sign === '=') return { choice: 'tie', strength: null };
  const winner = sign.startsWith('>') ? one : two;
  const strength = sign.length === 1 ? 1 : 3;
  return { choice: winner === 'a' ? 'A' : 'B', strength };
}

const TOKEN = /\[\[([^[\]\n]{1,48})\]\]/gu;

function bracketed(reply: string): string | null {
  const tokensOf = (text: string) => [...text.matchAll(TOKEN)].map(([, token = '']) => token.trim());
  const distinct = [...new Set(tokensOf(reply).map((token) => token.toLowerCase()))];
  if (distinct.length <= 1) return distinct[0] ?? null;
  const onLast = tokensOf(linesOf(reply).at(-1) ?? '');
  return onLast.length === 1 ? (onLast[0] ?? null) : null;
}

const LABEL =
  /^(?:(?:my|the|final|overall)\s{1,3}){0,3}(?:verdict|answer|winner|choice|decision|preference|judg(?:e)?ment|conclusion|rating|score)\s{0,3}(?:is|:|=|-|–|—){1,3}\s{0,3}/iu;
const NOUN = /^(?:the\s{1,3})?(?:output|response|assistant|answer|option|model|candidate)\s{1,3}(?=[ab]\b)/iu;
const AFTER =
  /\s{1,3}(?:is\s{1,3}(?:the\s{1,3})?(?:slightly\s{1,3}|much\s{1,3}|clearly\s{1,3})?(?:better|best|winner)|wins)$/iu;
/** “>” at the start of a line is a quotation mark; within, as in A>B, it stays. */
const BEFORE: ReadonlySet<string> = new Set(' \t*_`#>"\'([{');
const BEHIND: ReadonlySet<string> = new Set(' \t*_`"\')]}.!');
/** A longer line is an argument, not a verdict. */
const LONGEST_LINE = 400;

/** A line without label, noun, markup and full stop. */
function bareLine(line: string | undefined): string | null {
  if (line === undefined || line.length > LONGEST_LINE) return null;
  let text = bare(line);
  text = bare(text.replace(LABEL, ''));
  text = bare(text.replace(NOUN, ''));
  text = bare(text.replace(AFTER, ''));
  return text.length > 0 && text.length <= 24 ? text : null;
}

/** Without marks at either end; a loop, because a pattern for the end of a text looks at it from every place. */
function bare(text: string): string {
  let [from, to] = [0, text.length];
  while (from < to && BEFORE.has(text[from] ?? '')) from++;
  while (to > from && BEHIND.has(text[to - 1] ?? '')) to--;
  return text.slice(from, to);
}

function linesOf(reply: string): string[] {
  return reply
    .split(/\r?\n/u)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^`{3,}\w*$/u.test(line));
}

/** Bounds of the search, so that a hostile reply costs little. */
const [MOST_ENDS, MOST_STARTS, LONGEST_OBJECT] = [20, 60, 100_000];

/** The last JSON object in the text that has the key of its own; null without one. */
export function lastJsonObjectWith(text: string, key: string): Readonly<Record<string, unknown>> | null {
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
  for (const end of placesOf('}').slice(0, MOST_ENDS)) {
    const before = starts.filter((start) => start < end && end - start < LONGEST_OBJECT);
    for (const start of before.slice(0, MOST_STARTS)) {
      const object = parsedObject(text.slice(start, end + 1));
      if (object !== null && Object.hasOwn(object, key)) return object;
    }
  }
  return null;
}

function parsedObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

/** Where in the reply the verdict stands: the characters from and up to. The whole reply where nothing is found. */
export function verdictPlace(
  reply: string,
  grammar: ReplyGrammar,
): { readonly from: number; readonly to: number } {
  const whole = { from: 0, to: reply.length };
  const start = reply.length - reply.trimStart().length;
  const end = reply.trimEnd().length;
  switch (grammar) {
    case 'double_bracket': {
      const last = [...reply.matchAll(TOKEN)].at(-1);
      return last === undefined ? whole : { from: last.index, to: last.index + last[0].length };
    }
    case 'json': {
      const key = reply.lastIndexOf('"verdict"');
      return key < 0 ? whole : { from: key + '"verdict"'.length, to: reply.length };
    }
    case 'first_line': {
      const line = reply.indexOf('\n', start);
      return { from: start, to: line < 0 ? end : line };
    }
    case 'last_line':
      return { from: reply.lastIndexOf('\n', end - 1) + 1, to: end };
  }
}
