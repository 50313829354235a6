/** How often each system of a pair stood on the left for a rater. */
import {
  NO_SIDE_COUNT,
  type Outputs,
  type SideCount,
  type SideStep,
  systemsOf,
} from '../../../../shared/rating/lay-out.ts';
import type { ReadStore, WriteStore } from '../engine/database.ts';

/** How the systems of two outputs stood for a rater so far. */
export function sideCount(store: ReadStore, raterId: number, outputs: Outputs): SideCount {
  const { systemA, systemB } = systemsOf(outputs);
  return (
    store
      .query<SideCount>(
        `SELECT presentations, lead AS label, check_lead AS "check" FROM side_counts
         WHERE rater_id = ? AND system_a = ? AND system_b = ?`,
      )
      .get(raterId, systemA, systemB) ?? NO_SIDE_COUNT
  );
}

/** Counts one more presentation. */
export function addToSideCount(
  store: WriteStore,
  raterId: number,
  { systemA, systemB, kind, step }: SideStep,
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
