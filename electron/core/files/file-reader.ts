import type { FileHandle } from 'node:fs/promises';
import { Reader } from '@zip.js/zip.js/index-native.js';

/** Hands an archive library parts of an open file. */
export class FileReader extends Reader<FileHandle> {
  readonly #file: FileHandle;

  constructor(file: FileHandle, size: number) {
    super(file);
    this.#file = file;
    this.size = size;
  }

  override async readUint8Array(index: number, length: number): Promise<Uint8Array> {
    const wanted = Math.max(0, Math.min(length, this.size - index));
    const buffer = new Uint8Array(wanted);
    const { bytesRead } = await this.#file.read(buffer, 0, wanted, index);
    return buffer.subarray(0, bytesRead);
  }
}
