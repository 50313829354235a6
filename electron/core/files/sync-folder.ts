import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Makes names in a folder last through a loss of power, where the system can. */
export function syncFolder(path: string): void {
  let handle: number | null = null;
  try {
    handle = openSync(path, 'r');
    fsyncSync(handle);
  } catch {
    // Windows opens no folders; some network file systems sync none.
  } finally {
    if (handle !== null) closeSync(handle);
  }
}
