import { hash } from 'node:crypto';
import { type NativeResult, readNativeRecord } from '../../../shared/formats/own/native.ts';
import { cellsOf, isNativeTableRow, nativeRecordOfCsvRow } from '../../../shared/formats/own/native-csv.ts';

export const sha256 = (text: string): string => hash('sha256', text);

/** Reads records of the native format, also from tables whose columns have the names of its fields. */
export function readPlain(value: unknown): NativeResult {
  return readNativeRecord(nestedRecord(value), sha256);
}

export function nestedRecord(value: unknown): unknown {
  return isTableRow(value) ? nativeRecordOfCsvRow(cellsOf(value)) : value;
}

export function isTableRow(value: unknown): value is object {
  return (
    value !== null &&
    typeof value === 'object' &&
    !Array.isArray(value) &&
    !Object.hasOwn(value, 'a') &&
    isNativeTableRow(value)
  );
}
