import type { FileLayout } from './import-source.ts';

const FORMATS = {
  json_lines: 'JSON Lines',
  json_array: 'a JSON array',
  json_values: 'JSON objects one after the other',
  json_document: 'one JSON document',
  csv: 'CSV',
  parquet: 'Parquet',
  eval_log: 'a log of Inspect',
} as const satisfies Record<FileLayout['format'], string>;

const SEPARATED_BY = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'bars' } as const;

/** How a file is read, in words: its kind, what separates cells, and an encoding other than UTF-8. */
export function layoutText({ format, separator, encoding, isEncodingGuessed }: FileLayout): string {
  const cells = separator === null ? '' : ` separated by ${SEPARATED_BY[separator]}`;
  const isPlain = encoding === null || encoding === 'utf-8';
  return `${FORMATS[format]}${cells}${isPlain ? '' : `, in ${encoding}${isEncodingGuessed ? ' (a guess: it is not UTF-8)' : ''}`}`;
}
