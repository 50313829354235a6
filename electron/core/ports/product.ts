/** Where the product's own files are, from source as well as from a bundle, and its version. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json, migrations and resources. */
export const productFolder = findProductFolder(dirname(fileURLToPath(import.meta.url)));

/** The version in package.json. */
export const productVersion: string = readVersion();

function findProductFolder(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'migrations'))) return folder;
    if (dirname(folder) === folder) throw new Error(`no package.json with migrations above ${from}`);
  }
}

function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(productFolder, 'package.json'), 'utf8'));
  const version =
    manifest !== null && typeof manifest === 'object' && 'version' in manifest ? manifest.version : undefined;
  if (typeof version !== 'string') throw new Error('package.json has no version');
  return version;
}
