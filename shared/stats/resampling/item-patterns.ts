import { type ContingencyTable, emptyTable } from '../paired-table/contingency-table.ts';
import type { Jackknife } from './jackknife.ts';

/** What one item contributes to a table, once for every distinct contribution, with how many items share it. */
export interface ItemPatterns {
  readonly size: number;
  /** One flattened table per pattern, `size * size` cells each. */
  readonly tables: readonly Float64Array[];
  /** How many items have each pattern. */
  readonly itemCounts: Float64Array;
  /** How many rows there are, where weights make the tables sum to something else. */
  readonly rows?: number;
}

/**
 * A statistic of a table as a statistic of how often each item pattern stands in the sample. The table is built in
 * place for every call, so the statistic must not keep it.
 */
export function statisticOfPatterns(
  patterns: ItemPatterns,
  statistic: (table: ContingencyTable) => number | null,
): (multiplicity: Float64Array) => number | null {
  const table: ContingencyTable = {
    size: patterns.size,
    counts: new Float64Array(patterns.size * patterns.size),
  };
  const cells = patterns.tables.map((from) => {
    const used = Array.from(from.keys()).filter((cell) => from[cell] !== 0);
    return { used: Int32Array.from(used), counts: Float64Array.from(used, (cell) => from[cell] ?? 0) };
  });
  return (multiplicity) => {
    table.counts.fill(0);
    for (let pattern = 0; pattern < cells.length; pattern++) {
      const times = multiplicity[pattern] ?? 0;
      const from = cells[pattern];
      if (times === 0 || from === undefined) continue;
      for (let index = 0; index < from.used.length; index++) {
        const cell = from.used[index] ?? 0;
        table.counts[cell] = (table.counts[cell] ?? 0) + times * (from.counts[index] ?? 0);
      }
    }
    return statistic(table);
  };
}

/** All items' contributions in one table. */
export function tableOfPatterns({ size, tables, itemCounts }: ItemPatterns): ContingencyTable {
  const table = emptyTable(size);
  tables.forEach((from, pattern) => {
    addTimes(table.counts, from, itemCounts[pattern] ?? 0);
  });
  return table;
}

/**
 * The delete-one-item jackknife of a statistic of the table, one item's contribution taken from the whole at a time, so
 * that its cost does not grow with the square of the patterns.
 */
export function patternJackknife(
  patterns: ItemPatterns,
  statistic: (table: ContingencyTable) => number | null,
): Jackknife {
  const table = tableOfPatterns(patterns);
  const values = Float64Array.from(patterns.tables, (from, pattern) => {
    if ((patterns.itemCounts[pattern] ?? 0) === 0) return Number.NaN;
    addTimes(table.counts, from, -1);
    const value = statistic(table);
    addTimes(table.counts, from, 1);
    return value ?? Number.NaN;
  });
  return { values, counts: patterns.itemCounts };
}

/** Whether every item contributes exactly one comparison, which two halves of a tie are. */
export function hasOneRowPerItem({ tables }: ItemPatterns): boolean {
  return tables.every((table) => Math.abs(table.reduce((sum, count) => sum + count, 0) - 1) < 1e-9);
}

function addTimes(into: Float64Array, from: Float64Array, times: number): void {
  for (let cell = 0; cell < into.length; cell++) into[cell] = (into[cell] ?? 0) + times * (from[cell] ?? 0);
}
