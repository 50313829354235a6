/** What a calibration set says of how its study was drawn and planned, kept with a study that it makes anew. */
import type { CalibrationManifest } from '../../../shared/formats/calibration-manifest.ts';
import { canonicalJson } from '../../../shared/formats/canonical-json.ts';
import { insertPlan } from '../store/analysis-plans.ts';
import type { Store } from '../store/database.ts';
import { insertSelection } from '../store/selections.ts';

/** A pair of the set with the draw that chose it. */
export interface DrawnRow {
  readonly pairId: number;
  readonly wave: number;
  readonly probability: number;
}

/** Keeps the draws, as far as the rows bear them out, and the plan. */
export function keepSettledDesign(
  store: Store,
  studyId: number,
  { draws = [], analysisPlan }: Pick<CalibrationManifest, 'draws' | 'analysisPlan'>,
  rows: readonly DrawnRow[],
): void {
  draws.forEach(({ method, candidates, drawnAt }, wave) => {
    const drawn = rows.filter((row) => row.wave === wave);
    if (drawn.length === 0) return;
    insertSelection(store, studyId, {
      method,
      candidates,
      drawnAt: Date.parse(drawnAt),
      pairIds: drawn.map(({ pairId }) => pairId),
      probabilities: drawn.map(({ probability }) => probability),
    });
  });
  if (analysisPlan === undefined) return;
  insertPlan(store, studyId, {
    plan: canonicalJson(analysisPlan.plan),
    sha256: analysisPlan.sha256,
    votes: analysisPlan.votesBefore,
    storedAt: Date.parse(analysisPlan.storedAt),
  });
}
