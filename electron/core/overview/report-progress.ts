import type { StudyProgress } from '../../../shared/contract/study-methods.ts';
import { reportRaters } from '../quality/report-raters.ts';
import { reportReviews } from '../review/report-reviews.ts';
import { loggedActs } from '../store/engine/audit.ts';
import type { ReadStore } from '../store/engine/database.ts';
import { judgeVersionByName } from '../store/judging/judge-versions.ts';
import { judgeNames } from '../store/judging/judgments.ts';
import { packsOfStudy } from '../store/packs/packs.ts';
import { votesByDay } from '../store/rating/vote-days.ts';
import type { StudyRow } from '../store/study/studies.ts';

/** What became of a study so far, for whoever leads it. */
export function reportProgress(store: ReadStore, study: StudyRow): StudyProgress {
  return {
    votesByDay: votesByDay(store, study.id),
    warned: reportRaters(store, study).flatMap(({ rater, warnings, isExcluded }) =>
      warnings.length > 0 && !isExcluded ? rater : [],
    ),
    openReviews: reportReviews(store, study).reduce(
      (sum, { pairs, answered, skipped }) => sum + pairs - answered - skipped,
      0,
    ),
    answerIsLook: judgeNames(store, study.id).some(
      (name) => judgeVersionByName(store, study.id, name) !== undefined,
    ),
    ...exportsOf(store, study.id),
    packsOut: packsOfStudy(store, study.id).filter(({ closedAt }) => closedAt === null).length,
  };
}

function exportsOf(store: ReadStore, studyId: number): Pick<StudyProgress, 'exports' | 'lastExportAt'> {
  const exports = loggedActs(store, ['export'], studyId);
  return { exports: exports.length, lastExportAt: exports.at(-1)?.at ?? null };
}
