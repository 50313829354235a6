/** The votes of a study in columns. */
import { HUMAN_VERDICTS } from '../../../../shared/study/verdict.ts';
import { CODE } from '../../../../shared/study/verdict-codes.ts';
import type { ReadStore } from '../engine/database.ts';
import { eachInRange, type PairColumns, ROWS_AT_ONCE, rangeOf } from './pair-columns.ts';

/** Roles as {@link VoteTable.role} has them; a label is 0. Votes that train are not in the table. */
const ROLE = `CASE r.role WHEN 'label' THEN 0 WHEN 'repeat' THEN 1 WHEN 'gold' THEN 2 ELSE 3 END`;

/**
 * Everything small of a vote in one number: a column less to read for each of a million rows. No two verdicts have names of one
 * length, and to compare texts takes longer.
 */
const BITS = `length(r.verdict) + 16 * (${ROLE}) + 64 * coalesce(r.strength, 0) + 256 * coalesce(length(r.left_side), 0)`;

/** Codes by those lengths. */
const CODES = Int8Array.from({ length: 16 }, (_none, length) => {
  const named = HUMAN_VERDICTS.find((verdict) => verdict.length === length);
  return named === undefined ? CODE.missing : CODE[named];
});

/** What has a verdict is a vote. */
const ROWS = `SELECT r.id, r.pair_id, r.rater_id, ${BITS},
    CASE WHEN r.presentation_id IS NOT NULL THEN r.viewed_ms - coalesce(r.idle_ms, 0) END
  FROM ratings r WHERE r.verdict IS NOT NULL AND r.role <> 'training'`;

/** More votes since than this and than there were: the table is made anew. */
const MOST_ADDED = 20_000;

/** Of all columns together. */
const BYTES_OF_VOTE = 30;

type Row = [id: number, pair: number, rater: number, bits: number, activeMs: number | null];

/** Every vote on the pairs of a study, in the order they were given; what a later row superseded is marked. */
export class VoteTable {
  #length = 0;
  /** Row ids: the order in which votes were given. */
  order = new Float64Array(0);
  /** Places in study order. */
  pair = new Int32Array(0);
  /** Row ids. */
  rater = new Int32Array(0);
  code = new Int8Array(0);
  /** As {@link COUNTED_ROLES} numbers them. */
  role = new Uint8Array(0);
  /** 0 where a vote says none. */
  strength = new Uint8Array(0);
  /** The code of a vote for the output on the left; {@link CODE.missing} where nobody noted the side. */
  leftSide = new Int8Array(0);
  /** Viewing time less idle time of a vote given here; NaN elsewhere. */
  activeMs = new Float64Array(0);
  /** 1 where a later row took the vote's place, or took it back. */
  isSuperseded = new Uint8Array(0);
  /** 1 where the vote was an audit's, which measures labels and makes none. */
  isAudit = new Uint8Array(0);

  get length(): number {
    return this.#length;
  }

  readonly #studyId: number;
  readonly #pairs: PairColumns;
  /** The store's last rating that was looked at. */
  #last = 0;

  /** To be made inside one transaction with everything else that is read. */
  constructor(store: ReadStore, studyId: number, pairs: PairColumns) {
    this.#studyId = studyId;
    this.#pairs = pairs;
    if (isMostOf(store, pairs)) {
      // At once: columns that grow are held twice meanwhile.
      this.#reserve(lastRating(store));
      this.#walkFrom(store, 0);
    } else this.#readByPairs(store);
    for (const [id] of store
      .rawQuery<[number]>('SELECT supersedes FROM ratings WHERE supersedes IS NOT NULL')
      .all())
      this.#mark(this.isSuperseded, id);
    this.#markAudits(store);
    this.#last = lastRating(store);
  }

  /**
   * Adds what was voted since, on the same pairs: ratings are only ever added.
   *
   * @returns false, with nothing done, where so much was rated in other studies that a new table is made sooner
   */
  refresh(store: ReadStore): boolean {
    const [before, last] = [this.#last, lastRating(store)];
    if (last === before) return true;
    if (last - before > Math.max(MOST_ADDED, this.#length)) return false;
    this.#walkFrom(store, before);
    for (const [id] of store
      .rawQuery<[number]>(
        'SELECT supersedes FROM ratings NOT INDEXED WHERE id > ? AND supersedes IS NOT NULL',
      )
      .all(before))
      this.#mark(this.isSuperseded, id);
    this.#markAudits(store);
    this.#last = last;
    return true;
  }

  #markAudits(store: ReadStore): void {
    for (const [id] of store
      .rawQuery<[number]>(
        `SELECT r.id FROM reviews v JOIN presentations p ON p.review_id = v.id JOIN ratings r ON r.presentation_id = p.id
         WHERE v.study_id = ? AND v.kind = 'audit'`,
      )
      .all(this.#studyId))
      this.#mark(this.isAudit, id);
  }

  /** Walks all ratings of the store behind one. */
  #walkFrom(store: ReadStore, before: number): void {
    const page = store.rawQuery<Row>(`${ROWS} AND r.id > ? ORDER BY r.id LIMIT ${ROWS_AT_ONCE}`);
    for (let last = before; ; ) {
      const rows = page.all(last);
      this.#add(rows);
      const end = rows.at(-1)?.[0];
      if (end === undefined || rows.length < ROWS_AT_ONCE) return;
      last = end;
    }
  }

  #readByPairs(store: ReadStore): void {
    const rows: Row[] = [];
    eachInRange<Row>(store, `${ROWS} AND r.pair_id BETWEEN ? AND ?`, rangeOf(this.#pairs.ids), (row) =>
      rows.push(row),
    );
    rows.sort(([one], [two]) => one - two);
    this.#add(rows);
  }

  #add(rows: readonly Row[]): void {
    const { placeOf } = this.#pairs;
    this.#reserve(this.#length + rows.length);
    let at = this.#length;
    for (const [id, pairId, rater, bits, activeMs] of rows) {
      const pair = placeOf(pairId);
      if (pair < 0) continue;
      this.order[at] = id;
      this.pair[at] = pair;
      this.rater[at] = rater;
      this.code[at] = CODES[bits & 15] ?? CODE.missing;
      this.role[at] = (bits >> 4) & 3;
      this.strength[at] = (bits >> 6) & 3;
      this.leftSide[at] = CODES[bits >> 8] ?? CODE.missing;
      this.activeMs[at] = activeMs ?? Number.NaN;
      at++;
    }
    this.#length = at;
  }

  /** What the columns take. */
  get bytes(): number {
    return BYTES_OF_VOTE * this.order.length;
  }

  #mark(column: Uint8Array, id: number): void {
    const place = placeIn(this.order.subarray(0, this.#length), id);
    if (place >= 0) column[place] = 1;
  }

  #reserve(rows: number): void {
    if (rows <= this.order.length) return;
    const size = Math.ceil(Math.max(rows, 1.5 * this.order.length, 1024));
    this.order = growColumn(this.order, size);
    this.pair = growColumn(this.pair, size);
    this.rater = growColumn(this.rater, size);
    this.code = growColumn(this.code, size);
    this.role = growColumn(this.role, size);
    this.strength = growColumn(this.strength, size);
    this.leftSide = growColumn(this.leftSide, size);
    this.activeMs = growColumn(this.activeMs, size);
    this.isSuperseded = growColumn(this.isSuperseded, size);
    this.isAudit = growColumn(this.isAudit, size);
  }
}

function lastRating(store: ReadStore): number {
  return store.rawQuery<[number | null]>('SELECT max(id) FROM ratings').get()?.[0] ?? 0;
}

/** A study that has few of a store's pairs is read by its pairs, another one by walking all votes. */
function isMostOf(store: ReadStore, pairs: PairColumns): boolean {
  const highest = store.rawQuery<[number | null]>('SELECT max(id) FROM pairs').get()?.[0] ?? 0;
  const [first, last] = rangeOf(pairs.ids);
  return 4 * (last - first + 1) >= highest;
}

/** Where a number stands in ascending ones; −1 where it does not. */
export function placeIn(ascending: Float64Array, wanted: number): number {
  let [low, high] = [0, ascending.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = ascending[middle] ?? 0;
    if (found === wanted) return middle;
    if (found < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

function growColumn<Column extends Int8Array | Uint8Array | Int32Array | Float64Array>(
  column: Column,
  length: number,
): Column {
  const larger = new (column.constructor as new (length: number) => Column)(length);
  larger.set(column);
  return larger;
}
