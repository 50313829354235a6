import type { Entropy } from '../ports.ts';
import type { Store } from '../store/database.ts';
import type { RaterRow } from '../store/raters.ts';
import type { StudyRow } from '../store/studies.ts';

/** What it takes to give a rater the next pair, inside one write transaction. */
export interface RaterTurn {
  readonly store: Store;
  readonly study: StudyRow;
  readonly rater: RaterRow;
  readonly entropy: Entropy;
  readonly nowMs: number;
}

/** How long somebody who left holds the place of a pair that was open. */
export const OPEN_PLACE_MS = 24 * 60 * 60 * 1000;
