import type { CardComputations } from '../card/card-computations.ts';
import type { Jobs } from '../work/jobs.ts';
import type { Beside, PackPlace } from './beside.ts';
import type { HandedFiles } from './handed-files.ts';

/** What every service works with. */
export interface AppContext extends PackPlace {
  readonly files: HandedFiles;
  readonly jobs: Jobs;
  readonly cards: CardComputations;
  readonly beside: Beside;
}
