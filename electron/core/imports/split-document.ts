/**
 * Takes one large JSON object apart without holding more than one of its parts. What stands in a list at its top, or in a list
 * of its `results`, comes element by element; whatever else stands at its top comes whole.
 */
import {
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  isBlankByte,
  isMarkByte,
  NEWLINE,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
} from './json-bytes.ts';
import { QuotedText } from './quoted-text.ts';
import { MAX_RECORD_BYTES, type RawRecord, RecordFault, tooLong } from './split-records.ts';

/** The one member that is taken apart although it is no list, where the document begins as a log does. */
const NESTED = 'results';
const FIRST_OF_LOGS = new Set(['version', 'status', 'evalId', NESTED]);

const MOST_KEY_BYTES = 1000;

interface Frame {
  readonly path: string;
  readonly isArray: boolean;
  expects: 'key' | 'colon' | 'value' | 'comma';
  /** Whether it holds anything yet: where it does, a comma is followed by something. */
  isEmpty: boolean;
  key: string;
}

/** A part of a document: `{"<path>": <value>}`, where the path of an element of a list ends with `[]`. */
export async function* splitDocument(chunks: AsyncIterable<Buffer>): AsyncGenerator<RawRecord[]> {
  const splitter = new DocumentSplitter();
  for await (const chunk of chunks) {
    const parts = splitter.take(chunk);
    if (parts.length > 0) yield parts;
  }
  splitter.end();
}

class DocumentSplitter {
  readonly #text = new QuotedText();
  readonly #frames: Frame[] = [];
  #line = 1;
  #isBegun = false;
  #firstKey: string | undefined;
  /** Of what is being gathered: a key, or a part. */
  #held: Buffer[] = [];
  #heldBytes = 0;
  #gathers: 'key' | 'container' | 'text' | 'scalar' | null = null;
  #startLine = 0;
  #depth = 0;
  #isInText = false;

  take(chunk: Buffer): RawRecord[] {
    const parts: RawRecord[] = [];
    let start = 0;
    for (let at = 0; at < chunk.length; at++) {
      if (this.#isInText) {
        const end = this.#text.endIn(chunk, at);
        if (end === -1) break;
        at = end;
        this.#isInText = false;
        if (this.#gathers === 'key') this.#endKey(this.#gathered(chunk, start, at + 1));
        else if (this.#gathers === 'text') parts.push(this.#endPart(chunk, start, at + 1));
        continue;
      }
      const byte = chunk[at] as number;
      if (byte === NEWLINE) this.#line++;
      if (this.#gathers === 'container') {
        if (byte === QUOTE) this.#isInText = true;
        else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) this.#depth++;
        else if ((byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) && --this.#depth === 0)
          parts.push(this.#endPart(chunk, start, at + 1));
        continue;
      }
      const isBlank = isBlankByte(byte);
      if (this.#gathers === 'scalar') {
        if (!isBlank && byte !== COMMA && byte !== CLOSE_ARRAY && byte !== CLOSE_OBJECT) continue;
        parts.push(this.#endPart(chunk, start, at));
      }
      if (isBlank) continue;
      if (this.#structure(byte)) start = at;
    }
    if (this.#gathers !== null) this.#hold(chunk.subarray(start));
    return parts;
  }

  /** Takes a byte between parts. Returns whether something begins with it that is to be gathered. */
  #structure(byte: number): boolean {
    const frame = this.#frames.at(-1);
    if (frame === undefined) {
      if (this.#isBegun) throw new RecordFault(this.#line, 'there is more after the end of the object');
      if (isMarkByte(byte)) return false;
      if (byte !== OPEN_OBJECT) throw new RecordFault(this.#line, 'the file is not a JSON object');
      this.#isBegun = true;
      this.#open('', false);
      return false;
    }
    if (
      byte === (frame.isArray ? CLOSE_ARRAY : CLOSE_OBJECT) &&
      (frame.isEmpty || frame.expects === 'comma')
    ) {
      this.#frames.pop();
      return false;
    }
    if (frame.expects === 'comma' || frame.expects === 'colon') {
      if (byte !== (frame.expects === 'comma' ? COMMA : COLON))
        throw new RecordFault(this.#line, `a ${frame.expects} is missing`);
      frame.expects = frame.expects === 'colon' || frame.isArray ? 'value' : 'key';
      return false;
    }
    frame.isEmpty = false;
    if (frame.expects === 'key') {
      if (byte !== QUOTE) throw new RecordFault(this.#line, 'the name of a field is missing');
      this.#gather('key');
      this.#isInText = true;
      return true;
    }
    if (byte === COMMA || byte === COLON || byte === CLOSE_ARRAY || byte === CLOSE_OBJECT)
      throw new RecordFault(this.#line, 'a value is missing');
    frame.expects = 'comma';
    const path = pathIn(frame);
    if (!frame.isArray && byte === OPEN_ARRAY) {
      this.#open(`${path}[]`, true);
      return false;
    }
    if (byte === OPEN_OBJECT && path === NESTED && FIRST_OF_LOGS.has(this.#firstKey ?? '')) {
      this.#open(path, false);
      return false;
    }
    if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      this.#gather('container');
      this.#depth = 1;
    } else if (byte === QUOTE) {
      this.#gather('text');
      this.#isInText = true;
    } else this.#gather('scalar');
    return true;
  }

  end(): void {
    if (!this.#isBegun) throw new RecordFault(this.#line, 'the file is not a JSON object');
    if (this.#frames.length > 0)
      throw new RecordFault(this.#line, 'the file ends before its JSON object does');
  }

  #open(path: string, isArray: boolean): void {
    this.#frames.push({ path, isArray, expects: isArray ? 'value' : 'key', isEmpty: true, key: '' });
  }

  #gather(what: 'key' | 'container' | 'text' | 'scalar'): void {
    this.#gathers = what;
    this.#startLine = this.#line;
    this.#held = [];
    this.#heldBytes = 0;
  }

  #hold(piece: Buffer): void {
    this.#held.push(piece);
    this.#heldBytes += piece.length;
    const most = this.#gathers === 'key' ? MOST_KEY_BYTES : MAX_RECORD_BYTES;
    if (this.#heldBytes > most) throw tooLong(this.#startLine);
  }

  #gathered(chunk: Buffer, start: number, end: number): Buffer {
    this.#hold(chunk.subarray(this.#held.length === 0 ? start : 0, end));
    return this.#held.length === 1 ? (this.#held[0] as Buffer) : Buffer.concat(this.#held);
  }

  #endKey(bytes: Buffer): void {
    const frame = this.#frames.at(-1) as Frame;
    try {
      frame.key = JSON.parse(bytes.toString('utf8')) as string;
    } catch {
      throw new RecordFault(this.#startLine, 'the name of a field is not valid JSON');
    }
    this.#firstKey ??= frame.key;
    frame.expects = 'colon';
    this.#gathers = null;
  }

  #endPart(chunk: Buffer, start: number, end: number): RawRecord {
    const value = this.#gathered(chunk, start, end);
    this.#gathers = null;
    const name = Buffer.from(`{${JSON.stringify(pathIn(this.#frames.at(-1) as Frame))}:`);
    return { line: this.#startLine, bytes: Buffer.concat([name, value, Buffer.from('}')]) };
  }
}

function pathIn({ path, isArray, key }: Frame): string {
  if (isArray) return path;
  return path === '' ? key : `${path}.${key}`;
}
