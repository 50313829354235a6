import {
  accessSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { ServiceError } from '../../../../shared/errors/errors.ts';
import { makePrivateFolder } from '../../files/private-folder.ts';
import type { Clock } from '../../ports/ports.ts';
import { productFolder } from '../../ports/product.ts';
import { findProblems, listBackups, makeBackup } from './backup.ts';
import { APPLICATION_ID, ReadOnlyStore, Store } from './database.ts';
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
  if (!existsSync(path)) mkdirSync(dirname(path), { recursive: true });
  setAsideLogWithoutStore(path, clock.nowMs());
  refuseForeignFile(path);
  if (isReadOnly(path)) return openReadOnly(path, migrations);
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

function isReadOnly(path: string): boolean {
  if (!existsSync(path)) return false;
  try {
    // A log is made beside it.
    for (const each of [path, dirname(path)]) accessSync(each, constants.W_OK);
    return false;
  } catch {
    return true;
  }
}

/** Tries of a copy while somebody else may write. */
const MOST_TRIES = 3;

/**
 * Opens a copy of a store that may only be read: reports and exports are worked out from it, and nothing is recorded. SQLite
 * itself would need to write beside the store.
 */
function openReadOnly(path: string, migrations: Migration[]): Store {
  const folder = makePrivateFolder('store');
  try {
    for (let tries = 1; ; tries++) {
      const copy = join(folder, `${tries}.sqlite`);
      copyFileSync(path, copy);
      if (existsSync(`${path}-wal`)) copyFileSync(`${path}-wal`, `${copy}-wal`);
      const store = new Store(copy, { readonly: true, readOnlyOf: path });
      const [problem] = findProblems(store, 'quick_check');
      if (problem === undefined) {
        if (pendingMigrations(store, migrations).length === 0) return store;
        store.close();
        throw new ServiceError('store_unavailable', { key: 'opening.older_read_only', values: { path } });
      }
      store.close();
      if (tries === MOST_TRIES)
        throw new ServiceError('store_damaged', { key: 'opening.damaged', values: { path, problem } });
    }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/**
 * A log that holds changes, beside a file that is empty or gone: SQLite would take the store for a new one and throw the log
 * away.
 */
function setAsideLogWithoutStore(path: string, nowMs: number): void {
  const bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const logBytes = statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  if (bytes > 0 || logBytes === 0) return;
  throw setAside(
    path,
    new ServiceError('store_damaged', {
      key: existsSync(path) ? 'opening.log_without_empty_store' : 'opening.log_without_store',
      values: { path, bytes: logBytes },
    }),
    nowMs,
  );
}

/** Looks at a file without changing a byte of it: only a store of ours is opened for writing. */
function refuseForeignFile(path: string): void {
  if (!existsSync(path) || statSync(path).size === 0) return;
  const foreign = (
    key: 'opening.not_ordinary' | 'opening.of_another_program_only' | 'opening.some_other_file',
  ) => new ServiceError('store_unavailable', { key, values: { path } });
  if (!statSync(path).isFile()) throw foreign('opening.not_ordinary');
  // A backup or a log beside it tells that a store of ours stood here, however damaged it is now.
  const header = headerOf(path);
  if (header === 'ours') return;
  const wasOurs = listBackups(path).length > 0 || existsSync(`${path}-wal`);
  if (!wasOurs && header === 'cut short')
    throw new ServiceError('store_damaged', { key: 'opening.cut_short', values: { path } });
  let store: ReadOnlyStore | undefined;
  try {
    store = new ReadOnlyStore(path);
    const applicationId = Number(store.pragma('application_id'));
    const tables =
      store.query<{ count: number }>('SELECT count(*) AS count FROM sqlite_schema').get()?.count ?? 0;
    if (applicationId !== APPLICATION_ID && tables > 0) throw foreign('opening.of_another_program_only');
  } catch (error) {
    const isUnreadable =
      error instanceof ServiceError ? error.code === 'store_damaged' : isNotADatabase(error);
    if (isUnreadable && !wasOurs) throw foreign('opening.some_other_file');
    if (error instanceof ServiceError && error.code !== 'store_damaged') throw error;
  } finally {
    store?.close();
  }
}

const MAGIC = 'SQLite format 3\0';
const APPLICATION_ID_PLACE = 68;

/** What the first bytes of a file say, read without SQLite, which leaves files beside what it looks at. */
function headerOf(path: string): 'ours' | 'cut short' | 'other' {
  const header = Buffer.alloc(APPLICATION_ID_PLACE + 4);
  const handle = openSync(path, 'r');
  try {
    const read = readSync(handle, header, 0, header.length, 0);
    const magic = header.toString('latin1', 0, Math.min(read, MAGIC.length));
    if (!MAGIC.startsWith(magic) || read === 0) return 'other';
    if (read < header.length) return 'cut short';
    return header.readUInt32BE(APPLICATION_ID_PLACE) === APPLICATION_ID ? 'ours' : 'other';
  } finally {
    closeSync(handle);
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
  // An index of a log says nothing that the log does not, and an empty log nothing at all.
  rmSync(`${aside}-shm`, { force: true });
  if (statSync(`${aside}-wal`, { throwIfNoEntry: false })?.size === 0) rmSync(`${aside}-wal`);
  const [backup] = listBackups(path);
  return new ServiceError(
    'store_damaged',
    backup === undefined
      ? { key: 'opening.set_aside', values: { cause: cause.said, aside } }
      : { key: 'opening.set_aside_with_backup', values: { cause: cause.said, aside, backup, path } },
    {
      aside,
      backup: backup ?? null,
    },
  );
}
