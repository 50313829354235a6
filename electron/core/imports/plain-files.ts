/** Files as they lie unpacked on disk: what is packed, or comes through a pipe, goes into a folder of its own for as long as it is read. */
import { once } from 'node:events';
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import * as zlib from 'node:zlib';
import { ServiceError } from '../../../shared/errors/errors.ts';
import { NO_CONTROLS, type TaskControls, throwIfCancelled } from '../work/task-controls.ts';
import { unpackSet } from './calibration-archive.ts';
import { fileProblem } from './file-problem.ts';
import type { ImportFile } from './import-source.ts';
import { decoderReason, systemReason } from './reason-of.ts';
import { ZstandardFrames } from './zstandard-frames.ts';

const GIB = 1024 ** 3;
/** Most bytes that one file unpacks to, or that come through a pipe. */
const MOST_BYTES = 16 * GIB;
/** A file unpacks to at most so many times its size, once it is larger than what is harmless in any case. */
const MOST_RATIO = 200;
const HARMLESS_BYTES = 64 * 1024 ** 2;
/** A file may be packed once more. */
const MOST_LAYERS = 2;

type Packing = 'gzip' | 'zstandard';

/**
 * Runs `use` with the same files, each of them an ordinary one that is not packed.
 *
 * @throws ServiceError `import_failed` for a file that cannot be unpacked, or unpacks to more than is taken
 */
export async function withPlainFiles<Result>(
  files: readonly ImportFile[],
  use: (plain: readonly ImportFile[]) => Promise<Result>,
  controls: Pick<TaskControls, 'isCancelled'> = NO_CONTROLS,
): Promise<Result> {
  let folder = '';
  const newPath = (index: number, layer: number) => {
    folder ||= mkdtempSync(join(tmpdir(), 'touchstone-unpacked-'));
    return join(folder, `${index}-${layer}`);
  };
  try {
    const plain: ImportFile[] = [];
    for (const [index, file] of files.entries()) {
      let { path } = file;
      if (await isPipe(path))
        path = await write(file, newPath(index, 0), { chunks: openBytes(path), packedBytes: null }, controls);
      for (let layer = 1; layer <= MOST_LAYERS; layer++) {
        const packing = await packingOf(path);
        if (packing === null) break;
        const { size } = await stat(path);
        const packed = { chunks: unpack(path, packing), packedBytes: size };
        path = await write(file, newPath(index, layer), packed, controls);
      }
      const set = (await isArchive(path))
        ? await unpackSet(file, path, newPath(index, MOST_LAYERS + 1), controls)
        : null;
      if (set !== null) plain.push(set);
      else plain.push(path === file.path ? file : { ...file, path, originalPath: file.path });
    }
    return await use(plain);
  } finally {
    if (folder !== '') rmSync(folder, { recursive: true, force: true });
  }
}

/** The name of a file without the ending that says how it is packed. */
export function withoutPackingEnding(name: string): string {
  return name.replace(/\.(?:gz|gzip|zst|zstd)$/iu, '');
}

async function isPipe(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  return found !== null && (found.isFIFO() || found.isSocket() || found.isCharacterDevice());
}

/** Null also where the file cannot be read: whoever looks into it next says so. */
async function packingOf(path: string): Promise<Packing | null> {
  const handle = await open(path).catch(() => null);
  if (handle === null) return null;
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    if (bytesRead < 4) return null;
    if (buffer.readUInt16BE(0) === 0x1f8b) return 'gzip';
    const magic = buffer.readUInt32LE(0);
    return magic === 0xfd2fb528 || (magic & 0xfffffff0) >>> 0 === 0x184d2a50 ? 'zstandard' : null;
  } catch {
    return null;
  } finally {
    await handle.close();
  }
}

/** A log of Inspect is one, too, and says so by its name. */
async function isArchive(path: string): Promise<boolean> {
  const handle = await open(path).catch(() => null);
  if (handle === null) return false;
  try {
    const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString('latin1') === 'PK\u0003\u0004';
  } catch {
    return false;
  } finally {
    await handle.close();
  }
}

function openBytes(path: string): AsyncIterable<Buffer> {
  return createReadStream(path);
}

async function* unpack(path: string, packing: Packing): AsyncGenerator<Buffer> {
  if (packing === 'gzip') {
    const source = createReadStream(path);
    const unpacker = zlib.createGunzip();
    source.on('error', (error) => unpacker.destroy(error));
    yield* source.pipe(unpacker) as AsyncIterable<Buffer>;
    return;
  }
  // Node has it from 22.15 on; asked for by name, an older one could not even load this file.
  if (!('createZstdDecompress' in zlib))
    throw new Error('this Node cannot unpack Zstandard: unpack it first');
  const frames = new ZstandardFrames();
  const pieces = (async function* () {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) yield* frames.take(chunk);
  })();
  for (let next = await pieces.next(); !next.done; ) {
    const frame = (async function* () {
      while (!next.done) {
        const { bytes, isLast } = next.value;
        if (bytes.length > 0) yield bytes;
        next = await pieces.next();
        if (isLast) return;
      }
    })();
    const source = Readable.from(frame);
    const unpacker = zlib.createZstdDecompress();
    source.on('error', (error) => unpacker.destroy(error));
    yield* source.pipe(unpacker) as AsyncIterable<Buffer>;
  }
  if (!frames.isWhole) throw new Error('it ends inside a frame');
}

/** Bytes to be written, and how many they were packed; null for what was not. */
interface Unpacked {
  readonly chunks: AsyncIterable<Buffer>;
  readonly packedBytes: number | null;
}

async function write(
  file: ImportFile,
  path: string,
  { chunks, packedBytes }: Unpacked,
  controls: Pick<TaskControls, 'isCancelled'>,
): Promise<string> {
  const out = createWriteStream(path, { mode: 0o600 });
  const failed = once(out, 'error').then(([error]) => Promise.reject(error));
  failed.catch(() => undefined);
  let bytes = 0;
  try {
    for await (const chunk of chunks) {
      throwIfCancelled(controls);
      bytes += chunk.length;
      const isBomb = packedBytes !== null && bytes > HARMLESS_BYTES && bytes > packedBytes * MOST_RATIO;
      if (bytes > MOST_BYTES || isBomb)
        throw fileProblem(
          file,
          null,
          isBomb
            ? `unpacks to more than ${MOST_RATIO} times its size, which data does not; unpack it first if it is right`
            : `is larger than ${MOST_BYTES / GIB} GiB unpacked, more than is taken at once`,
        );
      if (!out.write(chunk)) await Promise.race([once(out, 'drain'), failed]);
    }
    const finished = once(out, 'finish');
    out.end();
    await Promise.race([finished, failed]);
    return path;
  } catch (error) {
    out.destroy();
    if (error instanceof ServiceError) throw error;
    throw fileProblem(
      file,
      null,
      packedBytes === null
        ? `cannot be read (${systemReason(error)})`
        : `cannot be unpacked to its end: it is damaged or was cut short (${decoderReason(error)})`,
    );
  }
}
