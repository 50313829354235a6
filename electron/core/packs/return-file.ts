import { hash } from 'node:crypto';
import { closeSync, createReadStream, fstatSync, openSync, readSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { ReturnReader, type SealedRow } from '../../../shared/pack/return-reader.ts';
import { MOST_LINE_LENGTH, type ReturnHeader } from '../../../shared/pack/return-rows.ts';
import { strictText } from '../../../shared/pack/strict-text.ts';
import { verifySignature } from './ed25519.ts';

/** Bytes of one line that are kept; what is longer is no line of a return, and its rest is passed over. */
const MOST_LINE_BYTES = 4 * MOST_LINE_LENGTH;

/** Most bytes of a header that is looked for by itself. */
const MOST_HEADER_BYTES = 4096;

const LINE_FEED = 10;

/** A reader with Node's own cryptography. */
export function returnReader(): ReturnReader {
  return new ReturnReader(verifySignature, (text) => hash('sha256', text));
}

/**
 * Streams a return: what its seals stand for, a batch at a time. The reader holds the header after the first batch, and
 * problems and the end after the last.
 *
 * @param onRead told of bytes as they are read
 */
export async function* readReturn(
  path: string,
  reader = returnReader(),
  onRead: (bytes: number) => void = () => undefined,
): AsyncGenerator<readonly SealedRow[]> {
  let rest: Buffer[] = [];
  let restBytes = 0;
  const takeLine = () => {
    const text = strictText(Buffer.concat(rest));
    [rest, restBytes] = [[], 0];
    return text === null ? reader.takeUnreadable() : reader.take(text);
  };
  for await (const data of createReadStream(path, { highWaterMark: 256 * 1024 })) {
    const chunk = data as Buffer;
    onRead(chunk.length);
    let from = 0;
    const batch: SealedRow[] = [];
    for (let end = chunk.indexOf(LINE_FEED, from); end !== -1; end = chunk.indexOf(LINE_FEED, from)) {
      rest.push(chunk.subarray(from, end));
      for (const row of takeLine()) batch.push(row);
      from = end + 1;
    }
    const left = chunk.subarray(from);
    if (restBytes < MOST_LINE_BYTES) rest.push(left);
    restBytes += left.length;
    yield batch;
  }
  if (restBytes > 0) reader.cutOff();
  reader.finish();
  yield [];
}

/** The first line of a return; null where it is none. */
export async function readHeader(path: string): Promise<ReturnHeader | null> {
  const reader = returnReader();
  const first = createReadStream(path, { end: MOST_HEADER_BYTES });
  for await (const line of createInterface({ input: first })) {
    reader.take(line);
    break;
  }
  first.destroy();
  return reader.header;
}

/** Most bytes of the last line of a return. */
const MOST_END_BYTES = 4096;

/** Whether a file ends with a line that looks like the end of a return. Reading it whole tells whether it is one. */
export function endsAsReturn(path: string): boolean {
  const handle = openSync(path, 'r');
  try {
    const { size } = fstatSync(handle);
    const bytes = Math.min(size, MOST_END_BYTES);
    const tail = Buffer.alloc(bytes);
    readSync(handle, tail, 0, bytes, size - bytes);
    const lines = tail.toString('utf8').split('\n');
    return lines.at(-1) === '' && (lines.at(-2) ?? '').endsWith(',"type":"end"}');
  } finally {
    closeSync(handle);
  }
}
