import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { productFolder } from './product.ts';

/** Where Electron's own program lies, if it was ever fetched; reads the package's files, never imports it. */
export function electronBinaryPath(): string | null {
  const folder = join(productFolder, 'node_modules', 'electron');
  try {
    const relative = readFileSync(join(folder, 'path.txt'), 'utf8').trim();
    const path = join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist'), relative);
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}
