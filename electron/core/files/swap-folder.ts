/** A set of files that takes the place of another as one. */
import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { ServiceError } from '../../../shared/errors/errors.ts';
import { withTexts } from '../../../shared/errors/messages.ts';
import { diskProblem } from './disk-problem.ts';
import { syncFolder } from './sync-folder.ts';
import { besideOf, clearAbandoned } from './unfinished.ts';

interface Swap<Result> {
  readonly folder: string;
  /** Whether a file below the folder, by its path from there, is one of an earlier set. */
  readonly isOurs: (path: string) => boolean;
  /** Writes the set into another folder. */
  readonly write: (staged: string) => Result;
  /** What was written, by paths from there. */
  readonly filesOf: (result: Result) => readonly string[];
}

/**
 * Has a set of files written beside a folder, and puts it in its place once all of it is there. Where the folder holds only
 * what an earlier set left, the folders are exchanged, so that the old set or the new stands there. Where it holds
 * anything else, that stays, and the new files take their names straight after one another, the last written last.
 *
 * @throws ServiceError where the disk does not take it; then everything is as it was
 */
export function swapFolder<Result>({ folder, isOurs, write, filesOf }: Swap<Result>): Result {
  clearAbandoned(dirname(folder));
  const made = makeFolder(folder);
  const place = realpathSync(folder);
  clearAbandoned(place);
  const mayExchange = isExchangeable(place);
  const staged = besideOf(mayExchange ? place : join(place, 'set'), 'unfinished');
  let isDone = false;
  try {
    mkdirSync(staged);
    const result = write(staged);
    const names = filesOf(result);
    const mine = new Set(names);
    const earlier = filesBelow(place, staged).filter((path) => !mine.has(path));
    const isAllOurs = earlier.every(isOurs);
    if (!mayExchange || !isAllOurs || !isExchanged(place, staged)) {
      for (const path of earlier) if (isAllOurs || isOurs(path)) rmSync(join(place, path), { force: true });
      moveInto(place, staged, names);
    }
    isDone = true;
    return result;
  } catch (error) {
    throw atItsPlace(diskProblem(error, folder), staged, folder);
  } finally {
    rmSync(staged, { recursive: true, force: true });
    if (!isDone && made !== undefined) rmSync(made, { recursive: true, force: true });
  }
}

/** Names the place a file was for, not where it was prepared. */
function atItsPlace(error: unknown, staged: string, folder: string): unknown {
  return error instanceof ServiceError
    ? new ServiceError(
        error.code,
        withTexts(error.said, (text) => text.replaceAll(staged, folder)),
        error.details,
      )
    : error;
}

/** The first folder that had to be made; undefined where it was there. */
function makeFolder(folder: string): string | undefined {
  try {
    return mkdirSync(folder, { recursive: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC' || code === 'EDQUOT') throw diskProblem(error, folder);
    throw new ServiceError('invalid_input', {
      key: 'folder.impossible',
      values: { path: folder, code: String(code) },
    });
  }
}

/** Whether another folder can take a folder's place: on the same disk, and nobody stands in it. */
function isExchangeable(place: string): boolean {
  const here = process.cwd();
  if (here === place || here.startsWith(place + sep)) return false;
  const above = dirname(place);
  try {
    accessSync(above, constants.W_OK);
    return above !== place && statSync(above).dev === statSync(place).dev;
  } catch {
    return false;
  }
}

/** Files below a folder, and whatever else is no folder, by paths with slashes; without those of a set that is being made. */
function filesBelow(place: string, staged: string): string[] {
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.startsWith(staged + sep))
    .map((path) => relative(place, path).split(sep).join('/'));
}

/** False where the system does not let the folders change places; then all is as it was. */
function isExchanged(place: string, staged: string): boolean {
  const replaced = besideOf(place, 'replaced');
  try {
    chmodSync(staged, statSync(place).mode & 0o7777);
    renameSync(place, replaced);
  } catch {
    return false;
  }
  try {
    renameSync(staged, place);
  } catch {
    renameSync(replaced, place);
    return false;
  }
  syncFolder(dirname(place));
  rmSync(replaced, { recursive: true, force: true });
  return true;
}

function moveInto(place: string, staged: string, names: readonly string[]): void {
  for (const name of names) mkdirSync(dirname(join(place, name)), { recursive: true });
  for (const name of names) {
    const target = join(place, name);
    if (existsSync(target) && statSync(target).isDirectory())
      throw new ServiceError('invalid_input', { key: 'folder.file_is_folder', values: { path: target } });
    renameSync(join(staged, name), target);
  }
  syncFolder(place);
}
