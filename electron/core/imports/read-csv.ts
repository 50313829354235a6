/** Reads a table of separated cells as records by the names of its columns. */
import { Readable } from 'node:stream';
import { parse as csvParser } from 'csv-parse';
import type { FileLayout, ReadingWatch, SourceRecord } from './import-source.ts';
import { MAX_RECORD_BYTES, RecordFault } from './record-bytes.ts';

const BATCH = 256;

interface CsvEntry {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
  readonly raw: string;
}

/**
 * Columns without a name are passed over: spreadsheets leave empty ones behind, and tables of Python the number of the row.
 *
 * @param chunks the text, as UTF-8 that was checked
 */
export async function* readCsv(
  chunks: AsyncIterable<Buffer>,
  { separator, isSeparatorSaid }: Pick<FileLayout, 'separator' | 'isSeparatorSaid'>,
  { onLeftOut }: Pick<ReadingWatch, 'onLeftOut'>,
): AsyncGenerator<SourceRecord[]> {
  const parser = csvParser({
    columns: false,
    bom: true,
    delimiter: separator ?? ',',
    info: true,
    // Of any kind, also where a line was put in front by another program.
    record_delimiter: ['\r\n', '\n', '\r'],
    raw: true,
    relax_column_count: true,
    skip_empty_lines: true,
    from_line: isSeparatorSaid ? 2 : 1,
    max_record_size: MAX_RECORD_BYTES,
  });
  const source = Readable.from(chunks);
  source.on('error', (error) => parser.destroy(error));
  let header: readonly string[] | null = null;
  try {
    let batch: SourceRecord[] = [];
    for await (const entry of source.pipe(parser) as AsyncIterable<CsvEntry>) {
      const line = firstLineOf(entry);
      if (header === null) {
        header = checkHeader(entry.record, line);
        continue;
      }
      if (entry.record.every((cell) => cell === '')) continue;
      const { named, unnamed } = recordOf(header, entry.record, line);
      if (unnamed > 0) onLeftOut('cells of columns without a name', 1);
      batch.push({ line, value: named });
      if (batch.length === BATCH) {
        yield batch;
        batch = [];
      }
    }
    if (batch.length > 0) yield batch;
  } finally {
    source.destroy();
  }
}

function recordOf(
  header: readonly string[],
  cells: readonly string[],
  line: number,
): { readonly named: Record<string, string>; readonly unnamed: number } {
  const hasMore = cells.slice(header.length).some((cell) => cell !== '');
  if (cells.length < header.length || hasMore)
    throw new RecordFault(
      line,
      `is not valid CSV (there are ${cells.length} cells, and the header has ${header.length})`,
    );
  const named: [string, string][] = [];
  let unnamed = 0;
  for (const [at, name] of header.entries()) {
    const cell = cells[at] ?? '';
    if (name !== '') named.push([name, cell]);
    else if (cell !== '') unnamed++;
  }
  // Own fields, whatever a column is called.
  return { named: Object.fromEntries(named), unnamed };
}

/** The parser counts lines to the end of a record; quoted fields may hold line ends of their own. */
function firstLineOf({ info, raw }: CsvEntry): number {
  return info.lines - (raw.replace(/^\s+|\s+$/gu, '').match(/\r\n|\n|\r/gu)?.length ?? 0);
}

function checkHeader(cells: readonly string[], line: number): string[] {
  const seen = new Set<string>();
  // Blanks behind may be of a rater's, a judge's or a slice's name.
  const header = cells.map((cell) => (/^\s*[a-z]{3,}\./iu.test(cell) ? cell.trimStart() : cell.trim()));
  for (const name of header) {
    if (name === '') continue;
    if (seen.has(name))
      throw new RecordFault(line, `the column ${JSON.stringify(name)} stands twice in the header`);
    seen.add(name);
  }
  return header;
}
