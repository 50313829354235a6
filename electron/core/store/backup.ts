import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ServiceError } from '../../../shared/contract/errors.ts';
import { Store } from './database.ts';

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
 * Copies a live store beside it, opens the copy and checks every page before it counts. A copy that
 * fails the check is removed and reported; the five newest are kept.
 */
export async function makeBackup(store: Store, nowMs: number): Promise<string> {
  const folder = backupFolder(store.path);
  mkdirSync(folder, { recursive: true });
  const stamp = new Date(nowMs).toISOString().replace(/[:.]/gu, '-');
  const target = join(folder, `${basename(store.path)}.${stamp}.backup`);
  const unverified = `${target}.unverified`;
  await store.copyTo(unverified);
  const problems = integrityProblems(unverified);
  if (problems.length > 0) {
    rmSync(unverified, { force: true });
    throw new ServiceError('store_damaged', `The backup of ${store.path} did not verify: ${problems[0]}.`);
  }
  renameSync(unverified, target);
  for (const old of listBackups(store.path).slice(KEPT_BACKUPS)) rmSync(old, { force: true });
  return target;
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
