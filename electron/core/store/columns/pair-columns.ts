/** The pairs of a study in columns, in study order. Pairs, items and outputs never change once they are stored; more may come. */
import type { SidesColumn } from '../../../../shared/card/columns/card-data.ts';
import type { ReadStore } from '../engine/database.ts';
import { pairCountOf } from '../study/studies.ts';

export interface PairColumns {
  readonly ids: Int32Array;
  /** Numbers the study's items from 0, in the order that pairs name them. */
  readonly itemOfPair: Int32Array;
  /** Row ids, by that number. */
  readonly itemIds: Int32Array;
  /** Row ids. */
  readonly responses: SidesColumn;
  /** The place of a pair by its row id; −1 for a pair of another study. */
  readonly placeOf: (id: number) => number;
}

export function readPairs(store: ReadStore, studyId: number): PairColumns {
  const size = pairCountOf(store, studyId);
  const column = () => new Int32Array(size);
  const [ids, itemOfPair, first, second] = [column(), column(), column(), column()];
  eachPairInOrder<[number, number, number, number]>(
    store,
    studyId,
    'id, item_id, first_response_id, second_response_id',
    ([, id, item, firstResponse, secondResponse], pair) => {
      ids[pair] = id;
      itemOfPair[pair] = item;
      first[pair] = firstResponse;
      second[pair] = secondResponse;
    },
  );
  const [low, high] = rangeOf(itemOfPair);
  const numberOf = new Int32Array(Math.max(0, high - low + 1)).fill(-1);
  const itemIds: number[] = [];
  for (let pair = 0; pair < itemOfPair.length; pair++) {
    const id = itemOfPair[pair] ?? 0;
    if ((numberOf[id - low] ?? -1) < 0) numberOf[id - low] = itemIds.push(id) - 1;
    itemOfPair[pair] = numberOf[id - low] ?? 0;
  }
  return {
    ids,
    itemOfPair,
    itemIds: Int32Array.from(itemIds),
    responses: { first, second },
    placeOf: placesById(ids),
  };
}

/** The lowest and the highest of some ids; an empty range where there are none. */
export function rangeOf(...columns: readonly Int32Array[]): readonly [low: number, high: number] {
  let low = Number.MAX_SAFE_INTEGER;
  let high = -1;
  for (const column of columns)
    for (const id of column) {
      if (id < low) low = id;
      if (id > high) high = id;
    }
  return [low, high];
}

/** Place by id: ids of one study lie close together, so an array beats a map. −1 where absent. */
export function placesById(ids: Int32Array): (id: number) => number {
  const [low, high] = rangeOf(ids);
  if (high < 0) return () => -1;
  const places = new Int32Array(high - low + 1).fill(-1);
  ids.forEach((id, place) => {
    places[id - low] = place;
  });
  return (id) => (id < low || id > high ? -1 : (places[id - low] ?? -1));
}

/** So few that rows are garbage before anything else is kept with them: of more the heap grows and never shrinks. */
export const ROWS_AT_ONCE = 1000;

/** Hands over values of a study's pairs in order, each behind its ordinal, with their places. */
export function eachPairInOrder<Values extends readonly unknown[]>(
  store: ReadStore,
  studyId: number,
  columns: string,
  take: (row: readonly [ordinal: number, ...Values], pair: number) => void,
): void {
  const rows = store.rawQuery<[ordinal: number, ...Values]>(
    `SELECT ordinal, ${columns} FROM pairs WHERE study_id = ? AND ordinal > ? ORDER BY ordinal LIMIT ${ROWS_AT_ONCE}`,
  );
  let [pair, last] = [0, -1];
  for (;;) {
    const page = rows.all(studyId, last);
    for (const row of page) take(row, pair++);
    if (page.length < ROWS_AT_ONCE) return;
    last = page.at(-1)?.[0] ?? last;
  }
}

/** Hands over rows whose first value is their row id, a range of ids at a time: faster than row by row, and never all in memory. */
export function eachInRange<Row extends readonly unknown[]>(
  store: ReadStore,
  sql: string,
  [low, high]: readonly [number, number],
  take: (row: Row) => void,
): void {
  const rows = store.rawQuery<Row>(sql);
  for (let from = low; from <= high; from += ROWS_AT_ONCE)
    for (const row of rows.all(from, Math.min(high, from + ROWS_AT_ONCE - 1))) take(row);
}
