/** From a record of any file to native rows: straight, by CSV column names, through a mapping, or as a tool's own format. */
import { hash } from 'node:crypto';
import { ServiceError } from '../../../shared/contract/errors.ts';
import type { RecognisedFormat } from '../../../shared/contract/import-methods.ts';
import type { RecordRows, SystemsOfPair } from '../../../shared/formats/harness/harness-format.ts';
import {
  type Recognition,
  recognised,
  TOOL_FORMATS,
  toolFormatNamed,
} from '../../../shared/formats/harness/harness-formats.ts';
import {
  applyMapping,
  type Mapping,
  type SourceMapping,
  sourceForFile,
} from '../../../shared/formats/mapping.ts';
import { type NativeResult, readNativeRecord } from '../../../shared/formats/native.ts';
import { nativeRecordOfCsvRow } from '../../../shared/formats/native-csv.ts';
import { mappedBack, type VerdictEncoding } from '../../../shared/formats/verdict-encoding.ts';
import { fileProblem } from './file-problem.ts';
import type { FileFormat, ImportFile } from './import-source.ts';
import { readRecords } from './read-records.ts';

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
  read(value: unknown): RecordRows;
  warnings(): readonly string[];
}

/** Records that a format is recognised by. */
export const RECORDS_LOOKED_AT = 20;

/**
 * The tool's format a file is in, and by what it is recognised; null for one that is native or mapped.
 *
 * @throws ServiceError `invalid_input` for a format that is not known, `import_failed` where several fit
 */
export async function recogniseFile(
  file: ImportFile,
  fileFormat: FileFormat,
  bytes: number,
  { mapping, format = 'auto' }: ReadingOptions,
): Promise<Recognition | null> {
  if (format === 'native' || (mapping !== undefined && sourceForFile(mapping, file.name) !== undefined))
    return null;
  if (format !== 'auto') {
    const named = toolFormatNamed(format);
    if (named !== undefined) return { ...named, why: 'it was named' };
    const known = ['auto', 'native', ...TOOL_FORMATS.map((tool) => tool.format.name)].join(', ');
    throw new ServiceError('invalid_input', `There is no format “${format}”. There are: ${known}.`);
  }
  const records: unknown[] = [];
  for await (const batch of readRecords(file, fileFormat, bytes, () => undefined)) {
    for (const record of batch) if ('value' in record) records.push(record.value);
    if (records.length >= RECORDS_LOOKED_AT) break;
  }
  return recogniseRecords(file, fileFormat, records.slice(0, RECORDS_LOOKED_AT));
}

/** As {@link recogniseFile}, from a file's first records. */
export function recogniseRecords(
  file: ImportFile,
  fileFormat: FileFormat,
  records: readonly unknown[],
): Recognition | null {
  const [first] = records;
  if (first === undefined || plainReading(fileFormat)(first).ok) return null;
  const [found, ...others] = recognised(records);
  if (found === undefined) return null;
  if (others.length === 0) return found;
  const candidates = [found, ...others].map(({ format, why }) => `${format.name} (${why})`).join('; ');
  throw fileProblem(file, null, `could be several formats: ${candidates}. Name the one it is`, 'format');
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

/** How the records of one file are read. A file that the mapping does not name is read as native. */
export function fileReading(
  file: ImportFile,
  fileFormat: FileFormat,
  recognition: Recognition | null,
  { mapping, encoding, pairPattern = '{question_id}' }: ReadingOptions,
  systemsOf: SystemsOfPair,
): FileReading {
  if (recognition?.kind === 'rows') {
    const sha256 = (text: string) => hash('sha256', text);
    const reader = recognition.format.reader({ sha256, systemsOf, pairPattern });
    return { read: (value) => reader.read(value), warnings: () => reader.warnings?.() ?? [] };
  }
  const source = mapping === undefined ? undefined : sourceForFile(mapping, file.name);
  const plain = source === undefined ? plainReading(fileFormat) : mappedReading(source);
  const read = (value: unknown): RecordRows => {
    const native = plain(value);
    if (!native.ok) return native;
    if (encoding === undefined) return { ok: true, rows: [native.value] };
    const turned = mappedBack(native.value, encoding, file.name);
    return turned.ok
      ? { ok: true, rows: [turned.value] }
      : { ok: false, problems: [{ field: 'judge', reason: turned.reason }] };
  };
  return { read, warnings: () => [] };
}

function plainReading(fileFormat: FileFormat): (value: unknown) => NativeResult {
  if (fileFormat === 'csv')
    return (value) => readNativeRecord(nativeRecordOfCsvRow(value as Record<string, string>));
  return readNativeRecord;
}

function mappedReading(source: SourceMapping): (value: unknown) => NativeResult {
  return (value) => {
    const mapped = applyMapping(source, value);
    return mapped.ok ? readNativeRecord(mapped.record) : { ok: false, problems: mapped.problems };
  };
}
