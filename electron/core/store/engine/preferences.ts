import type { ReadStore, WriteStore } from './database.ts';

/** Settings and saved mappings: small JSON documents by name. */
export function readSetting(store: ReadStore, name: string): unknown {
  const row = store.query<{ value: string }>('SELECT value FROM settings WHERE name = ?').get(name);
  return row === undefined ? undefined : JSON.parse(row.value);
}

export function writeSetting(store: WriteStore, name: string, value: unknown): void {
  store.run(
    'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    name,
    JSON.stringify(value),
  );
}

export function listMappings(store: ReadStore): { name: string; definition: unknown }[] {
  return store
    .query<{ name: string; definition: string }>('SELECT name, definition FROM mappings ORDER BY name')
    .all()
    .map(({ name, definition }) => ({ name, definition: JSON.parse(definition) as unknown }));
}

export function saveMapping(store: WriteStore, name: string, definition: unknown, at: number): void {
  store.run(
    `INSERT INTO mappings (name, definition, saved_at) VALUES (?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET definition = excluded.definition, saved_at = excluded.saved_at`,
    name,
    JSON.stringify(definition),
    at,
  );
}
