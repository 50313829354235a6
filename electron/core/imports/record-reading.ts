/** From a record of any file to native rows: straight, by CSV column names, through a mapping, or as a tool's own format. */
import { hash } from 'node:crypto';
import type { RecognisedFormat } from '../../../shared/contract/import-methods.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';
import type { RecordRows, SystemsOfPair } from '../../../shared/formats/harness/read/harness-format.ts';
import {
  type Recognition,
  recognise,
  TOOL_FORMATS,
  toolFormatNamed,
} from '../../../shared/formats/harness/read/harness-formats.ts';
import { type Mapping, sourceForFile } from '../../../shared/formats/mapping/mapping.ts';
import {
  looksNative,
  type NativeResult,
  type NativeRow,
  readNativeRecord,
} from '../../../shared/formats/own/native.ts';
import {
  cellsOf,
  columnOfCsvField,
  isNativeTableRow,
  nativeRecordOfCsvRow,
} from '../../../shared/formats/own/native-csv.ts';
import { encodeRow, type VerdictEncoding } from '../../../shared/formats/own/verdict-encoding.ts';
import { fileProblem } from './file-problem.ts';
import type { InspectedFile } from './import-context.ts';
import type { FileLayout, ImportFile } from './import-source.ts';
import { layoutText } from './layout-text.ts';
import type { MappedImport } from './mapped-import.ts';
import { readRecords } from './read-records.ts';
import { unfoldPages } from './unfold-pages.ts';

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

/** Records that a format is recognised by. */
export const RECORDS_LOOKED_AT = 20;

/**
 * The tool's format a file is in, and by what it is recognised; null for one that is native or mapped.
 *
 * @throws ServiceError `invalid_input` for a format that is not known, `import_failed` where several fit, or none
 */
export async function recogniseFile(
  file: ImportFile,
  layout: FileLayout,
  options: ReadingOptions,
): Promise<Recognition | null> {
  const { mapping, format = 'auto' } = options;
  if (format === 'native' || (mapping !== undefined && sourceForFile(mapping, file) !== undefined))
    return null;
  if (format !== 'auto') {
    const named = toolFormatNamed(format);
    if (named !== undefined) return { ...named, why: 'it was named' };
    const known = ['auto', 'native', ...TOOL_FORMATS.map((tool) => tool.format.name)].join(', ');
    throw new ServiceError('invalid_input', { key: 'import.format_unknown', values: { format, known } });
  }
  const { records, problems } = await firstRecords(file, layout, RECORDS_LOOKED_AT);
  const [problem] = problems;
  if (records.length === 0 && problem !== undefined && problems.length > 2)
    throw fileProblem(
      file,
      problem.line,
      `${problem.problem}, and nor are the ${problems.length - 1} records after it`,
    );
  const recognition = recogniseRecords(file, records);
  const reason = recognition === null ? notUnderstood(layout, records) : null;
  if (reason === null) return recognition;
  if (reason.endsWith(SINGLE_OUTPUTS)) throw fileProblem(file, null, reason);
  const known = mapping?.sources.map((source) => source.file).join(', ');
  throw fileProblem(
    file,
    null,
    `${reason}. ${known === undefined ? 'Say with a mapping (--map, or on the import screen) which field is which' : `The mapping does not name this file (it knows: ${known})`}`,
  );
}

/** The first records of a file, and what was wrong with others among them. */
export async function firstRecords(
  file: ImportFile,
  layout: FileLayout,
  most: number,
): Promise<{
  readonly records: readonly unknown[];
  readonly problems: readonly { readonly line: number; readonly problem: string }[];
}> {
  const records: unknown[] = [];
  const problems: { line: number; problem: string }[] = [];
  for await (const batch of unfoldPages(
    readRecords(file, layout, () => undefined),
    layout,
  )) {
    for (const record of batch) {
      if ('value' in record) records.push(record.value);
      else problems.push(record);
      if (records.length + problems.length >= most) return { records, problems };
    }
  }
  return { records, problems };
}

/** As {@link recogniseFile}, from a file's first records; null also where nothing fits. */
export function recogniseRecords(file: ImportFile, records: readonly unknown[]): Recognition | null {
  const [first] = records;
  if (first === undefined || readPlain(first).ok) return null;
  const [found, ...others] = recognise(records.slice(0, RECORDS_LOOKED_AT));
  if (found === undefined) return null;
  if (others.length === 0) return found;
  const named = [found, ...others].filter(
    (each) => each.kind === 'rows' && each.format.fileNames?.test(file.baseName ?? file.name),
  );
  const [only, ...more] = named;
  if (only !== undefined && more.length === 0) return { ...only, why: `${only.why}, and is named so` };
  const candidates = [found, ...others].map(({ format, why }) => `${format.name} (${why})`).join('; ');
  throw fileProblem(file, null, `could be several formats: ${candidates}. Name the one it is`, 'format');
}

/** Why nothing is made of a file's first records; null where they are native, or meant to be. */
export function notUnderstood(layout: FileLayout, records: readonly unknown[]): string | null {
  const [first] = records;
  if (first === undefined || readPlain(first).ok) return null;
  if (records.some((record) => looksNative(nestedRecord(record)))) return null;
  const fields = [
    ...new Set(records.flatMap((record) => (isFields(record) ? Object.keys(record) : []))),
  ].filter((name) => name !== '');
  const shown = fields.slice(0, MOST_FIELDS_SHOWN).map((name) => name.slice(0, 60));
  const held =
    fields.length === 0
      ? 'its records have no fields'
      : `its ${layout.format === 'csv' ? 'columns' : 'fields'} are ${shown.join(', ')}${fields.length > shown.length ? ' …' : ''}`;
  const tools = [...new Set(TOOL_FORMATS.map((tool) => tool.format.title.split(/[ ’']/u)[0]))].join(', ');
  const single = areSingleOutputs(fields, records) ? `. ${SINGLE_OUTPUTS}` : '';
  return `is not understood: read as ${layoutText(layout)}, ${held}. Tried: the native format, and those of ${tools}${single}`;
}

const SINGLE_OUTPUTS =
  'It seems to hold single outputs. A comparison is of two outputs to one prompt: labels of one output by itself cannot come in yet';

/** Whether the fields are those of one output with what somebody made of it, and not of two or of a list of them. */
function areSingleOutputs(fields: readonly string[], records: readonly unknown[]): boolean {
  const outputs = fields.filter((name) =>
    /(?:^|_)(?:response|output|completion|answer|reply|generation)s?(?:_text)?$/iu.test(name),
  );
  const isOfTwo = fields.some((name) =>
    /(?:response|output|completion|answer|reply|generation|model|system)s?[ _.-]?(?:a|b|1|2)$/iu.test(name),
  );
  return (
    outputs.length === 1 &&
    !isOfTwo &&
    !records.some((record) => isFields(record) && Object.values(record).some(isListOfTexts)) &&
    fields.some((name) =>
      /rat(?:er|ing)|annotator|worker|score|label|harm|^(?:prompt|instruction|question)$/iu.test(name),
    )
  );
}

/** Several texts, or objects with one; the turns of a conversation are one text. */
function isListOfTexts(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length > 1 &&
    value.every((each) => typeof each === 'string' || (isFields(each) && 'text' in each && !('role' in each)))
  );
}

const MOST_FIELDS_SHOWN = 12;

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** A recognition as it is told. */
export function recognitionView(recognition: Recognition | null): RecognisedFormat | null {
  if (recognition === null) return null;
  const { name, title } = recognition.format;
  const order =
    recognition.kind === 'rows'
      ? recognition.format.order
      : `${recognition.format.scores ?? 'it holds none'}; samples of two runs are joined on ${recognition.format.joinedOn}`;
  return { name, title, order, why: recognition.why };
}

const sha256 = (text: string) => hash('sha256', text);

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

/** Reads records of the native format, also from tables whose columns have the names of its fields. */
function readPlain(value: unknown): NativeResult {
  return readNativeRecord(nestedRecord(value), sha256);
}

function nestedRecord(value: unknown): unknown {
  return isTableRow(value) ? nativeRecordOfCsvRow(cellsOf(value)) : value;
}

function isTableRow(value: unknown): value is object {
  return isFields(value) && !Object.hasOwn(value, 'a') && isNativeTableRow(value);
}

function plainRows(value: unknown): RecordRows {
  const native = readPlain(value);
  return native.ok ? { ok: true, rows: [native.value] } : native;
}
