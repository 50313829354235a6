import type { ReadStore } from './database.ts';

/** Rows that say something of a pair. */
export interface OfPair {
  readonly pairId: number;
}

/**
 * What a statement finds of some pairs, by pair: one statement for a page of pairs costs far less than one for each.
 *
 * @param sql with `json_each(?)` for the pairs, which gives them as a JSON array; its order is the order of the rows of each pair
 * @returns a function that gives the rows of a pair, none for a pair without any
 */
export function rowsOfPairs<Row extends OfPair>(
  store: ReadStore,
  sql: string,
  pairIds: readonly number[],
): (pairId: number) => readonly Row[] {
  const rows = new Map<number, Row[]>();
  for (const row of store.query<Row>(sql).all(JSON.stringify(pairIds))) {
    const own = rows.get(row.pairId);
    if (own === undefined) rows.set(row.pairId, [row]);
    else own.push(row);
  }
  return (pairId) => rows.get(pairId) ?? [];
}
