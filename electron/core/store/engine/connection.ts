/** The only importer of better-sqlite3. Opens a connection with the pragmas that the promises rest on. */
import Database from 'better-sqlite3';
import { foldText } from '../../../../shared/text/folded.ts';
import { auditHash } from './audit-hash.ts';
import { recordStatement } from './record-statement.ts';
import { translateStoreError } from './sqlite-errors.ts';
import { conversationOf } from './stored-text.ts';

/** How long a connection waits for another writer inside one call. Longer waits are made without blocking. */
const BUSY_WAIT_MS = 100;

export interface ConnectionOptions {
  readonly readonly: boolean;
  readonly cacheKib?: number;
  /** The store that this is a copy of, where that one may only be read. */
  readonly readOnlyOf?: string | null;
}

/** What a stored text says, without what it is written as, in SQL as `fold_stored`. */
function foldedStored(stored: string): string {
  return foldText(
    conversationOf(stored, 'user')
      .map(({ content }) => content)
      .join('\n'),
  );
}

/** One open connection, shared by the handles of a store. Statements are prepared once and kept. */
export class Connection {
  readonly path: string;
  readonly readOnlyOf: string | null;
  readonly database: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();

  constructor(path: string, options: ConnectionOptions) {
    this.path = path;
    this.readOnlyOf = options.readOnlyOf ?? null;
    try {
      this.database = new Database(path, { readonly: options.readonly, timeout: BUSY_WAIT_MS });
    } catch (error) {
      throw translateStoreError(error, path);
    }
    try {
      this.#addFunctions();
      this.database.pragma('foreign_keys = ON');
      this.database.pragma(`cache_size = -${options.cacheKib ?? 16_384}`);
      if (!options.readonly) {
        // What is erased is overwritten, not only unlinked.
        this.database.pragma('secure_delete = ON');
        this.database.pragma('journal_mode = WAL');
        this.database.pragma('synchronous = FULL');
        this.database.pragma('fullfsync = ON');
        this.database.pragma('checkpoint_fullfsync = ON');
      }
    } catch (error) {
      this.database.close();
      throw translateStoreError(error, path);
    }
  }

  /** A statement that only reads. */
  reading(sql: string): Database.Statement {
    const statement = this.statement(sql);
    if (!statement.readonly) throw new Error(`a handle that reads was asked to write: ${sql}`);
    return statement;
  }

  statement(sql: string): Database.Statement {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.database.prepare(withSignedParameters(sql));
      recordStatement(this.path, sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  execute(script: string): void {
    this.database.exec(script);
    recordStatement(this.path, script);
  }

  close(): void {
    if (!this.database.open) return;
    this.#statements.clear();
    this.database.close();
  }

  #addFunctions(): void {
    // SQLite itself knows the case of Latin letters only.
    this.database.function('fold', { deterministic: true }, (text) => foldText(String(text)));
    this.database.function(
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
    this.database.function('fold_stored', { deterministic: true }, (text) => foldedStored(String(text)));
  }
}

/**
 * Puts a sign before each parameter, which changes no value and hides the parameter from the planner. Where a bare one is compared on
 * a table with a partial index, SQLite plans the statement anew for every value it is given: most of the time of a short statement.
 */
export function withSignedParameters(sql: string): string {
  return sql.replaceAll(/'[^']*'|\?/gu, (part) => (part === '?' ? '+?' : part));
}
