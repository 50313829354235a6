/**
 * A folder that is kept in memory. Each vote of a test goes to disk before it is answered, and the tests of a run would wait
 * for the disk half of their time.
 */
import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';

/** Where Linux has files in memory; a container often gives it less room than tests need. */
const MEMORY = '/dev/shm';
const LEAST_BYTES = 4 * 2 ** 30;

/** @returns where it is until this process ends; undefined where there is no room */
export function folderInMemory(): string | undefined {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    if (bavail * bsize < LEAST_BYTES) return undefined;
    const folder = mkdtempSync(join(MEMORY, 'touchstone-tests-'));
    process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
    return folder;
  } catch {
    return undefined;
  }
}
