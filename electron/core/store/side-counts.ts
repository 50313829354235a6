/** How often each system of a pair stood on the left for a rater. */
import type { Store } from './database.ts';

export interface SideCount {
  /** Presentations of the two systems so far. */
  readonly presentations: number;
  /** How many more times the first stood on the left than the second. */
  readonly lead: number;
}

/** The count of two systems, the smaller number first. */
export function sideCount(store: Store, raterId: number, systemA: number, systemB: number): SideCount {
  return (
    store
      .query<SideCount>(
        'SELECT presentations, lead FROM side_counts WHERE rater_id = ? AND system_a = ? AND system_b = ?',
      )
      .get(raterId, systemA, systemB) ?? { presentations: 0, lead: 0 }
  );
}

/** Counts one more presentation; `step` is 1 where the first system is on the left, else −1. */
export function addToSideCount(
  store: Store,
  raterId: number,
  systemA: number,
  systemB: number,
  step: 1 | -1,
): void {
  store.run(
    `INSERT INTO side_counts (rater_id, system_a, system_b, presentations, lead) VALUES (?, ?, ?, 1, ?)
     ON CONFLICT DO UPDATE SET presentations = presentations + 1, lead = lead + excluded.lead`,
    raterId,
    systemA,
    systemB,
    step,
  );
}
