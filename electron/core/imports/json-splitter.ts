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
import { HeldBytes, type RawRecord, RecordFault } from './record-bytes.ts';

/** The one member that is taken apart although it is no list, where the document begins as a log does. */
const NESTED = 'results';
const FIRST_OF_LOGS = new Set(['version', 'status', 'evalId', NESTED]);

const MOST_KEY_BYTES = 1000;

/** A list or object that is taken apart. */
interface Frame {
  /** Empty for what stands at the top of the file. */
  readonly path: string;
  readonly isArray: boolean;
  expects: 'key' | 'colon' | 'value' | 'comma';
  /** Whether it holds anything yet: where it does, a comma is followed by something. */
  isEmpty: boolean;
  key: string;
}

/**
 * What is being gathered: the name of a field; a value, which ends by itself; or all between two commas, so that what is no
 * value there is a fault of one record and not of the file.
 */
type Gathered = 'key' | 'container' | 'text' | 'scalar' | 'element';

/**
 * Takes JSON apart in which records stand over as many lines as they like. Of an array each element is a record, of values one
 * after the other each object. Of a document it is what stands in a list at its top, or in a list of its `results`, element by
 * element, and whatever else stands at its top, whole: each as `{"<path>": <value>}`, where the path of an element of a list
 * ends with `[]`.
 */
export class JsonSplitter {
  readonly #layout: 'json_array' | 'json_values' | 'json_document';
  /** What the file is when it is well formed. */
  readonly #root: 'array' | 'object';
  readonly #text = new QuotedText();
  readonly #held = new HeldBytes();
  readonly #frames: Frame[] = [];
  #line = 1;
  #isBegun = false;
  #firstKey: string | undefined;
  #gathers: Gathered | null = null;
  /** Containers that are open in what is gathered. */
  #depth = 0;
  #isInText = false;
  #records = 0;

  constructor(layout: 'json_array' | 'json_values' | 'json_document') {
    this.#layout = layout;
    this.#root = layout === 'json_array' ? 'array' : 'object';
  }

  take(chunk: Buffer, records: RawRecord[]): void {
    /** Where what is gathered begins in this chunk. */
    let start = 0;
    const endRecord = (end: number) => records.push(this.#endRecord(chunk.subarray(start, end)));
    for (let at = 0; at < chunk.length; at++) {
      if (this.#isInText) {
        const end = this.#text.endIn(chunk, at);
        if (end === -1) break;
        at = end;
        this.#isInText = false;
        if (this.#gathers === 'key') this.#endKey(chunk.subarray(start, at + 1));
        else if (this.#gathers === 'text') endRecord(at + 1);
        continue;
      }
      const byte = chunk[at] as number;
      if (byte === NEWLINE) this.#line++;
      if (this.#gathers !== null) {
        if (!this.#isBehind(byte)) {
          if (this.#gathers !== 'scalar' && this.#passes(byte)) endRecord(at + 1);
          continue;
        }
        endRecord(at);
      }
      if (!isBlankByte(byte) && this.#structure(byte)) start = at;
    }
    if (this.#gathers !== null) this.#held.hold(chunk.subarray(start));
  }

  end(): void {
    if (this.#layout === 'json_values') {
      if (this.#gathers === null) return;
      throw new RecordFault(this.#held.line, 'the file ends before the object that begins here does');
    }
    if (!this.#isBegun) throw this.#fault(`the file is not a JSON ${this.#root}`);
    if (this.#frames.length > 0) throw this.#fault(`the file ends before its JSON ${this.#root} does`);
  }

  /** Whether what is gathered ended before this byte. */
  #isBehind(byte: number): boolean {
    if (this.#gathers === 'element') return this.#depth === 0 && (byte === COMMA || byte === CLOSE_ARRAY);
    return this.#gathers === 'scalar' && (isBlankByte(byte) || byte === COMMA || isClose(byte));
  }

  /** Takes a byte of what is gathered. Returns whether that ends with it. */
  #passes(byte: number): boolean {
    if (byte === QUOTE) this.#isInText = true;
    else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) this.#depth++;
    else if (isClose(byte) && this.#depth > 0) this.#depth--;
    else return false;
    return this.#gathers === 'container' && this.#depth === 0;
  }

  /** Takes a byte between records. Returns whether something begins with it that is to be gathered. */
  #structure(byte: number): boolean {
    const frame = this.#frames.at(-1);
    if (frame === undefined) return this.#structureAtTop(byte);
    const isEnd = byte === (frame.isArray ? CLOSE_ARRAY : CLOSE_OBJECT);
    if (isEnd && (frame.isEmpty || frame.expects === 'comma')) {
      this.#frames.pop();
      return false;
    }
    if (frame.expects === 'comma' || frame.expects === 'colon') {
      if (byte !== (frame.expects === 'comma' ? COMMA : COLON))
        throw this.#fault(`a ${frame.expects} is missing`);
      frame.expects = frame.expects === 'colon' || frame.isArray ? 'value' : 'key';
      return false;
    }
    frame.isEmpty = false;
    if (frame.expects === 'key') {
      if (byte !== QUOTE) throw this.#fault('the name of a field is missing');
      this.#gathers = 'key';
      this.#held.begin(this.#line, MOST_KEY_BYTES);
      this.#isInText = true;
      return true;
    }
    return this.#beginValue(frame, byte);
  }

  #structureAtTop(byte: number): boolean {
    if (!this.#isBegun && isMarkByte(byte)) return false;
    if (this.#layout === 'json_values') {
      if (byte !== OPEN_OBJECT) throw this.#fault('something other than an object stands here');
      this.#isBegun = true;
      this.#gather(byte, false);
      return true;
    }
    if (this.#isBegun) throw this.#fault(`there is more after the end of the ${this.#root}`);
    const isArray = this.#root === 'array';
    if (byte !== (isArray ? OPEN_ARRAY : OPEN_OBJECT))
      throw this.#fault(`the file is not a JSON ${this.#root}`);
    this.#isBegun = true;
    this.#open('', isArray);
    return false;
  }

  #beginValue(frame: Frame, byte: number): boolean {
    const isElement = this.#layout === 'json_array';
    if (byte === COMMA || byte === COLON || isClose(byte)) {
      if (isElement && byte === COMMA) throw this.#fault('a comma stands where a record was expected');
      if (isElement && byte === CLOSE_ARRAY) throw this.#fault('the array ends where a record was expected');
      if (!isElement) throw this.#fault('a value is missing');
    }
    frame.expects = 'comma';
    if (!isElement) {
      const path = pathIn(frame);
      if (!frame.isArray && byte === OPEN_ARRAY) {
        this.#open(`${path}[]`, true);
        return false;
      }
      if (byte === OPEN_OBJECT && path === NESTED && FIRST_OF_LOGS.has(this.#firstKey ?? '')) {
        this.#open(path, false);
        return false;
      }
    }
    this.#gather(byte, isElement);
    return true;
  }

  #open(path: string, isArray: boolean): void {
    this.#frames.push({ path, isArray, expects: isArray ? 'value' : 'key', isEmpty: true, key: '' });
  }

  /** Begins a value with its first byte. */
  #gather(byte: number, isElement: boolean): void {
    const isOpen = byte === OPEN_OBJECT || byte === OPEN_ARRAY;
    this.#isInText = byte === QUOTE;
    this.#depth = isOpen ? 1 : 0;
    if (isElement) this.#gathers = 'element';
    else if (isOpen) this.#gathers = 'container';
    else this.#gathers = this.#isInText ? 'text' : 'scalar';
    this.#held.begin(this.#line);
  }

  #endKey(piece: Buffer): void {
    const frame = this.#frames.at(-1) as Frame;
    const bytes = this.#held.end(piece);
    try {
      frame.key = JSON.parse(bytes.toString('utf8')) as string;
    } catch {
      throw new RecordFault(this.#held.line, 'the name of a field is not valid JSON');
    }
    this.#firstKey ??= frame.key;
    frame.expects = 'colon';
    this.#gathers = null;
  }

  #endRecord(piece: Buffer): RawRecord {
    this.#gathers = null;
    const bytes = this.#held.end(piece);
    const { line } = this.#held;
    if (this.#layout !== 'json_document') return { line, recordNumber: ++this.#records, bytes };
    return { line, bytes: partOfDocument(pathIn(this.#frames.at(-1) as Frame), bytes) };
  }

  #fault(message: string): RecordFault {
    return new RecordFault(this.#line, message);
  }
}

/** A value under its path. */
export function partOfDocument(path: string, value: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`{${JSON.stringify(path)}:`), value, Buffer.from('}')]);
}

function isClose(byte: number): boolean {
  return byte === CLOSE_ARRAY || byte === CLOSE_OBJECT;
}

function pathIn({ path, isArray, key }: Frame): string {
  if (isArray) return path;
  return path === '' ? key : `${path}.${key}`;
}
