/** From two columns of verdict codes to a table and to item patterns, under the named policies. */

import type { ItemPatterns } from '../stats/resampling/item-patterns.ts';
import { type ContingencyTable, emptyTable } from '../stats/two-raters/contingency-table.ts';
import type { AgreementOptions } from './agreement-options.ts';
import { CATEGORY_NAMES, CODE } from './verdict-codes.ts';

type Policies = Pick<AgreementOptions, 'ties' | 'bothBad' | 'unparsed' | 'inconsistent'>;

/** All categories a table can have; unused ones do not change an unweighted kappa. */
export const TABLE_SIZE = CATEGORY_NAMES.length;

/** A verdict's category after folding; {@link CODE.missing} where the comparison leaves the table. */
export function foldedCode(code: number, policies: Policies): number {
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

/** The table of two columns of raw codes. */
export function tableOfColumns(rows: Int8Array, columns: Int8Array, policies: Policies): ContingencyTable {
  const table = emptyTable(TABLE_SIZE);
  const fold = foldTable(policies);
  for (let pair = 0; pair < rows.length; pair++) {
    addComparison(
      table.counts,
      fold[(rows[pair] ?? -1) + 1] ?? -1,
      fold[(columns[pair] ?? -1) + 1] ?? -1,
      policies.ties,
    );
  }
  return table;
}

/**
 * The items' contributions to the same table, equal ones counted together. An item without any usable
 * comparison is left out: it would add nothing to any resample's table.
 *
 * @param itemOfPair the item each pair belongs to, 0 … itemCount − 1
 */
export function itemPatternsOf(
  rows: Int8Array,
  columns: Int8Array,
  itemOfPair: Int32Array,
  itemCount: number,
  policies: Policies,
): ItemPatterns {
  const fold = foldTable(policies);
  const pairsOfItem = groupPairs(itemOfPair, itemCount);
  const indexOf = new Map<string, number>();
  const tables: Float64Array[] = [];
  const counts: number[] = [];
  const cells: number[] = [];
  for (let item = 0; item < itemCount; item++) {
    cells.length = 0;
    const end = pairsOfItem.starts[item + 1] ?? 0;
    for (let index = pairsOfItem.starts[item] ?? 0; index < end; index++) {
      const pair = pairsOfItem.pairs[index] ?? 0;
      const row = fold[(rows[pair] ?? -1) + 1] ?? -1;
      const column = fold[(columns[pair] ?? -1) + 1] ?? -1;
      if (row >= 0 && column >= 0) cells.push(row * TABLE_SIZE + column);
    }
    if (cells.length === 0) continue;
    if (cells.length > 1) cells.sort((left, right) => left - right);
    const key = cells.length < 64 ? String.fromCharCode(...cells) : cells.join(',');
    let pattern = indexOf.get(key);
    if (pattern === undefined) {
      const table = new Float64Array(TABLE_SIZE * TABLE_SIZE);
      let usable = false;
      for (const code of cells) {
        const added = addComparison(table, Math.floor(code / TABLE_SIZE), code % TABLE_SIZE, policies.ties);
        usable ||= added;
      }
      pattern = usable ? tables.push(table) - 1 : -1;
      if (usable) counts.push(0);
      indexOf.set(key, pattern);
    }
    if (pattern >= 0) counts[pattern] = (counts[pattern] ?? 0) + 1;
  }
  return { size: TABLE_SIZE, tables, itemCounts: Float64Array.from(counts) };
}

function foldTable(policies: Policies): Int8Array {
  return Int8Array.from({ length: 9 }, (_unused, index) => foldedCode(index - 1, policies));
}

/** Pairs grouped by item by counting sort: linear, and no array per item. */
function groupPairs(itemOfPair: Int32Array, itemCount: number): { starts: Int32Array; pairs: Int32Array } {
  const starts = new Int32Array(itemCount + 1);
  for (const item of itemOfPair) starts[item + 1] = (starts[item + 1] ?? 0) + 1;
  for (let item = 0; item < itemCount; item++)
    starts[item + 1] = (starts[item + 1] ?? 0) + (starts[item] ?? 0);
  const next = starts.slice();
  const pairs = new Int32Array(itemOfPair.length);
  for (let pair = 0; pair < itemOfPair.length; pair++) {
    const item = itemOfPair[pair] ?? 0;
    const place = next[item] ?? 0;
    pairs[place] = pair;
    next[item] = place + 1;
  }
  return { starts, pairs };
}
