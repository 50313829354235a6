/** When the votes of a study were given here. Votes that were imported have no time of their own. */
import type { ReadStore } from '../engine/database.ts';
import { lastVoteAt } from './raters.ts';

const MOST_DAYS = 60;
const MS_PER_DAY = 86_400_000;

/** Votes on each of the last days that had any, by this machine's clock, the oldest day first. Training is left out. */
export function votesByDay(
  store: ReadStore,
  studyId: number,
): { readonly day: string; readonly votes: number }[] {
  const last = lastVoteAt(store, studyId);
  if (last === null) return [];
  return store
    .query<{ day: string; votes: number }>(
      `SELECT date(r.recorded_at / 1000, 'unixepoch', 'localtime') AS day, count(*) AS votes
       FROM raters ra CROSS JOIN ratings r ON r.rater_id = ra.id
       WHERE ra.study_id = ? AND r.presentation_id IS NOT NULL AND r.kind = 'vote' AND r.role <> 'training'
         AND r.recorded_at > ?
       GROUP BY day ORDER BY day`,
    )
    .all(studyId, last - MOST_DAYS * MS_PER_DAY);
}
