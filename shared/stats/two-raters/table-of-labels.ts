import { type ContingencyTable, emptyTable } from '../paired-table/contingency-table.ts';

/**
 * The table of two aligned lists of category codes, 0 to `size` − 1. An entry counts only where both are given:
 * a negative code is a missing label. Codes are places in the declared order; a code beyond it throws, because a
 * label outside the declared list must be mapped or refused before it gets here.
 */
export function tableOfLabels(
  rows: ArrayLike<number>,
  columns: ArrayLike<number>,
  size: number,
): ContingencyTable {
  if (rows.length !== columns.length) {
    throw new RangeError(`${rows.length} labels against ${columns.length}: the lists are not aligned`);
  }
  const table = emptyTable(size);
  const { counts } = table;
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index] ?? -1;
    const column = columns[index] ?? -1;
    if (row >= size || column >= size) {
      throw new RangeError(`entry ${index} is beyond the ${size} declared categories`);
    }
    if (row >= 0 && column >= 0) counts[row * size + column] = (counts[row * size + column] ?? 0) + 1;
  }
  return table;
}
