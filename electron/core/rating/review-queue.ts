/** What is left of a study's reviews for an adjudicator, and what raters said of a pair that was decided. */
import type { RevealedVotes } from '../../../shared/contract/rating-methods.ts';
import { answerOfVerdict } from '../../../shared/study/vote-details.ts';
import type { ReadStore } from '../store/engine/database.ts';
import type { RaterRow } from '../store/rating/raters.ts';
import { votesOfPair } from '../store/rating/ratings.ts';
import type { TargetRow } from '../store/rating/sittings.ts';
import { reviewById, reviewedPairsLeft } from '../store/review/reviews.ts';
import type { RatedStudy } from '../store/study/studies.ts';
import { OPEN_PLACE_MS } from './open-place.ts';

/** How many pairs of all reviews nobody has yet. */
export function pairsLeftToReview(
  store: ReadStore,
  study: RatedStudy,
  rater: RaterRow,
  nowMs: number,
): number {
  const sinceMs = nowMs - OPEN_PLACE_MS;
  return reviewedPairsLeft(store, { studyId: study.id, raterId: rater.id, sinceMs });
}

/**
 * What raters said of a pair that was adjudicated, where its review shows it; an audit never does. In a blind study neither
 * does a review that takes a judge's disagreements in: where raters agree, their votes tell what the judge said.
 */
export function revealedVotes(
  store: ReadStore,
  study: RatedStudy,
  { reviewId, pairId, leftSide }: Pick<TargetRow, 'reviewId' | 'pairId' | 'leftSide'>,
): RevealedVotes | null {
  const review = reviewId === null ? undefined : reviewById(store, reviewId);
  if (review?.plan.kind !== 'adjudication' || !review.plan.showsVotes) return null;
  if (review.plan.judge !== null && study.unblindedAt === null) return null;
  const counted = votesOfPair(store, pairId).filter(({ isExcluded }) => isExcluded === 0);
  return counted.map(({ rater, verdict, strength, note }) => ({
    rater,
    answer: answerOfVerdict(verdict, leftSide),
    strength,
    note,
  }));
}
