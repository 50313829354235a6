/** Streams the records of a file of any kind, with the line each one starts on. */
import { createReadStream } from 'node:fs';
import { CsvError } from 'csv-parse';
import { ServiceError } from '../../../shared/errors/errors.ts';
import { fileProblem } from './file-problem.ts';
import {
  type FileLayout,
  type ImportFile,
  type ReadingWatch,
  type SourceRecord,
  UNWATCHED,
} from './import-source.ts';
import { parseRecord } from './parse-record.ts';
import { readCsv } from './read-csv.ts';
import { readEvalLog } from './read-eval-log.ts';
import { readParquet } from './read-parquet.ts';
import { systemReason } from './reason-of.ts';
import { RecordFault } from './record-bytes.ts';
import { splitRecords } from './split-records.ts';
import { UTF_8, utf8Of } from './text-encoding.ts';

const CHUNK_BYTES = 256 * 1024;

/**
 * Reads a file in batches of records. A record that is not valid is passed on with its problem, so that
 * a dry run can list all of them; what makes further reading pointless is thrown.
 *
 * @param layout as found by looking into the file
 */
export async function* readRecords(
  file: ImportFile,
  layout: FileLayout,
  watch: ReadingWatch = UNWATCHED,
): AsyncGenerator<SourceRecord[]> {
  try {
    yield* recordsIn(file, layout, watch);
  } catch (error) {
    if (error instanceof ServiceError) throw error;
    if (error instanceof RecordFault) throw fileProblem(file, error.line, error.message);
    if (error instanceof CsvError) {
      throw fileProblem(file, Number(error.lines ?? 0), `is not valid CSV (${error.message})`);
    }
    throw fileProblem(file, null, `cannot be read to its end (${systemReason(error)})`);
  }
}

async function* recordsIn(
  file: ImportFile,
  layout: FileLayout,
  watch: ReadingWatch,
): AsyncGenerator<SourceRecord[]> {
  const { format, encoding } = layout;
  const chunks = bytesOf(file, layout.bytes, watch);
  if (format === 'parquet') yield* readParquet(file, layout.bytes, watch);
  else if (format === 'csv') yield* readCsv(utf8Of(chunks, encoding ?? UTF_8), layout, watch);
  else {
    const isUtf8 = encoding === null || encoding === UTF_8;
    // Of UTF-8 each record is checked by itself: one that is broken says nothing of the others.
    const raw =
      format === 'eval_log'
        ? readEvalLog(file, watch)
        : splitRecords(isUtf8 ? chunks : utf8Of(chunks, encoding), format);
    for await (const batch of raw) yield batch.map(parseRecord);
  }
}

/** The file from its beginning to its end, which is where it was when the file was looked into. */
async function* bytesOf(
  file: ImportFile,
  expectedBytes: number,
  { onBytes }: ReadingWatch,
): AsyncGenerator<Buffer> {
  let bytesRead = 0;
  const stream = createReadStream(file.path, { highWaterMark: CHUNK_BYTES });
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytesRead += chunk.length;
    onBytes(bytesRead);
    yield chunk;
  }
  if (bytesRead !== expectedBytes)
    throw fileProblem(file, null, `changed while it was read (${expectedBytes} bytes became ${bytesRead})`);
}
