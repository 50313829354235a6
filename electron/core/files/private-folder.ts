/** Folders for what a process needs for a while and nobody else may read: uploads, unpacked packs, staged imports. */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diskProblem } from './disk-problem.ts';
import { isAbandoned, processMark } from './process-mark.ts';

export type PrivateUse = 'pack' | 'handed' | 'uploads' | 'runs' | 'dry-run' | 'launch' | 'store' | 'files';

const NAME =
  /^touchstone-(?:pack|handed|uploads|runs|dry-run|launch|store|files)-([0-9a-f]{8}-\d+)-[A-Za-z0-9]{6}$/u;

/** Makes a folder that only its owner may read, below the system's temporary one. Whoever asked for it removes it. */
export function makePrivateFolder(use: PrivateUse): string {
  try {
    return mkdtempSync(join(tmpdir(), `touchstone-${use}-${processMark()}-`));
  } catch (error) {
    throw diskProblem(error, tmpdir());
  }
}

/** Removes such folders of this user's processes that ended without doing so: a kill leaves what was decrypted. */
export function removeAbandonedFolders(folder = tmpdir()): void {
  for (const name of namesIn(folder)) {
    const mark = NAME.exec(name)?.[1];
    if (mark === undefined || !isAbandoned(mark)) continue;
    const path = join(folder, name);
    try {
      if (process.getuid === undefined || statSync(path).uid === process.getuid())
        rmSync(path, { recursive: true, force: true });
    } catch {
      // Somebody else removed it, or it is not ours to remove.
    }
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
