/** Reads Inspect's `.eval` logs: ZIP archives with a header and a file a sample, deflated or packed by Zstandard. */
import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import { configure, type FileEntry, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js/index-native.js';
import { FileReader } from '../files/file-reader.ts';
import type { ImportFile, ReadingWatch } from './import-source.ts';
import { partOfDocument } from './json-splitter.ts';
import { decoderReason } from './reason-of.ts';
import { MAX_RECORD_BYTES, type RawRecord, RecordFault, tooLong } from './record-bytes.ts';

configure({ useWebWorkers: false });

const MOST_ENTRIES = 1_000_000;

const STORED = 0;
const DEFLATED = 8;
const ZSTANDARD = 93;

/**
 * The parts of a log, as a JSON log has them: the header first, then the samples in the order of the archive.
 *
 * @throws RecordFault where the archive is none, is damaged, or holds no header
 */
export async function* readEvalLog(
  file: ImportFile,
  { onBytes }: Pick<ReadingWatch, 'onBytes'>,
): AsyncGenerator<RawRecord[]> {
  const handle = await open(file.path, 'r');
  try {
    const { size } = await handle.stat();
    const entries = await membersOf(new FileReader(handle, size));
    const header = entries.find(({ filename }) => filename === 'header.json');
    const start = entries.find(({ filename }) => filename === '_journal/start.json');
    const head = header ?? start;
    if (head === undefined) throw new RecordFault(1, 'is an archive without header.json: no log of Inspect');
    yield [await part('header', head)];
    let bytes = 0;
    for (const entry of entries) {
      // An id stands there as it is, and may hold slashes.
      if (!/^samples\/.+\.json$/u.test(entry.filename)) continue;
      bytes += entry.compressedSize;
      onBytes(Math.min(bytes, size));
      yield [await part('samples[]', entry)];
    }
    onBytes(size);
  } finally {
    await handle.close();
  }
}

async function membersOf(reader: FileReader): Promise<FileEntry[]> {
  const entries: FileEntry[] = [];
  const names = new Set<string>();
  try {
    for await (const entry of new ZipReader(reader, { checkOverlappingEntry: true }).getEntriesGenerator()) {
      if (entry.directory) continue;
      if (names.has(entry.filename)) throw new RecordFault(1, `holds two files named ${quotedName(entry)}`);
      if (names.size >= MOST_ENTRIES) throw new RecordFault(1, 'holds more files than a log can');
      names.add(entry.filename);
      entries.push(entry);
    }
  } catch (error) {
    if (error instanceof RecordFault) throw error;
    throw new RecordFault(1, `is no whole archive (${decoderReason(error)})`);
  }
  return entries;
}

async function part(path: string, entry: FileEntry): Promise<RawRecord> {
  return { line: 1, member: entry.filename, bytes: partOfDocument(path, await unpackEntry(entry)) };
}

const inflate = promisify(zlib.inflateRaw);

async function unpackEntry(entry: FileEntry): Promise<Buffer> {
  if (entry.encrypted) throw new RecordFault(1, `${quotedName(entry)} is encrypted`);
  if (Math.max(entry.compressedSize, entry.uncompressedSize) > MAX_RECORD_BYTES) throw tooLong(1);
  try {
    const packed = await entry.getData(new Uint8ArrayWriter(), { passThrough: true });
    const bytes = await by(entry.compressionMethod, packed);
    if (bytes.length !== entry.uncompressedSize)
      throw new Error(`${bytes.length} bytes instead of ${entry.uncompressedSize}`);
    return bytes;
  } catch (error) {
    if (error instanceof RecordFault) throw error;
    throw new RecordFault(1, `${quotedName(entry)} cannot be unpacked (${decoderReason(error)})`);
  }
}

async function by(method: number, packed: Uint8Array): Promise<Buffer> {
  const bounds = { maxOutputLength: MAX_RECORD_BYTES };
  if (method === STORED) return Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
  if (method === DEFLATED) return (await inflate(packed, bounds)) as Buffer;
  if (method === ZSTANDARD) {
    // Node has it from 22.15 on; asked for by name, an older one could not even load this file.
    if (!('zstdDecompress' in zlib)) throw new Error('packed by Zstandard, which this Node cannot unpack');
    return (await promisify(zlib.zstdDecompress)(packed, bounds)) as Buffer;
  }
  throw new Error(`packed by method ${method}, which is not known here`);
}

function quotedName({ filename }: FileEntry): string {
  return JSON.stringify(filename.slice(0, 200));
}
