import type { RowError } from '../contract/import-methods.ts';

/** Where something is wrong, for people: the file, the line, the record where lines do not tell, and the field. */
export function placeOfError({ file, line, recordNumber, field }: Omit<RowError, 'reason'>): string {
  const parts = [
    file,
    ...(line === 0 ? [] : [`line ${line}`]),
    ...(recordNumber === undefined ? [] : [`record ${recordNumber}`]),
    ...(field === '(file)' ? [] : [field]),
  ];
  return parts.join(', ');
}
