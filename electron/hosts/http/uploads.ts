import { open, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { ServiceError } from '../../../shared/errors/errors.ts';
import { diskProblem } from '../../core/files/disk-problem.ts';
import { makePrivateFolder } from '../../core/files/private-folder.ts';
import type { Entropy } from '../../core/ports/ports.ts';

/** Largest file taken through the browser, in bytes (8 GiB). The command line has no such limit. */
const MAX_UPLOAD_BYTES = 8 * 1024 ** 3;

/** Files that a page uploaded, kept in a private temporary folder until the host ends. */
export class Uploads {
  readonly #entropy: Entropy;
  #folder: string | undefined;

  constructor(entropy: Entropy) {
    this.#entropy = entropy;
  }

  /** Streams one upload to disk. Returns where it is and the name it is shown by. */
  async receive(
    body: ReadableStream<Uint8Array> | null,
    shownName: string,
    limit = MAX_UPLOAD_BYTES,
  ): Promise<{ path: string; name: string }> {
    if (body === null) throw new ServiceError('invalid_input', { key: 'http.upload_empty' });
    const name = basename(shownName.replaceAll('\\', '/')).slice(0, 255);
    if (name === '' || name === '.' || name === '..')
      throw new ServiceError('invalid_input', { key: 'http.upload_nameless' });
    this.#folder ??= makePrivateFolder('uploads');
    const path = join(this.#folder, this.#entropy.hex(16));
    try {
      await receiveInto(path, body, (bytes) => {
        if (bytes > limit)
          throw new ServiceError('too_large', { key: 'http.upload_too_large', values: { name } });
      });
    } catch (error) {
      await rm(path, { force: true });
      throw diskProblem(error, name);
    }
    return { path, name };
  }

  async close(): Promise<void> {
    if (this.#folder !== undefined) await rm(this.#folder, { recursive: true, force: true });
  }
}

/** Writes a body to a new file. Where that fails the body is let come, not reset: whoever sends it then sees why. */
async function receiveInto(
  path: string,
  body: ReadableStream<Uint8Array>,
  check: (bytes: number) => void,
): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    let bytes = 0;
    for await (const chunk of (body as NodeReadableStream<Uint8Array>).values({ preventCancel: true })) {
      bytes += chunk.length;
      check(bytes);
      await file.writeFile(chunk);
    }
  } finally {
    await file.close();
  }
}
