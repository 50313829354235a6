import { createHash } from 'node:crypto';
import type { Store } from './database.ts';

const COLUMNS = `id, command_id, rater_id, pair_id, presentation_id, kind, verdict, strength, skip_reason, note,
  left_side, viewed_ms, recorded_at, after_unblinding, supersedes, role, guideline_version, idle_ms, confidence, details`;

/** SHA-256 of all that a rating says, as lower-case hex; undefined where there is no such rating. */
export function ratingReceipt(store: Store, ratingId: number): string | undefined {
  const row = store
    .rawQuery<(string | number | null)[]>(`SELECT ${COLUMNS} FROM ratings WHERE id = ?`)
    .get(ratingId);
  return row === undefined ? undefined : createHash('sha256').update(JSON.stringify(row)).digest('hex');
}
