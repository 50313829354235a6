import { statSync } from 'node:fs';
import { ServiceError } from '../../../../shared/errors/errors.ts';

/**
 * The files of an open store, by device and inode. A process keeps on writing to a file that was deleted, moved or replaced,
 * and nobody finds there what it wrote: so before anything is acknowledged, the path must still name the same file.
 */
export class NamedFile {
  readonly #path: string;
  readonly #file: string | null;
  #log: string | null = null;

  /** Call it once the store is open. */
  constructor(path: string) {
    this.#path = path;
    this.#file = identityOf(path);
  }

  /** @throws ServiceError `store_unavailable` where the path names another file by now, or none */
  requireSame(): void {
    if (identityOf(this.#path) !== this.#file) this.#refuse(this.#path);
    const log = identityOf(`${this.#path}-wal`);
    // The log stays as long as anybody has the store open.
    if (this.#log !== null && log !== this.#log) this.#refuse(`${this.#path}-wal`);
    this.#log = log;
  }

  #refuse(path: string): never {
    throw new ServiceError('store_unavailable', { key: 'store.file_gone', values: { path } });
  }
}

function identityOf(path: string): string | null {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found === undefined ? null : `${found.dev}:${found.ino}`;
}
