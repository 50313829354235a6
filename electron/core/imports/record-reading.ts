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
import { fileProblem } from './read-records.ts';

export type RecordReading = (value: unknown) => NativeResult;

/** How the records of one file are read. Throws when a mapping has no rule for the file. */
export function recordReading(
  file: ImportFile,
  format: FileFormat,
  mapping: Mapping | undefined,
): RecordReading {
  if (mapping !== undefined) {
    const source = sourceForFile(mapping, file.name);
    if (source === undefined) {
      const known = mapping.sources.map((entry) => entry.file).join(', ');
      throw fileProblem(file, null, `matches no source of the mapping (it knows: ${known})`, 'sources');
    }
    return (value) => readMapped(source, value);
  }
  if (format === 'csv')
    return (value) => readNativeRecord(nativeRecordOfCsvRow(value as Record<string, string>));
  return readNativeRecord;
}

function readMapped(source: SourceMapping, value: unknown): NativeResult {
  const mapped = applyMapping(source, value);
  return mapped.ok ? readNativeRecord(mapped.record) : { ok: false, problems: mapped.problems };
}
