import type { Separator } from '../../../shared/formats/own/separators.ts';

/** One file handed to an import, and how its records are to be read. */
export interface ImportFile {
  readonly path: string;
  /** As it is called in messages: told apart from others of the same base name. */
  readonly name: string;
  /** Where it was before it was unpacked, for the names of its folders. */
  readonly originalPath?: string;
  /** What it was called when it was handed over, where something was taken out of it. */
  readonly givenName?: string;
  /** Its base name, where `name` is another. */
  readonly baseName?: string;
  /** Whether it may hold no record: a table of several. */
  readonly mayBeEmpty?: true;
  /** Said by whoever hands it over; found otherwise. */
  readonly encoding?: string | undefined;
  readonly separator?: Separator | undefined;
}

/** What was found about a file by looking into it. */
export interface FileLayout {
  readonly bytes: number;
  readonly format: FileFormat;
  /** Of text: a name that `TextDecoder` knows; null where it is no text. */
  readonly encoding: string | null;
  /** Whether the encoding is a guess that somebody should look at. */
  readonly isEncodingGuessed: boolean;
  /** Of a table. */
  readonly separator: Separator | null;
  /** Whether a first line says the separator, as spreadsheets write it. */
  readonly isSeparatorSaid: boolean;
}

/**
 * A record as parsed, or why it could not be. `line` is where it starts, from 1; `recordNumber` its number, from 1, in files where
 * several records may stand on one line; `member` the file of an archive it is in.
 */
export type SourceRecord = {
  readonly line: number;
  readonly recordNumber?: number;
  readonly member?: string;
} & ({ readonly value: unknown } | { readonly problem: string });

/**
 * `json_values` is objects one after the other, each over as many lines as it likes; `json_document` one object in whose lists
 * the records are; `eval_log` the same in an archive.
 */
export type FileFormat =
  | 'json_lines'
  | 'json_array'
  | 'json_values'
  | 'json_document'
  | 'csv'
  | 'parquet'
  | 'eval_log';

/** Told while a file is read. */
export interface ReadingWatch {
  /** How many of its bytes were read so far. */
  onBytes(bytes: number): void;
  /** What of records is passed over, whatever becomes of them. */
  onLeftOut(what: string, records: number): void;
}

export const UNWATCHED: ReadingWatch = { onBytes: () => undefined, onLeftOut: () => undefined };
