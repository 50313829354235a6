import type { AppEvent } from '../../shared/contract/events.ts';
import type { PackHost } from '../../shared/pack/pack-host.ts';
import type { CardComputations } from './agreement/card-computations.ts';
import type { HandedFiles } from './handed-files.ts';
import type { Jobs } from './jobs/jobs.ts';
import type { AppPorts } from './ports.ts';
import type { Store } from './store/database.ts';

/** What every service works with. */
export interface AppContext {
  readonly ports: AppPorts;
  readonly store: Store;
  readonly files: HandedFiles;
  readonly jobs: Jobs;
  readonly cards: CardComputations;
  /** The work on packs, where this is a vendor's store. */
  readonly packs: PackHost;
  announce(event: AppEvent): void;
}
