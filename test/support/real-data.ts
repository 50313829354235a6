import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { productFolder } from '../../electron/core/ports/product.ts';

/** Where real data sets lie, when they are there: they are not part of the repository. */
const folder = process.env.TOUCHSTONE_REAL_DATA ?? join(productFolder, '..', 'shared', 'data');

/** A data set's folder, or null with a line that says what was not run. */
export function realDataFolder(name: string): string | null {
  const path = join(folder, name);
  if (existsSync(path)) return path;
  console.warn(`NOT RUN: the data set ${name} is not here (set TOUCHSTONE_REAL_DATA to its parent folder).`);
  return null;
}
