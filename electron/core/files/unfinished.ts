/** Names of what is not finished, beside the place it is for, and what becomes of it after its process was killed. */
import { hash } from 'node:crypto';
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isAbandoned, processMark } from './process-mark.ts';

/** `unfinished`: not all of it is there. `replaced`: a set of files that a new one takes the place of. */
type Use = 'unfinished' | 'replaced';

/** A database that is not finished may have its log beside it. */
const NAME = /^\.(.+)\.([0-9a-f]{8}-\d+)\.(unfinished|replaced)(?:-(?:wal|shm|journal))?$/u;

/** Longest name, in bytes, beside which there is room for a mark: a system takes 255 in all. */
const MOST_NAME_BYTES = 200;

/** A name of this process beside a path, hidden from those who list what stands there. */
export function besideOf(path: string, use: Use): string {
  const name = basename(path);
  // A long name leaves no room for what is added; only a set that was replaced comes back under its own.
  const base =
    use === 'unfinished' && Buffer.byteLength(name) > MOST_NAME_BYTES ? hash('sha256', name) : name;
  return join(dirname(path), `.${base}.${processMark()}.${use}`);
}

/** What killed processes left in a folder: a set that was replaced comes back where none stands, the rest goes. */
export function clearAbandoned(folder: string): void {
  for (const name of namesIn(folder)) {
    const [, base, mark, use] = NAME.exec(name) ?? [];
    if (base === undefined || mark === undefined || !isAbandoned(mark)) continue;
    const [left, place] = [join(folder, name), join(folder, base)];
    try {
      if (use === 'replaced' && !existsSync(place)) renameSync(left, place);
      else rmSync(left, { recursive: true, force: true });
    } catch {
      // Another process was quicker, or it is not ours to remove.
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
