/** Who agreed to what before working. */
import { createHash } from 'node:crypto';
import type { Store } from '../engine/database.ts';
import type { StudyRow } from '../study/studies.ts';

export function consentHash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Whether a study asks for consent that a rater has not given to its text as it stands. */
export function lacksConsent(store: Store, { design }: StudyRow, raterId: number): boolean {
  if (design.consent === '') return false;
  return (
    store
      .query('SELECT 1 FROM consents WHERE rater_id = ? AND text_sha256 = ?')
      .get(raterId, consentHash(design.consent)) === undefined
  );
}

export function insertConsent(store: Store, raterId: number, text: string, at: number): void {
  insertConsentBySha256(store, raterId, consentHash(text), at);
}

/** Keeps a consent by the hash of its text; one that is there already stays as it is. */
export function insertConsentBySha256(store: Store, raterId: number, sha256: string, at: number): void {
  store.run(
    'INSERT INTO consents (rater_id, text_sha256, consented_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    raterId,
    sha256,
    at,
  );
}
