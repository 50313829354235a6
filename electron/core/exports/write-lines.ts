import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const BUFFER_CHARACTERS = 256 * 1024;

export interface WrittenFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly rows: number;
}

/** Writes a file beside its final place, hashing as it goes; it takes its name only when it is complete. */
export class LineFile {
  readonly #folder: string;
  readonly #name: string;
  readonly #handle: number;
  readonly #hash = createHash('sha256');
  #pending = '';
  #bytes = 0;
  #rows = 0;

  constructor(folder: string, name: string) {
    this.#folder = folder;
    this.#name = name;
    mkdirSync(dirname(this.#unfinished), { recursive: true });
    this.#handle = openSync(this.#unfinished, 'w');
  }

  get #unfinished(): string {
    return join(this.#folder, dirname(this.#name), `.${basename(this.#name)}.unfinished`);
  }

  writeLine(line: string): void {
    this.#pending += `${line}\n`;
    this.#rows++;
    if (this.#pending.length > BUFFER_CHARACTERS) this.#flush();
  }

  /** Completes the file and gives it its name. */
  finish(): WrittenFile {
    this.#flush();
    fsyncSync(this.#handle);
    closeSync(this.#handle);
    renameSync(this.#unfinished, join(this.#folder, this.#name));
    return { name: this.#name, bytes: this.#bytes, sha256: this.#hash.digest('hex'), rows: this.#rows };
  }

  /** Leaves nothing behind. */
  abandon(): void {
    closeSync(this.#handle);
    rmSync(this.#unfinished, { force: true });
  }

  #flush(): void {
    const bytes = Buffer.from(this.#pending, 'utf8');
    this.#pending = '';
    this.#hash.update(bytes);
    this.#bytes += bytes.length;
    writeSync(this.#handle, bytes);
  }
}
