/** Reads the rows of a Parquet file, one group of rows at a time. */
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import type { ImportFile, SourceRecord } from './import-source.ts';
import { RecordFault } from './split-records.ts';

/** A group of rows is held whole, and no more than this of it, unpacked. */
const MOST_GROUP_BYTES = 256 * 1024 ** 2;
const MOST_GROUP_ROWS = 10_000_000;
const BATCH = 1000;

/** How a page of a column is unpacked. */
type Compressor = NonNullable<(typeof compressors)[keyof typeof compressors]>;

/** The same ways to unpack, for pages that say they are of a size that can be held. */
const bounded = Object.fromEntries(
  Object.entries(compressors).map(([codec, unpack]) => {
    const within: Compressor = (input, outputLength) => {
      if (outputLength > MOST_GROUP_BYTES)
        throw new RangeError('a page would unpack to more than can be held');
      return unpack(input, outputLength);
    };
    return [codec, within];
  }),
);

/**
 * Rows as records, numbered from 1 in place of lines.
 *
 * @throws RecordFault naming the row at which reading ended
 */
export async function* readParquet(
  file: ImportFile,
  expectedBytes: number,
  onBytes: (bytes: number) => void,
): AsyncGenerator<SourceRecord[]> {
  const buffer = await asyncBufferFromFile(file.path);
  const metadata = await parquetMetadataAsync(buffer).catch((error: unknown) => {
    throw new RecordFault(1, `is not a whole Parquet file (${reasonOf(error)})`);
  });
  const total = Number(metadata.num_rows);
  let start = 0;
  for (const group of metadata.row_groups) {
    const rows = Number(group.num_rows);
    if (group.total_byte_size > BigInt(MOST_GROUP_BYTES) || rows > MOST_GROUP_ROWS || rows < 0)
      throw new RecordFault(start + 1, 'a group of rows is larger than can be held; write smaller ones');
    const end = start + rows;
    const read = await parquetReadObjects({
      file: buffer,
      metadata,
      rowStart: start,
      rowEnd: end,
      compressors: bounded,
    }).catch((error: unknown) => {
      throw new RecordFault(start + 1, `this group of rows cannot be read (${reasonOf(error)})`);
    });
    if (read.length !== rows) throw new RecordFault(start + 1, 'this group has fewer rows than it says');
    for (let from = 0; from < read.length; from += BATCH) {
      onBytes(Math.round((expectedBytes * (start + from)) / total));
      yield read
        .slice(from, from + BATCH)
        .map((row, index) => ({ line: start + from + index + 1, value: plain(row) }));
    }
    start = end;
  }
  onBytes(expectedBytes);
}

/** What JSON would hold: 64-bit integers as numbers where they fit, times as ISO 8601, no value as null. */
function plain(value: unknown): unknown {
  if (value === undefined || (typeof value === 'number' && !Number.isFinite(value))) return null;
  if (typeof value === 'string') return value.toWellFormed();
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (ArrayBuffer.isView(value)) return Array.from(value as Uint8Array);
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 200) : String(error);
}
