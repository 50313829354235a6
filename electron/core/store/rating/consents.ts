/** Who agreed to what before working. */
import { createHash } from 'node:crypto';
import type { WriteStore } from '../engine/database.ts';

export function consentHash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

export function insertConsent(store: WriteStore, raterId: number, text: string, at: number): void {
  insertConsentBySha256(store, raterId, consentHash(text), at);
}

/** Keeps a consent by the hash of its text; one that is there already stays as it is. */
export function insertConsentBySha256(store: WriteStore, raterId: number, sha256: string, at: number): void {
  store.run(
    'INSERT INTO consents (rater_id, text_sha256, consented_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    raterId,
    sha256,
    at,
  );
}
