import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ServiceError } from '../../../shared/contract/errors.ts';
import type { Clock } from '../ports.ts';
import { productFolder } from '../product.ts';
import { listBackups, makeBackup } from './backup.ts';
import { Store } from './database.ts';
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

/** Another connection to a store that is already up to date, for a worker. */
export function connectStore(path: string, options: { readonly: boolean; cacheKib?: number }): Store {
  return new Store(path, options);
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
