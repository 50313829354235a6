import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { ServiceError } from '../../shared/contract/errors.ts';
import type { Entropy, HandedFile } from './ports.ts';

/** Files and folders that a person handed to a host. The page knows them by random ids, never by path. */
export class HandedFiles {
  readonly #entropy: Entropy;
  readonly #files = new Map<string, HandedFile>();
  readonly #folders = new Map<string, string>();

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

  file(uploadId: string): HandedFile {
    const file = this.#files.get(uploadId);
    if (file === undefined)
      throw new ServiceError('not_found', 'This file is no longer at hand. Choose it again.');
    return file;
  }

  addFolder(path: string): string {
    const folderId = this.#entropy.hex(16);
    this.#folders.set(folderId, path);
    return folderId;
  }

  folder(folderId: string): string {
    const folder = this.#folders.get(folderId);
    if (folder === undefined)
      throw new ServiceError('not_found', 'This folder is no longer at hand. Choose it again.');
    return folder;
  }
}
