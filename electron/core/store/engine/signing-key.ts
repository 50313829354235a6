import type { ReadStore, WriteStore } from './database.ts';

export interface StoredKey {
  /** Base64url of the raw 32 bytes. */
  readonly publicKey: string;
  /** PKCS #8 in base64url. */
  readonly privateKey: string;
}

export function storedKey(store: ReadStore): StoredKey | undefined {
  return store
    .query<StoredKey>('SELECT public_key AS publicKey, private_key AS privateKey FROM signing_key')
    .get();
}

export function insertKey(store: WriteStore, { publicKey, privateKey }: StoredKey, at: number): void {
  store.run(
    'INSERT INTO signing_key (only, public_key, private_key, made_at) VALUES (1, ?, ?, ?)',
    publicKey,
    privateKey,
    at,
  );
}
