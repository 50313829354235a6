import type { Report } from '../../../../shared/report/report.ts';
import { tableText } from './table-text.ts';

/** A report as a terminal prints it: what it says, then its tables. */
export function reportText({ sentences, tables }: Report): string {
  return [
    sentences.join('\n'),
    ...tables.map(
      ({ caption, columns, rows }) =>
        `${caption}\n${tableText(
          columns.map(({ head }) => head),
          rows,
          (_cell, column) => columns[column]?.isNumber === true,
        )}`,
    ),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}
