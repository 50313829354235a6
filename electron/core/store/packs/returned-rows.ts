/** What returns brought: rows that were taken, and rows that are kept aside with the reason. */
import type { ReadStore, WriteStore } from '../engine/database.ts';

export interface ReturnedRow {
  readonly packId: number;
  readonly publicKey: string;
  readonly n: number;
  readonly sha256: string;
  readonly line: string;
  readonly fault: string | null;
  readonly reason: string | null;
  readonly isAccepted: number;
  readonly ratingId: number | null;
}

export function returnedRow(
  store: ReadStore,
  packId: number,
  publicKey: string,
  n: number,
  sha256: string,
): Pick<ReturnedRow, 'fault' | 'reason' | 'isAccepted'> | undefined {
  return store
    .query<Pick<ReturnedRow, 'fault' | 'reason' | 'isAccepted'>>(
      `SELECT fault, reason, is_accepted AS isAccepted FROM returned_rows
       WHERE pack_id = ? AND public_key = ? AND n = ? AND sha256 = ?`,
    )
    .get(packId, publicKey, n, sha256);
}

/** The last row of a log that was taken; 0 before the first. */
export function lastTaken(store: ReadStore, packId: number, publicKey: string): number {
  return (
    store
      .query<{ n: number | null }>(
        `SELECT max(n) AS n FROM returned_rows
         WHERE pack_id = ? AND public_key = ? AND (fault IS NULL OR is_accepted = 1)`,
      )
      .get(packId, publicKey)?.n ?? 0
  );
}

/** The last row of a log that ever came; 0 before the first. */
export function lastReturned(store: ReadStore, packId: number, publicKey: string): number {
  return (
    store
      .query<{ n: number | null }>(
        'SELECT max(n) AS n FROM returned_rows WHERE pack_id = ? AND public_key = ?',
      )
      .get(packId, publicKey)?.n ?? 0
  );
}

/** Whether a later row of a log about the same pair was taken before. */
export function isFollowed(
  store: ReadStore,
  packId: number,
  publicKey: string,
  n: number,
  presentation: string,
): boolean {
  return (
    store
      .query(
        `SELECT 1 FROM returned_rows WHERE pack_id = ? AND public_key = ? AND n > ?
           AND (fault IS NULL OR is_accepted = 1) AND instr(line, ?) > 0 LIMIT 1`,
      )
      .get(packId, publicKey, n, `"presentation":"${presentation}"`) !== undefined
  );
}

/** Another row that came in the same place of the same log: a log that was written anew. */
export function cameElsewise(
  store: ReadStore,
  packId: number,
  publicKey: string,
  n: number,
  sha256: string,
): boolean {
  return (
    store
      .query(
        `SELECT 1 FROM returned_rows WHERE pack_id = ? AND public_key = ? AND n = ? AND sha256 <> ?
           AND (fault IS NULL OR fault <> 'altered') LIMIT 1`,
      )
      .get(packId, publicKey, n, sha256) !== undefined
  );
}

/** Keeps rows, or what is newly known of those that are kept already. */
export function keepReturnedRows(store: WriteStore, rows: readonly ReturnedRow[]): void {
  store.insertTogether(
    'returned_rows',
    ['pack_id', 'public_key', 'n', 'sha256', 'line', 'fault', 'reason', 'is_accepted', 'rating_id'],
    rows.map((row) => [
      row.packId,
      row.publicKey,
      row.n,
      row.sha256,
      row.line,
      row.fault,
      row.reason,
      row.isAccepted,
      row.ratingId,
    ]),
    `ON CONFLICT DO UPDATE SET fault = excluded.fault, reason = excluded.reason,
       is_accepted = max(is_accepted, excluded.is_accepted), rating_id = coalesce(rating_id, excluded.rating_id)`,
  );
}

export function returnedCounts(
  store: ReadStore,
  packId: number,
): { readonly taken: number; readonly aside: number } {
  return (
    store
      .query<{ taken: number; aside: number }>(
        `SELECT coalesce(sum(fault IS NULL OR is_accepted = 1), 0) AS taken,
                coalesce(sum(fault IS NOT NULL AND is_accepted = 0), 0) AS aside
         FROM returned_rows WHERE pack_id = ?`,
      )
      .get(packId) ?? { taken: 0, aside: 0 }
  );
}

/** Lines that keys stand for which are known, log by log and in the order of each; also those that were kept aside. */
export function signedLines(store: ReadStore, packId: number): IterableIterator<[string, string]> {
  return store
    .rawQuery<[string, string]>(
      `SELECT public_key, line FROM returned_rows WHERE pack_id = ? AND (fault IS NULL OR fault NOT IN ('unknown_key', 'altered'))
       ORDER BY public_key, n`,
    )
    .iterate(packId);
}

export function keyOfRater(store: ReadStore, packId: number, raterId: number): string | undefined {
  return store
    .query<{ publicKey: string }>(
      'SELECT public_key AS publicKey FROM pack_keys WHERE pack_id = ? AND rater_id = ?',
    )
    .get(packId, raterId)?.publicKey;
}

/** Keys whose words the lead has compared, for any rater of a pack. */
export function keysOfPack(store: ReadStore, packId: number): string[] {
  return store
    .query<{ publicKey: string }>(
      'SELECT DISTINCT public_key AS publicKey FROM pack_keys WHERE pack_id = ? ORDER BY public_key',
    )
    .all(packId)
    .map(({ publicKey }) => publicKey);
}

export function bindKey(
  store: WriteStore,
  packId: number,
  raterId: number,
  publicKey: string,
  at: number,
): void {
  store.run(
    'INSERT INTO pack_keys (pack_id, rater_id, public_key, accepted_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
    packId,
    raterId,
    publicKey,
    at,
  );
}

export function insertMerge(
  store: WriteStore,
  row: {
    readonly packId: number;
    readonly publicKey: string;
    readonly file: string;
    readonly counts: unknown;
    readonly isRecovered: boolean;
    readonly at: number;
  },
): void {
  store.run(
    'INSERT INTO merges (pack_id, public_key, file, counts, is_recovered, merged_at) VALUES (?, ?, ?, ?, ?, ?)',
    row.packId,
    row.publicKey,
    row.file,
    JSON.stringify(row.counts),
    row.isRecovered ? 1 : 0,
    row.at,
  );
}
