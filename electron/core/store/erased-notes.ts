/** Notes that a rater wants to be gone. */
import type { Store } from './database.ts';

/** Ratings of a rater that have a note, superseded ones among them. */
export function notesOf(store: Store, raterId: number): number[] {
  return store
    .rawQuery<[number]>('SELECT id FROM ratings WHERE rater_id = ? AND note IS NOT NULL ORDER BY id')
    .all(raterId)
    .map(([id]) => id);
}

/** Takes the note of a rating away, and keeps that it was done. */
export function eraseNote(store: Store, ratingId: number, at: number): void {
  store.run('INSERT INTO erased_notes (rating_id, erased_at) VALUES (?, ?)', ratingId, at);
  store.run('UPDATE ratings SET note = NULL WHERE id = ?', ratingId);
}
