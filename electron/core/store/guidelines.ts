import type { Rubric } from '../../../shared/domain/rubric.ts';
import type { Store } from './database.ts';

/** Keeps what raters are asked as the study's next version. */
export function insertGuideline(
  store: Store,
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
