import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ServiceError } from '../../../shared/contract/errors.ts';
import { diskProblem } from '../files/disk-problem.ts';
import { syncFolder } from '../files/sync-folder.ts';
import { besideOf, clearAbandoned } from '../files/unfinished.ts';
import { Store } from './database.ts';
import { translatedStoreError } from './sqlite-errors.ts';

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

/** Backs a store up beside it; the five newest backups are kept. */
export async function makeBackup(store: Store, nowMs: number): Promise<string> {
  const folder = backupFolder(store.path);
  const stamp = new Date(nowMs).toISOString().replace(/[:.]/gu, '-');
  const target = join(folder, `${basename(store.path)}.${stamp}.backup`);
  await copyVerified(store, target);
  for (const old of listBackups(store.path).slice(KEPT_BACKUPS)) rmSync(old, { force: true });
  return target;
}

/**
 * Copies a live store, opens the copy and checks every page before it takes its name: one file, with no log beside it. A
 * copy that fails the check is removed and reported.
 *
 * @throws ServiceError where there is a file already, the disk does not take it, or the copy is not sound
 */
export async function copyVerified(store: Store, target: string): Promise<void> {
  if (existsSync(target))
    throw new ServiceError(
      'already_exists',
      `${target} is there already, and is not written over. Name another file, or remove it.`,
    );
  const unverified = besideOf(target, 'unfinished');
  try {
    mkdirSync(dirname(target), { recursive: true });
    clearAbandoned(dirname(target));
    await store.copyTo(unverified);
    const problems = settledProblems(unverified);
    if (problems.length > 0)
      throw new ServiceError('store_damaged', `The backup of ${store.path} did not verify: ${problems[0]}.`);
    syncFile(unverified);
    renameSync(unverified, target);
    syncFolder(dirname(target));
  } catch (error) {
    throw diskProblem(translatedStoreError(error, target), target);
  } finally {
    for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(unverified + suffix, { force: true });
  }
}

/** Brings a copy into one file and says what is wrong with it. */
function settledProblems(path: string): string[] {
  const copy = new Store(path, { readonly: false });
  try {
    copy.pragma('journal_mode = DELETE');
    return checkedProblems(copy, 'integrity_check');
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
  const copy = new Store(path, { readonly: true });
  try {
    return checkedProblems(copy, 'integrity_check');
  } finally {
    copy.close();
  }
}

/** The findings of `integrity_check` or `quick_check`, without its "ok". */
export function checkedProblems(store: Store, check: 'integrity_check' | 'quick_check'): string[] {
  return store
    .pragmaRows(check)
    .map((row) => String(Object.values(row as Record<string, unknown>)[0]))
    .filter((finding) => finding !== 'ok');
}
