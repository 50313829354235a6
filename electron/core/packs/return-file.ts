import { createReadStream } from 'node:fs';
import { ReturnReader, type SealedRow } from '../../../shared/pack/return-reader.ts';
import { MOST_LINE_LENGTH } from '../../../shared/pack/return-rows.ts';
import { verifySignature } from './ed25519.ts';

/** Bytes of one line that are kept; what is longer is no line of a return, and its rest is passed over. */
const MOST_LINE_BYTES = 4 * MOST_LINE_LENGTH;

const LINE_FEED = 10;

/**
 * Streams a return: what its seals stand for, a batch at a time. The reader holds the header after the first batch, and
 * problems and the end after the last.
 */
export async function* readReturn(
  path: string,
  reader = new ReturnReader(verifySignature),
): AsyncGenerator<readonly SealedRow[]> {
  let rest: Buffer[] = [];
  let restBytes = 0;
  const taken = () => {
    const text = Buffer.concat(rest).toString('utf8');
    [rest, restBytes] = [[], 0];
    return reader.take(text);
  };
  for await (const data of createReadStream(path, { highWaterMark: 256 * 1024 })) {
    const chunk = data as Buffer;
    let from = 0;
    const batch: SealedRow[] = [];
    for (let end = chunk.indexOf(LINE_FEED, from); end !== -1; end = chunk.indexOf(LINE_FEED, from)) {
      rest.push(chunk.subarray(from, end));
      for (const row of taken()) batch.push(row);
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
