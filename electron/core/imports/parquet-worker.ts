/**
 * Decodes a Parquet file in a thread of its own. Decoders of such files trust lengths that stand in them: on a damaged one they
 * may loop, fill the memory, or fail where nobody waits. Here that ends the thread, and no more.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { asyncBufferFromFile, type FileMetaData, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { decoderReason } from './reason-of.ts';

export interface ParquetRequest {
  readonly path: string;
}

/** Answers to “next”: rows, the end, or what is wrong with the rows from `row` on. */
export type ParquetAnswer =
  | {
      readonly kind: 'rows';
      readonly rows: readonly Readonly<Record<string, unknown>>[];
      readonly total: number;
      /** Columns of a type that is not read. */
      readonly unread: readonly string[];
    }
  | { readonly kind: 'end' }
  | { readonly kind: 'fault'; readonly reason: string };

/** A group of rows is held whole, and no more than this of it, unpacked. */
const MOST_GROUP_BYTES = 256 * 1024 ** 2;
const MOST_GROUP_ROWS = 10_000_000;
const BATCH = 1000;

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

async function* answers({ path }: ParquetRequest): AsyncGenerator<ParquetAnswer> {
  const buffer = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(buffer).catch((error: unknown) => decoderReason(error));
  if (typeof metadata === 'string') {
    yield { kind: 'fault', reason: `is not a whole Parquet file (${metadata})` };
    return;
  }
  const total = Number(metadata.num_rows);
  const { columns, unread } = readableColumns(metadata);
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const count = Number(group.num_rows);
    if (Number(group.total_byte_size) > MOST_GROUP_BYTES || count > MOST_GROUP_ROWS || count < 0) {
      yield { kind: 'fault', reason: 'a group of rows is larger than can be held; write smaller ones' };
      return;
    }
    const read = await parquetReadObjects({
      file: buffer,
      metadata,
      rowStart,
      rowEnd: rowStart + count,
      compressors: bounded,
      ...(unread.length === 0 ? {} : { columns }),
    }).catch((error: unknown) => decoderReason(error));
    if (typeof read === 'string') {
      yield { kind: 'fault', reason: `this group of rows cannot be read (${read})` };
      return;
    }
    if (read.length !== count) {
      yield { kind: 'fault', reason: 'this group has fewer rows than it says' };
      return;
    }
    for (let from = 0; from < count; from += BATCH)
      yield { kind: 'rows', rows: read.slice(from, from + BATCH).map(plainRow), total, unread };
    rowStart += count;
  }
  yield { kind: 'end' };
}

/**
 * The columns of a table but those of a type that the decoder refuses, which would refuse the table. Within a structure such a
 * value is read as its bytes.
 */
function readableColumns({ schema }: FileMetaData): {
  readonly columns: string[];
  readonly unread: readonly string[];
} {
  const columns: string[] = [];
  const unread: string[] = [];
  const [root, ...elements] = schema;
  let at = 0;
  /** Passes over an element with all that is inside. */
  const pass = (depth: number): void => {
    const element = elements[at++];
    if (element === undefined) return;
    const isRefused = element.converted_type === 'INTERVAL' || element.converted_type === 'BSON';
    if (depth === 0) (isRefused ? unread : columns).push(element.name);
    else if (isRefused) delete element.converted_type;
    for (let child = 0; child < (element.num_children ?? 0) && at < elements.length; child++) pass(depth + 1);
  };
  for (let column = 0; column < (root?.num_children ?? 0) && at < elements.length; column++) pass(0);
  return { columns, unread };
}

function plainRow(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, plain(value)]));
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

const sequence = answers(workerData as ParquetRequest);

parentPort?.on('message', () => {
  // What fails here, or later where nobody waits for it, ends the thread: its owner hears of that.
  void sequence.next().then(({ value }) => parentPort?.postMessage(value ?? { kind: 'end' }));
});
