/** Streams the records of a file of any kind, with the line each one starts on. */
import { isAscii } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { CsvError } from 'csv-parse';
import { ServiceError } from '../../../shared/errors/errors.ts';
import { parseJson } from '../../../shared/json/parse-json.ts';
import { fileProblem } from './file-problem.ts';
import type { FileLayout, ImportFile, SourceRecord } from './import-source.ts';
import { readCsv } from './read-csv.ts';
import { readEvalLog } from './read-eval-log.ts';
import { readParquet } from './read-parquet.ts';
import { systemReason } from './reason-of.ts';
import { splitDocument } from './split-document.ts';
import { type RawRecord, RecordFault, splitArray, splitLines, splitValues } from './split-records.ts';
import { UTF_8, utf8Of } from './text-encoding.ts';

const CHUNK_BYTES = 256 * 1024;

/**
 * Reads a file in batches of records. A record that is not valid is passed on with its problem, so that
 * a dry run can list all of them; what makes further reading pointless is thrown.
 *
 * @param layout as found by looking into the file
 * @param onBytes told how many bytes were read so far
 * @param onLeftOut told what of records is passed over, whatever becomes of them
 */
export async function* readRecords(
  file: ImportFile,
  layout: FileLayout,
  onBytes: (bytes: number) => void,
  onLeftOut: (what: string, records: number) => void = () => undefined,
): AsyncGenerator<SourceRecord[]> {
  const { format, bytes: expectedBytes, encoding } = layout;
  let bytesRead = 0;
  const chunks = (async function* () {
    for await (const chunk of createReadStream(file.path, {
      highWaterMark: CHUNK_BYTES,
    }) as AsyncIterable<Buffer>) {
      bytesRead += chunk.length;
      onBytes(bytesRead);
      yield chunk;
    }
  })();
  try {
    if (format === 'parquet') return yield* readParquet(file, expectedBytes, onBytes, undefined, onLeftOut);
    const decoder = new TextDecoder('utf-8', { fatal: true });
    if (format === 'eval_log') {
      for await (const { member, ...raw } of readEvalLog(file, onBytes))
        yield [{ ...parseRecord(decoder, raw), member }];
      return;
    }
    const text = encoding === null || encoding === UTF_8 ? chunks : utf8Of(chunks, encoding);
    if (format === 'csv') yield* readCsv(text, layout, onLeftOut);
    else
      for await (const batch of SPLITTERS[format](text)) yield batch.map((raw) => parseRecord(decoder, raw));
  } catch (error) {
    if (error instanceof ServiceError) throw error;
    if (error instanceof RecordFault) throw fileProblem(file, error.line, error.message);
    if (error instanceof CsvError) {
      throw fileProblem(file, Number(error.lines ?? 0), `is not valid CSV (${error.message})`);
    }
    throw fileProblem(file, null, `cannot be read to its end (${systemReason(error)})`);
  }
  if (bytesRead !== expectedBytes) {
    throw fileProblem(file, null, `changed while it was read (${expectedBytes} bytes became ${bytesRead})`);
  }
}

const SPLITTERS = {
  json_lines: splitLines,
  json_array: splitArray,
  json_values: splitValues,
  json_document: splitDocument,
} as const;

const ESCAPE = Buffer.from('\\u');
const ESCAPED_SURROGATE = /\\u[dD][89a-fA-F]/u;

/**
 * Replaces halves of surrogate pairs, which truncated model output carries and UTF-8 cannot, by U+FFFD: what is
 * hashed and compared must be what is stored.
 */
function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(wellFormed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key.toWellFormed(), wellFormed(inner)]),
  );
}

function parseRecord(
  decoder: { decode(bytes: Buffer): string },
  { bytes, ...place }: RawRecord,
): SourceRecord {
  let text: string;
  try {
    // Most records are ASCII, which needs no decoding, and whose text takes half the room.
    text = isAscii(bytes) ? bytes.toString('latin1') : decoder.decode(bytes);
  } catch {
    return { ...place, problem: 'is not valid UTF-8' };
  }
  try {
    const value: unknown = parseJson(text);
    return {
      ...place,
      value: bytes.includes(ESCAPE) && ESCAPED_SURROGATE.test(text) ? wellFormed(value) : value,
    };
  } catch (error) {
    return { ...place, problem: `is not valid JSON (${(error as Error).message.slice(0, 200)})` };
  }
}
