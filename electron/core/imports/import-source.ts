/** One file handed to an import, and how its records are to be read. */
export interface ImportFile {
  readonly path: string;
  readonly name: string;
}

/** A record as parsed, or why it could not be. `line` is where it starts, from 1. */
export type SourceRecord =
  | { readonly line: number; readonly value: unknown }
  | { readonly line: number; readonly problem: string };

export type FileFormat = 'json_lines' | 'json_array' | 'csv';
