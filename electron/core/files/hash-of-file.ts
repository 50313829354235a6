import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';

const PIECE_BYTES = 1024 ** 2;

/**
 * SHA-256 of a file, read piece by piece into one place.
 *
 * @param end where to stop, in bytes; at the end of the file without it
 */
export function hashOfFile(
  path: string,
  end = Number.POSITIVE_INFINITY,
): { readonly bytes: number; readonly sha256: string } {
  const hash = createHash('sha256');
  const piece = Buffer.alloc(PIECE_BYTES);
  const file = openSync(path, 'r');
  try {
    let bytes = 0;
    while (bytes < end) {
      const read = readSync(file, piece, 0, Math.min(PIECE_BYTES, end - bytes), null);
      if (read === 0) break;
      hash.update(piece.subarray(0, read));
      bytes += read;
    }
    return { bytes, sha256: hash.digest('hex') };
  } finally {
    closeSync(file);
  }
}
