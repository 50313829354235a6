/**
 * One cell of a CSV file. A text that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, CSV
 * injection); numbers are written in full precision and as they are.
 */
export function csvCell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/u.test(value) ? `'${value}` : value;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
