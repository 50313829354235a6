/** The vote path: from an answer to a row on disk, and back to the next pair. */

import type { ParsedInputOf, ReplyOf } from '../../../shared/contract/methods.ts';
import type { PracticeFeedback } from '../../../shared/contract/rating-methods.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';
import {
  blockNotDone,
  nothingToUndo,
  notTheirPair,
  refusedVote,
  usedForSomethingElse,
} from '../../../shared/rating/refusals.ts';
import { checkVote, isAsKnown, type PairStanding, versionOfVote } from '../../../shared/rating/rules.ts';
import { ROLE_OF_KIND } from '../../../shared/study/presentation-kind.ts';
import type { Rubric } from '../../../shared/study/rubric.ts';
import { type Answer, type Side, verdictOfAnswer } from '../../../shared/study/verdict.ts';
import { answerOfVerdict, detailsOfPair, type ShownDetails } from '../../../shared/study/vote-details.ts';
import { keptNote } from '../../../shared/text/note-text.ts';
import type { AppContext } from '../context/app-context.ts';
import { watchQuality } from '../quality/quality-watch.ts';
import { appendAudit } from '../store/engine/audit.ts';
import type { Store } from '../store/engine/database.ts';
import { packOfRater } from '../store/packs/packs.ts';
import { lacksConsent } from '../store/rating/consents.ts';
import {
  openPresentationCount,
  openPresentations,
  type PresentationRow,
  presentationOfRater,
  setPresentationOpen,
  workedInBlock,
} from '../store/rating/presentations.ts';
import {
  insertRater,
  joinedRaters,
  type RaterRow,
  raterById,
  raterByName,
  raterBySession,
  startBlock,
  startSession,
} from '../store/rating/raters.ts';
import { RECEIPT_VERSION, ratingReceipt } from '../store/rating/rating-receipt.ts';
import {
  effectiveVoteId,
  insertRating,
  latestRatingId,
  latestVote,
  ratingByCommand,
  retractionOf,
} from '../store/rating/ratings.ts';
import { putDraft } from '../store/rating/vote-drafts.ts';
import { isAuditComplete } from '../store/review/reviews.ts';
import { rubricOf } from '../store/study/guidelines.ts';
import { knownAnswerCounts, knownAnswerOf } from '../store/study/known-answers.ts';
import { requireStudy, type StudyRow } from '../store/study/studies.ts';
import { takenBackVote } from './own-work-service.ts';
import { fillQueue, OPEN_AHEAD, QUEUE_LENGTH } from './presentation-queue.ts';
import { requirePseudonym } from './pseudonym.ts';
import { requireSession, studyOfRater, turnOf } from './rater-session.ts';
import { revealedVotes } from './review-queue.ts';
import { settleQualifying } from './training.ts';

export function listRaters({ store }: AppContext, input: { studyId: string }): ReplyOf<'rating.raters'> {
  return joinedRaters(store, requireStudy(store, input.studyId).id);
}

/** Starts or resumes a rater's work. The session id carries the rater's number so that it is found by key. */
export function beginRating(
  { store, ports }: AppContext,
  input: ParsedInputOf<'rating.begin'>,
): ReplyOf<'rating.begin'> {
  const reply = store.write(() => {
    const study = requireStudy(store, input.studyId);
    const at = ports.clock.nowMs();
    const known = raterByName(store, study.id, input.rater);
    if (known === undefined) requirePseudonym(input.rater);
    else if (known.role !== input.role) throw otherRole(known);
    if (known !== undefined) requireHere(store, known);
    const raterId = known?.id ?? insertRater(store, study.id, input.rater, at, input.role);
    const session = `${raterId.toString(36)}-${ports.entropy.hex(16)}`;
    startSession(store, raterId, session, at);
    appendAudit(store, { at, studyId: study.id, actor: input.rater, action: 'rating.begun', details: {} });
    const rater = requireSession(store, session);
    fillQueue({ store, study, rater, entropy: ports.entropy, nowMs: at }, OPEN_AHEAD);
    return {
      session,
      study: {
        name: study.name,
        guideline: study.design.guideline,
        guidelineVersion: study.guidelineVersion,
        rubric: study.design.rubric,
        scale: study.design.scale,
        minimumViewingMs: study.design.minimumViewingMs,
        asksConfidence: study.design.asksConfidence,
        marksSpans: study.design.marksSpans,
        breakAfterMinutes: study.design.breakAfterMinutes,
        examples: knownAnswerCounts(store, study.id).example,
        consent: study.design.consent,
        role: input.role,
        isSynthetic: study.isSynthetic,
        isUnblinded: study.unblindedAt !== null,
      },
      ...turnOf(store, study, requireSession(store, session), at),
    };
  });
  return reply;
}

/** Where a pair stands for a rater when a vote on it comes. */
function standingOf(
  store: Store,
  study: StudyRow,
  rater: RaterRow,
  { isOpen, kind, block, reviewId }: PresentationRow,
): PairStanding {
  return {
    hasConsented: !lacksConsent(store, study, rater.id),
    isOpen: isOpen === 1,
    isTraining: ROLE_OF_KIND[kind] === 'training',
    isInOpenBlock: block === rater.block,
    isAuditComplete: isOpen === 0 && reviewId !== null && isAuditComplete(store, reviewId),
    wasRead: isOpen === 0,
  };
}

/** What a version of the guideline asks. What a store has no record of is asked as now. */
function rubricUnder(store: Store, study: StudyRow, version: number): Rubric {
  const earlier = version === study.guidelineVersion ? undefined : rubricOf(store, study.id, version);
  return earlier ?? study.design.rubric;
}

/**
 * Records one vote in one immediate transaction: the presentation is open and this rater's, the rating
 * is appended under its command id, the presentation is closed, the audit row is written, and the pair
 * after next is opened, unless it is open since the last vote. A command id seen before gets the receipt it got then, even from an old session.
 */
export function submitRating(
  context: AppContext,
  input: ParsedInputOf<'rating.submit'>,
): ReplyOf<'rating.submit'> {
  const { store, ports } = context;
  const reply = store.write(() => {
    const known = ratingByCommand(store, input.commandId);
    if (known !== undefined) {
      if (known.kind !== 'vote' || known.presentation !== input.presentationId) {
        throw usedForSomethingElse();
      }
      const receipt = {
        commandId: input.commandId,
        presentationId: known.presentation,
        recordedAt: known.recordedAt,
      };
      const rater = requireRater(store, known.raterId);
      const answered = presentationOfRater(store, rater.id, input.presentationId);
      const study = studyOfRater(store, rater);
      const feedback = answered === undefined ? null : feedbackOn(store, study, answered, input.answer);
      const revealed = answered === undefined ? null : revealedVotes(store, study, answered);
      return { receipt, feedback, revealed, ...turnOf(store, study, rater, ports.clock.nowMs()) };
    }
    const rater = requireSession(store, input.session);
    const study = studyOfRater(store, rater);
    const presentation = presentationOfRater(store, rater.id, input.presentationId);
    if (presentation === undefined) throw notTheirPair();
    const role = ROLE_OF_KIND[presentation.kind];
    const guidelineVersion = versionOfVote(input.guidelineVersion, study.guidelineVersion);
    const note = keptNote(input.note);
    const problem = checkVote(
      {
        ...study.design,
        rubric: rubricUnder(store, study, guidelineVersion),
        guidelineVersion: study.guidelineVersion,
      },
      standingOf(store, study, rater, presentation),
      { ...input, note: note ?? undefined, guidelineVersion },
    );
    if (problem !== null) throw refusedVote(problem);
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
      note,
      leftSide: presentation.leftSide,
      viewedMs: input.viewedMs,
      recordedAt: at,
      afterUnblinding: study.unblindedAt !== null,
      supersedes:
        // A pair may come to an adjudicator in two reviews, and each vote stands for itself.
        (role === 'label' && rater.role === 'rater'
          ? effectiveVoteId(store, presentation.pairId, rater.id)
          : null) ?? latestRatingId(store, presentation.id),
      role,
      guidelineVersion,
      idleMs: input.idleMs,
      confidence: input.confidence ?? null,
      details: storedDetails(input.details ?? {}, presentation.leftSide),
    });
    setPresentationOpen(store, presentation.id, false);
    putDraft(store, input.presentationId, null, at);
    appendAudit(store, {
      at,
      studyId: study.id,
      actor: rater.name,
      action: 'rating.recorded',
      details: { ratingId, sha256: ratingReceipt(store, ratingId), receipt: RECEIPT_VERSION },
    });
    const turn = { store, study, rater, entropy: ports.entropy, nowMs: at };
    if (presentation.kind === 'qualifying') settleQualifying(turn);
    fillQueue(turn, QUEUE_LENGTH);
    const receipt = { commandId: input.commandId, presentationId: input.presentationId, recordedAt: at };
    const feedback = feedbackOn(store, study, presentation, input.answer);
    const revealed = revealedVotes(store, study, presentation);
    return { receipt, feedback, revealed, ...turnOf(store, study, requireSession(store, input.session), at) };
  });
  setImmediate(() => afterVote(context, input.session));
  return reply;
}

/**
 * Opens what comes after the pairs of the last reply, and looks after the rater's figures. What fails here is made up for
 * by the next vote.
 */
function afterVote(context: AppContext, session: string): void {
  const { store, ports } = context;
  try {
    store.write(() => {
      const rater = raterBySession(store, session);
      if (rater === undefined) return;
      const study = studyOfRater(store, rater);
      fillQueue({ store, study, rater, entropy: ports.entropy, nowMs: ports.clock.nowMs() }, OPEN_AHEAD);
      // Texts that were shown before are at hand; reading them all now makes new ones as quick to reply with.
      openPresentations(store, rater.id, 'work', OPEN_AHEAD);
    });
    watchQuality(context, session);
  } catch {
    // The store is busy, or was closed meanwhile.
  }
}

/** Retracts the latest vote: one more row, and its presentation is open again with the same sides. */
export function undoRating(
  { store, ports }: AppContext,
  input: ParsedInputOf<'rating.undo'>,
): ReplyOf<'rating.undo'> {
  const reply = store.write(() => {
    const rater = requireSession(store, input.session);
    const study = studyOfRater(store, rater);
    const known = ratingByCommand(store, input.commandId);
    if (known !== undefined) {
      if (known.kind === 'retraction' && known.raterId === rater.id)
        return {
          ...turnOf(store, study, rater, ports.clock.nowMs()),
          takenBack: takenBackVote(store, input.commandId),
        };
      throw usedForSomethingElse();
    }
    const vote = latestVote(store, rater.id, rater.block);
    if (vote === undefined) throw nothingToUndo(false);
    if (vote.reviewId !== null && isAuditComplete(store, vote.reviewId)) throw nothingToUndo(true);
    const at = ports.clock.nowMs();
    const retraction = retractionOf({
      commandId: input.commandId,
      raterId: rater.id,
      pairId: vote.pairId,
      presentationId: vote.presentationId,
      recordedAt: at,
      afterUnblinding: study.unblindedAt !== null,
      supersedes: vote.id,
      role: vote.role,
      guidelineVersion: study.guidelineVersion,
    });
    const retractionId = insertRating(store, retraction);
    setPresentationOpen(store, vote.presentationId, true);
    appendAudit(store, {
      at,
      studyId: study.id,
      actor: rater.name,
      action: 'rating.retracted',
      details: {
        ratingId: vote.id,
        retractionId,
        sha256: ratingReceipt(store, retractionId),
        receipt: RECEIPT_VERSION,
      },
    });
    return {
      ...turnOf(store, study, rater, ports.clock.nowMs()),
      takenBack: takenBackVote(store, input.commandId),
    };
  });
  return reply;
}

/** Makes the votes of the open block final and opens the next one. */
export function closeBlock(
  { store, ports }: AppContext,
  input: ParsedInputOf<'rating.closeBlock'>,
): ReplyOf<'rating.closeBlock'> {
  const reply = store.write(() => {
    const rater = requireSession(store, input.session);
    const study = studyOfRater(store, rater);
    const { blockSize } = study.design;
    const open = openPresentationCount(store, rater.id, 'work');
    if (blockSize === null || open > 0 || workedInBlock(store, rater.id, rater.block) < blockSize)
      throw blockNotDone();
    const nowMs = ports.clock.nowMs();
    startBlock(store, rater.id, rater.block + 1);
    const details = { block: rater.block };
    appendAudit(store, { at: nowMs, studyId: study.id, actor: rater.name, action: 'block.closed', details });
    const opened = requireSession(store, input.session);
    fillQueue({ store, study, rater: opened, entropy: ports.entropy, nowMs }, OPEN_AHEAD);
    return turnOf(store, study, requireSession(store, input.session), nowMs);
  });
  return reply;
}

/** Whoever works in a pack has their pairs there: here they would be asked twice. */
function requireHere(store: Store, { id, name }: RaterRow): void {
  const pack = packOfRater(store, id);
  if (pack === undefined) return;
  throw new ServiceError(
    'conflict',
    `“${name}” works in the pack “${pack.name}”. Choose another pseudonym here.`,
    { reason: 'works_in_pack' },
  );
}

function otherRole({ name, role }: RaterRow): ServiceError {
  return new ServiceError(
    'conflict',
    `“${name}” is ${role === 'rater' ? 'a rater' : 'an adjudicator'} of this study. The other role needs another pseudonym.`,
    { reason: 'other_role' },
  );
}

function requireRater(store: Store, raterId: number): RaterRow {
  const rater = raterById(store, raterId);
  if (rater === undefined) throw new Error(`rating of rater ${raterId}, who is not there`);
  return rater;
}

function storedDetails(details: ShownDetails, leftSide: Side): string | null {
  const ofPair = detailsOfPair(details, leftSide);
  return ofPair === null ? null : JSON.stringify(ofPair);
}

/** What is known about a practice pair, once it was answered. */
function feedbackOn(
  store: Store,
  { design }: StudyRow,
  presentation: PresentationRow,
  answer: Answer,
): PracticeFeedback | null {
  if (presentation.kind !== 'practice') return null;
  const known = knownAnswerOf(store, presentation.pairId);
  if (known === undefined) return null;
  const { leftSide } = presentation;
  return {
    isAsKnown: isAsKnown(verdictOfAnswer(answer, leftSide), known.verdict, design.scale),
    known: answerOfVerdict(known.verdict, leftSide),
    explanation: known.explanation,
  };
}
