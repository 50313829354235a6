/** Where in a text its tokens stand, from the forms in which servers report them. */
import type { ReplyToken } from './judge-reply.ts';
import type { Place } from './reply-grammar.ts';

/**
 * The place of each token in the text; null for tokens that are not of it, and null altogether where the last tokens are
 * not the text from its end to its beginning. Goes from the end, because a server that hides thoughts may report their
 * tokens too, before those of the text. A token may be a piece of a character: as bytes, as `bytes:\x…`, as `<0x…>`, or
 * as replacement characters that stand for nobody knows how many.
 */
export function tokenPlaces(
  tokens: readonly Pick<ReplyToken, 'token' | 'bytes'>[],
  text: string,
): (Place | null)[] | null {
  const whole = bytesOf(text);
  const places: (Place | null)[] = tokens.map(() => null);
  let end = whole.length;
  let index = tokens.length - 1;
  // Marks of the end of a turn, and blanks that the server cut off.
  while (index >= 0 && !endsWith(whole, end, tokens[index]) && isOutside(tokens[index]?.token ?? '')) index--;
  for (; index >= 0 && end > 0; index--) {
    const token = tokens[index];
    if (token === undefined) return null;
    const known = knownBytes(token);
    if (known !== null) {
      const used = matchLengthBefore(whole, end, known, end === whole.length);
      if (used === null) return null;
      places[index] = { from: end - used, to: end };
      end -= used;
      continue;
    }
    // Pieces of characters: at least a byte each, up to where the token before them fits.
    let first = index;
    while (first > 0 && knownBytes(tokens[first - 1] ?? token) === null) first--;
    const before = first === 0 ? null : knownBytes(tokens[first - 1] ?? token);
    let start = end - (index - first + 1);
    while (start > 0 && !(before !== null && matchLengthBefore(whole, start, before, false) !== null))
      start--;
    if (start < 0) return null;
    places[first] = { from: start, to: end };
    end = start;
    index = first;
  }
  if (!isBlank(whole, end)) return null;
  return inCharacters(places, text);
}

type Bytes = readonly number[];

/** How many bytes before a place a token is; fewer than its own where the text was trimmed at its end or its beginning. */
function matchLengthBefore(whole: Bytes, end: number, token: Bytes, isLast: boolean): number | null {
  if (endsAt(whole, end, token)) return token.length;
  if (isLast) {
    const trimmed = token.slice(0, token.length - blanksAt(token, 'end'));
    if (trimmed.length > 0 && endsAt(whole, end, trimmed)) return trimmed.length;
  }
  const blanks = blanksAt(token, 'start');
  const rest = token.slice(blanks);
  return blanks > 0 && rest.length === end && endsAt(whole, end, rest) ? rest.length : null;
}

function endsWith(
  whole: Bytes,
  end: number,
  token: Pick<ReplyToken, 'token' | 'bytes'> | undefined,
): boolean {
  const known = token === undefined ? null : knownBytes(token);
  return known === null || (known.length > 0 && matchLengthBefore(whole, end, known, true) !== null);
}

function endsAt(whole: Bytes, end: number, token: Bytes): boolean {
  const start = end - token.length;
  return start >= 0 && token.every((byte, index) => whole[start + index] === byte);
}

const isBlankByte = (byte: number | undefined) => byte === 32 || byte === 10 || byte === 13 || byte === 9;

function blanksAt(token: Bytes, side: 'start' | 'end'): number {
  let count = 0;
  while (count < token.length && isBlankByte(token[side === 'start' ? count : token.length - 1 - count]))
    count++;
  return count;
}

function isBlank(whole: Bytes, end: number): boolean {
  return whole.slice(0, end).every(isBlankByte);
}

function isOutside(token: string): boolean {
  return token.trim() === '' || /^<[|｜/]?[\w▁|｜]{1,40}[|｜]?>$/u.test(token);
}

/** The bytes of a token; null where it holds pieces of characters and nobody says which. */
function knownBytes({ token, bytes }: Pick<ReplyToken, 'token' | 'bytes'>): Bytes | null {
  if (bytes != null && bytes.length > 0) return bytes;
  if (/^(?:bytes:)?(?:\\x[0-9a-f]{2})+$/iu.test(token) || /^(?:<0x[0-9a-f]{2}>)+$/iu.test(token))
    return [...token.matchAll(/x([0-9a-f]{2})/giu)].map(([, hex = '']) => Number.parseInt(hex, 16));
  if (token.includes('\uFFFD')) return null;
  // Vocabularies that write a blank as a letter of its own.
  return bytesOf(/^[ĠĊ▁]/u.test(token) ? token.replace(/[Ġ▁]/gu, ' ').replace(/Ċ/gu, '\n') : token);
}

/** UTF-8. */
function bytesOf(text: string): number[] {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63));
    else
      bytes.push(
        0xf0 | (code >> 18),
        0x80 | ((code >> 12) & 63),
        0x80 | ((code >> 6) & 63),
        0x80 | (code & 63),
      );
  }
  return bytes;
}

/** Places in bytes as places in UTF-16 characters, outwards to whole ones. */
function inCharacters(places: readonly (Place | null)[], text: string): (Place | null)[] {
  const starts: number[] = [];
  let character = 0;
  for (const each of text) {
    for (const _byte of bytesOf(each)) starts.push(character);
    character += each.length;
  }
  starts.push(character);
  return places.map((place) =>
    place === null ? null : { from: starts[place.from] ?? 0, to: starts[place.to] ?? character },
  );
}
