import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ServiceError } from '../../../../shared/errors/errors.ts';
import { productFolder } from '../../ports/product.ts';
import { APPLICATION_ID, type ReadStore, type Store } from './database.ts';

export interface Migration {
  readonly id: number;
  readonly name: string;
  readonly sql: string;
}

/** Reads `NNNN-name.sql` files, in order of their numbers. Throws when two share a number. */
export function readMigrations(folder: string): Migration[] {
  const migrations = readdirSync(folder)
    .flatMap((file) => {
      const match = /^(\d{4})-([a-z0-9-]+)\.sql$/u.exec(file);
      return match?.[1] === undefined || match[2] === undefined
        ? []
        : [{ id: Number(match[1]), name: match[2], sql: readFileSync(join(folder, file), 'utf8') }];
    })
    .sort((left, right) => left.id - right.id);
  migrations.forEach((migration, index) => {
    if (index > 0 && migrations[index - 1]?.id === migration.id) {
      throw new Error(`two migrations have the number ${migration.id}`);
    }
  });
  return migrations;
}

export function schemaVersionOf(store: ReadStore): number {
  return Number(store.pragma('user_version'));
}

/**
 * The migrations a store still needs. Throws `store_newer` for a store from a later version of the app,
 * `store_damaged` when an applied migration is not the one in the app or the file is not ours.
 */
export function pendingMigrations(store: ReadStore, migrations: readonly Migration[]): Migration[] {
  const applicationId = Number(store.pragma('application_id'));
  const version = schemaVersionOf(store);
  const isEmpty = version === 0 && applicationId === 0;
  if (!isEmpty && applicationId !== APPLICATION_ID) {
    throw new ServiceError('store_unavailable', {
      key: 'opening.of_another_program',
      values: { path: store.path },
    });
  }
  if (isEmpty) {
    const tables = store.query<{ count: number }>('SELECT count(*) AS count FROM sqlite_schema').get();
    if ((tables?.count ?? 0) > 0) {
      throw new ServiceError('store_unavailable', {
        key: 'opening.of_another_program',
        values: { path: store.path },
      });
    }
    return [...migrations];
  }
  const newest = migrations.at(-1)?.id ?? 0;
  if (version > newest) {
    throw new ServiceError(
      'store_newer',
      { key: 'opening.newer', values: { path: store.path, version, newest } },
      { storeVersion: version, knownVersion: newest },
    );
  }
  const applied = appliedTo(store);
  const steps = stepsOf(applied, migrations);
  const isApplied = new Set(applied.map(({ id }) => id));
  const isWhole =
    applied.every(({ id }) => id <= version) &&
    steps.every(({ id }) => id > version || isApplied.has(id)) &&
    isApplied.has(version);
  if (!isWhole) {
    throw new ServiceError('store_unavailable', {
      key: 'opening.migrations_incomplete',
      values: { path: store.path, version, listed: [...isApplied].join(', ') || 'none' },
    });
  }
  for (const row of applied) {
    const known = steps.find((migration) => migration.id === row.id);
    if (known === undefined || checksumOf(known.sql) !== row.checksum) {
      throw new ServiceError('store_unavailable', {
        key: 'opening.migration_differs',
        values: { id: row.id, migration: row.name, path: store.path },
      });
    }
  }
  return steps.filter((migration) => migration.id > version);
}

interface AppliedMigration {
  readonly id: number;
  readonly name: string;
  readonly checksum: string;
}

function appliedTo(store: ReadStore): AppliedMigration[] {
  const isListed = store.query("SELECT 1 FROM sqlite_schema WHERE name = 'schema_migrations'").get();
  if (isListed === undefined) return [];
  return store.query<AppliedMigration>('SELECT id, name, checksum FROM schema_migrations ORDER BY id').all();
}

/** The migrations by which a store came to be what it is, and those to come. */
function stepsOf(
  applied: readonly AppliedMigration[],
  migrations: readonly Migration[],
): readonly Migration[] {
  const [base, ...later] = migrations;
  const isFromBefore = applied[0] !== undefined && base !== undefined && applied[0].id < base.id;
  return isFromBefore ? [...migrationsBeforeBase(), ...later] : migrations;
}

/**
 * The steps by which stores were made before one base took their place. They end where the base begins, so that a store
 * that has all of them has what the base makes. Nothing but a store that began with them needs them.
 */
export function migrationsBeforeBase(): Migration[] {
  return readMigrations(join(productFolder, 'migrations', 'before-base'));
}

/** Applies migrations in one transaction with their version and checksum. */
export function applyMigrations(store: Store, pending: readonly Migration[], nowMs: number): void {
  store.write((store) => {
    store.execute(`CREATE TABLE IF NOT EXISTS schema_migrations (
      id INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, applied_at INTEGER NOT NULL
    ) STRICT`);
    for (const migration of pending) {
      // Another host may have migrated between the look and the lock.
      if (migration.id <= schemaVersionOf(store)) continue;
      store.execute(migration.sql);
      store.run(
        'INSERT INTO schema_migrations (id, name, checksum, applied_at) VALUES (?, ?, ?, ?)',
        migration.id,
        migration.name,
        checksumOf(migration.sql),
        nowMs,
      );
      store.setPragma(`user_version = ${migration.id}`);
    }
    store.setPragma(`application_id = ${APPLICATION_ID}`);
  });
}

function checksumOf(sql: string): string {
  return createHash('sha256').update(sql.replaceAll('\r\n', '\n')).digest('hex');
}
