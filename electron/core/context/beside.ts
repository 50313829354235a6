import type { AppEvent } from '../../../shared/contract/events.ts';
import type { PackHost } from '../../../shared/pack-work/pack-host.ts';
import type { AppPorts } from '../ports/ports.ts';
import type { Store } from '../store/engine/database.ts';

/** Shows the store on the other side. @returns the address that a page is to go to; null where the host shows it itself */
type Show = () => Promise<string | null>;

/** Of the app over a store what the opening of a pack needs. */
export interface PackPlace {
  readonly ports: AppPorts;
  readonly store: Store;
  /** The work on packs, where this is a vendor's store. */
  readonly packs: PackHost;
  announce(event: AppEvent): void;
}

/** What a host can show beside a store: nobody's packs are worked on in a lead's own. */
export interface Beside {
  /** Beside a lead's store: where packs are worked on. */
  readonly packs?: { open(): Promise<PackPlace>; readonly show: Show };
  /** Beside a store that was opened for a pack: the studies that it was opened from. */
  readonly studies?: { readonly show: Show };
}
