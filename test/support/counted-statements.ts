/** Counts what a connection is told, below everything of ours: the driver itself reports each statement that it starts. */
import type Database from 'better-sqlite3';

/** Statements of all connections since the last {@link takeStatements}, BEGIN and COMMIT among them. */
let statements: string[] = [];

/** The driver with a reporter in every connection; for `vi.mock('better-sqlite3', …)`. Triggers run inside their statement. */
export function countedDriver(driver: typeof Database): typeof Database {
  return class extends driver {
    constructor(path?: string | Buffer, options?: Database.Options) {
      super(path, { ...options, verbose: (sql) => void statements.push(String(sql)) });
    }
  } as typeof Database;
}

/** The statements since the last call, oldest first. */
export function takeStatements(): string[] {
  const taken = statements;
  statements = [];
  return taken;
}
