import type { Signer } from '../../../shared/pack/signing.ts';
import type { Store, WriteStore } from '../store/engine/database.ts';
import { insertKey, type StoredKey, storedKey } from '../store/engine/signing-key.ts';
import { newKey, signerOf } from './ed25519.ts';

/** The key of this store; made when it is first needed. */
export function ownKey(store: Store, nowMs: number): StoredKey {
  return storedKey(store) ?? store.write((writable) => keyOfStore(writable, nowMs));
}

/** The same inside a transaction. */
export function keyOfStore(store: WriteStore, nowMs: number): StoredKey {
  const known = storedKey(store);
  if (known !== undefined) return known;
  const key = newKey();
  insertKey(store, key, nowMs);
  return key;
}

export function ownSigner(store: Store, nowMs: number): Signer {
  return signerOf(ownKey(store, nowMs));
}
