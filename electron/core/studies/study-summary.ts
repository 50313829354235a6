import type { StudySummary } from '../../../shared/contract/study-methods.ts';
import { checkShare } from '../../../shared/study/check-rates.ts';
import type { AppContext } from '../context/app-context.ts';
import type { ReadStore } from '../store/engine/database.ts';
import { judgeNames } from '../store/judging/judgments.ts';
import { lastVoteAt, raterCount, raterProgress } from '../store/rating/raters.ts';
import { knownAnswerCounts } from '../store/study/known-answers.ts';
import { leftOutCount } from '../store/study/pair-decisions.ts';
import { drawnPairCount } from '../store/study/selections.ts';
import { countOf, isOverdue, pairCountOf, type StudyRow } from '../store/study/studies.ts';

/** Whoever rates sees these counts, too: while the study is blind they must not move with labels alone. */
export function progressOf(store: ReadStore, study: StudyRow): ReturnType<typeof raterProgress> {
  return raterProgress(store, study.id, { withChecks: study.unblindedAt === null });
}

/**
 * How many labels there are of those that the design asks for. While the study is blind they move with every vote alike.
 */
function labelsOf(store: ReadStore, study: StudyRow): StudySummary['labels'] {
  const { checks, ratersPerPair, overlapShare } = study.design;
  const counted = progressOf(store, study).filter(({ isExcluded }) => !isExcluded);
  const votes = counted.reduce((sum, each) => sum + each.votes, 0);
  const given = study.unblindedAt === null ? Math.round(votes * (1 - checkShare(checks))) : votes;
  const known = Object.values(knownAnswerCounts(store, study.id)).reduce((sum, count) => sum + count, 0);
  const drawn = drawnPairCount(store, study.id);
  const candidates = drawn ?? pairCountOf(store, study.id) - known;
  const pairs = Math.max(0, candidates - leftOutCount(store, study.id, drawn !== null));
  const everybody = Math.max(1, counted.length);
  const each = ratersPerPair === null ? everybody : Math.max(ratersPerPair, 1);
  const perPair = overlapShare * Math.max(each, everybody) + (1 - overlapShare) * each;
  return { given, asked: Math.round(pairs * perPair) };
}

export function summaryOf({ store, ports }: AppContext, study: StudyRow): StudySummary {
  return {
    studyId: study.publicId,
    name: study.name,
    isSynthetic: study.isSynthetic,
    createdAt: study.createdAt,
    unblindedAt: study.unblindedAt,
    archivedAt: study.archivedAt,
    isOverdue: isOverdue(study, ports.clock.nowMs()),
    pairs: pairCountOf(store, study.id),
    items: countOf(store, study.id, 'items'),
    raters: raterCount(store, study.id),
    votes: progressOf(store, study).reduce((sum, { votes, skipped }) => sum + votes + skipped, 0),
    judges: judgeNames(store, study.id).length,
    labels: labelsOf(store, study),
    lastVoteAt: lastVoteAt(store, study.id),
  };
}
