/** Reads the rows of a Parquet file, decoded in a thread that a damaged one may end without harm. */
import { Worker } from 'node:worker_threads';
import type { ImportFile, ReadingWatch, SourceRecord } from './import-source.ts';
import type { ParquetAnswer, ParquetRequest } from './parquet-worker.ts';
import { decoderReason } from './reason-of.ts';
import { RecordFault } from './record-bytes.ts';

/** Decoding a group of rows takes seconds at most; what takes longer goes round in circles. */
const MOST_MS_OF_A_GROUP = 30_000;

/** Several times what the largest group that is read needs. */
const RESOURCES = { maxOldGenerationSizeMb: 1024 };

/**
 * Rows as records, numbered from 1 in place of lines.
 *
 * @throws RecordFault naming the row at which reading ended
 */
export async function* readParquet(
  file: ImportFile,
  expectedBytes: number,
  { onBytes, onLeftOut }: ReadingWatch,
  mostMs: number = MOST_MS_OF_A_GROUP,
): AsyncGenerator<SourceRecord[]> {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'mjs';
  const worker = new Worker(new URL(`./parquet-worker.${extension}`, import.meta.url), {
    workerData: { path: file.path } satisfies ParquetRequest,
    resourceLimits: RESOURCES,
  });
  // It may die between two answers, too.
  const death = new Promise<ParquetAnswer>((resolve) => {
    worker.once('error', (error: unknown) => {
      resolve({ kind: 'fault', reason: `this group of rows cannot be read (${decoderReason(error)})` });
    });
  });
  let row = 1;
  try {
    for (;;) {
      const answer = await Promise.race([nextOf(worker, mostMs), death]);
      if (answer.kind === 'end') break;
      if (answer.kind === 'fault') throw new RecordFault(row, answer.reason);
      for (const column of answer.unread)
        onLeftOut(`the column ${column}, of a type that is not read`, answer.rows.length);
      const first = row;
      row += answer.rows.length;
      onBytes(Math.min(expectedBytes, Math.round((expectedBytes * (row - 1)) / answer.total)));
      yield answer.rows.map((value, index) => ({ line: first + index, value }));
    }
    onBytes(expectedBytes);
  } finally {
    await worker.terminate();
  }
}

/** What the thread says next; a fault where it says nothing for too long. */
function nextOf(worker: Worker, mostMs: number): Promise<ParquetAnswer> {
  return new Promise((resolve) => {
    const settle = (answer: ParquetAnswer) => {
      clearTimeout(timer);
      worker.off('message', settle);
      resolve(answer);
    };
    const timer = setTimeout(
      () =>
        settle({ kind: 'fault', reason: 'this group of rows takes too long to read: the file is damaged' }),
      mostMs,
    );
    timer.unref();
    worker.once('message', settle);
    worker.postMessage('next');
  });
}
