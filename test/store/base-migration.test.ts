/** One base makes what the steps before it made, and a store that those made goes on. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { Store } from '../../electron/core/store/engine/database.ts';
import {
  applyMigrations,
  type Migration,
  migrationsBeforeBase,
  pendingMigrations,
  schemaVersionOf,
} from '../../electron/core/store/engine/migrate.ts';
import { openStore, productMigrations } from '../../electron/core/store/engine/open-store.ts';
import { steppingClock } from '../support/fixed-ports.ts';
import { openTestApp } from '../support/open-app.ts';
import { workSession } from '../support/simulated-rater.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Made by the version before the base: an import with votes, verdicts and notes, work, an exclusion, an unblinding. */
const FIXTURE = join(import.meta.dirname, 'fixtures', 'before-base.sqlite.gz');

interface SchemaRow {
  readonly type: string;
  readonly name: string;
  readonly tbl_name: string;
  readonly sql: string | null;
}

/** What a schema says, without comments, breaks of lines and quotes that a renamed table leaves. */
function schemaOf(store: Store): SchemaRow[] {
  return store
    .query<SchemaRow>('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name')
    .all()
    .map((row) => ({
      ...row,
      sql:
        row.sql
          ?.replaceAll(/--[^\n]*/gu, ' ')
          .replaceAll('"', '')
          .replaceAll(/\s*([(),])\s*/gu, '$1')
          .replaceAll(/\s+/gu, ' ')
          .trim() ?? null,
    }));
}

/** Triggers fire in the order they were made in. */
function triggersOf(store: Store): unknown[] {
  return store
    .query("SELECT tbl_name, name FROM sqlite_schema WHERE type = 'trigger' ORDER BY tbl_name, rowid")
    .all();
}

function madeBy(migrations: readonly Migration[]): Store {
  const store = new Store(join(temporaryFolder(), 'made.sqlite'), { readonly: false });
  applyMigrations(store, migrations, 1);
  return store;
}

function rowsOf(store: Store): Record<string, unknown[]> {
  const tables = store
    .query<{ name: string }>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'schema_migrations'",
    )
    .all();
  return Object.fromEntries(tables.map(({ name }) => [name, store.query(`SELECT * FROM ${name}`).all()]));
}

function storeOfBefore(): string {
  const path = join(temporaryFolder(), 'store.sqlite');
  writeFileSync(path, gunzipSync(readFileSync(FIXTURE)));
  return path;
}

it('the base makes the schema that the steps before it make, and the same first rows', () => {
  const [base] = productMigrations();
  const steps = migrationsBeforeBase();
  expect(base?.id).toBe(steps.at(-1)?.id);
  const [byBase, bySteps] = [madeBy(base === undefined ? [] : [base]), madeBy(steps)];
  expect(schemaOf(byBase)).toEqual(schemaOf(bySteps));
  expect(triggersOf(byBase)).toEqual(triggersOf(bySteps));
  expect(rowsOf(byBase)).toEqual(rowsOf(bySteps));
  for (const { name } of schemaOf(bySteps).filter(({ type }) => type === 'table'))
    expect(byBase.query(`SELECT * FROM pragma_table_xinfo('${name}')`).all(), name).toEqual(
      bySteps.query(`SELECT * FROM pragma_table_xinfo('${name}')`).all(),
    );
  byBase.close();
  bySteps.close();
});

it('a store from before the base is brought up to date with all it holds, and has the schema of a new one', async () => {
  const path = storeOfBefore();
  const before = new Store(path, { readonly: true });
  const held = rowsOf(before);
  expect(held.ratings?.length).toBeGreaterThan(40);
  expect(held.audit_log?.length).toBeGreaterThan(20);
  before.close();
  const store = await openStore(path, steppingClock());
  expect(rowsOf(store)).toMatchObject(held);
  expect(schemaVersionOf(store)).toBe(productMigrations().at(-1)?.id);
  const made = await openStore(join(temporaryFolder(), 'new.sqlite'), steppingClock());
  expect(schemaOf(store)).toEqual(schemaOf(made));
  expect(triggersOf(store)).toEqual(triggersOf(made));
  made.close();
  store.close();
  // It is one of a chain of its own: opened again, it is taken as it is.
  (await openStore(path, steppingClock())).close();
});

it('a store from before the base is worked in, and its log is whole', async () => {
  const test = await openTestApp(storeOfBefore());
  const [study] = await test.value('studies.list', {});
  await workSession(test, study?.studyId ?? '', 'dan', 3, { skill: 0.9 });
  expect(await test.value('audit.verify', {})).toMatchObject({ broken: null, notCovered: [] });
  expect((await test.value('doctor.report', {})).problems).toEqual([]);
});

it('a store whose steps are not those of before the base is refused and left alone', async () => {
  const path = storeOfBefore();
  const store = new Store(path, { readonly: false });
  store.write((store) => store.run("UPDATE schema_migrations SET checksum = 'other' WHERE id = 50"));
  store.close();
  const bytes = readFileSync(path);
  await expect(openStore(path, steppingClock())).rejects.toThrow('is not the one in this version');
  expect(readFileSync(path).equals(bytes)).toBe(true);
});

it.each([
  ['says a higher version than its last step', 'PRAGMA user_version = 105'],
  ['says a lower version than its last step', 'PRAGMA user_version = 90'],
  ['lacks a step in between', 'DELETE FROM schema_migrations WHERE id = 50'],
  ['lists no steps', 'DROP TABLE schema_migrations'],
])('a store that %s is refused and left alone', async (_what, sql) => {
  const path = storeOfBefore();
  const store = new Store(path, { readonly: false });
  store.write((store) => store.execute(sql));
  store.close();
  const bytes = readFileSync(path);
  await expect(openStore(path, steppingClock())).rejects.toMatchObject({
    code: 'store_unavailable',
    message: expect.stringMatching(/is of schema .* It was not touched/u),
  });
  expect(readFileSync(path).equals(bytes)).toBe(true);
});

it('a step that fails leaves a store from before the base as it was, for the next try', async () => {
  const path = storeOfBefore();
  const before = new Store(path, { readonly: true });
  const [held, schema] = [rowsOf(before), schemaOf(before)];
  before.close();
  const clock = steppingClock();
  const [base, ...later] = productMigrations();
  const broken = [
    ...(base === undefined ? [] : [base]),
    ...later,
    { id: 9990, name: 'broken', sql: 'SELECT nothing' },
  ];
  await expect(openStore(path, clock, broken)).rejects.toThrow();
  const after = new Store(path, { readonly: true });
  expect(rowsOf(after)).toEqual(held);
  expect(schemaOf(after)).toEqual(schema);
  after.close();
  (await openStore(path, clock)).close();
});

it('a store that another version made between the look and the lock goes on', () => {
  const store = new Store(join(temporaryFolder(), 'raced.sqlite'), { readonly: false });
  const pending = pendingMigrations(store, productMigrations());
  applyMigrations(store, migrationsBeforeBase(), 1);
  applyMigrations(store, pending, 2);
  expect(pendingMigrations(store, productMigrations())).toEqual([]);
  const made = madeBy(productMigrations());
  expect(schemaOf(store)).toEqual(schemaOf(made));
  made.close();
  store.close();
});
