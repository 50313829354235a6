/** Writes down what is prepared, so that tests can have SQLite explain every statement. */
import { appendFileSync } from 'node:fs';
import { basename } from 'node:path';

/** A file that statements are appended to, one JSON line each: set by tests, never in use. */
const RECORD = process.env.TOUCHSTONE_RECORD_STATEMENTS;
const recorded = new Set<string>();

export interface RecordedStatement {
  /** The name of the file it was prepared for: a store, or what an import has read so far. */
  readonly file: string;
  readonly sql: string;
}

/** Each statement once for each thread and name of a file. */
export function recordStatement(path: string, sql: string): void {
  if (RECORD === undefined) return;
  const line = JSON.stringify({ file: basename(path), sql } satisfies RecordedStatement);
  if (recorded.has(line)) return;
  recorded.add(line);
  // Other threads and processes append to the same file: one write a line keeps lines whole.
  appendFileSync(RECORD, `${line}\n`);
}
