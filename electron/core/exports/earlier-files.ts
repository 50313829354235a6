import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { loggedActs } from '../store/engine/audit.ts';
import type { ReadStore } from '../store/engine/database.ts';

const PIECE_BYTES = 1024 ** 2;

/** Tells files that earlier exports of a study wrote, by the hashes that the log keeps of them. */
export class EarlierFiles {
  readonly #known = new Set<string>();

  constructor(store: ReadStore, studyId: number) {
    for (const { details } of loggedActs(store, ['export'], studyId)) {
      for (const { name, sha256 } of details.files ?? []) this.#known.add(`${sha256} ${name}`);
    }
  }

  /** Whether a file is, byte for byte, one that was written under this name. */
  has(path: string, name: string): boolean {
    return this.#known.size > 0 && this.#known.has(`${hashOfFile(path).sha256} ${name}`);
  }
}

/** Read piece by piece. */
export function hashOfFile(path: string): { readonly bytes: number; readonly sha256: string } {
  const hash = createHash('sha256');
  const piece = Buffer.alloc(PIECE_BYTES);
  const file = openSync(path, 'r');
  try {
    let bytes = 0;
    for (let read = readSync(file, piece); read > 0; read = readSync(file, piece)) {
      hash.update(piece.subarray(0, read));
      bytes += read;
    }
    return { bytes, sha256: hash.digest('hex') };
  } finally {
    closeSync(file);
  }
}
