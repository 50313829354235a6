import type { AcceptanceReport } from '../../../shared/pack/acceptance.ts';
import { systemClock, systemEntropy } from '../ports/system-ports.ts';
import { Store } from '../store/engine/database.ts';
import { packHostOf } from './store-pack-host.ts';

/** What the rule of an open pack says of the work so far, as far as it needs no answer key. */
export async function checkPack({
  storePath,
  packId,
}: {
  readonly storePath: string;
  readonly packId: string;
}): Promise<AcceptanceReport> {
  const store = new Store(storePath, { readonly: true });
  try {
    return await packHostOf(store, { clock: systemClock, entropy: systemEntropy }).check(packId);
  } finally {
    store.close();
  }
}
