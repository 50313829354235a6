import { createHash, hash } from 'node:crypto';
import type { ReadStore } from '../engine/database.ts';

/** How a receipt was made. In the first, of older stores, a note stood as it was. */
export const RECEIPT_VERSION = 2;

/** The note, its salt and its hash where it was erased; then all the rest. */
export const RECEIPT_COLUMNS = `note, note_salt, (SELECT note_sha256 FROM erased_notes WHERE rating_id = ratings.id),
  id, command_id, rater_id, pair_id, presentation_id, kind, verdict, strength, skip_reason,
  left_side, viewed_ms, recorded_at, after_unblinding, supersedes, role, guideline_version, idle_ms, confidence, details`;

const FIRST_COLUMNS = `id, command_id, rater_id, pair_id, presentation_id, kind, verdict, strength, skip_reason, note,
  left_side, viewed_ms, recorded_at, after_unblinding, supersedes, role, guideline_version, idle_ms, confidence, details`;

export type ReceiptValues = (string | number | null)[];

/** SHA-256 of a note with its salt, as lower-case hex. The salt goes with the note, so that no guess can be tried on it. */
export function noteHash(note: string, salt: string): string {
  return sha256([salt, note]);
}

/**
 * SHA-256 of all that a rating says, as lower-case hex, its note by {@link noteHash}; the same after the note was erased.
 * Undefined where there is no such rating.
 */
export function ratingReceipt(store: ReadStore, ratingId: number): string | undefined {
  const row = store
    .rawQuery<ReceiptValues>(`SELECT ${RECEIPT_COLUMNS} FROM ratings WHERE id = ?`)
    .get(ratingId);
  return row === undefined ? undefined : receiptOf(row);
}

/** One hash for the receipts of ratings whose numbers follow on each other; undefined where one is not there. */
export function joinedReceipts(store: ReadStore, from: number, to: number): string | undefined {
  const joined = createHash('sha256');
  let found = 0;
  const rows = store.rawQuery<ReceiptValues>(
    `SELECT ${RECEIPT_COLUMNS} FROM ratings WHERE id BETWEEN ? AND ? ORDER BY id`,
  );
  for (const row of rows.iterate(from, to)) {
    found++;
    joined.update(receiptOf(row));
  }
  return found === to - from + 1 ? joined.digest('hex') : undefined;
}

/** The receipts of ratings that nobody gave here, of those with these numbers, in their order. */
export function* receiptsOfImported(store: ReadStore, from: number, to: number): Generator<string> {
  const rows = store.rawQuery<ReceiptValues>(
    `SELECT ${RECEIPT_COLUMNS} FROM ratings WHERE command_id IS NULL AND id BETWEEN ? AND ? ORDER BY id`,
  );
  for (const row of rows.iterate(from, to)) yield receiptOf(row);
}

/** The receipt of a rating, from its {@link RECEIPT_COLUMNS}. */
export function receiptOf([note, salt, erased, ...row]: ReceiptValues): string {
  return sha256([typeof note === 'string' ? noteHash(note, String(salt ?? '')) : (erased ?? null), ...row]);
}

/** The receipt as older stores made it: of a note as it stands, so that an erased one changes it. */
export function firstReceipt(store: ReadStore, ratingId: number): string | undefined {
  const row = store
    .rawQuery<ReceiptValues>(`SELECT ${FIRST_COLUMNS} FROM ratings WHERE id = ?`)
    .get(ratingId);
  return row === undefined ? undefined : sha256(row);
}

function sha256(values: ReceiptValues): string {
  return hash('sha256', JSON.stringify(values));
}
