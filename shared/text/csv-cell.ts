/**
 * What spreadsheets take for the beginning of a formula, in plain and in full width, whatever blanks or apostrophes are before
 * it; or a tab or line end that they drop, so that what follows begins the cell.
 */
const FORMULA = /^[\s\u200b\ufeff']*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/u;

/** Whether a spreadsheet might run a cell of this text (OWASP, CSV injection). */
export function isFormula(text: string): boolean {
  return FORMULA.test(text);
}

/**
 * One cell of a CSV file. A text that a spreadsheet would run as a formula gets an apostrophe in front; numbers are written in
 * full precision and as they are.
 */
export function csvCell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number') return String(value);
  const safe = isFormula(value) ? `'${value}` : value;
  return /[",;|\t\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
