/**
 * A store and its two handles, told apart by the compiler: what only asks takes a {@link ReadStore}, and what changes
 * something a {@link WriteStore}, which nobody has but inside a transaction.
 */
import { ServiceError } from '../../../../shared/errors/errors.ts';
import { Connection, type ConnectionOptions } from './connection.ts';
import { NamedFile } from './named-file.ts';
import { translateStoreError } from './sqlite-errors.ts';

/** 'TCST': tells a Touchstone store from any other SQLite file. */
export const APPLICATION_ID = 0x54435354;

const FULL = 2;

/** Of a copy. */
const PAGES_BETWEEN_LOOKS = 100;

type Parameters = readonly (string | number | bigint | Buffer | null)[];

/** A prepared statement whose rows are typed by whoever wrote the SQL beside it. */
export interface Query<Row> {
  get(...parameters: Parameters): Row | undefined;
  all(...parameters: Parameters): Row[];
  iterate(...parameters: Parameters): IterableIterator<Row>;
}

/** The pragmas that the promises rest on, by their names. */
export type Durability = Readonly<{ journal_mode: string; synchronous: number; foreign_keys: number }>;

/** Asks, and changes nothing. */
export class ReadStore {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  get path(): string {
    return this.connection.path;
  }

  /** The store that this is a copy of, where that one may only be read; null for any other. */
  get readOnlyOf(): string | null {
    return this.connection.readOnlyOf;
  }

  /** Rows of named columns. */
  query<Row>(sql: string): Query<Row> {
    return this.connection.reading(sql) as unknown as Query<Row>;
  }

  /** Rows as arrays, for columns of a million. */
  rawQuery<Row extends readonly unknown[]>(sql: string): Query<Row> {
    return this.connection.reading(`${sql} `).raw(true) as unknown as Query<Row>;
  }

  /** What a pragma says. */
  pragma(name: string): unknown {
    return this.#pragma(name, { simple: true });
  }

  pragmaRows(name: string): unknown[] {
    return this.#pragma(name, {}) as unknown[];
  }

  /** How the connection keeps what is written, as SQLite says it: each connection has its own. */
  get durability(): Durability {
    return {
      journal_mode: String(this.pragma('journal_mode')),
      synchronous: Number(this.pragma('synchronous')),
      foreign_keys: Number(this.pragma('foreign_keys')),
    };
  }

  get isInTransaction(): boolean {
    return this.connection.database.inTransaction;
  }

  /** A consistent view over several reads. */
  read<Result>(work: () => Result): Result {
    try {
      return this.connection.database.transaction(work).deferred();
    } catch (error) {
      throw translateStoreError(error, this.path);
    }
  }

  /**
   * Copies the live database with SQLite's backup API; safe while others write. A connection that only reads copies one view:
   * SQLite would begin anew with whatever another connection writes meanwhile.
   *
   * @param look called every few pages; what it throws ends the copy
   */
  async copyTo(path: string, look: () => void = () => undefined): Promise<void> {
    const { database } = this.connection;
    if (database.readonly) {
      database.exec('BEGIN');
      // The view is that of the first read.
      this.pragma('schema_version');
    }
    try {
      await database.backup(path, {
        progress: () => {
          look();
          return PAGES_BETWEEN_LOOKS;
        },
      });
    } finally {
      if (database.readonly) database.exec('COMMIT');
    }
  }

  #pragma(name: string, options: { readonly simple?: boolean }): unknown {
    if (name.includes('=')) throw new Error(`a handle that reads was asked to set ${name}`);
    return this.connection.database.pragma(name, options);
  }
}

/** A store that is opened to be read, for reports and threads. */
export class ReadOnlyStore extends ReadStore {
  constructor(path: string) {
    super(new Connection(path, { readonly: true }));
  }

  close(): void {
    this.connection.close();
  }
}

/**
 * Rows that one statement inserts, and how many the rest of them. SQLite binds 32,766 values at once; a statement of yet
 * another length hardly ever comes again, and would be prepared for nothing.
 */
const ROWS_TOGETHER = [100, 10, 1] as const;

/** Changes what a store holds, in the transaction that it was handed out for and never after it. */
export class WriteStore extends ReadStore {
  /** Rows of named columns; also what a statement that changes something gives back. */
  override query<Row>(sql: string): Query<Row> {
    return this.#statement(sql) as unknown as Query<Row>;
  }

  override rawQuery<Row extends readonly unknown[]>(sql: string): Query<Row> {
    return this.#statement(`${sql} `).raw(true) as unknown as Query<Row>;
  }

  /** Runs one statement that changes something. */
  run(sql: string, ...parameters: Parameters): { changes: number; lastId: number } {
    const result = this.#statement(sql).run(...parameters);
    return { changes: result.changes, lastId: Number(result.lastInsertRowid) };
  }

  /**
   * Inserts many rows by few statements, in their order. For every statement that triggers follow, SQLite keeps what each
   * page held before: row by row, that takes most of the time. A column in which no row has a value is bound in none: most
   * rows have few of many, and binding takes longer than storing.
   *
   * @param onConflict what becomes of a row that is there already; an error without it
   */
  insertTogether(
    table: string,
    columns: readonly string[],
    rows: readonly Parameters[],
    onConflict = '',
  ): void {
    this.#requireTransaction();
    const bound = columns.flatMap((_name, at) => (rows.some((row) => row[at] !== null) ? [at] : []));
    const places = `(${columns.map((_name, at) => (bound.includes(at) ? '?' : 'NULL')).join(', ')})`;
    const into = `INSERT INTO ${table} (${columns.join(', ')}) VALUES`;
    let from = 0;
    for (const count of ROWS_TOGETHER) {
      if (rows.length - from < count) continue;
      const statement = this.connection.statement(
        `${into} ${Array(count).fill(places).join(', ')} ${onConflict}`,
      );
      for (; rows.length - from >= count; from += count) {
        const values: Parameters[number][] = [];
        for (const row of rows.slice(from, from + count))
          for (const at of bound) values.push(row[at] ?? null);
        statement.run(values);
      }
    }
  }

  /** Runs a script of several statements, for migrations. */
  execute(script: string): void {
    this.#requireTransaction();
    this.connection.execute(script);
  }

  /** Sets a pragma that a transaction takes back with everything else. */
  setPragma(text: string): void {
    this.#requireTransaction();
    this.connection.database.pragma(text);
  }

  #statement(sql: string): ReturnType<Connection['statement']> {
    this.#requireTransaction();
    return this.connection.statement(sql);
  }

  #requireTransaction(): void {
    if (!this.connection.database.inTransaction)
      throw new Error('a handle that writes was kept beyond its transaction');
  }
}

/** One open store. Reads as it is, and hands out what writes for one transaction at a time. */
export class Store extends ReadStore {
  readonly #writable: WriteStore;
  #hasProvedDurability = false;
  /** Null for a connection that writes nothing. */
  readonly #named: NamedFile | null;

  constructor(path: string, options: ConnectionOptions) {
    super(new Connection(path, options));
    this.#writable = new WriteStore(this.connection);
    try {
      this.#named = options.readonly ? null : new NamedFile(path);
    } catch (error) {
      this.connection.close();
      throw translateStoreError(error, path);
    }
  }

  /**
   * One immediate transaction: everything in `work` is committed and synced to disk when this returns, or
   * nothing is; also where the path names another file by now. `work` must be synchronous.
   */
  write<Result>(work: (store: WriteStore) => Result): Result {
    if (this.readOnlyOf !== null)
      throw new ServiceError('store_unavailable', {
        key: 'store.read_only',
        values: { path: this.readOnlyOf },
      });
    let result: Result;
    try {
      result = this.connection.database
        .transaction(() => {
          const value = work(this.#writable);
          this.#named?.requireSame();
          return value;
        })
        .immediate();
    } catch (error) {
      throw translateStoreError(error, this.path);
    }
    // It may have gone while the disk was waited for.
    this.#named?.requireSame();
    if (!this.#hasProvedDurability) this.assertDurable();
    return result;
  }

  /** Starts a transaction that the caller ends with `commit` or `rollback`, for work that awaits in between. */
  begin(): WriteStore {
    try {
      this.connection.database.exec('BEGIN IMMEDIATE');
    } catch (error) {
      throw translateStoreError(error, this.path);
    }
    return this.#writable;
  }

  /** Ends such a transaction: all of it is in the file that the path names. */
  commit(): void {
    this.#named?.requireSame();
    this.connection.database.exec('COMMIT');
    this.#named?.requireSame();
  }

  /** Takes back what such a transaction did; nothing where none is under way. */
  rollback(): void {
    if (this.connection.database.inTransaction) this.connection.database.exec('ROLLBACK');
  }

  /** Sets a pragma of the connection or of the file, outside any transaction. */
  setPragma(text: string): void {
    this.connection.database.pragma(text);
  }

  /**
   * Reads the pragmas back. better-sqlite3 is built so that a WAL database falls to synchronous = NORMAL
   * after its first write unless FULL was set explicitly, so this runs after the first write too.
   */
  assertDurable(): void {
    const { durability } = this;
    const { journal_mode, synchronous, foreign_keys } = durability;
    if (journal_mode !== 'wal' || synchronous !== FULL || foreign_keys !== 1)
      throw new ServiceError('store_unavailable', { key: 'store.not_durable' }, durability);
    this.#hasProvedDurability = true;
  }

  /**
   * Brings every change into the file itself and empties the journal, which still holds what was erased. False while
   * somebody reads from the journal.
   */
  scrub(): boolean {
    return Number(this.connection.database.pragma('wal_checkpoint(TRUNCATE)', { simple: true })) === 0;
  }

  close(): void {
    this.connection.close();
  }
}

/** Tables of their own, in one transaction that is never committed: what work lays aside on disk until it ends. */
export class ScratchStore extends WriteStore {
  constructor(path: string, schema: string) {
    super(new Connection(path, { readonly: false }));
    this.connection.database.pragma('synchronous = OFF');
    this.connection.execute(schema);
    this.connection.database.exec('BEGIN');
  }

  close(): void {
    this.connection.close();
  }
}
