/** From a record of any file to a native row: straight, by CSV column names, or through a mapping. */
import {
  isFastChatJudgment,
  readFastChatJudgment,
  type SystemsOfPair,
} from '../../../shared/formats/fastchat-judgments.ts';
import {
  applyMapping,
  type Mapping,
  type SourceMapping,
  sourceForFile,
} from '../../../shared/formats/mapping.ts';
import { type NativeResult, readNativeRecord } from '../../../shared/formats/native.ts';
import { nativeRecordOfCsvRow } from '../../../shared/formats/native-csv.ts';
import { mappedBack, type VerdictEncoding } from '../../../shared/formats/verdict-encoding.ts';
import type { FileFormat, ImportFile } from './import-source.ts';

export type RecordReading = (value: unknown) => NativeResult;

/** What is said about the files beside what stands in them. */
export interface ReadingOptions {
  readonly mapping?: Mapping | undefined;
  /** How a judge's verdicts name the outputs. */
  readonly encoding?: VerdictEncoding | undefined;
  /** How pairs are named in terms of FastChat's fields. */
  readonly pairPattern?: string | undefined;
}

/** How the records of one file are read. A file that the mapping does not name is read as native. */
export function recordReading(
  file: ImportFile,
  format: FileFormat,
  { mapping, encoding, pairPattern = '{question_id}' }: ReadingOptions,
  systemsOf: SystemsOfPair,
): RecordReading {
  const plain = plainReading(file, format, mapping);
  const read: RecordReading = (value) =>
    isFastChatJudgment(value) ? readFastChatJudgment(value, pairPattern, systemsOf) : plain(value);
  if (encoding === undefined) return read;
  return (value) => {
    const native = read(value);
    if (!native.ok || isFastChatJudgment(value)) return native;
    const turned = mappedBack(native.value, encoding, file.name);
    return turned.ok ? turned : { ok: false, problems: [{ field: 'judge', reason: turned.reason }] };
  };
}

function plainReading(file: ImportFile, format: FileFormat, mapping: Mapping | undefined): RecordReading {
  if (mapping !== undefined) {
    const source = sourceForFile(mapping, file.name);
    if (source !== undefined) return (value) => readMapped(source, value);
  }
  if (format === 'csv')
    return (value) => readNativeRecord(nativeRecordOfCsvRow(value as Record<string, string>));
  return readNativeRecord;
}

function readMapped(source: SourceMapping, value: unknown): NativeResult {
  const mapped = applyMapping(source, value);
  return mapped.ok ? readNativeRecord(mapped.record) : { ok: false, problems: mapped.problems };
}
