/**
 * A table of text columns.
 *
 * @param isNumber whether a cell ends at the right edge of its column
 */
export function tableText(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  isNumber: (cell: string, column: number) => boolean = (cell) => /^[-–<]?\d/u.test(cell),
): string {
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) =>
        isNumber(cell, column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
