import type { ItemPatterns } from '../../stats/resampling/item-patterns.ts';
import type { ComparedColumns } from './compared-columns.ts';

/**
 * Items' contributions to the table of two columns of places on one ordered scale, equal ones counted together where nothing
 * weighs them. A pair without a place in either column is left out, as is one that no draw stands for.
 *
 * @param compared places from 0; negative for none
 * @param size places of the scale
 */
export function scalePatterns(
  { rows, columns, itemOfPair, itemCount, weights }: ComparedColumns,
  size: number,
): ItemPatterns & { readonly rows: number } {
  const cellOf = (pair: number) => {
    const [row, column] = [rows[pair] ?? -1, columns[pair] ?? -1];
    return row < 0 || column < 0 || weights?.[pair] === 0 ? -1 : row * size + column;
  };
  const pairsOfItem = new Int32Array(itemCount);
  let counted = 0;
  for (let pair = 0; pair < rows.length; pair++) {
    if (cellOf(pair) < 0) continue;
    counted++;
    const item = itemOfPair[pair] ?? 0;
    pairsOfItem[item] = (pairsOfItem[item] ?? 0) + 1;
  }
  const tableOf = (cells: Iterable<readonly [cell: number, amount: number]>) => {
    const table = new Float64Array(size * size);
    for (const [cell, amount] of cells) table[cell] = (table[cell] ?? 0) + amount;
    return table;
  };
  // Most items have one pair: those are counted by their cell, without a list of one.
  const singles = new Int32Array(size * size);
  const lists = new Map<number, [cell: number, amount: number][]>();
  for (let pair = 0; pair < rows.length; pair++) {
    const cell = cellOf(pair);
    if (cell < 0) continue;
    const item = itemOfPair[pair] ?? 0;
    if (weights === null && pairsOfItem[item] === 1) {
      singles[cell] = (singles[cell] ?? 0) + 1;
      continue;
    }
    const list = lists.get(item);
    const one: [number, number] = [cell, weights?.[pair] ?? 1];
    if (list === undefined) lists.set(item, [one]);
    else list.push(one);
  }
  const kinds = new Map<string, { readonly table: Float64Array; count: number }>();
  singles.forEach((count, cell) => {
    if (count > 0) kinds.set(String(cell), { table: tableOf([[cell, 1]]), count });
  });
  for (const [item, cells] of lists) {
    const key =
      weights === null
        ? cells
            .map(([cell]) => cell)
            .sort((one, other) => one - other)
            .join()
        : `item ${item}`;
    const kind = kinds.get(key);
    if (kind === undefined) kinds.set(key, { table: tableOf(cells), count: 1 });
    else kind.count++;
  }
  const all = [...kinds.values()];
  return {
    size,
    tables: all.map(({ table }) => table),
    itemCounts: Float64Array.from(all, ({ count }) => count),
    rows: counted,
  };
}
