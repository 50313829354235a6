/** How files of other tools are read: each format says what tells it, and turns its records into native rows. */
import type { z } from 'zod';
import type { TextHash } from '../../../json/content-hash.ts';
import { type FieldProblem, readBy } from '../../../json/read-by-schema.ts';
import { type NativeRow, readNativeRecord } from '../../own/native.ts';
import { type IsHarmless, NONE_HARMLESS, unreadFields } from './unread-fields.ts';

/** The systems of a stored pair, in its own order; undefined where there is no such pair. */
export type SystemsOfPair = (id: string) => { readonly first: string; readonly second: string } | undefined;

/** What a record says: native rows, or why there is none; or what is wrong with it. */
export type RecordRows =
  | {
      readonly ok: true;
      readonly rows: readonly NativeRow[];
      readonly leftOut?: string | readonly string[];
      /** Raters of the rows who have no names: what they are called here says which vote of its pair it is, and nobody. */
      readonly unnamed?: readonly string[];
      /** Fields of the record that nothing was made of, by path. */
      readonly unread?: readonly string[];
    }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] };

/** What a format may ask of whoever reads. */
export interface HarnessContext {
  readonly sha256: TextHash;
  readonly systemsOf: SystemsOfPair;
  /** How stored pairs are named, in terms of the format's own fields. */
  readonly pairPattern: string;
  /** The number of a vote without a name, from 1: of all on its pair in this import, whatever file they are in. */
  readonly numberVote: (pair: string, kind: string) => number;
}

/** A kind of file that some tool writes. */
export interface HarnessFormat {
  readonly name: string;
  /** For people: the tool, and which of its files. */
  readonly title: string;
  /** How its verdicts name the outputs, and what is known of the order they were shown in. */
  readonly order: string;
  /** By what a record is recognised; null for one of another format. */
  recognise(record: Readonly<Record<string, unknown>>): string | null;
  /** What the tool itself calls such files, where another of its kinds looks the same. */
  readonly fileNames?: RegExp;
  reader(context: HarnessContext): HarnessReader;
}

/** Reads the records of one file, in order. */
export interface HarnessReader {
  read(record: unknown): RecordRows;
  /** What looks wrong about the file as a whole although no record is. */
  warnings?(): readonly string[];
}

/**
 * Reads a record by the schema of its format, and what it becomes by the native one. Of a record that is used, the fields that
 * the schema does not know are told.
 */
export function rowsBy<Schema extends z.ZodType>(
  schema: Schema,
  convert: (row: z.output<Schema>) => RecordRows,
  isHarmless: IsHarmless = NONE_HARMLESS,
): HarnessReader {
  return {
    read: (record) => {
      const parsed = readBy(schema, record);
      if (!parsed.ok) return parsed;
      const found = convert(parsed.value);
      if (!found.ok || (found.rows.length === 0 && found.leftOut !== undefined)) return found;
      const unread = [...unreadFields(schema, record, isHarmless), ...(found.unread ?? [])];
      return unread.length === 0 ? found : { ...found, unread };
    },
  };
}

/** Native rows of one record; the first that is none is what is wrong with it. */
export function nativeRows(records: readonly unknown[]): RecordRows {
  const rows: NativeRow[] = [];
  for (const record of records) {
    const native = readNativeRecord(record);
    if (!native.ok) return native;
    rows.push(native.value);
  }
  return { ok: true, rows };
}

export function leaveOut(reason: string): RecordRows {
  return { ok: true, rows: [], leftOut: reason };
}

/** Rows, with what of their record says nothing here. */
export function withLeftOut(rows: RecordRows, reasons: readonly string[]): RecordRows {
  const [only, ...others] = reasons;
  if (!rows.ok || only === undefined) return rows;
  return { ...rows, leftOut: others.length === 0 ? only : reasons };
}

export function wrong(field: string, reason: string): RecordRows {
  return { ok: false, problems: [{ field, reason }] };
}
