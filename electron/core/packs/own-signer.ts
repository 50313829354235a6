import type { Signer } from '../../../shared/pack/signing.ts';
import type { Store } from '../store/engine/database.ts';
import { insertKey, type StoredKey, storedKey } from '../store/engine/signing-key.ts';
import { newKey, signerOf } from './ed25519.ts';

/** The key of this store; made when it is first needed. Call it outside a transaction or inside one that writes. */
export function ownKey(store: Store, nowMs: number): StoredKey {
  const known = storedKey(store);
  if (known !== undefined) return known;
  const make = () => {
    const made = storedKey(store);
    if (made !== undefined) return made;
    const key = newKey();
    insertKey(store, key, nowMs);
    return key;
  };
  return store.isInTransaction ? make() : store.write(make);
}

export function ownSigner(store: Store, nowMs: number): Signer {
  return signerOf(ownKey(store, nowMs));
}
