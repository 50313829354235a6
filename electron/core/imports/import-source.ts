/** One file handed to an import, and how its records are to be read. */
export interface ImportFile {
  readonly path: string;
  readonly name: string;
}

/** A record as parsed, or why it could not be. `line` is where it starts, from 1; `member` the file of an archive it is in. */
export type SourceRecord = { readonly line: number; readonly member?: string } & (
  | { readonly value: unknown }
  | { readonly problem: string }
);

/** `json_document` is one object in whose lists the records are; `eval_log` the same in an archive. */
export type FileFormat = 'json_lines' | 'json_array' | 'json_document' | 'csv' | 'parquet' | 'eval_log';
