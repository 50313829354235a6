/** From a record of any file to native rows: straight, by CSV column names, through a mapping, or as a tool's own format. */
import type { RecordRows, SystemsOfPair } from '../../../shared/formats/harness/read/harness-format.ts';
import { type Mapping, sourceForFile } from '../../../shared/formats/mapping/mapping.ts';
import type { NativeRow } from '../../../shared/formats/own/native.ts';
import { cellsOf, columnOfCsvField } from '../../../shared/formats/own/native-csv.ts';
import { encodeRow, type VerdictEncoding } from '../../../shared/formats/own/verdict-encoding.ts';
import type { InspectedFile } from './import-context.ts';
import type { MappedImport } from './mapped-import.ts';
import { isTableRow, readPlain, sha256 } from './plain-record.ts';

/** What is said about the files beside what stands in them. */
export interface ReadingOptions {
  readonly mapping?: Mapping | undefined;
  /** `auto` looks at the records, `native` takes them as they are; else the name of a tool's format. */
  readonly format?: string | undefined;
  /** How a judge's verdicts name the outputs. */
  readonly encoding?: VerdictEncoding | undefined;
  /** How stored pairs are named in terms of a format's own fields. */
  readonly pairPattern?: string | undefined;
}

/** How the records of one file become native rows. */
export interface FileReading {
  /** @param line the one that the record begins on */
  read(value: unknown, line: number): RecordRows;
  warnings(): readonly string[];
  /** What a field of the native format is called in the file; the same where nothing else is known. */
  nameInFile(field: string, value: unknown): string;
}

/** How the records of one file are read. A file that the mapping does not name is read as native. */
export function fileReading(
  file: InspectedFile,
  { mapping, encoding, pairPattern = '{question_id}' }: ReadingOptions,
  systemsOf: SystemsOfPair,
  mapped: MappedImport,
): FileReading {
  const { recognition } = file;
  if (recognition?.kind === 'rows') {
    const reader = recognition.format.reader({
      sha256,
      systemsOf,
      pairPattern,
      numberVote: mapped.numberVote,
    });
    return {
      read: (value) => reader.read(value),
      warnings: () => reader.warnings?.() ?? [],
      nameInFile: (field) => field,
    };
  }
  const source = mapping === undefined ? undefined : sourceForFile(mapping, file);
  const rowsOf = source === undefined ? plainRows : mapped.reader(source, file);
  const read = (value: unknown, line: number): RecordRows => {
    const found = rowsOf(value, line);
    if (!found.ok || encoding === undefined) return found;
    const rows: NativeRow[] = [];
    for (const row of found.rows) {
      const turned = encodeRow(row, encoding, file.baseName ?? file.name);
      if (!turned.ok) return { ok: false, problems: [{ field: 'judge', reason: turned.reason }] };
      rows.push(turned.value);
    }
    return { ...found, rows };
  };
  return {
    read,
    warnings: () => [],
    nameInFile: (field, value) =>
      source === undefined && isTableRow(value) ? columnOfCsvField(cellsOf(value), field) : field,
  };
}

function plainRows(value: unknown): RecordRows {
  const native = readPlain(value);
  return native.ok ? { ok: true, rows: [native.value] } : native;
}
