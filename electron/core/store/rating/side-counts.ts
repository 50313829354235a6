/** How often each system of a pair stood on the left for a rater. */
import type { Store } from '../engine/database.ts';

/** Labels are balanced for themselves, and so is all that checks or trains. */
export type SideKind = 'label' | 'check';

export interface SideCount {
  /** Presentations of the two systems so far. */
  readonly presentations: number;
  /** How many more times the first stood on the left than the second, by kind. */
  readonly label: number;
  readonly check: number;
}

/** The count of two systems, the smaller number first. */
export function sideCount(store: Store, raterId: number, systemA: number, systemB: number): SideCount {
  return (
    store
      .query<SideCount>(
        `SELECT presentations, lead AS label, check_lead AS "check" FROM side_counts
         WHERE rater_id = ? AND system_a = ? AND system_b = ?`,
      )
      .get(raterId, systemA, systemB) ?? { presentations: 0, label: 0, check: 0 }
  );
}

/** Counts one more presentation; `step` is 1 where the first system is on the left, else −1. */
export function addToSideCount(
  store: Store,
  raterId: number,
  systemA: number,
  systemB: number,
  kind: SideKind,
  step: 1 | -1,
): void {
  store.run(
    `INSERT INTO side_counts (rater_id, system_a, system_b, presentations, lead, check_lead) VALUES (?, ?, ?, 1, ?, ?)
     ON CONFLICT DO UPDATE SET presentations = presentations + 1, lead = lead + excluded.lead,
       check_lead = check_lead + excluded.check_lead`,
    raterId,
    systemA,
    systemB,
    kind === 'label' ? step : 0,
    kind === 'check' ? step : 0,
  );
}
