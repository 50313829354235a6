import {
  closeSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ServiceError } from '../../../../shared/errors/errors.ts';
import { diskProblem } from '../../files/disk-problem.ts';
import { syncFolder } from '../../files/sync-folder.ts';
import { besideOf, clearAbandoned } from '../../files/unfinished.ts';
import { ReadOnlyStore, type ReadStore, Store } from './database.ts';
import { translateStoreError } from './sqlite-errors.ts';

const KEPT_BACKUPS = 5;

function backupFolder(storePath: string): string {
  return join(dirname(storePath), 'backups');
}

/** Verified backups of a store, newest first. */
export function listBackups(storePath: string): string[] {
  const prefix = `${basename(storePath)}.`;
  try {
    return readdirSync(backupFolder(storePath))
      .filter((file) => file.startsWith(prefix) && file.endsWith('.backup'))
      .sort()
      .reverse()
      .map((file) => join(backupFolder(storePath), file));
  } catch {
    return [];
  }
}

/**
 * Backs a store up beside it; the five newest backups are kept.
 *
 * @param look as of {@link copyVerified}
 * @throws ServiceError where the store may only be read, and so nothing beside it may be written, and as {@link copyVerified}
 */
export async function makeBackup(
  store: ReadStore,
  nowMs: number,
  look: () => void = () => undefined,
): Promise<string> {
  if (store.readOnlyOf !== null)
    throw new ServiceError('store_unavailable', {
      key: 'backup.of_read_only',
      values: { path: store.readOnlyOf },
    });
  const folder = backupFolder(store.path);
  const stamp = new Date(nowMs).toISOString().replace(/[:.]/gu, '-');
  const target = join(folder, `${basename(store.path)}.${stamp}.backup`);
  await copyVerified(store, target, look);
  for (const old of listBackups(store.path).slice(KEPT_BACKUPS)) rmSync(old, { force: true });
  return target;
}

/**
 * Copies a live store, opens the copy and checks every page before it takes its name: one file, with no log beside it. A
 * copy that fails the check is removed and reported.
 *
 * @param look called while it copies; what it throws ends the copy, and nothing of it is left
 * @throws ServiceError where there is a file already, the disk does not take it, or the copy is not sound
 */
export async function copyVerified(
  store: ReadStore,
  target: string,
  look: () => void = () => undefined,
): Promise<void> {
  refuseTaken(target);
  refuseCompanionOf(store.readOnlyOf ?? store.path, target);
  const unverified = besideOf(target, 'unfinished');
  try {
    mkdirSync(dirname(target), { recursive: true });
    clearAbandoned(dirname(target));
    look();
    await store.copyTo(unverified, look);
    const [problem] = settleCopy(unverified);
    if (problem !== undefined)
      throw new ServiceError('store_damaged', {
        key: 'backup.unverified',
        values: { path: store.path, problem },
      });
    syncFile(unverified);
    giveName(unverified, target);
    syncFolder(dirname(target));
  } catch (error) {
    throw copyProblem(error, target);
  } finally {
    for (const suffix of ['', ...COMPANIONS]) rmSync(unverified + suffix, { force: true });
  }
}

/** What stopped a copy, as a ServiceError where it was the disk or the store. */
export function copyProblem(error: unknown, target: string): unknown {
  const { code = '', message = '' } = error as NodeJS.ErrnoException;
  if (!/^SQLITE_(?:FULL|IOERR|CANTOPEN)/u.test(code))
    return diskProblem(translateStoreError(error, target), target);
  return new ServiceError('store_unavailable', {
    key: 'backup.not_written',
    values: { path: target, problem: message },
  });
}

/** What SQLite keeps beside a database, and takes for a part of it wherever it finds it. */
const COMPANIONS = ['-wal', '-shm', '-journal'] as const;

function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    throw diskProblem(error, path);
  }
}

/** A link that leads nowhere is there, too; and a log that somebody left would become one of the copy. */
function refuseTaken(target: string): void {
  const taken = ['', ...COMPANIONS].map((suffix) => target + suffix).find(isThere);
  if (taken !== undefined)
    throw new ServiceError('already_exists', { key: 'backup.exists', values: { path: taken } });
}

function refuseCompanionOf(storePath: string, target: string): void {
  const stores = [storePath, realpathSync(storePath)];
  if (stores.some((store) => COMPANIONS.some((suffix) => store + suffix === target)))
    throw new ServiceError('invalid_input', {
      key: 'backup.place_of_sqlite',
      values: { path: target, storePath },
    });
}

/** Gives the copy its name, unless somebody took that meanwhile. A disk without links has it moved. */
function giveName(unverified: string, target: string): void {
  try {
    linkSync(unverified, target);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') refuseTaken(target);
    renameSync(unverified, target);
  }
}

/** Brings a copy into one file and says what is wrong with it. */
function settleCopy(path: string): string[] {
  const copy = new Store(path, { readonly: false });
  try {
    copy.setPragma('journal_mode = DELETE');
    return findProblems(copy, 'integrity_check');
  } finally {
    copy.close();
  }
}

function syncFile(path: string): void {
  const handle = openSync(path, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** What SQLite's full check finds wrong with a file that nobody else has open; empty when it is sound. */
export function integrityProblems(path: string): string[] {
  const copy = new ReadOnlyStore(path);
  try {
    return findProblems(copy, 'integrity_check');
  } finally {
    copy.close();
  }
}

/** The findings of `integrity_check` or `quick_check`, without its "ok". */
export function findProblems(store: ReadStore, check: 'integrity_check' | 'quick_check'): string[] {
  return store
    .pragmaRows(check)
    .map((row) => String(Object.values(row as Record<string, unknown>)[0]))
    .filter((finding) => finding !== 'ok');
}
