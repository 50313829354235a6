import { type Rubric, rubricSchema } from '../../../../shared/study/rubric.ts';
import type { ReadStore, WriteStore } from '../engine/database.ts';

/** What raters were asked under an earlier version; undefined where there is no such version. */
export function rubricOf(store: ReadStore, studyId: number, version: number): Rubric | undefined {
  const row = store
    .query<{ rubric: string }>('SELECT rubric FROM guidelines WHERE study_id = ? AND version = ?')
    .get(studyId, version);
  return row === undefined ? undefined : rubricSchema.parse(JSON.parse(row.rubric));
}

/** Every version of what raters were asked, first to last. */
export function guidelinesOf(
  store: ReadStore,
  studyId: number,
): {
  readonly version: number;
  readonly guideline: string;
  readonly rubric: Rubric;
  readonly createdAt: number;
}[] {
  return store
    .query<{ version: number; guideline: string; rubric: string; createdAt: number }>(
      `SELECT version, guideline, rubric, created_at AS createdAt FROM guidelines WHERE study_id = ?
       ORDER BY version`,
    )
    .all(studyId)
    .map((row) => ({ ...row, rubric: rubricSchema.parse(JSON.parse(row.rubric)) }));
}

/** Keeps what raters are asked as the study's next version. */
export function insertGuideline(
  store: WriteStore,
  studyId: number,
  { guideline, rubric }: { readonly guideline: string; readonly rubric: Rubric },
  createdAt: number,
): void {
  store.run(
    `INSERT INTO guidelines (study_id, version, guideline, rubric, created_at)
     VALUES (?, (SELECT coalesce(max(version), 0) + 1 FROM guidelines WHERE study_id = ?), ?, ?, ?)`,
    studyId,
    studyId,
    guideline,
    JSON.stringify(rubric),
    createdAt,
  );
}
