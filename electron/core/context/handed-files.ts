import { appendFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ServiceError } from '../../../shared/errors/errors.ts';
import { diskProblem } from '../files/disk-problem.ts';
import { makePrivateFolder } from '../files/private-folder.ts';
import type { Entropy, HandedFile } from '../ports/ports.ts';

/** Largest file taken in parts, in bytes: as much as an import unpacks a file to. */
const MOST_RECEIVED_BYTES = 16 * 1024 ** 3;

/** Files and folders that a person handed to a host. The page knows them by random ids, never by path. */
export class HandedFiles {
  readonly #entropy: Entropy;
  readonly #files = new Map<string, HandedFile>();
  readonly #places = new Map<string, string>();
  #inbox = '';
  #waiting: { uploadId: string; name: string; bytes: number } | null = null;

  constructor(entropy: Entropy) {
    this.#entropy = entropy;
  }

  /** Registers a file that is there to be read. */
  addFile(path: string, name = basename(path)): { uploadId: string; name: string; bytes: number } {
    const bytes = statSync(path).size;
    const uploadId = this.#entropy.hex(16);
    this.#files.set(uploadId, { path, name, bytes });
    return { uploadId, name, bytes };
  }

  /** Registers a file or folder that a command names. What is wrong with it is said by whoever looks into it. */
  nameFile(path: string, name: string): { uploadId: string; name: string; bytes: number } {
    const bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    const uploadId = this.#entropy.hex(16);
    this.#files.set(uploadId, { path, name, bytes });
    return { uploadId, name, bytes };
  }

  file(uploadId: string): HandedFile {
    const file = this.#files.get(uploadId);
    if (file === undefined) throw new ServiceError('not_found', { key: 'file.not_at_hand' });
    return file;
  }

  /** Begins a file that comes in parts, or goes on with it. It lies in a folder of this process until that ends. */
  append(
    uploadId: string | null,
    name: string,
    part: Buffer,
  ): { uploadId: string; name: string; bytes: number } {
    const known = uploadId === null ? undefined : this.file(uploadId);
    if (known !== undefined && (this.#inbox === '' || !known.path.startsWith(this.#inbox)))
      throw new ServiceError('forbidden', { key: 'file.not_by_parts' });
    if (known !== undefined && known.bytes + part.length > MOST_RECEIVED_BYTES)
      throw new ServiceError('too_large', { key: 'file.larger_than_window', values: { name: known.name } });
    this.#inbox ||= makePrivateFolder('handed');
    const path = known?.path ?? join(this.#inbox, this.#entropy.hex(16));
    try {
      appendFileSync(path, part, { mode: 0o600 });
    } catch (error) {
      // Half a part would stand there twice once it comes again.
      if (known === undefined) rmSync(path, { force: true });
      else truncateSync(path, known.bytes);
      throw diskProblem(error, known?.name ?? name);
    }
    const id = uploadId ?? this.#entropy.hex(16);
    const file = {
      path,
      name: known?.name ?? basename(name.replaceAll('\\', '/')),
      bytes: (known?.bytes ?? 0) + part.length,
    };
    this.#files.set(id, file);
    return { uploadId: id, name: file.name, bytes: file.bytes };
  }

  /** Keeps a file that was handed to the app until a window asks for it. */
  handOver(path: string): void {
    this.#waiting = this.addFile(path);
  }

  /** The file that waits, once. */
  takeHanded(): { uploadId: string; name: string; bytes: number } | null {
    const waiting = this.#waiting;
    this.#waiting = null;
    return waiting;
  }

  /** Removes what came in parts. */
  close(): void {
    if (this.#inbox !== '') rmSync(this.#inbox, { recursive: true, force: true });
  }

  /** Registers a file or folder that may be written. */
  addPlace(path: string): string {
    const placeId = this.#entropy.hex(16);
    this.#places.set(placeId, path);
    return placeId;
  }

  place(placeId: string): string {
    const place = this.#places.get(placeId);
    if (place === undefined) throw new ServiceError('not_found', { key: 'folder.place_not_at_hand' });
    return place;
  }
}
