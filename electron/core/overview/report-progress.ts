import type { StudyProgress } from '../../../shared/contract/study-methods.ts';
import { LABEL } from '../../../shared/quality/rater-votes.ts';
import { CODE } from '../../../shared/study/verdict-codes.ts';
import { raterReports } from '../quality/report-raters.ts';
import { reportReviews } from '../review/report-reviews.ts';
import { studyColumnsOf } from '../store/columns/kept-columns.ts';
import { loadRaterVotes, type StudyRater } from '../store/columns/rater-votes.ts';
import { loggedActs } from '../store/engine/audit.ts';
import type { ReadStore } from '../store/engine/database.ts';
import { packsOfStudy } from '../store/packs/packs.ts';
import { lastVoteAt } from '../store/rating/raters.ts';
import { votesByDay } from '../store/rating/vote-days.ts';
import { knownPairs } from '../store/study/known-answers.ts';
import { leftOutPairs } from '../store/study/pair-decisions.ts';
import { drawnPairs } from '../store/study/selections.ts';
import type { StudyRow } from '../store/study/studies.ts';

/** How far a study is, for whoever leads it. */
export function reportProgress(store: ReadStore, study: StudyRow): StudyProgress {
  const columns = studyColumnsOf(store, study.id);
  const loaded = loadRaterVotes(store, study.id, columns);
  return {
    labelledPercent: labelledPercent(store, study, columns.pairs.ids, loaded.raters),
    votesByDay: votesByDay(store, study.id),
    lastVoteAt: lastVoteAt(store, study.id),
    warned: raterReports(store, study, loaded).flatMap(({ rater, warnings, isExcluded }) =>
      warnings.length > 0 && !isExcluded ? rater : [],
    ),
    openReviews: reportReviews(store, study).reduce(
      (sum, { pairs, answered, skipped }) => sum + pairs - answered - skipped,
      0,
    ),
    ...exportsOf(store, study.id),
    packsOut: packsOfStudy(store, study.id).filter(({ closedAt }) => closedAt === null).length,
  };
}

function exportsOf(store: ReadStore, studyId: number): Pick<StudyProgress, 'exports' | 'lastExportAt'> {
  const exports = loggedActs(store, ['export'], studyId);
  return { exports: exports.length, lastExportAt: exports.at(-1)?.at ?? null };
}

/** Steps in which a blind study tells how far it is. */
const BLIND_STEP = 5;

function labelledPercent(
  store: ReadStore,
  study: StudyRow,
  pairIds: ArrayLike<number>,
  raters: readonly StudyRater[],
): number | null {
  const counted = raters.filter(({ isExcluded, votes }) => !isExcluded && votes.pair.length > 0);
  const wanted = study.design.ratersPerPair ?? Math.max(1, counted.length);
  const labels = new Uint16Array(pairIds.length);
  for (const { votes } of counted)
    votes.pair.forEach((pair, vote) => {
      const code = votes.code[vote] ?? CODE.missing;
      if (votes.role[vote] === LABEL && code >= 0 && code !== CODE.skipped)
        labels[pair] = (labels[pair] ?? 0) + 1;
    });
  const drawn = drawnPairs(store, study.id);
  const notCounted = [knownPairs(store, study.id), leftOutPairs(store, study.id)];
  let [toRate, done] = [0, 0];
  for (let pair = 0; pair < pairIds.length; pair++) {
    const id = pairIds[pair] ?? 0;
    if (notCounted.some((pairs) => pairs.has(id)) || (drawn !== null && !drawn.has(id))) continue;
    toRate++;
    if ((labels[pair] ?? 0) >= wanted) done++;
  }
  if (toRate === 0) return null;
  const percent = Math.floor((100 * done) / toRate);
  return study.unblindedAt === null ? percent - (percent % BLIND_STEP) : percent;
}
