import { PackHost } from '../../../shared/pack-work/pack-host.ts';
import type { AppPorts } from '../ports/ports.ts';
import { productVersion } from '../ports/product.ts';
import type { Store } from '../store/engine/database.ts';
import { SqlitePackStorage } from './sqlite-pack-storage.ts';

/** The host of packs over a store. */
export function packHostOf(store: Store, { clock, entropy }: Pick<AppPorts, 'clock' | 'entropy'>): PackHost {
  return new PackHost({
    storage: new SqlitePackStorage(store, clock),
    nowMs: () => clock.nowMs(),
    monotonicMs: () => clock.monotonicMs(),
    hex: (bytes) => entropy.hex(bytes),
    product: productVersion,
  });
}
