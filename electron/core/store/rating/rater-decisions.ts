/** What was decided about raters: leaving their votes out, and stopping their work. */
import type { ReadStore, WriteStore } from '../engine/database.ts';

export const DECISIONS = ['exclusion', 'pause'] as const;
export type DecisionAbout = (typeof DECISIONS)[number];

export interface RaterDecision {
  readonly rater: string;
  readonly about: DecisionAbout;
  readonly isOn: boolean;
  readonly reason: string;
  readonly decidedBy: 'lead' | 'thresholds';
  readonly decidedAt: number;
}

export function insertDecision(
  store: WriteStore,
  raterId: number,
  { about, isOn, reason, decidedBy, decidedAt }: Omit<RaterDecision, 'rater'>,
): void {
  store.run(
    'INSERT INTO rater_decisions (rater_id, about, is_on, reason, decided_by, decided_at) VALUES (?, ?, ?, ?, ?, ?)',
    raterId,
    about,
    isOn ? 1 : 0,
    reason,
    decidedBy,
    decidedAt,
  );
}

/** Every decision about the raters of a study, first to last. */
export function decisionsOf(store: ReadStore, studyId: number): RaterDecision[] {
  return store
    .query<Omit<RaterDecision, 'isOn'> & { isOn: number }>(
      `SELECT raters.name AS rater, d.about AS about, d.is_on AS isOn, d.reason AS reason,
              d.decided_by AS decidedBy, d.decided_at AS decidedAt
       FROM rater_decisions d JOIN raters ON raters.id = d.rater_id WHERE raters.study_id = ? ORDER BY d.id`,
    )
    .all(studyId)
    .map(({ isOn, ...row }) => ({ ...row, isOn: isOn === 1 }));
}

/** Names of raters whose votes are left out. */
export function excludedRaters(store: ReadStore, studyId: number): string[] {
  return store
    .query<{ name: string }>('SELECT name FROM raters WHERE study_id = ? AND is_excluded = 1 ORDER BY name')
    .all(studyId)
    .map(({ name }) => name);
}

/** Every rater of every study, and whether their votes are left out. */
export function exclusionsOfStore(
  store: ReadStore,
): readonly { readonly studyId: number; readonly name: string; readonly isExcluded: boolean }[] {
  return store
    .query<{ studyId: number; name: string; isExcluded: number }>(
      'SELECT study_id AS studyId, name, is_excluded AS isExcluded FROM raters ORDER BY id',
    )
    .all()
    .map((rater) => ({ ...rater, isExcluded: rater.isExcluded === 1 }));
}
