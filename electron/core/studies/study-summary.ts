import type { StudySummary } from '../../../shared/contract/study-methods.ts';
import type { AppContext } from '../context/app-context.ts';
import type { ReadStore } from '../store/engine/database.ts';
import { judgeNames } from '../store/judging/judgments.ts';
import { raterCount, raterProgress } from '../store/rating/raters.ts';
import { countOf, isOverdue, pairCountOf, type StudyRow } from '../store/study/studies.ts';

/** Whoever rates sees these counts, too: while the study is blind they must not move with labels alone. */
export function progressOf(store: ReadStore, study: StudyRow): ReturnType<typeof raterProgress> {
  return raterProgress(store, study.id, { withChecks: study.unblindedAt === null });
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
  };
}
