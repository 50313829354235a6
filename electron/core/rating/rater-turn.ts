import type { Entropy } from '../ports/ports.ts';
import type { Store } from '../store/engine/database.ts';
import type { RaterRow } from '../store/rating/raters.ts';
import type { StudyRow } from '../store/study/studies.ts';

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
