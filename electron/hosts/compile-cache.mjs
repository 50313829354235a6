/** Keeps what was compiled for the next start. Plain JavaScript, because it comes before any TypeScript is read. */
import { mkdirSync, statSync } from 'node:fs';
import module from 'node:module';
import { join } from 'node:path';
import envPaths from 'env-paths';

/**
 * Begins to keep compiled code in the user's own cache folder, for this process and its threads. What lies there is run, so the
 * folder must be the user's alone: where it is not, or cannot be made, nothing is kept. Whoever has set a folder of Node's own
 * has decided already.
 */
export function keepCompiled(folder = join(envPaths('touchstone', { suffix: '' }).cache, 'compiled')) {
  if (process.env.NODE_COMPILE_CACHE !== undefined || process.env.NODE_DISABLE_COMPILE_CACHE === '1') return;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { uid, mode } = statSync(folder);
    const isOwn = process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
    // An older Node has no such cache.
    if (!isOwn || module.enableCompileCache?.(folder)?.directory === undefined) return;
    process.env.NODE_COMPILE_CACHE = folder;
  } catch {
    return;
  }
}
