/** In which encoding a file of text is written, and its text as UTF-8. */
import { isAscii, isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { NEWLINE } from './json-bytes.ts';
import { RecordFault } from './record-bytes.ts';

export const UTF_8 = 'utf-8';
const WESTERN = 'windows-1252';

/** An encoding, and whether it is a guess: nothing in such a file says which it is. */
export interface FoundEncoding {
  readonly encoding: string;
  readonly isGuessed: boolean;
}

/** The name that `TextDecoder` has for an encoding; null where it knows none of that name. */
export function encodingNamed(label: string): string | null {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return null;
  }
}

/** The encoding that the first bytes tell by a mark, or by how the zeros lie; null where they do not. */
export function encodingOfHead(head: Buffer): string | null {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return UTF_8;
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  if (head[0] === 0xff && head[1] === 0xfe && !(head[2] === 0 && head[3] === 0)) return 'utf-16le';
  const looked = head.subarray(0, Math.min(head.length & ~1, 4096));
  const zeros = [0, 0];
  for (const [at, byte] of looked.entries()) if (byte === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const half = looked.length / 2;
  if (odd > half * 0.3 && even < half * 0.02) return 'utf-16le';
  if (even > half * 0.3 && odd < half * 0.02) return 'utf-16be';
  return null;
}

/**
 * The encoding of a file of text. What is not UTF-8 is taken for Windows-1252 where its bytes lie as those of western texts do:
 * single letters among ASCII. Null where nothing is known that fits.
 */
export async function encodingOf(path: string, head: Buffer): Promise<FoundEncoding | null> {
  const told = encodingOfHead(head);
  if (told !== null) return { encoding: told, isGuessed: false };
  const seen = { wellFormed: 0, broken: 0, high: 0, besideAnother: 0, neverWestern: 0 };
  let carried = Buffer.alloc(0);
  const count = (bytes: Buffer) => {
    for (const character of bytes.toString('utf8')) {
      if (character === '\ufffd') seen.broken++;
      else if (character > '\u007f') seen.wellFormed++;
    }
    let isBesideAnother = false;
    for (const byte of bytes) {
      if (byte > 0x7f) {
        seen.high++;
        if (isBesideAnother) seen.besideAnother++;
        if (NEVER_WESTERN.has(byte)) seen.neverWestern++;
      }
      isBesideAnother = byte > 0x7f;
    }
  };
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 ** 2 }) as AsyncIterable<Buffer>) {
    const bytes = carried.length === 0 ? chunk : Buffer.concat([carried, chunk]);
    const end = bytes.length - unfinishedBytes(bytes);
    const whole = bytes.subarray(0, end);
    carried = Buffer.from(bytes.subarray(end));
    if (isAscii(whole)) continue;
    // Counting takes longer than looking, and enough is enough.
    if (!isUtf8(whole) || seen.wellFormed < MOST_COUNTED) count(whole);
  }
  // What ends inside a character was cut off.
  if (carried.length > 0 && seen.broken > 0) count(carried);
  const { wellFormed, broken, high, besideAnother, neverWestern } = seen;
  if (wellFormed >= broken) return { encoding: UTF_8, isGuessed: false };
  const isRare = high <= 4;
  if (neverWestern > 0) return isRare ? { encoding: UTF_8, isGuessed: false } : null;
  return isRare || besideAnother <= high * 0.2 ? { encoding: WESTERN, isGuessed: true } : null;
}

const MOST_COUNTED = 10_000;

/** Bytes without a character in Windows-1252, and the two that no western text has and no UTF-8 either. */
const NEVER_WESTERN: ReadonlySet<number> = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d, 0xfe, 0xff]);

/** How many bytes at the end are the beginning of a character of UTF-8. */
function unfinishedBytes(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) return 0;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return length > back ? back : 0;
  }
  return 0;
}

/**
 * The same text as UTF-8, whatever it is written in; a mark before it is left out where it is written in another encoding.
 * Halves of surrogate pairs become U+FFFD, as everywhere.
 *
 * @throws RecordFault at the line where bytes stand that are none of the encoding's
 */
export async function* utf8Of(chunks: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<Buffer> {
  const isWide = encoding.startsWith('utf-16');
  const isSame = encoding === UTF_8;
  const invalid = `is not valid ${isSame ? 'UTF-8' : encoding}`;
  const decoder = new TextDecoder(encoding, { fatal: !isWide });
  let line = 1;
  let bytes = 0;
  let carried = Buffer.alloc(0);
  for await (const chunk of chunks) {
    bytes += chunk.length;
    let text: string;
    try {
      text = decoder.decode(chunk, { stream: true });
    } catch {
      throw new RecordFault(line + linesBeforeFault(encoding, carried, chunk), invalid);
    }
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) line++;
    if (isSame) {
      carried = Buffer.from(chunk.subarray(chunk.length - unfinishedBytes(chunk)));
      yield chunk;
    } else if (text !== '') yield Buffer.from(text, 'utf8');
  }
  const rest = restOf(decoder);
  if (rest === null || (isWide && bytes % 2 === 1))
    throw new RecordFault(line, `${invalid}: it ends inside a character`);
  if (rest !== '') yield Buffer.from(rest, 'utf8');
}

/** What a decoder still has at the end of a text; null where that is no whole character. */
function restOf(decoder: { decode(): string }): string | null {
  try {
    return decoder.decode();
  } catch {
    return null;
  }
}

/** How many lines of a chunk can be read before one that cannot. @param carried what the chunk before ended with */
function linesBeforeFault(encoding: string, carried: Buffer, chunk: Buffer): number {
  const decoder = new TextDecoder(encoding, { fatal: true });
  decoder.decode(carried, { stream: true });
  let lines = 0;
  let start = 0;
  for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
    try {
      decoder.decode(chunk.subarray(start, end + 1), { stream: true });
    } catch {
      return lines;
    }
    lines++;
    start = end + 1;
  }
  return lines;
}
