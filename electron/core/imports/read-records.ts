/** Streams the records of a file of any kind, with the line each one starts on. */
import { isAscii } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { CsvError, parse as csvParser } from 'csv-parse';
import { ServiceError } from '../../../shared/contract/errors.ts';
import { parseJson } from '../../../shared/formats/parse-json.ts';
import { fileProblem } from './file-problem.ts';
import type { FileFormat, ImportFile, SourceRecord } from './import-source.ts';
import { readEvalLog } from './read-eval-log.ts';
import { readParquet } from './read-parquet.ts';
import { systemReason } from './reason-of.ts';
import { splitDocument } from './split-document.ts';
import { MAX_RECORD_BYTES, type RawRecord, RecordFault, splitArray, splitLines } from './split-records.ts';

const CHUNK_BYTES = 256 * 1024;
const CSV_BATCH = 256;

/**
 * Reads a file in batches of records. A record that is not valid is passed on with its problem, so that
 * a dry run can list all of them; what makes further reading pointless is thrown.
 *
 * @param onBytes told how many bytes were read so far
 */
export async function* readRecords(
  file: ImportFile,
  format: FileFormat,
  expectedBytes: number,
  onBytes: (bytes: number) => void,
): AsyncGenerator<SourceRecord[]> {
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
    if (format === 'parquet') return yield* readParquet(file, expectedBytes, onBytes);
    const decoder = new TextDecoder('utf-8', { fatal: true });
    if (format === 'eval_log') {
      for await (const { member, ...raw } of readEvalLog(file, onBytes))
        yield [{ ...parsed(decoder, raw), member }];
      return;
    }
    if (format === 'csv') yield* readCsv(chunks, /\.tsv$/iu.test(file.name) ? '\t' : ',');
    else for await (const batch of SPLITTERS[format](chunks)) yield batch.map((raw) => parsed(decoder, raw));
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

const SPLITTERS = { json_lines: splitLines, json_array: splitArray, json_document: splitDocument } as const;

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

function parsed(decoder: { decode(bytes: Buffer): string }, { line, bytes }: RawRecord): SourceRecord {
  let text: string;
  try {
    // Most records are ASCII, which needs no decoding, and whose text takes half the room.
    text = isAscii(bytes) ? bytes.toString('latin1') : decoder.decode(bytes);
  } catch {
    return { line, problem: 'is not valid UTF-8' };
  }
  try {
    const value: unknown = parseJson(text);
    return {
      line,
      value: bytes.includes(ESCAPE) && ESCAPED_SURROGATE.test(text) ? wellFormed(value) : value,
    };
  } catch (error) {
    return { line, problem: `is not valid JSON (${(error as Error).message.slice(0, 200)})` };
  }
}

async function* readCsv(chunks: AsyncIterable<Buffer>, delimiter: string): AsyncGenerator<SourceRecord[]> {
  const parser = csvParser({
    columns: (header: string[]) => checkedHeader(header),
    bom: true,
    delimiter,
    info: true,
    raw: true,
    skip_empty_lines: true,
    max_record_size: MAX_RECORD_BYTES,
  });
  const source = Readable.from(checkedUtf8(chunks));
  source.on('error', (error) => parser.destroy(error));
  try {
    let batch: SourceRecord[] = [];
    for await (const entry of source.pipe(parser) as AsyncIterable<CsvEntry>) {
      batch.push({ line: firstLineOf(entry), value: entry.record });
      if (batch.length === CSV_BATCH) {
        yield batch;
        batch = [];
      }
    }
    if (batch.length > 0) yield batch;
  } finally {
    source.destroy();
  }
}

interface CsvEntry {
  readonly record: Record<string, string>;
  readonly info: { readonly lines: number };
  readonly raw: string;
}

/** The parser counts lines to the end of a record; quoted fields may hold line ends of their own. */
function firstLineOf({ info, raw }: CsvEntry): number {
  return info.lines - (raw.replace(/^\s+|\s+$/gu, '').match(/\r\n|\n|\r/gu)?.length ?? 0);
}

function checkedHeader(header: readonly string[]): string[] {
  const seen = new Set<string>();
  for (const name of header) {
    if (seen.has(name))
      throw new RecordFault(1, `the column ${JSON.stringify(name)} stands twice in the header`);
    seen.add(name);
  }
  return [...header];
}

/** Decodes as a stream so that a broken byte is found on its line instead of becoming a replacement mark. */
async function* checkedUtf8(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let line = 1;
  for await (const chunk of chunks) {
    try {
      const text = decoder.decode(chunk, { stream: true });
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) line++;
    } catch {
      throw new RecordFault(line + linesBeforeFault(chunk), 'is not valid UTF-8');
    }
    yield chunk;
  }
  try {
    decoder.decode();
  } catch {
    throw new RecordFault(line, 'is not valid UTF-8: it ends inside a character');
  }
}

function linesBeforeFault(chunk: Buffer): number {
  let lines = 0;
  let start = 0;
  for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, start)) {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(chunk.subarray(start, end));
    } catch {
      return lines;
    }
    lines++;
    start = end + 1;
  }
  return lines;
}
