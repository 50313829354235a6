import { createHmac } from 'node:crypto';
import type { StoredKey } from '../store/engine/signing-key.ts';
import type { StudyRow } from '../store/study/studies.ts';

/**
 * Ids of a pack, which tell nobody what they are made of: HMAC-SHA-256 under a key that only the lead's private key and the
 * study's seed give. The same store makes the same ids again.
 */
export class PackSecret {
  readonly #key: Buffer;

  constructor({ privateKey }: StoredKey, { publicId, design }: StudyRow, packId: string) {
    this.#key = createHmac('sha256', Buffer.from(privateKey, 'base64url'))
      .update(`touchpack|${publicId}|${design.seed}|${packId}`)
      .digest();
  }

  /** 32 hexadecimal digits. Half of a longer text would keep all of it. */
  id(...about: readonly (string | number)[]): string {
    return this.#bytes(about).toString('hex', 0, 16);
  }

  /** 64 hexadecimal digits. */
  hex(...about: readonly (string | number)[]): string {
    return this.#bytes(about).toString('hex');
  }

  #bytes(about: readonly (string | number)[]): Buffer {
    return createHmac('sha256', this.#key).update(JSON.stringify(about)).digest();
  }
}

/** The id of a study's pack: it says nothing of its name, and the same store gives it again. */
export function packIdOf({ privateKey }: StoredKey, study: StudyRow, name: string): string {
  return createHmac('sha256', Buffer.from(privateKey, 'base64url'))
    .update(`touchpack id|${study.publicId}|${name}`)
    .digest('hex')
    .slice(0, 32);
}
