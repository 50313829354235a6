import {
  accessSync,
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { diskProblem } from './disk-problem.ts';
import { syncFolder } from './sync-folder.ts';
import { besideOf, clearAbandoned } from './unfinished.ts';
import { writeAll } from './write-all.ts';

/**
 * A file that is written fully or not at all: beside its place, every byte, its size on disk compared, synced, and only then
 * under its name. Whatever fails leaves what was there before, and nothing unfinished.
 */
export class WholeFile {
  readonly path: string;
  /** Where it is written; null for a device or a pipe, which takes bytes as they come. */
  readonly #unfinished: string | null;
  #handle: number | null;
  #bytes = 0;

  /**
   * @param mode permissions of the file, as for `open`
   * @throws ServiceError where the file cannot be written
   */
  constructor(path: string, mode = 0o666) {
    try {
      // What a link leads to is what is meant, be it there or not; the link stays.
      this.path = endOfLinks(path);
      const known = statSync(this.path, { throwIfNoEntry: false });
      const isOrdinary = known === undefined || known.isFile() || known.isDirectory();
      if (known?.isDirectory() === true) throw Object.assign(new Error('is a folder'), { code: 'EISDIR' });
      // Whoever closed a file against writing, or against other eyes, did so for what comes in its place, too.
      if (known !== undefined) accessSync(this.path, constants.W_OK);
      const allowed = known === undefined ? mode : mode & known.mode;
      if (isOrdinary) {
        mkdirSync(dirname(this.path), { recursive: true });
        clearAbandoned(dirname(this.path));
      }
      this.#unfinished = isOrdinary ? besideOf(this.path, 'unfinished') : null;
      this.#handle = openSync(this.#unfinished ?? this.path, 'w', allowed);
    } catch (error) {
      throw diskProblem(error, path);
    }
  }

  get bytes(): number {
    return this.#bytes;
  }

  write(bytes: Uint8Array): void {
    this.#guarded((handle) => writeAll(handle, bytes));
    this.#bytes += bytes.length;
  }

  /** Gives the file its name. */
  finish(): void {
    const unfinished = this.#unfinished;
    this.#guarded((handle) => {
      if (unfinished === null) {
        this.#handle = null;
        closeSync(handle);
        return;
      }
      fsyncSync(handle);
      const { size } = fstatSync(handle);
      if (size !== this.#bytes)
        throw Object.assign(new Error(`${size} of ${this.#bytes} bytes are there`), { code: 'ENOSPC' });
      this.#handle = null;
      closeSync(handle);
      renameSync(unfinished, this.path);
    });
    syncFolder(dirname(this.path));
  }

  /** Leaves nothing behind; after `finish` it does nothing. */
  abandon(): void {
    if (this.#handle === null) return;
    const handle = this.#handle;
    this.#handle = null;
    closeSync(handle);
    this.#remove();
  }

  #guarded(work: (handle: number) => void): void {
    if (this.#handle === null) throw new Error(`${this.path} is written no more`);
    try {
      work(this.#handle);
    } catch (error) {
      this.abandon();
      this.#remove();
      throw diskProblem(error, this.path);
    }
  }

  #remove(): void {
    if (this.#unfinished !== null) rmSync(this.#unfinished, { force: true });
  }
}

/** Links that are followed, one after the other; a system follows as many. */
const MOST_LINKS = 40;

/** Where a path leads, through links to what is not there as well. */
function endOfLinks(path: string): string {
  let end = path;
  for (let links = 0; lstatSync(end, { throwIfNoEntry: false })?.isSymbolicLink() === true; links++) {
    if (links === MOST_LINKS) throw Object.assign(new Error('links lead in a circle'), { code: 'ELOOP' });
    end = resolve(dirname(end), readlinkSync(end));
  }
  return end;
}

/** Writes a file fully or not at all. */
export function writeWholeFile(path: string, content: string | Uint8Array, mode?: number): void {
  const file = new WholeFile(path, mode);
  file.write(typeof content === 'string' ? Buffer.from(content, 'utf8') : content);
  file.finish();
}
