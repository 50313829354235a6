import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ServiceError } from '../../../shared/contract/errors.ts';
import type { Clock } from '../ports.ts';
import { productFolder } from '../product.ts';
import { listBackups, makeBackup } from './backup.ts';
import { APPLICATION_ID, Store } from './database.ts';
import {
  applyMigrations,
  type Migration,
  pendingMigrations,
  readMigrations,
  schemaVersionOf,
} from './migrate.ts';

/** The migrations that ship with this version. */
export function productMigrations(): Migration[] {
  return readMigrations(join(productFolder, 'migrations'));
}

/**
 * Opens a store, makes it if it is not there, and brings it up to date after a verified backup. A newer
 * store is refused and left alone; a damaged one is set aside under another name, never deleted.
 */
export async function openStore(
  path: string,
  clock: Clock,
  migrations = productMigrations(),
): Promise<Store> {
  mkdirSync(dirname(path), { recursive: true });
  refuseForeignFile(path);
  let store: Store | undefined;
  try {
    store = new Store(path, { readonly: false });
    const pending = pendingMigrations(store, migrations);
    if (pending.length > 0) {
      if (schemaVersionOf(store) > 0) await makeBackup(store, clock.nowMs());
      applyMigrations(store, pending, clock.nowMs());
    }
    store.assertDurable();
    return store;
  } catch (error) {
    store?.close();
    if (error instanceof ServiceError && error.code === 'store_damaged')
      throw setAside(path, error, clock.nowMs());
    throw error;
  }
}

/** Looks at a file without changing a byte of it: only a store of ours is opened for writing. */
function refuseForeignFile(path: string): void {
  if (!existsSync(path) || statSync(path).size === 0) return;
  const foreign = (what: string) =>
    new ServiceError('store_unavailable', `${path} is ${what}, not a Touchstone store. It was not touched.`);
  if (!statSync(path).isFile()) throw foreign('not an ordinary file');
  // A backup or a log beside it tells that a store of ours stood here, however damaged it is now.
  const wasOurs = listBackups(path).length > 0 || existsSync(`${path}-wal`);
  let store: Store | undefined;
  try {
    store = new Store(path, { readonly: true });
    const applicationId = Number(store.pragma('application_id'));
    const tables =
      store.query<{ count: number }>('SELECT count(*) AS count FROM sqlite_schema').get()?.count ?? 0;
    if (applicationId !== APPLICATION_ID && tables > 0) throw foreign('a database of another program');
  } catch (error) {
    const isUnreadable =
      error instanceof ServiceError ? error.code === 'store_damaged' : isNotADatabase(error);
    if (isUnreadable && !wasOurs) throw foreign('some other file');
    if (error instanceof ServiceError && error.code !== 'store_damaged') throw error;
  } finally {
    store?.close();
  }
}

function isNotADatabase(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'SQLITE_NOTADB';
}

function setAside(path: string, cause: ServiceError, nowMs: number): ServiceError {
  const stamp = new Date(nowMs).toISOString().replace(/[:.]/gu, '-');
  const aside = `${path}.damaged-${stamp}`;
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  }
  const [backup] = listBackups(path);
  const advice =
    backup === undefined
      ? 'There is no verified backup.'
      : `The newest verified backup is ${backup}; copy it to ${path} to go on from there.`;
  return new ServiceError('store_damaged', `${cause.message} It was set aside as ${aside}. ${advice}`, {
    aside,
    backup: backup ?? null,
  });
}
