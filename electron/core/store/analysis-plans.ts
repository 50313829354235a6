import { type AnalysisPlan, analysisPlanSchema } from '../../../shared/domain/analysis-plan.ts';
import type { Store } from './database.ts';

export interface StoredPlan {
  readonly plan: AnalysisPlan;
  readonly sha256: string;
  /** Votes that were there when it was stored. */
  readonly votes: number;
  readonly storedAt: number;
}

/** Every plan a study has had, first to last. */
export function plansOf(store: Store, studyId: number): StoredPlan[] {
  return store
    .query<Omit<StoredPlan, 'plan'> & { plan: string }>(
      'SELECT plan, sha256, votes, stored_at AS storedAt FROM analysis_plans WHERE study_id = ? ORDER BY id',
    )
    .all(studyId)
    .map((row) => ({ ...row, plan: analysisPlanSchema.parse(JSON.parse(row.plan)) }));
}

export function insertPlan(
  store: Store,
  studyId: number,
  row: {
    readonly plan: string;
    readonly sha256: string;
    readonly votes: number;
    readonly storedAt: number;
  },
): void {
  store.run(
    'INSERT INTO analysis_plans (study_id, plan, sha256, votes, stored_at) VALUES (?, ?, ?, ?, ?)',
    studyId,
    row.plan,
    row.sha256,
    row.votes,
    row.storedAt,
  );
}

/** What of the design was changed after a time, with the votes there were by then left to the reader of the log. */
export function designChangesSince(
  store: Store,
  studyId: number,
  sinceMs: number,
): { readonly at: number; readonly details: string }[] {
  return store
    .query<{ at: number; details: string }>(
      `SELECT at, details FROM audit_log WHERE study_id = ? AND action = 'study.configured' AND at > ? ORDER BY id`,
    )
    .all(studyId, sinceMs);
}
