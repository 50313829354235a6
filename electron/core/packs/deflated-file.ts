import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { crc32, createDeflateRaw, type DeflateRaw } from 'node:zlib';

/** Half the time of the usual level, for somewhat more bytes. */
const LEVEL = 3;

const BUFFER_CHARACTERS = 256 * 1024;

/** A file as a ZIP archive takes it over: packed on disk, and what it is unpacked. */
export interface DeflatedFile {
  readonly name: string;
  readonly path: string;
  /** Unpacked. */
  readonly bytes: number;
  /** Of the unpacked bytes. */
  readonly sha256: string;
  readonly crc32: number;
}

/**
 * Packs texts, one after another, into a new file. The same texts give the same bytes. While some are packed on another
 * thread, the next are asked for.
 */
export async function writeDeflated(
  name: string,
  path: string,
  texts: Iterable<string>,
): Promise<DeflatedFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  let checksum = 0;
  const deflate = createDeflateRaw({ level: LEVEL });
  const written = pipeline(deflate, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
  // The disk may fail while texts are made; it is met where the next chunk is waited for.
  written.catch(() => undefined);
  try {
    let packed = Promise.resolve();
    for (const text of joinTexts(texts)) {
      const chunk = Buffer.from(text, 'utf8');
      hash.update(chunk);
      checksum = crc32(chunk, checksum);
      bytes += chunk.length;
      await packed;
      packed = pack(deflate, chunk);
    }
    await packed;
    deflate.end();
  } catch (error) {
    deflate.destroy();
    const cause = await written.catch((reason: NodeJS.ErrnoException) => reason);
    // What is written to a file that failed says only that it is gone; the file itself says why.
    throw cause === undefined || cause.code === 'ERR_STREAM_PREMATURE_CLOSE' ? error : cause;
  }
  await written;
  return { name, path, bytes, sha256: hash.digest('hex'), crc32: checksum };
}

/** Resolves once a chunk was packed. */
function pack(deflate: DeflateRaw, chunk: Buffer): Promise<void> {
  const packed = new Promise<void>((resolve, reject) => {
    deflate.write(chunk, (error) => (error ? reject(error) : resolve()));
  });
  // Met where it is waited for: the chunk after it may take long to come.
  packed.catch(() => undefined);
  return packed;
}

function* joinTexts(texts: Iterable<string>): Generator<string> {
  let pending = '';
  for (const text of texts) {
    pending += text;
    if (pending.length < BUFFER_CHARACTERS) continue;
    yield pending;
    pending = '';
  }
  if (pending !== '') yield pending;
}
