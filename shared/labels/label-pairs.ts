/** From two columns of verdict codes to a table and to item patterns, under the named policies. */

import type { PairedPatterns } from '../stats/comparison/paired-kappas.ts';
import { type ContingencyTable, emptyTable } from '../stats/paired-table/contingency-table.ts';
import { distinctGroups } from '../stats/resampling/distinct-groups.ts';
import type { ItemPatterns } from '../stats/resampling/item-patterns.ts';
import { CATEGORY_NAMES, CODE } from '../study/verdict-codes.ts';
import type { AgreementOptions } from './agreement-options.ts';

/** What of the options decides where a comparison is counted. */
export type Policies = Pick<AgreementOptions, 'ties' | 'bothBad' | 'unparsed' | 'inconsistent'>;

/** All categories a table can have; unused ones do not change an unweighted kappa. */
export const TABLE_SIZE = CATEGORY_NAMES.length;

/** A verdict's category after folding; {@link CODE.missing} where the comparison leaves the table. */
export function foldCode(code: number, policies: Policies): number {
  switch (code) {
    case CODE.both_bad:
      return policies.bothBad === 'tie' ? CODE.tie : CODE.both_bad;
    case CODE.unparsed:
      return policies.unparsed === 'tie'
        ? CODE.tie
        : policies.unparsed === 'class'
          ? CODE.unparsed
          : CODE.missing;
    case CODE.inconsistent:
      return policies.inconsistent === 'tie'
        ? CODE.tie
        : policies.inconsistent === 'class'
          ? CODE.inconsistent
          : CODE.missing;
    case CODE.error:
    case CODE.skipped:
      return CODE.missing;
    default:
      return code;
  }
}

/**
 * The cells of a table that one comparison adds to, with how much it adds. Under `half`, a tie stands for half
 * a vote on each side: two ties put a half on both diagonal cells (they agree), a tie against a side puts
 * half on the diagonal. Empty where the comparison leaves the table.
 *
 * @param rowCode folded code of the row's source; negative where it has none
 */
export function cellsOf(
  rowCode: number,
  columnCode: number,
  ties: Policies['ties'],
): readonly { readonly row: number; readonly column: number; readonly amount: number }[] {
  if (rowCode < 0 || columnCode < 0) return [];
  if (ties === 'separate' || (rowCode !== CODE.tie && columnCode !== CODE.tie)) {
    return [{ row: rowCode, column: columnCode, amount: 1 }];
  }
  if (ties === 'drop') return [];
  return [CODE.first, CODE.second].map((side) => ({
    row: rowCode === CODE.tie ? side : rowCode,
    column: columnCode === CODE.tie ? side : columnCode,
    amount: 0.5,
  }));
}

function addComparison(
  counts: Float64Array,
  rowCode: number,
  columnCode: number,
  ties: Policies['ties'],
): boolean {
  // The common case is counted without making a list of one: it runs a million times.
  if (
    rowCode >= 0 &&
    columnCode >= 0 &&
    (ties === 'separate' || (rowCode !== CODE.tie && columnCode !== CODE.tie))
  ) {
    bump(counts, rowCode, columnCode, 1);
    return true;
  }
  const cells = cellsOf(rowCode, columnCode, ties);
  for (const { row, column, amount } of cells) bump(counts, row, column, amount);
  return cells.length > 0;
}

function bump(counts: Float64Array, row: number, column: number, amount: number): void {
  const index = row * TABLE_SIZE + column;
  counts[index] = (counts[index] ?? 0) + amount;
}

/**
 * Where each pair stands in the table of two columns of codes, `row * TABLE_SIZE + column`, before a tie policy splits or drops it;
 * −1 where it stands nowhere.
 */
export function tableCells(rows: Int8Array, columns: Int8Array, policies: Policies): Int8Array {
  const fold = foldTable(policies);
  const cells = new Int8Array(rows.length);
  for (let pair = 0; pair < rows.length; pair++) {
    const row = fold[(rows[pair] ?? -1) + 1] ?? -1;
    const column = fold[(columns[pair] ?? -1) + 1] ?? -1;
    cells[pair] = row < 0 || column < 0 ? -1 : row * TABLE_SIZE + column;
  }
  return cells;
}

/** Comparisons by the cells they stand in, and the items they belong to. */
export interface CellsOfItems {
  readonly cells: Int8Array;
  /** The item of each, 0 … itemCount − 1. */
  readonly itemOfPair: Int32Array;
  readonly itemCount: number;
  /** Whether each item has one pair, in order. */
  readonly isPairAnItem: boolean;
}

/** Most studies have one pair an item, in order. */
export function isPairAnItem(itemOfPair: Int32Array, itemCount: number): boolean {
  if (itemOfPair.length !== itemCount) return false;
  for (let pair = 0; pair < itemCount; pair++) if (itemOfPair[pair] !== pair) return false;
  return true;
}

/**
 * The items' contributions with each comparison counted by its weight: every item is a pattern of its own.
 *
 * @param weights one per pair, 0 or more; an item without weight is left out
 */
export function weightedPatternsOf(
  { cells, itemOfPair }: Pick<CellsOfItems, 'cells' | 'itemOfPair'>,
  weights: Float64Array,
  ties: Policies['ties'],
): ItemPatterns {
  const tables = new Map<number, Float64Array>();
  let counted = 0;
  for (let pair = 0; pair < cells.length; pair++) {
    const [cell, weight] = [cells[pair] ?? -1, weights[pair] ?? 0];
    if (cell < 0 || weight === 0) continue;
    const amounts = cellsOf(Math.floor(cell / TABLE_SIZE), cell % TABLE_SIZE, ties);
    if (amounts.length === 0) continue;
    counted++;
    const item = itemOfPair[pair] ?? 0;
    let table = tables.get(item);
    if (table === undefined) {
      table = new Float64Array(TABLE_SIZE * TABLE_SIZE);
      tables.set(item, table);
    }
    for (const { row, column, amount } of amounts) bump(table, row, column, amount * weight);
  }
  return {
    size: TABLE_SIZE,
    tables: [...tables.values()],
    itemCounts: new Float64Array(tables.size).fill(1),
    rows: counted,
  };
}

/** The table of two columns of raw codes. */
export function tableOfColumns(rows: Int8Array, columns: Int8Array, policies: Policies): ContingencyTable {
  return tableOfCells(tableCells(rows, columns, policies), policies.ties);
}

/** The table that cells make. */
export function tableOfCells(cells: Int8Array, ties: Policies['ties']): ContingencyTable {
  const table = emptyTable(TABLE_SIZE);
  cellCounts(cells).forEach((count, cell) => {
    if (count === 0) return;
    for (const { row, column, amount } of cellsOf(Math.floor(cell / TABLE_SIZE), cell % TABLE_SIZE, ties))
      bump(table.counts, row, column, amount * count);
  });
  return table;
}

function cellCounts(cells: Int8Array): Int32Array {
  const counts = new Int32Array(TABLE_SIZE * TABLE_SIZE);
  for (let pair = 0; pair < cells.length; pair++) {
    const cell = cells[pair] ?? -1;
    if (cell >= 0) counts[cell] = (counts[cell] ?? 0) + 1;
  }
  return counts;
}

/**
 * The items' contributions to the same table, equal ones counted together. An item without any usable
 * comparison is left out: it would add nothing to any resample's table.
 */
export function itemPatternsOf(
  { cells, itemOfPair, itemCount, isPairAnItem }: CellsOfItems,
  ties: Policies['ties'],
): ItemPatterns {
  if (isPairAnItem) return patternsOfPairs(cells, ties);
  const kinds = distinctGroups(cells, itemOfPair, itemCount);
  const tables: Float64Array[] = [];
  const counts: number[] = [];
  for (let kind = 0; kind < kinds.itemCounts.length; kind++) {
    const table = new Float64Array(TABLE_SIZE * TABLE_SIZE);
    let isUsable = false;
    for (let place = kinds.starts[kind] ?? 0; place < (kinds.starts[kind + 1] ?? 0); place++) {
      const cell = kinds.values[place] ?? 0;
      if (addComparison(table, Math.floor(cell / TABLE_SIZE), cell % TABLE_SIZE, ties)) isUsable = true;
    }
    // What adds nothing to any table is in no resample either.
    if (!isUsable) continue;
    tables.push(table);
    counts.push(kinds.itemCounts[kind] ?? 0);
  }
  return { size: TABLE_SIZE, tables, itemCounts: Float64Array.from(counts) };
}

/** Where a pair is an item, a pattern is a cell, and counting the cells is all there is to do. */
function patternsOfPairs(cells: Int8Array, ties: Policies['ties']): ItemPatterns {
  const tables: Float64Array[] = [];
  const counts: number[] = [];
  cellCounts(cells).forEach((items, cell) => {
    if (items === 0) return;
    const table = new Float64Array(TABLE_SIZE * TABLE_SIZE);
    if (!addComparison(table, Math.floor(cell / TABLE_SIZE), cell % TABLE_SIZE, ties)) return;
    tables.push(table);
    counts.push(items);
  });
  return { size: TABLE_SIZE, tables, itemCounts: Float64Array.from(counts) };
}

/**
 * The items' contributions to two tables at once: people against one judge and against another, on the pairs all three
 * have a label of. A tie that leaves one table leaves the other too.
 */
export function pairedPatternsOf(
  people: Int8Array,
  one: Int8Array,
  two: Int8Array,
  itemOfPair: Int32Array,
  itemCount: number,
  policies: Policies,
): PairedPatterns {
  const fold = foldTable(policies);
  const keys = new Int32Array(people.length);
  for (let pair = 0; pair < people.length; pair++) {
    const human = fold[(people[pair] ?? -1) + 1] ?? -1;
    const first = fold[(one[pair] ?? -1) + 1] ?? -1;
    const second = fold[(two[pair] ?? -1) + 1] ?? -1;
    const isLeftOut =
      human < 0 ||
      first < 0 ||
      second < 0 ||
      (policies.ties === 'drop' && (human === CODE.tie || first === CODE.tie || second === CODE.tie));
    keys[pair] = isLeftOut ? -1 : (human * TABLE_SIZE + first) * TABLE_SIZE + second;
  }
  const { values, starts, itemCounts } = distinctGroups(keys, itemOfPair, itemCount);
  const tables = (columnOf: (key: number) => number) =>
    Array.from(itemCounts, (_count, kind) => {
      const counts = new Float64Array(TABLE_SIZE * TABLE_SIZE);
      for (let place = starts[kind] ?? 0; place < (starts[kind + 1] ?? 0); place++) {
        const key = values[place] ?? 0;
        addComparison(counts, Math.floor(key / TABLE_SIZE ** 2), columnOf(key), policies.ties);
      }
      return counts;
    });
  return {
    size: TABLE_SIZE,
    first: tables((key) => Math.floor(key / TABLE_SIZE) % TABLE_SIZE),
    second: tables((key) => key % TABLE_SIZE),
    itemCounts,
  };
}

/** The folded code of each code, {@link CODE.missing} first. */
export function foldTable(policies: Policies): Int8Array {
  return Int8Array.from({ length: 9 }, (_unused, index) => foldCode(index - 1, policies));
}
