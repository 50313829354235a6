/** Who may change a store: what the compiler tells apart, and what is refused where it cannot see. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import {
  ReadOnlyStore,
  type ReadStore,
  type Store,
  type WriteStore,
} from '../../electron/core/store/engine/database.ts';
import { openStore } from '../../electron/core/store/engine/open-store.ts';
import { writeSetting } from '../../electron/core/store/engine/preferences.ts';
import { steppingClock } from '../support/fixed-ports.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const INSERT = "INSERT INTO settings (name, value) VALUES ('a', '1')";

async function opened(): Promise<Store> {
  return openStore(join(temporaryFolder(), 'store.sqlite'), steppingClock());
}

it('the compiler takes no handle that reads for one that writes', async () => {
  const store = await opened();
  const reader: ReadStore = store;
  // @ts-expect-error a store as such changes nothing
  expect(() => store.run(INSERT)).toThrow();
  // @ts-expect-error nor does what only asks
  expect(() => reader.run(INSERT)).toThrow();
  // @ts-expect-error a function that writes is given what a transaction hands out
  expect(() => writeSetting(store, 'a', 1)).toThrow();
  // @ts-expect-error what is handed out begins no transaction of its own
  store.write((writable) => expect(() => writable.write(() => 1)).toThrow());
  // @ts-expect-error a store that is opened to be read has no transactions that write
  expect(() => new ReadOnlyStore(store.path).write(() => 1)).toThrow();
  store.write((writable) => writeSetting(writable, 'a', 1));
  expect(reader.query('SELECT value FROM settings').all()).toEqual([{ value: '1' }]);
  store.close();
});

it('what writes is of no use after its transaction', async () => {
  const store = await opened();
  const kept: WriteStore = store.write((writable) => writable);
  expect(() => kept.run(INSERT)).toThrow('beyond its transaction');
  expect(() => kept.insertTogether('settings', ['name', 'value'], [['a', '1']])).toThrow(
    'beyond its transaction',
  );
  expect(() => kept.execute('DELETE FROM settings')).toThrow('beyond its transaction');
  store.begin();
  store.rollback();
  expect(() => kept.run(INSERT)).toThrow('beyond its transaction');
  expect(store.query('SELECT 1 FROM settings').all()).toEqual([]);
  store.close();
});

it('a question that would change something is refused', async () => {
  const store = await opened();
  for (const sql of [
    `${INSERT} RETURNING name`,
    'DELETE FROM settings RETURNING name',
    'PRAGMA user_version = 3',
  ])
    expect(() => store.query(sql).all(), sql).toThrow('asked to write');
  expect(() => store.rawQuery(`${INSERT} RETURNING name`).all()).toThrow('asked to write');
  expect(() => store.pragma('user_version = 3')).toThrow('asked to set');
  expect(store.query('SELECT 1 FROM settings').all()).toEqual([]);
  store.close();
});
