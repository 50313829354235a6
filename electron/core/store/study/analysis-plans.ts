import {
  type AgreementOptions,
  agreementOptionsSchema,
} from '../../../../shared/labels/agreement-options.ts';
import { type AnalysisPlan, analysisPlanSchema } from '../../../../shared/selection/analysis-plan.ts';
import { loggedActs } from '../engine/audit.ts';
import type { ReadStore, WriteStore } from '../engine/database.ts';

export interface StoredPlan {
  readonly plan: AnalysisPlan;
  /** The plan as it was hashed, without what was settled for all plans since. */
  readonly written: unknown;
  readonly sha256: string;
  /** Votes that were there when it was stored. */
  readonly votes: number;
  readonly storedAt: number;
}

/** Every plan a study has had, first to last. */
export function plansOf(store: ReadStore, studyId: number): StoredPlan[] {
  return store
    .query<Omit<StoredPlan, 'plan' | 'written'> & { plan: string }>(
      'SELECT plan, sha256, votes, stored_at AS storedAt FROM analysis_plans WHERE study_id = ? ORDER BY id',
    )
    .all(studyId)
    .map((row) => {
      const written = JSON.parse(row.plan) as unknown;
      return { ...row, written, plan: analysisPlanSchema.parse(written) };
    });
}

/** The policies a study is analysed under: the planned ones, else the usual ones. */
export function plannedOptions(store: ReadStore, studyId: number): AgreementOptions {
  return plansOf(store, studyId).at(-1)?.plan.options ?? agreementOptionsSchema.parse({});
}

export function insertPlan(
  store: WriteStore,
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

/** A change of the design. */
export interface DesignChange {
  readonly at: number;
  /** What was changed. */
  readonly fields: readonly string[];
  /** Votes that were there by then; null where an older store did not note it. */
  readonly votes: number | null;
}

/** What of the design was changed, here or before the study came here, after a time. */
export function designChangesSince(store: ReadStore, studyId: number, sinceMs: number): DesignChange[] {
  return loggedActs(store, ['study.configured', 'study.configured_elsewhere'], studyId)
    .map((act): DesignChange => {
      if (act.action === 'study.configured_elsewhere') return act.details;
      const { before, after, votes = null } = act.details;
      const isOther = (name: string) => JSON.stringify(before[name]) !== JSON.stringify(after[name]);
      return { at: act.at, fields: Object.keys(after).filter(isOther), votes };
    })
    .filter(({ at, fields }) => at > sinceMs && fields.length > 0);
}
