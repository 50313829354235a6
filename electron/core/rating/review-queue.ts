/** Gives an adjudicator the next pairs of the study's reviews. On the page they look like any other pair. */
import type { RevealedVotes } from '../../../shared/contract/rating-methods.ts';
import { answerOfVerdict } from '../../../shared/study/vote-details.ts';
import type { Store } from '../store/engine/database.ts';
import {
  insertPresentation,
  openPresentationCount,
  type PresentationRow,
} from '../store/rating/presentations.ts';
import { advanceRater, type RaterRow } from '../store/rating/raters.ts';
import { votesOfPair } from '../store/rating/ratings.ts';
import { nextReviewedPair, reviewById, reviewedPairsLeft } from '../store/review/reviews.ts';
import { sidesOfPair } from '../store/study/pair-runs.ts';
import type { StudyRow } from '../store/study/studies.ts';
import { OPEN_PLACE_MS, type RaterTurn } from './rater-turn.ts';
import { takeSide } from './side-choice.ts';

/** Opens presentations until the adjudicator has as many as asked for or no review has a pair left. */
export function fillReview(turn: RaterTurn, length: number): void {
  const { store, study, rater, entropy, nowMs } = turn;
  const missing = length - openPresentationCount(store, rater.id, 'work');
  let opened = 0;
  for (; opened < missing; opened++) {
    const sinceMs = nowMs - OPEN_PLACE_MS;
    const next = nextReviewedPair(store, { studyId: study.id, raterId: rater.id, sinceMs });
    const sides = next === undefined ? undefined : sidesOfPair(store, next.pairId);
    if (next === undefined || sides === undefined) break;
    insertPresentation(store, {
      publicId: entropy.hex(16),
      raterId: rater.id,
      pairId: next.pairId,
      leftSide: takeSide(turn, sides, 'label'),
      kind: 'ordinary',
      repeatOf: null,
      outputs: null,
      block: rater.block,
      createdAt: nowMs,
      reviewId: next.reviewId,
    });
  }
  if (opened > 0) advanceRater(store, rater.id, rater.nextPosition, rater.presented + opened);
}

/** How many pairs of all reviews nobody has yet. */
export function pairsLeftToReview(store: Store, study: StudyRow, rater: RaterRow, nowMs: number): number {
  const sinceMs = nowMs - OPEN_PLACE_MS;
  return reviewedPairsLeft(store, { studyId: study.id, raterId: rater.id, sinceMs });
}

/**
 * What raters said of a pair that was adjudicated, where its review shows it; an audit never does. In a blind study neither
 * does a review that takes a judge's disagreements in: where raters agree, their votes tell what the judge said.
 */
export function revealedVotes(
  store: Store,
  study: StudyRow,
  { reviewId, pairId, leftSide }: PresentationRow,
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
