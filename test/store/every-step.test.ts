/** A store of any step is brought up to date with all that it holds, and is then as if it had been made today. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Store } from '../../electron/core/store/engine/database.ts';
import {
  applyMigrations,
  type Migration,
  migrationsBeforeBase,
} from '../../electron/core/store/engine/migrate.ts';
import { openStore, productMigrations } from '../../electron/core/store/engine/open-store.ts';
import { steppingClock } from '../support/fixed-ports.ts';
import { openTestApp } from '../support/open-app.ts';
import { putIn } from '../support/store-of-step.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** A store that was made by some steps, and filled by the app of then. @returns where it is */
function storeOf(steps: readonly Migration[], known: number): string {
  const path = join(temporaryFolder(), 'store.sqlite');
  const store = new Store(path, { readonly: false });
  applyMigrations(store, steps, 1);
  putIn(store, known);
  store.close();
  return path;
}

function tablesOf(store: Store): string[] {
  return store
    .query<{ name: string }>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'schema_migrations' ORDER BY name",
    )
    .all()
    .map(({ name }) => name);
}

function rowsOf(store: Store): Record<string, unknown[]> {
  return Object.fromEntries(
    tablesOf(store).map((table) => [table, store.query(`SELECT * FROM ${table}`).all()]),
  );
}

/** What the product says of a store, and gives to somebody who comes now. */
async function seenIn(path: string) {
  const test = await openTestApp(path);
  expect((await test.value('doctor.report', {})).problems).toEqual([]);
  const log = await test.value('audit.verify', {});
  expect(log.broken).toBe(null);
  const study = await test.value('studies.show', { studyId: 's' });
  const { stage, progress } = await test.value('rating.begin', { studyId: 's', rater: 'dan' });
  return { log, study, stage, progress };
}

const before = migrationsBeforeBase();
const product = productMigrations();
const newest = product.at(-1)?.id ?? 0;

/** The stores that there may be: begun with the steps before the base, or with the base. */
const CHAINS = [
  ...before.map((_step, index) => before.slice(0, index + 1)),
  ...product.slice(1).map((_step, index) => [...before, ...product.slice(1, index + 2)]),
  ...product.map((_step, index) => product.slice(0, index + 1)),
].map((chain) => ({
  chain,
  last: chain.at(-1)?.id ?? 0,
  name: `${chain[0]?.name} ${chain[0]?.id} to ${chain.at(-1)?.name} ${chain.at(-1)?.id}`,
}));

describe('a store', () => {
  it.each(CHAINS)('of the steps from $name is as if it had been made today', async ({ chain, last }) => {
    const [path, madeToday] = [storeOf(chain, last), storeOf(product, last)];
    const store = await openStore(path, steppingClock());
    const made = new Store(madeToday, { readonly: true });
    expect(rowsOf(store)).toEqual(rowsOf(made));
    made.close();
    store.close();
    expect(await seenIn(path)).toEqual(await seenIn(madeToday));
  });

  it('has a row in every table, so that none is brought up to date empty', () => {
    const filled = new Store(storeOf(product, newest), { readonly: true });
    const rows = Object.entries(rowsOf(filled));
    filled.close();
    expect(rows.filter(([, { length }]) => length === 0).map(([table]) => table)).toEqual([]);
    expect(rows.length).toBeGreaterThan(40);
  });
});
