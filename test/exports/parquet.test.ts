/** A study as Parquet tables: read by DuckDB, whose SQL must give the card's own figures. */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, it } from 'vitest';
import { ParquetTable } from '../../electron/core/exports/parquet-table.ts';
import { runExport } from '../../electron/core/exports/run-export.ts';
import { Store } from '../../electron/core/store/engine/database.ts';
import { NO_CONTROLS } from '../../electron/core/work/task-controls.ts';
import { canonicalJson } from '../../shared/json/canonical-json.ts';
import { importFiles, jsonLines } from '../support/comparisons.ts';
import { openTestApp } from '../support/open-app.ts';
import { studyWithEverything } from '../support/study-with-everything.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const SAMPLE = join(import.meta.dirname, '..', '..', 'resources', 'sample-study', 'manifest.json');

interface Exported {
  readonly storePath: string;
  readonly studyId: string;
}

async function studyOf(path: string, study: string): Promise<Exported> {
  const { storePath } = await openTestApp();
  const { studyId } = await importFiles(storePath, [{ path, name: basename(path) }], { study });
  return { storePath, studyId: studyId ?? '' };
}

async function exportTo(folder: string, { storePath, studyId }: Exported, format: 'native' | 'parquet') {
  return runExport({ storePath, studyId, format, folder }, NO_CONTROLS);
}

/** What the SQL of the set says, by study, judge, part, measure and row. */
async function figuresIn(folder: string): Promise<Map<string, readonly (number | null)[]>> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  for (const table of ['pairs', 'votes', 'verdicts', 'decisions'])
    await connection.run(
      `CREATE VIEW ${table} AS SELECT * FROM read_parquet('${folder}/${table}/*/*.parquet', hive_partitioning = true)`,
    );
  const reader = await connection.runAndReadAll(readFileSync(join(folder, 'card.sql'), 'utf8'));
  const number = (value: unknown) => (value === null ? null : Number(value));
  return new Map(
    reader
      .getRowObjects()
      .map((row) => [
        [row.study, row.judge, row.part, row.measure, canonicalJson(subjectIn(row))].join(' | '),
        [number(row.value), number(row.low), number(row.high)],
      ]),
  );
}

/** What a row of the SQL is about, as the card writes it. */
function subjectIn({ subject_kind: kind, subject, subject_other: other, label, other_label }: Row) {
  const two = { first: subject, second: other };
  if (kind === 'cell') return { kind, between: subject === '' ? null : two, row: label, column: other_label };
  if (kind === 'raters') return { kind, ...two };
  return kind === 'rater' || kind === 'system' ? { kind, name: subject } : { kind };
}

type Row = Record<string, unknown>;

interface Card {
  readonly judge: string | null;
  readonly parts: readonly {
    readonly name: string;
    readonly figures: readonly {
      readonly measure: string;
      readonly subject: unknown;
      readonly value: number | null;
      readonly interval: { readonly low: number; readonly high: number } | null;
    }[];
  }[];
}

/** Compares every figure that the SQL gives with the card's. Returns how many of each measure were. */
async function compareWithCard(study: Exported, found: Map<string, readonly (number | null)[]>) {
  const folder = join(temporaryFolder(), 'set');
  await exportTo(folder, study, 'native');
  const { cards, parts: ofStudy } = JSON.parse(readFileSync(join(folder, 'agreement-card.json'), 'utf8')) as {
    cards: Card[];
    parts: Card['parts'];
  };
  const compared = new Map<string, number>();
  const parts = new Set<string>();
  for (const { judge, parts: all } of [...cards, { judge: null, parts: ofStudy }])
    for (const { name, figures } of all)
      for (const { measure, subject, value, interval } of figures) {
        // What is of people only is the same for every judge, and stands there once.
        const keys = [judge, ''].map((each) =>
          [study.studyId, each, name, measure, canonicalJson(subject)].join(' | '),
        );
        const key = keys.find((each) => found.has(each));
        const ours = key === undefined ? undefined : found.get(key);
        if (ours === undefined || value === null || key === undefined) continue;
        expect(ours[0], key).toBeCloseTo(value, 9);
        if (measure === 'kappa_independent' && interval !== null) {
          expect(ours[1], key).toBeCloseTo(interval.low, 9);
          expect(ours[2], key).toBeCloseTo(interval.high, 9);
        }
        parts.add(key);
        compared.set(measure, (compared.get(measure) ?? 0) + 1);
      }
  const own = [...found.keys()].filter((key) => key.startsWith(`${study.studyId} | `));
  return { compared, unmatched: own.filter((key) => !parts.has(key)) };
}

describe('the Parquet tables', () => {
  it('of several studies in one folder give the figures of each one’s card in DuckDB', async () => {
    const folder = join(temporaryFolder(), 'lake');
    const path = join(temporaryFolder(), 'rows.jsonl');
    writeFileSync(path, jsonLines(studyWithEverything('parquet', 2)));
    const studies = [await studyOf(SAMPLE, 'Sample'), await studyOf(path, 'Made up')];
    const store = new Store(studies[1]?.storePath ?? '', { readonly: false });
    store.write((store) => store.run("UPDATE raters SET is_excluded = 1 WHERE name = 'dee'"));
    store.close();
    for (const study of studies) {
      const { files, leftOut } = await exportTo(folder, study, 'parquet');
      expect(files.map(({ name }) => name)).toEqual([
        ...['pairs', 'texts', 'votes', 'verdicts', 'decisions'].map(
          (table) => `${table}/study=${study.studyId}/part-00000.parquet`,
        ),
        'card.sql',
      ]);
      expect(leftOut).toEqual([]);
    }
    // Of a number with a point and no exponent Spark makes a decimal, and of its quotients it keeps six places.
    const sql = readFileSync(join(folder, 'card.sql'), 'utf8').replaceAll(/--[^\n]*/gu, '');
    expect(sql.match(/\d+\.\d+(?![\de])/gu)).toBeNull();
    const found = await figuresIn(folder);
    for (const study of studies) {
      const { compared, unmatched } = await compareWithCard(study, found);
      expect(unmatched).toEqual([]);
      for (const measure of [
        'agreement',
        'kappa',
        'kappa_independent',
        'kappa_standard_error',
        'scotts_pi',
        'alpha',
        'ac1',
        'baseline',
        'matrix_cell',
        'pairwise_agreement',
        'people_win_rate',
      ])
        expect(compared.get(measure), measure).toBeGreaterThan(0);
    }
  });

  it('hold every vote and verdict, and say which count', async () => {
    const path = join(temporaryFolder(), 'rows.jsonl');
    const rows = studyWithEverything('rows', 1);
    writeFileSync(path, jsonLines(rows));
    const study = await studyOf(path, 'Made up');
    const folder = join(temporaryFolder(), 'set');
    await exportTo(folder, study, 'parquet');
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const count = async (sql: string) =>
      Number((await connection.runAndReadAll(sql)).getRowObjects()[0]?.n ?? Number.NaN);
    const from = (table: string) =>
      `FROM read_parquet('${folder}/${table}/*/*.parquet', hive_partitioning = true)`;
    const total = (of: (row: (typeof rows)[number]) => number) => rows.reduce((sum, row) => sum + of(row), 0);
    expect(await count(`SELECT count(*) AS n ${from('pairs')}`)).toBe(rows.length);
    expect(await count(`SELECT count(*) AS n ${from('texts')} WHERE output_a LIKE 'A %'`)).toBe(rows.length);
    expect(await count(`SELECT count(*) AS n ${from('votes')} WHERE is_counted`)).toBe(
      total(({ human }) => human.length),
    );
    expect(await count(`SELECT count(*) AS n ${from('verdicts')}`)).toBe(total(({ judge }) => judge.length));
  });

  it('are written in parts and groups, the same bytes each time', async () => {
    const write = () => {
      const folder = temporaryFolder();
      const table = new ParquetTable(folder, 'numbers', { n: 'INT32', square: 'DOUBLE', name: 'STRING' });
      for (let n = 0; n < 501_000; n++)
        table.add({ n, square: n * n, name: n % 7 === 0 ? null : `n ${n % 50}` });
      return { folder, files: table.finish() };
    };
    const [first, second] = [write(), write()];
    expect(first.files.map(({ name, rows }) => [name, rows])).toEqual([
      ['numbers/part-00000.parquet', 500_000],
      ['numbers/part-00001.parquet', 1000],
    ]);
    expect(second.files).toEqual(first.files);
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const [row] = (
      await connection.runAndReadAll(
        `SELECT count(*) AS n, sum(CAST(square AS HUGEINT)) AS squares, count(name) AS named FROM read_parquet('${first.folder}/numbers/*.parquet')`,
      )
    ).getRowObjects();
    expect(Number(row?.n)).toBe(501_000);
    expect(row?.squares).toBe((500_999n * 501_000n * 1_001_999n) / 6n);
    expect(Number(row?.named)).toBe(501_000 - Math.ceil(501_000 / 7));
  });
});
