import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { WholeFile } from './whole-file.ts';

const BUFFER_CHARACTERS = 256 * 1024;

export interface WrittenFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly rows: number;
}

/** Writes lines to a file, hashing as it goes; it takes its name only when it is complete. */
export class LineFile {
  readonly #name: string;
  readonly #file: WholeFile;
  readonly #hash = createHash('sha256');
  #pending = '';
  #rows = 0;

  constructor(folder: string, name: string) {
    this.#name = name;
    this.#file = new WholeFile(join(folder, name));
  }

  writeLine(line: string): void {
    this.#pending += `${line}\n`;
    this.#rows++;
    if (this.#pending.length > BUFFER_CHARACTERS) this.#flush();
  }

  /** Completes the file and gives it its name. */
  finish(): WrittenFile {
    this.#flush();
    this.#file.finish();
    return { name: this.#name, bytes: this.#file.bytes, sha256: this.#hash.digest('hex'), rows: this.#rows };
  }

  /** The file, or none where no line was written. */
  finishUnlessEmpty(): readonly WrittenFile[] {
    if (this.#rows > 0) return [this.finish()];
    this.abandon();
    return [];
  }

  /** Leaves nothing behind. */
  abandon(): void {
    this.#file.abandon();
  }

  #flush(): void {
    const bytes = Buffer.from(this.#pending, 'utf8');
    this.#pending = '';
    this.#hash.update(bytes);
    this.#file.write(bytes);
  }
}
