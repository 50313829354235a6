/** A vendor's store works on packs and has nothing of a lead's: once it is one, it stays one. */
import type { Store } from '../store/engine/database.ts';
import { readSetting, writeSetting } from '../store/engine/preferences.ts';

const PURPOSE = 'purpose';

export function isVendorStore(store: Store): boolean {
  return readSetting(store, PURPOSE) === 'vendor';
}

/** Call inside a write transaction. */
export function makeVendorStore(store: Store): void {
  if (!isVendorStore(store)) writeSetting(store, PURPOSE, 'vendor');
}
