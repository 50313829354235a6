/** The only importer of better-sqlite3. Opens a connection with the pragmas that the promises rest on. */
import Database from 'better-sqlite3';
import { ServiceError } from '../../../../shared/errors/errors.ts';
import { foldText } from '../../../../shared/text/folded.ts';
import { auditHash } from './audit-hash.ts';
import { NamedFile } from './named-file.ts';
import { recordStatement } from './record-statement.ts';
import { translateStoreError } from './sqlite-errors.ts';
import { conversationOf } from './stored-text.ts';

/** 'TCST': tells a Touchstone store from any other SQLite file. */
export const APPLICATION_ID = 0x54435354;

/** How long a connection waits for another writer inside one call. Longer waits are made without blocking. */
const BUSY_WAIT_MS = 100;

const FULL = 2;

type Parameters = readonly (string | number | bigint | Buffer | null)[];

/** A prepared statement whose rows are typed by whoever wrote the SQL beside it. */
export interface Query<Row> {
  get(...parameters: Parameters): Row | undefined;
  all(...parameters: Parameters): Row[];
  iterate(...parameters: Parameters): IterableIterator<Row>;
}

/** What a stored text says, without what it is written as, in SQL as `fold_stored`. */
function foldedStored(stored: string): string {
  return foldText(
    conversationOf(stored, 'user')
      .map(({ content }) => content)
      .join('\n'),
  );
}

/** Rows that one statement inserts. SQLite binds 32,766 values at once. */
const ROWS_TOGETHER = 100;

/** One open connection. Statements are prepared once and kept. */
export class Store {
  readonly path: string;
  /** The store that this is a copy of, where that one may only be read; null for any other. */
  readonly readOnlyOf: string | null;
  readonly #database: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();
  #hasProvedDurability = false;
  /** Null for a connection that writes nothing. */
  readonly #named: NamedFile | null;

  constructor(path: string, options: { readonly: boolean; cacheKib?: number; readOnlyOf?: string }) {
    this.path = path;
    this.readOnlyOf = options.readOnlyOf ?? null;
    try {
      this.#database = new Database(path, { readonly: options.readonly, timeout: BUSY_WAIT_MS });
    } catch (error) {
      throw translateStoreError(error, path);
    }
    try {
      // SQLite itself knows the case of Latin letters only.
      this.#database.function('fold', { deterministic: true }, (text) => foldText(String(text)));
      this.#database.function(
        'audit_hash',
        { deterministic: true },
        (before, id, at, studyId, actor, action, details) =>
          auditHash(String(before), {
            id: Number(id),
            at: Number(at),
            studyId: studyId === null ? null : Number(studyId),
            actor: String(actor),
            action: String(action),
            details: String(details),
          }),
      );
      this.#database.function('fold_stored', { deterministic: true }, (text) => foldedStored(String(text)));
      this.#database.pragma('foreign_keys = ON');
      this.#database.pragma(`cache_size = -${options.cacheKib ?? 16_384}`);
      if (!options.readonly) {
        // What is erased is overwritten, not only unlinked.
        this.#database.pragma('secure_delete = ON');
        this.#database.pragma('journal_mode = WAL');
        this.#database.pragma('synchronous = FULL');
        this.#database.pragma('fullfsync = ON');
        this.#database.pragma('checkpoint_fullfsync = ON');
      }
      this.#named = options.readonly ? null : new NamedFile(path);
    } catch (error) {
      this.#database.close();
      throw translateStoreError(error, path);
    }
  }

  /** Rows of named columns. */
  query<Row>(sql: string): Query<Row> {
    return this.#statement(sql) as unknown as Query<Row>;
  }

  /** Rows as arrays, for columns of a million. */
  rawQuery<Row extends readonly unknown[]>(sql: string): Query<Row> {
    return this.#statement(`${sql} `).raw(true) as unknown as Query<Row>;
  }

  /** Runs one statement that changes something. */
  run(sql: string, ...parameters: Parameters): { changes: number; lastId: number } {
    const result = this.#statement(sql).run(...parameters);
    return { changes: result.changes, lastId: Number(result.lastInsertRowid) };
  }

  /**
   * Inserts many rows by few statements, in their order. For every statement that triggers follow, SQLite keeps what each
   * page held before: row by row, that takes most of the time.
   *
   * @param onConflict what becomes of a row that is there already; an error without it
   */
  insertTogether(
    table: string,
    columns: readonly string[],
    rows: readonly Parameters[],
    onConflict = '',
  ): void {
    const places = `(${columns.map(() => '?').join(', ')})`;
    const into = `INSERT INTO ${table} (${columns.join(', ')}) VALUES`;
    // Of two lengths only: a statement of another one hardly ever comes again, and would be prepared for nothing.
    for (let from = 0; from < rows.length; ) {
      const count = rows.length - from < ROWS_TOGETHER ? 1 : ROWS_TOGETHER;
      const statement = this.#statement(`${into} ${Array(count).fill(places).join(', ')} ${onConflict}`);
      statement.run(...rows.slice(from, from + count).flat());
      from += count;
    }
  }

  /** Runs a script of several statements, for migrations. */
  execute(sql: string): void {
    this.#database.exec(sql);
    recordStatement(this.path, sql);
  }

  pragma(text: string): unknown {
    return this.#database.pragma(text, { simple: true });
  }

  pragmaRows(text: string): unknown[] {
    return this.#database.pragma(text) as unknown[];
  }

  get isInTransaction(): boolean {
    return this.#database.inTransaction;
  }

  /**
   * One immediate transaction: everything in `work` is committed and synced to disk when this returns, or
   * nothing is; also where the path names another file by now. `work` must be synchronous.
   */
  write<Result>(work: () => Result): Result {
    if (this.readOnlyOf !== null)
      throw new ServiceError('store_unavailable', {
        key: 'store.read_only',
        values: { path: this.readOnlyOf },
      });
    let result: Result;
    try {
      result = this.#database
        .transaction(() => {
          const value = work();
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
  begin(): void {
    try {
      this.#database.exec('BEGIN IMMEDIATE');
    } catch (error) {
      throw translateStoreError(error, this.path);
    }
  }

  /** Ends such a transaction: all of it is in the file that the path names. */
  commit(): void {
    this.#named?.requireSame();
    this.#database.exec('COMMIT');
    this.#named?.requireSame();
  }

  /** Takes back what such a transaction did; nothing where none is under way. */
  rollback(): void {
    if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
  }

  /** A consistent view over several reads. */
  read<Result>(work: () => Result): Result {
    try {
      return this.#database.transaction(work).deferred();
    } catch (error) {
      throw translateStoreError(error, this.path);
    }
  }

  /**
   * Reads the pragmas back. better-sqlite3 is built so that a WAL database falls to synchronous = NORMAL
   * after its first write unless FULL was set explicitly, so this runs after the first write too.
   */
  assertDurable(): void {
    const journal = this.pragma('journal_mode');
    const synchronous = this.pragma('synchronous');
    const foreignKeys = this.pragma('foreign_keys');
    if (journal !== 'wal' || synchronous !== FULL || foreignKeys !== 1) {
      throw new ServiceError(
        'store_unavailable',
        { key: 'store.not_durable' },
        {
          journal,
          synchronous,
          foreignKeys,
        },
      );
    }
    this.#hasProvedDurability = true;
  }

  /**
   * Brings every change into the file itself and empties the journal, which still holds what was erased. False while
   * somebody reads from the journal.
   */
  scrub(): boolean {
    return Number(this.#database.pragma('wal_checkpoint(TRUNCATE)', { simple: true })) === 0;
  }

  /** Copies the live database with SQLite's backup API; safe while others write. */
  async copyTo(path: string): Promise<void> {
    await this.#database.backup(path);
  }

  close(): void {
    if (!this.#database.open) return;
    this.#statements.clear();
    this.#database.close();
  }

  #statement(sql: string): Database.Statement {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(withSignedParameters(sql));
      recordStatement(this.path, sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

/**
 * Puts a sign before each parameter, which changes no value and hides the parameter from the planner. Where a bare one is compared on
 * a table with a partial index, SQLite plans the statement anew for every value it is given: most of the time of a short statement.
 */
export function withSignedParameters(sql: string): string {
  return sql.replaceAll(/'[^']*'|\?/gu, (part) => (part === '?' ? '+?' : part));
}
