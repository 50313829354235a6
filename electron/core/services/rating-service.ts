/** The vote path: from an answer to a row on disk, and back to the next pair. */
import { ServiceError } from '../../../shared/contract/errors.ts';
import type { ParsedInputOf, ReplyOf } from '../../../shared/contract/methods.ts';
import type { RatingProgress } from '../../../shared/contract/rating-methods.ts';
import { answersOfScale, verdictOfAnswer } from '../../../shared/domain/verdict.ts';
import type { AppContext } from '../app-context.ts';
import { blindPresentation } from '../blinding.ts';
import { appendAudit } from '../store/audit.ts';
import type { Store } from '../store/database.ts';
import {
  openPresentationCount,
  openPresentations,
  presentationOfRater,
  setPresentationOpen,
} from '../store/presentations.ts';
import {
  insertRater,
  joinedRaterCount,
  joinedRaters,
  type RaterRow,
  raterById,
  raterByName,
  raterBySession,
  startSession,
} from '../store/raters.ts';
import {
  effectiveVoteId,
  insertRating,
  latestRatingId,
  latestVote,
  ratingByCommand,
  recentViewingTimes,
} from '../store/ratings.ts';
import { pairCountOf, type StudyRow, studyById } from '../store/studies.ts';
import { fillQueue, QUEUE_LENGTH } from './presentation-queue.ts';
import { requireStudy } from './study-service.ts';

const PACE_VOTES = 20;

export function listRaters({ store }: AppContext, input: { studyId: string }): ReplyOf<'rating.raters'> {
  return joinedRaters(store, requireStudy(store, input.studyId).id);
}

/** Starts or resumes a rater's work. The session id carries the rater's number so that it is found by key. */
export function beginRating(
  { store, ports, announce }: AppContext,
  input: ParsedInputOf<'rating.begin'>,
): ReplyOf<'rating.begin'> {
  const reply = store.write(() => {
    const study = requireStudy(store, input.studyId);
    const at = ports.clock.nowMs();
    const raterId =
      raterByName(store, study.id, input.rater)?.id ?? insertRater(store, study.id, input.rater, at);
    const session = `${raterId.toString(36)}-${ports.entropy.hex(16)}`;
    startSession(store, raterId, session, at);
    appendAudit(store, { at, studyId: study.id, actor: input.rater, action: 'rating.begun', details: {} });
    const rater = requireSession(store, session);
    fillQueue({ store, study, rater, entropy: ports.entropy, nowMs: at });
    return {
      session,
      study: {
        name: study.name,
        guideline: study.design.guideline,
        scale: study.design.scale,
        minimumViewingMs: study.design.minimumViewingMs,
        isSynthetic: study.isSynthetic,
        isUnblinded: study.unblindedAt !== null,
      },
      ...turnOf(store, study, requireSession(store, session)),
    };
  });
  announce({ type: 'changed', area: 'ratings' });
  return reply;
}

/**
 * Records one vote in one immediate transaction: the presentation is open and this rater's, the rating
 * is appended under its command id, the presentation is closed, the audit row is written, and the pair
 * after next is opened. A command id seen before gets the receipt it got then, even from an old session.
 */
export function submitRating(
  { store, ports, announce }: AppContext,
  input: ParsedInputOf<'rating.submit'>,
): ReplyOf<'rating.submit'> {
  const reply = store.write(() => {
    const known = ratingByCommand(store, input.commandId);
    if (known !== undefined) {
      if (known.kind !== 'vote' || known.presentation !== input.presentationId) {
        throw new ServiceError(
          'conflict',
          'This command id was used for something else. Nothing was recorded.',
        );
      }
      const receipt = {
        commandId: input.commandId,
        presentationId: known.presentation,
        recordedAt: known.recordedAt,
      };
      const rater = requireRater(store, known.raterId);
      return { receipt, ...turnOf(store, studyOfRater(store, rater), rater) };
    }
    const rater = requireSession(store, input.session);
    const study = studyOfRater(store, rater);
    const presentation = presentationOfRater(store, rater.id, input.presentationId);
    if (presentation === undefined)
      throw new ServiceError('not_found', 'This pair is not one of this rater’s.');
    if (presentation.isOpen === 0) {
      throw new ServiceError('presentation_closed', 'This pair already has a vote. Undo it to vote again.');
    }
    if (!answersOfScale(study.design.scale).includes(input.answer)) {
      throw new ServiceError('invalid_input', `This study does not offer the answer “${input.answer}”.`);
    }
    const at = ports.clock.nowMs();
    const ratingId = insertRating(store, {
      commandId: input.commandId,
      raterId: rater.id,
      pairId: presentation.pairId,
      presentationId: presentation.id,
      kind: 'vote',
      verdict: verdictOfAnswer(input.answer, presentation.leftSide),
      strength: input.strength ?? null,
      skipReason: input.skipReason ?? null,
      note: input.note === undefined || input.note.trim() === '' ? null : input.note,
      leftSide: presentation.leftSide,
      viewedMs: input.viewedMs,
      recordedAt: at,
      afterUnblinding: study.unblindedAt !== null,
      supersedes:
        effectiveVoteId(store, presentation.pairId, rater.id) ?? latestRatingId(store, presentation.id),
    });
    setPresentationOpen(store, presentation.id, false);
    appendAudit(store, {
      at,
      studyId: study.id,
      actor: rater.name,
      action: 'rating.recorded',
      details: { ratingId },
    });
    fillQueue({ store, study, rater, entropy: ports.entropy, nowMs: at });
    const receipt = { commandId: input.commandId, presentationId: input.presentationId, recordedAt: at };
    return { receipt, ...turnOf(store, study, requireSession(store, input.session)) };
  });
  announce({ type: 'changed', area: 'ratings' });
  return reply;
}

/** Retracts the latest vote: one more row, and its presentation is open again with the same sides. */
export function undoRating(
  { store, ports, announce }: AppContext,
  input: ParsedInputOf<'rating.undo'>,
): ReplyOf<'rating.undo'> {
  const reply = store.write(() => {
    const rater = requireSession(store, input.session);
    const study = studyOfRater(store, rater);
    if (ratingByCommand(store, input.commandId) !== undefined) return turnOf(store, study, rater);
    const vote = latestVote(store, rater.id);
    if (vote === undefined) throw new ServiceError('nothing_to_undo', 'There is no vote to undo.');
    const at = ports.clock.nowMs();
    insertRating(store, {
      commandId: input.commandId,
      raterId: rater.id,
      pairId: vote.pairId,
      presentationId: vote.presentationId,
      kind: 'retraction',
      verdict: null,
      strength: null,
      skipReason: null,
      note: null,
      leftSide: null,
      viewedMs: null,
      recordedAt: at,
      afterUnblinding: study.unblindedAt !== null,
      supersedes: vote.id,
    });
    setPresentationOpen(store, vote.presentationId, true);
    appendAudit(store, {
      at,
      studyId: study.id,
      actor: rater.name,
      action: 'rating.retracted',
      details: { ratingId: vote.id },
    });
    return turnOf(store, study, rater);
  });
  announce({ type: 'changed', area: 'ratings' });
  return reply;
}

function requireRater(store: Store, raterId: number): RaterRow {
  const rater = raterById(store, raterId);
  if (rater === undefined) throw new Error(`rating of rater ${raterId}, who is not there`);
  return rater;
}

function requireSession(store: Store, session: string): RaterRow {
  const rater = raterBySession(store, session);
  if (rater === undefined) {
    throw new ServiceError(
      'session_taken_over',
      'This rater’s work was continued in another window. Every recorded vote is safe; continue here to take it back.',
    );
  }
  return rater;
}

function studyOfRater(store: Store, rater: RaterRow): StudyRow {
  const study = studyById(store, rater.studyId);
  if (study === undefined) throw new Error(`rater ${rater.id} belongs to no study`);
  return study;
}

function turnOf(
  store: Store,
  study: StudyRow,
  rater: RaterRow,
): Pick<ReplyOf<'rating.undo'>, 'queue' | 'progress'> {
  const queue = openPresentations(store, rater.id, QUEUE_LENGTH).map(blindPresentation);
  return { queue, progress: progressOf(store, study, rater, queue.length) };
}

/** With a limit of raters per pair the total is a fair share, corrected when the pairs run out. */
function progressOf(store: Store, study: StudyRow, rater: RaterRow, queued: number): RatingProgress {
  const done = rater.presented - openPresentationCount(store, rater.id);
  const pairs = pairCountOf(store, study.id);
  const { ratersPerPair } = study.design;
  const share =
    ratersPerPair === null
      ? pairs
      : Math.ceil((pairs * ratersPerPair) / Math.max(ratersPerPair, joinedRaterCount(store, study.id)));
  const times = recentViewingTimes(store, rater.id, PACE_VOTES).sort((left, right) => left - right);
  const median = times[Math.floor(times.length / 2)];
  return {
    done,
    total: queued === 0 ? done : Math.max(share, done + queued),
    medianSeconds: median === undefined ? null : median / 1000,
    canUndo: latestVote(store, rater.id) !== undefined,
  };
}
