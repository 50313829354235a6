import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Container } from '../../../shared/pack/read-container.ts';
import { makePrivateFolder } from '../files/private-folder.ts';
import { readableBytes } from '../files/readable-file.ts';
import { decryptFile, isAgeFile } from './age-layer.ts';
import { withContainerFile } from './container-file.ts';

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
  readableBytes(file);
  const folder = makePrivateFolder('pack');
  try {
    let { path } = file;
    if (await isAgeFile(path)) {
      path = join(folder, 'container.zip');
      await decryptFile(file.path, path, secret, file.name);
    }
    return await withContainerFile(path, file.name, work);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
