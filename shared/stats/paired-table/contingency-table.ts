/**
 * A square table of two raters' labels: `counts[row * size + column]`. Rows are rater A (or the people),
 * columns rater B (or the judge). Counts may be halves where a tie policy splits a comparison.
 */
export interface ContingencyTable {
  readonly size: number;
  readonly counts: Float64Array;
}

/** An empty table over `size` declared categories, 1 to 32. */
export function emptyTable(size: number): ContingencyTable {
  if (!Number.isInteger(size) || size < 1 || size > 32)
    throw new RangeError(`${size} categories, 1 to 32 allowed`);
  return { size, counts: new Float64Array(size * size) };
}

/** A table from rows of counts, for fixtures and imports. Throws when the rows are not square. */
export function tableOfRows(rows: readonly (readonly number[])[]): ContingencyTable {
  const table = emptyTable(rows.length);
  rows.forEach((row, rowIndex) => {
    if (row.length !== rows.length)
      throw new RangeError(`row ${rowIndex} has ${row.length} cells, not ${rows.length}`);
    table.counts.set(row, rowIndex * rows.length);
  });
  return table;
}

/** The number of comparisons in the table. */
export function totalOf(table: ContingencyTable): number {
  let total = 0;
  for (const count of table.counts) total += count;
  return total;
}

/** Row sums and column sums. */
export function marginsOf(table: ContingencyTable): { rows: Float64Array; columns: Float64Array } {
  const rows = new Float64Array(table.size);
  const columns = new Float64Array(table.size);
  for (let row = 0; row < table.size; row++) {
    for (let column = 0; column < table.size; column++) {
      const count = cell(table, row, column);
      rows[row] = (rows[row] ?? 0) + count;
      columns[column] = (columns[column] ?? 0) + count;
    }
  }
  return { rows, columns };
}

/** One cell; 0 outside the table. */
export function cell(table: ContingencyTable, row: number, column: number): number {
  return table.counts[row * table.size + column] ?? 0;
}
