/** A vendor's store works on packs and has nothing of a lead's: once it is one, it stays one. */
import type { ReadStore, WriteStore } from '../store/engine/database.ts';
import { readSetting, writeSetting } from '../store/engine/preferences.ts';
import { hasStudy } from '../store/study/studies.ts';

const PURPOSE = 'purpose';

/** What stores are for good: a vendor's stays one, and no pack is opened where a study is. */
const settled = new WeakMap<ReadStore, 'vendor' | 'lead'>();

export function isVendorStore(store: ReadStore): boolean {
  const known = settled.get(store);
  if (known !== undefined) return known === 'vendor';
  const isVendor = readSetting(store, PURPOSE) === 'vendor';
  // What an open transaction has written may be taken back.
  if (!store.isInTransaction && (isVendor || hasStudy(store)))
    settled.set(store, isVendor ? 'vendor' : 'lead');
  return isVendor;
}

/** Call inside a write transaction. */
export function makeVendorStore(store: WriteStore): void {
  if (!isVendorStore(store)) writeSetting(store, PURPOSE, 'vendor');
}
