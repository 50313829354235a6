import { createWriteStream } from 'node:fs';
import { Writable } from 'node:stream';
import { configure, ZipWriter } from '@zip.js/zip.js/index-native.js';
import type { DeflatedFile } from './deflated-file.ts';
import { readInPieces } from './read-in-pieces.ts';

configure({ useWebWorkers: false });

/** The earliest time a ZIP archive can name, in whatever zone: what a pack holds does not say when it was made. */
const NO_TIME = new Date(1980, 0, 1);

const DEFLATED = 8;

const CHUNK_BYTES = 1024 ** 2;

/**
 * Puts packed files into a ZIP archive, streamed. The same files give the same bytes.
 *
 * @param comment bytes at the very end
 */
export async function zipFiles(
  target: string,
  files: readonly DeflatedFile[],
  comment: Uint8Array,
  isCancelled: () => boolean,
): Promise<void> {
  const output = Writable.toWeb(createWriteStream(target, { flags: 'wx', mode: 0o600 })) as WritableStream;
  const zip = new ZipWriter(output, {
    lastModDate: NO_TIME,
    extendedTimestamp: false,
    keepOrder: true,
    bufferedWrite: false,
  });
  for (const { name, path, bytes, crc32 } of files) {
    if (isCancelled()) {
      await output.abort();
      return;
    }
    await zip.add(
      name,
      { readable: readInPieces(path, CHUNK_BYTES) },
      { passThrough: true, compressionMethod: DEFLATED, uncompressedSize: bytes, crc32 },
    );
  }
  await zip.close(comment);
}
