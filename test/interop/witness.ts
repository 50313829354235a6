import type { Environment } from './environment.ts';
import type { Trial } from './trial.ts';

/** A tool that shows with its own code whether its files come in and ours are taken. */
export interface Witness {
  /** As its registry calls it. */
  readonly name: string;
  readonly environment: Environment;
  /** Runs only with `--all` or when named: it takes long, or much is fetched for it. */
  readonly isLarge?: boolean;
  /** Compares its figures with Touchstone's; throws where a file is refused or a program fails. */
  witness(trial: Trial): Promise<void>;
}
