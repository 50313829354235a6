/** Who is rating, and what they are shown next. */

import type { RatingProgress, TrainingStage, Turn } from '../../../shared/contract/rating-methods.ts';
import { takenOver } from '../../../shared/rating/refusals.ts';
import { suggestsBreak } from '../../../shared/rating/self-consistency.ts';
import { checkShare } from '../../../shared/study/check-rates.ts';
import type { Store } from '../store/engine/database.ts';
import {
  answeredCount,
  openInBlock,
  openPresentationCount,
  openPresentations,
  workedInBlock,
} from '../store/rating/presentations.ts';
import { qualificationsOf, trainingVotes } from '../store/rating/qualifications.ts';
import { joinedRaterCount, type RaterRow, raterBySession } from '../store/rating/raters.ts';
import { latestVote, recentViewingTimes, repeatedVerdicts } from '../store/rating/ratings.ts';
import { draftsOn } from '../store/rating/vote-drafts.ts';
import { knownAnswerCounts } from '../store/study/known-answers.ts';
import { pairRuns } from '../store/study/pair-runs.ts';
import { type StudyRow, studyById } from '../store/study/studies.ts';
import { blindPresentation } from './blinding.ts';
import { guessesLeft } from './guess-draw.ts';
import { QUEUE_LENGTH } from './presentation-queue.ts';
import { pairsLeftToReview } from './review-queue.ts';
import { stageOf } from './training.ts';

const PACE_VOTES = 20;
const REPEATS_LOOKED_AT = 25;
const PAIRS_BETWEEN_LOOKS = 20;

export function requireSession(store: Store, session: string): RaterRow {
  const rater = raterBySession(store, session);
  if (rater === undefined) throw takenOver();
  return rater;
}

export function studyOfRater(store: Store, rater: RaterRow): StudyRow {
  const study = studyById(store, rater.studyId);
  if (study === undefined) throw new Error(`rater ${rater.id} belongs to no study`);
  return study;
}

/** The pairs that are open for a rater, and how far the work is. */
export function turnOf(store: Store, study: StudyRow, rater: RaterRow, nowMs: number): Turn {
  const stage = stageOf(store, study, rater);
  const part = stage === 'working' ? 'work' : 'training';
  const mayWork = stage !== 'paused' && stage !== 'consent';
  const queue = mayWork ? openPresentations(store, rater.id, part, QUEUE_LENGTH) : [];
  return {
    queue: queue.map(blindPresentation),
    drafts: draftsOn(
      store,
      queue.map(({ presentationId }) => presentationId),
    ),
    stage,
    guidelineVersion: study.guidelineVersion,
    progress: progressOf(store, study, rater, nowMs),
    guessesLeft: stage === 'working' && queue.length === 0 ? guessesLeft(store, study, rater) : 0,
    training: trainingOf(store, study, rater, stage),
  };
}

/**
 * With a limit of raters per pair the total is a fair share, corrected when the pairs run out. Adjudicators share out what
 * is left of all reviews.
 */
function progressOf(store: Store, study: StudyRow, rater: RaterRow, nowMs: number): RatingProgress {
  const { blockSize, checks } = study.design;
  const open = openPresentationCount(store, rater.id, 'work');
  const done = rater.presented - open;
  const blockLeft =
    blockSize === null || rater.role === 'adjudicator'
      ? null
      : Math.max(
          0,
          blockSize - workedInBlock(store, rater.id, rater.block) + openInBlock(store, rater.id, rater.block),
        );
  const share =
    rater.role === 'adjudicator'
      ? done + open + pairsLeftToReview(store, study, rater, nowMs)
      : Math.ceil(fairShare(store, study) / (1 - checkShare(checks)));
  const isOver = open === 0 && blockLeft !== 0;
  const times = recentViewingTimes(store, rater.id, PACE_VOTES).sort((left, right) => left - right);
  const median = times[Math.floor(times.length / 2)];
  return {
    done: Math.max(0, done),
    total: isOver ? Math.max(0, done) : Math.max(share, done + open),
    medianSeconds: median === undefined ? null : median / 1000,
    canUndo: latestVote(store, rater.id, rater.block) !== undefined,
    blockLeft,
    suggestsBreak: rater.role === 'rater' && checks.repeatShare > 0 && seemsTired(store, rater.id),
  };
}

/**
 * Whether repeats suggest a break. A suggestion that came or went with one answer would tell which pair was a repeat:
 * it is thought over once in {@link PAIRS_BETWEEN_LOOKS} pairs, on the answers as they were first given.
 */
function seemsTired(store: Store, raterId: number): boolean {
  const answered = answeredCount(store, raterId);
  const before = Math.floor(answered / PAIRS_BETWEEN_LOOKS) * PAIRS_BETWEEN_LOOKS;
  return suggestsBreak(repeatedVerdicts(store, raterId, { before, limit: REPEATS_LOOKED_AT }));
}

/** How many of the study's pairs come to each rater. */
function fairShare(store: Store, study: StudyRow): number {
  const { ratersPerPair, overlapShare } = study.design;
  const runs = pairRuns(store, study.id);
  // Draws hold no pair whose answer is known; imports do.
  const known = runs.some(({ selectionId }) => selectionId !== null)
    ? 0
    : Object.values(knownAnswerCounts(store, study.id)).reduce((sum, count) => sum + count, 0);
  const all = Math.max(0, runs.reduce((sum, { count }) => sum + count, 0) - known);
  if (ratersPerPair === null) return all;
  const raters = Math.max(ratersPerPair, joinedRaterCount(store, study.id));
  return all * (overlapShare + ((1 - overlapShare) * ratersPerPair) / raters);
}

function trainingOf(store: Store, study: StudyRow, rater: RaterRow, stage: TrainingStage): Turn['training'] {
  const { training } = study.design;
  if (training === null || (stage !== 'practice' && stage !== 'qualifying' && stage !== 'refused'))
    return null;
  const tried = qualificationsOf(store, rater.id);
  const last = tried.at(-1);
  const counts = knownAnswerCounts(store, study.id);
  const isPractice = stage === 'practice';
  return {
    done: trainingVotes(
      store,
      rater.id,
      isPractice ? 'practice' : 'qualifying',
      isPractice ? null : tried.length,
    ).length,
    total: isPractice ? counts.practice : counts.qualifying,
    passMark: training.passMark,
    attemptsLeft: Math.max(0, training.attempts - tried.length),
    lastResult: last === undefined ? null : { correct: last.correct, answered: last.answered },
  };
}
