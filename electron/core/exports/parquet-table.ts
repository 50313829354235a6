/** Writes a table as Parquet files in a folder of its own, a part after the other, however long it is. */
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer/src/node.js';
import { diskProblem } from '../files/disk-problem.ts';
import { hashOfFile } from '../files/hash-of-file.ts';
import type { WrittenFile } from '../files/write-lines.ts';

export type ColumnType = 'STRING' | 'INT32' | 'DOUBLE' | 'BOOLEAN' | 'TIMESTAMP';

/** Names of columns, in order, and what they hold; any of them may be null. */
export type Columns = Readonly<Record<string, ColumnType>>;

/** Written together: few enough to be held, many enough to be packed well. */
const ROWS_OF_A_GROUP = 5000;
const CHARACTERS_OF_A_GROUP = 32 * 1024 ** 2;
const ROWS_OF_A_PART = 500_000;
const BYTES_OF_A_PART = 512 * 1024 ** 2;

export class ParquetTable<Table extends Columns> {
  readonly #folder: string;
  /** Of the table, below the folder. */
  readonly #path: string;
  readonly #columns: readonly (readonly [string, ColumnType])[];
  readonly #written: WrittenFile[] = [];
  #held: unknown[][];
  #heldCharacters = 0;
  #part: {
    readonly writer: ParquetWriter;
    readonly sink: ReturnType<typeof fileWriter>;
    readonly name: string;
    rows: number;
  } | null = null;

  constructor(folder: string, path: string, columns: Table) {
    this.#folder = folder;
    this.#path = path;
    this.#columns = Object.entries(columns);
    this.#held = this.#columns.map(() => []);
  }

  add(row: { readonly [Name in keyof Table]: unknown }): void {
    this.#columns.forEach(([name], place) => {
      const value = row[name as keyof Table] ?? null;
      this.#held[place]?.push(value);
      if (typeof value === 'string') this.#heldCharacters += value.length;
    });
    const rows = this.#held[0]?.length ?? 0;
    if (rows >= ROWS_OF_A_GROUP || this.#heldCharacters >= CHARACTERS_OF_A_GROUP) this.#writeGroup();
  }

  /** Completes the last part. An empty table has one part without rows, so that its columns are known. */
  finish(): readonly WrittenFile[] {
    if (this.#written.length === 0 || (this.#held[0]?.length ?? 0) > 0) this.#writeGroup();
    this.#endPart();
    return this.#written;
  }

  /** Leaves no unfinished part behind. */
  abandon(): void {
    if (this.#part !== null) rmSync(`${join(this.#folder, this.#part.name)}.unfinished`, { force: true });
  }

  #writeGroup(): void {
    const columnData = this.#columns.map(([name, type], place) => ({
      name,
      type,
      data: this.#held[place] ?? [],
      nullable: true,
    }));
    this.#part ??= this.#newPart(columnData);
    const rows = this.#held[0]?.length ?? 0;
    // A file is written by the writer's own synchronous calls: nothing is waited for.
    if (rows > 0) void this.#part.writer.write({ columnData, rowGroupSize: ROWS_OF_A_GROUP });
    this.#part.rows += rows;
    this.#held = this.#columns.map(() => []);
    this.#heldCharacters = 0;
    const bytes = statSync(`${join(this.#folder, this.#part.name)}.unfinished`).size;
    if (this.#part.rows >= ROWS_OF_A_PART || bytes >= BYTES_OF_A_PART) this.#endPart();
  }

  #newPart(columnData: Parameters<typeof schemaFromColumnData>[0]['columnData']) {
    const name = `${this.#path}/part-${String(this.#written.length).padStart(5, '0')}.parquet`;
    const path = join(this.#folder, name);
    mkdirSync(dirname(path), { recursive: true });
    const schema = schemaFromColumnData({ columnData });
    const sink = fileWriter(`${path}.unfinished`);
    const writer = new ParquetWriter({ writer: sink, schema, createdBy: 'touchstone' });
    return { writer, sink, name, rows: 0 };
  }

  #endPart(): void {
    if (this.#part === null) return;
    const { writer, sink, name, rows } = this.#part;
    void writer.finish();
    const path = join(this.#folder, name);
    syncFile(`${path}.unfinished`);
    const { bytes, sha256 } = hashOfFile(`${path}.unfinished`);
    if (bytes !== sink.offset)
      throw diskProblem(Object.assign(new Error('cut short'), { code: 'ENOSPC' }), path);
    renameSync(`${path}.unfinished`, path);
    this.#written.push({ name, bytes, sha256, rows });
    this.#part = null;
  }
}

function syncFile(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
