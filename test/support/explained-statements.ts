/**
 * How SQLite finds what statements ask for, without statistics: the product's stores have none, so that a plan is the same in
 * a test as in a store of a million ratings.
 */
import { readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { withSignedParameters } from '../../electron/core/store/engine/connection.ts';
import { productMigrations } from '../../electron/core/store/engine/open-store.ts';
import type { RecordedStatement } from '../../electron/core/store/engine/record-statement.ts';

/** Tables with a row for a study, a person, a judge, a file, a decision: next to nothing beside pairs and votes. */
const SMALL = new Set([
  'analysis_plans',
  'audit_head',
  'consents',
  'guidelines',
  'imports',
  'judge_batches',
  'judge_panels',
  'judge_runs',
  'judge_versions',
  'judges',
  'mappings',
  'merges',
  'opened_packs',
  'pack_claims',
  'pack_keys',
  'pack_revisions',
  'packs',
  'pinned_keys',
  'qualifications',
  'rater_decisions',
  'raters',
  'reviews',
  'schema_migrations',
  'selections',
  'settings',
  'signing_key',
  'slice_counts',
  'sqlite_master',
  'sqlite_schema',
  'studies',
  'systems',
]);

export interface Walk {
  readonly sql: string;
  /** What SQLite says of each table that it goes through as a whole, or for which it makes an index each time. */
  readonly steps: readonly string[];
}

/** What was recorded in a file, each statement once for each kind of database. */
export function recordedStatements(file: string): RecordedStatement[] {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as RecordedStatement);
}

/** A new store as this version makes it, for statements to be explained by. */
export function explainingStore(): Database.Database {
  const database = withFunctions(new Database(':memory:'));
  for (const { sql } of productMigrations()) database.exec(sql);
  database.exec('CREATE TABLE schema_migrations (id INTEGER PRIMARY KEY, name, checksum, applied_at)');
  return database;
}

function withFunctions(database: Database.Database): Database.Database {
  for (const name of ['fold', 'fold_stored', 'audit_hash'])
    database.function(name, { deterministic: true, varargs: true }, () => '');
  return database;
}

/** Statements that go through a table with a row for each pair, text, vote, verdict or entry of a log. */
export function walksAmong(statements: readonly RecordedStatement[], store: Database.Database): Walk[] {
  const bySql = new Map(statements.map((each) => [each.sql.trim(), each]));
  return [...bySql.values()].flatMap((statement) => {
    const plan = planOf(statement, store) ?? planOf(statement, stageOf(statement, statements));
    if (plan === null) return [];
    const steps = plan.rows.filter((step) => isWalk(step, statement.sql, plan.database));
    return steps.length === 0 ? [] : [{ sql: statement.sql, steps }];
  });
}

function planOf({ sql }: RecordedStatement, database: Database.Database | null) {
  if (database === null) return null;
  try {
    const explained = database.prepare(`EXPLAIN QUERY PLAN ${withSignedParameters(sql)}`);
    const places = Array.from({ length: sql.match(/\?/gu)?.length ?? 0 }, () => null);
    const rows = (explained.all(...places) as { detail: string }[]).map(({ detail }) => detail);
    return { rows, database };
  } catch {
    return null;
  }
}

/** The tables that an import lays what it reads in, made as it made them. */
function stageOf({ file }: RecordedStatement, statements: readonly RecordedStatement[]): Database.Database {
  const database = withFunctions(new Database(':memory:'));
  const here = statements.filter((each) => each.file === file).map(({ sql }) => sql);
  for (const sql of new Set(here)) if (/^\s*CREATE (?:TABLE|INDEX)\s/u.test(sql)) database.exec(sql);
  return database;
}

/** Whether a step of a plan goes through a whole table, or through an index from some place on. */
function isWalk(step: string, sql: string, database: Database.Database): boolean {
  if (step.includes('AUTOMATIC')) return true;
  const [, verb, name = '', rest = ''] = /^(SCAN|SEARCH) (\S+)(.*)$/u.exec(step) ?? [];
  if (verb === undefined || !tablesOf(name, sql, database).some((table) => !SMALL.has(table))) return false;
  if (verb === 'SCAN') return true;
  // All that one rater was ever given, where it was not asked for in its order.
  if (/ presentations_by_block \(rater_id=\?\)/u.test(rest)) return true;
  // The lowest or highest of all is one step; the lowest for which something holds may be many.
  if (rest === '') return /\bWHERE\b/u.test(sql);
  return /\((?:\w+)[<>]/u.test(rest);
}

/** What an alias may stand for; nothing for what the statement itself works out. */
function tablesOf(name: string, sql: string, database: Database.Database): string[] {
  const schema = database.prepare('SELECT type, name, sql FROM sqlite_schema').all() as {
    type: string;
    name: string;
    sql: string | null;
  }[];
  const tables = new Set(schema.filter(({ type }) => type === 'table').map((each) => each.name));
  if (tables.has(name)) return [name];
  const texts = [sql, ...schema.filter(({ type }) => type !== 'index').flatMap((each) => each.sql ?? [])];
  return texts.flatMap((text) =>
    [...text.matchAll(/\b(?:FROM|JOIN|INTO|UPDATE)\s+(\w+)\s+(?:AS\s+)?(\w+)/giu)].flatMap(
      ([, table = '', alias]) => (alias === name && tables.has(table) ? [table] : []),
    ),
  );
}
