/** Cuts a byte stream into records without ever holding more than one of them, counting lines as it goes. */
import {
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COMMA,
  isBlankByte,
  isMarkByte,
  NEWLINE,
  OPEN_ARRAY,
  OPEN_OBJECT,
  QUOTE,
} from './json-bytes.ts';
import { QuotedText } from './quoted-text.ts';

/** Longest single record, in bytes (32 MiB). */
export const MAX_RECORD_BYTES = 32 * 1024 * 1024;

export interface RawRecord {
  readonly line: number;
  /** Its number, from 1, where several may stand on one line. */
  readonly recordNumber?: number;
  readonly bytes: Buffer;
}

/** A fault that ends the reading of a file, at a line. */
export class RecordFault extends Error {
  readonly line: number;
  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

export function tooLong(line: number): RecordFault {
  return new RecordFault(line, `the record is longer than ${MAX_RECORD_BYTES / 1024 / 1024} MiB`);
}

/** One record per line; blank lines are passed over. */
export async function* splitLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<RawRecord[]> {
  let held: Buffer[] = [];
  let heldBytes = 0;
  let line = 1;
  for await (const chunk of chunks) {
    const records: RawRecord[] = [];
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      const piece = chunk.subarray(start, end);
      const bytes = held.length === 0 ? piece : Buffer.concat([...held, piece]);
      if (bytes.length > MAX_RECORD_BYTES) throw tooLong(line);
      if (!isBlank(bytes)) records.push({ line, bytes });
      held = [];
      heldBytes = 0;
      line++;
      start = end + 1;
    }
    if (start < chunk.length) {
      held.push(chunk.subarray(start));
      heldBytes += chunk.length - start;
      if (heldBytes > MAX_RECORD_BYTES) throw tooLong(line);
    }
    if (records.length > 0) yield records;
  }
  const last = Buffer.concat(held);
  if (!isBlank(last)) yield [{ line, bytes: last }];
}

/** One record per element of a top-level JSON array. */
export async function* splitArray(chunks: AsyncIterable<Buffer>): AsyncGenerator<RawRecord[]> {
  let line = 1;
  let depth = 0;
  let inText = false;
  const text = new QuotedText();
  let held: Buffer[] = [];
  let heldBytes = 0;
  let elementLine = 0;
  let elements = 0;
  let isClosed = false;
  let afterComma = false;
  for await (const chunk of chunks) {
    const records: RawRecord[] = [];
    let start = elementLine > 0 ? 0 : -1;
    const finish = (end: number) => {
      const piece = chunk.subarray(start, end);
      const bytes = held.length === 0 ? piece : Buffer.concat([...held, piece]);
      if (bytes.length > MAX_RECORD_BYTES) throw tooLong(elementLine);
      records.push({ line: elementLine, recordNumber: ++elements, bytes });
      held = [];
      heldBytes = 0;
      elementLine = 0;
      start = -1;
    };
    for (let index = 0; index < chunk.length; index++) {
      if (inText) {
        const end = text.endIn(chunk, index);
        if (end === -1) break;
        index = end;
        inText = false;
        continue;
      }
      const byte = chunk[index];
      if (byte === NEWLINE) line++;
      if (byte === undefined || isBlankByte(byte)) continue;
      if (isClosed) throw new RecordFault(line, 'there is more after the end of the array');
      if (depth === 0) {
        if (byte === OPEN_ARRAY) depth = 1;
        else if (!isMarkByte(byte)) throw new RecordFault(line, 'the file is not a JSON array');
        continue;
      }
      if (depth === 1 && byte === COMMA) {
        if (elementLine === 0) throw new RecordFault(line, 'a comma stands where a record was expected');
        finish(index);
        afterComma = true;
        continue;
      }
      if (depth === 1 && byte === CLOSE_ARRAY) {
        if (elementLine > 0) finish(index);
        else if (afterComma) throw new RecordFault(line, 'the array ends where a record was expected');
        depth = 0;
        isClosed = true;
        continue;
      }
      if (depth === 1 && elementLine === 0) {
        elementLine = line;
        start = index;
        afterComma = false;
      }
      if (byte === QUOTE) inText = true;
      else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) depth++;
      else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) depth--;
    }
    if (elementLine > 0 && start >= 0) {
      held.push(chunk.subarray(start));
      heldBytes += chunk.length - start;
      if (heldBytes > MAX_RECORD_BYTES) throw tooLong(elementLine);
    }
    if (records.length > 0) yield records;
  }
  if (!isClosed) throw new RecordFault(line, 'the file ends before its JSON array does');
}

/** One record per object, however many lines it goes over, one object after the other. */
export async function* splitValues(chunks: AsyncIterable<Buffer>): AsyncGenerator<RawRecord[]> {
  const text = new QuotedText();
  let line = 1;
  let depth = 0;
  let isInText = false;
  let held: Buffer[] = [];
  let heldBytes = 0;
  let startLine = 0;
  let count = 0;
  for await (const chunk of chunks) {
    const records: RawRecord[] = [];
    let start = 0;
    for (let at = 0; at < chunk.length; at++) {
      if (isInText) {
        const end = text.endIn(chunk, at);
        if (end === -1) break;
        at = end;
        isInText = false;
        continue;
      }
      const byte = chunk[at] as number;
      if (byte === NEWLINE) line++;
      if (depth === 0) {
        if (isBlankByte(byte) || (count === 0 && isMarkByte(byte))) continue;
        if (byte !== OPEN_OBJECT) throw new RecordFault(line, 'something other than an object stands here');
        depth = 1;
        start = at;
        startLine = line;
      } else if (byte === QUOTE) isInText = true;
      else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) depth++;
      else if ((byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) && --depth === 0) {
        const bytes = Buffer.concat([...held, chunk.subarray(held.length === 0 ? start : 0, at + 1)]);
        if (bytes.length > MAX_RECORD_BYTES) throw tooLong(startLine);
        records.push({ line: startLine, recordNumber: ++count, bytes });
        held = [];
        heldBytes = 0;
      }
    }
    if (depth > 0) {
      const piece = chunk.subarray(held.length === 0 ? start : 0);
      held.push(piece);
      heldBytes += piece.length;
      if (heldBytes > MAX_RECORD_BYTES) throw tooLong(startLine);
    }
    if (records.length > 0) yield records;
  }
  if (depth > 0) throw new RecordFault(startLine, 'the file ends before the object that begins here does');
}

function isBlank(bytes: Buffer): boolean {
  for (const byte of bytes) if (!isBlankByte(byte)) return false;
  return true;
}
