import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decryptFile, isAgeFile } from './age-layer.ts';
import { type Container, openContainer } from './read-container.ts';

/**
 * Opens a pack, encrypted or not any more, hands it to `work` once its signature was verified, and closes it whatever
 * happens. What was decrypted meanwhile is removed.
 *
 * @param secret a passphrase or an age identity
 */
export async function withContainer<Result>(
  file: { readonly path: string; readonly name: string },
  secret: string,
  work: (container: Container) => Promise<Result>,
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'touchstone-pack-'));
  try {
    let { path } = file;
    if (await isAgeFile(path)) {
      path = join(folder, 'container.zip');
      await decryptFile(file.path, path, secret, file.name);
    }
    const container = await openContainer(path, file.name);
    try {
      return await work(container);
    } finally {
      await container.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
