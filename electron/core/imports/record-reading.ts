/** From a record of any file to a native row: straight, by CSV column names, or through a mapping. */
import {
  applyMapping,
  type Mapping,
  type SourceMapping,
  sourceForFile,
} from '../../../shared/formats/mapping.ts';
import { type NativeResult, readNativeRecord } from '../../../shared/formats/native.ts';
import { nativeRecordOfCsvRow } from '../../../shared/formats/native-csv.ts';
import type { FileFormat, ImportFile } from './import-source.ts';

export type RecordReading = (value: unknown) => NativeResult;

/** How the records of one file are read. A file that the mapping does not name is read as native. */
export function recordReading(
  file: ImportFile,
  format: FileFormat,
  mapping: Mapping | undefined,
): RecordReading {
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
