import type { AppEvent } from '../../../shared/contract/events.ts';
import type { PackHost } from '../../../shared/pack-work/pack-host.ts';
import type { CardComputations } from '../card/card-computations.ts';
import type { AppPorts } from '../ports/ports.ts';
import type { Store } from '../store/engine/database.ts';
import type { Jobs } from '../work/jobs.ts';
import type { HandedFiles } from './handed-files.ts';

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
