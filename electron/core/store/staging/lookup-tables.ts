import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ScratchStore } from '../engine/database.ts';

type Row = Readonly<Record<string, string>>;

/** Tables that a mapping looks values up in, on disk however large they are. */
export class LookupTables {
  readonly #folder = mkdtempSync(join(tmpdir(), 'touchstone-tables-'));
  readonly #store: ScratchStore;

  constructor() {
    this.#store = new ScratchStore(
      join(this.#folder, 'tables.sqlite'),
      'CREATE TABLE looked_up (named TEXT, key TEXT, row TEXT, PRIMARY KEY (named, key)) STRICT, WITHOUT ROWID',
    );
  }

  /** Adds a row. Returns what is wrong where another row has its key. */
  add(table: string, key: string, row: Row): string | undefined {
    const text = JSON.stringify(row);
    const { changes } = this.#store.run(
      'INSERT INTO looked_up (named, key, row) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
      table,
      key,
      text,
    );
    if (changes > 0 || this.#textOf(table, key) === text) return undefined;
    return `the table ${table} has another row with the key ${JSON.stringify(key.slice(0, 80))}`;
  }

  find(table: string, key: string): Row | undefined {
    const text = this.#textOf(table, key);
    return text === undefined ? undefined : (JSON.parse(text) as Row);
  }

  close(): void {
    this.#store.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #textOf(table: string, key: string): string | undefined {
    return this.#store
      .query<{ row: string }>('SELECT row FROM looked_up WHERE named = ? AND key = ?')
      .get(table, key)?.row;
  }
}
