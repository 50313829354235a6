/** Notes that a rater wants to be gone. */
import type { ReadStore, WriteStore } from '../engine/database.ts';
import { noteHash } from './rating-receipt.ts';

/** Ratings of a rater that have a note, superseded ones among them. */
export function notesOf(store: ReadStore, raterId: number): number[] {
  return store
    .rawQuery<[number]>('SELECT id FROM ratings WHERE rater_id = ? AND note IS NOT NULL ORDER BY id')
    .all(raterId)
    .map(([id]) => id);
}

/**
 * Takes the note of a rating away with its salt, and keeps the hash its receipt holds. Says whether there was one: a note
 * of an older store has no salt.
 */
export function eraseNote(store: WriteStore, ratingId: number, at: number): boolean {
  const row = store
    .query<{ note: string; salt: string | null }>('SELECT note, note_salt AS salt FROM ratings WHERE id = ?')
    .get(ratingId);
  const kept = row === undefined || row.salt === null ? null : noteHash(row.note, row.salt);
  store.run(
    'INSERT INTO erased_notes (rating_id, note_sha256, erased_at) VALUES (?, ?, ?)',
    ratingId,
    kept,
    at,
  );
  store.run('UPDATE ratings SET note = NULL, note_salt = NULL WHERE id = ?', ratingId);
  return kept !== null;
}

/** Whether a note was erased, and there is none since. */
export function isNoteErased(store: ReadStore, ratingId: number): boolean {
  return (
    store
      .query(
        'SELECT 1 FROM erased_notes e JOIN ratings r ON r.id = e.rating_id WHERE e.rating_id = ? AND r.note IS NULL',
      )
      .get(ratingId) !== undefined
  );
}
