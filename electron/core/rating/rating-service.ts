/** The vote path: from an answer to a row on disk, and back to the next pair. */
import { setImmediate as turnOfLoop } from 'node:timers/promises';
import type { ParsedInputOf, ReplyOf } from '../../../shared/contract/methods.ts';
import type { PracticeFeedback } from '../../../shared/contract/rating-methods.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';
import {
  blockNotDone,
  nothingToUndo,
  notTheirPair,
  reusedCommandRefusal,
  takenOverRefusal,
  voteRefusal,
} from '../../../shared/rating/refusals.ts';
import { checkVote, isAsKnown, type PairStanding, versionOfVote } from '../../../shared/rating/rules.ts';
import { isBlockDone, OPEN_AHEAD, QUEUE_LENGTH, stageOf } from '../../../shared/rating/sitting.ts';
import { ROLE_OF_KIND } from '../../../shared/study/presentation-kind.ts';
import { type Answer, type Side, verdictOfAnswer } from '../../../shared/study/verdict.ts';
import { answerOfVerdict, detailsOfPair, type ShownDetails } from '../../../shared/study/vote-details.ts';
import { noteToKeep } from '../../../shared/text/note-text.ts';
import type { AppContext } from '../context/app-context.ts';
import { watchQuality } from '../quality/quality-watch.ts';
import { appendAudit } from '../store/engine/audit.ts';
import type { ReadStore, WriteStore } from '../store/engine/database.ts';
import { packOfRater } from '../store/packs/packs.ts';
import {
  insertRater,
  joinedRaters,
  type RaterRow,
  raterByName,
  startBlock,
  startSession,
} from '../store/rating/raters.ts';
import { RECEIPT_VERSION } from '../store/rating/rating-receipt.ts';
import { insertRating, retractionOf } from '../store/rating/ratings.ts';
import type { TargetRow } from '../store/rating/sittings.ts';
import { isAuditComplete } from '../store/review/reviews.ts';
import { rubricOf } from '../store/study/guidelines.ts';
import { knownAnswerCounts } from '../store/study/known-answers.ts';
import { type RatedStudy, requireStudy } from '../store/study/studies.ts';
import type { TaskControls } from '../work/task-controls.ts';
import { missingPairs, openPairs, type Since, StaleWork } from './open-pairs.ts';
import { openedTurn } from './opened-turn.ts';
import { voteOnScreen, voteTakenBackOnScreen } from './own-work-service.ts';
import { requirePseudonym } from './pseudonym.ts';
import { revealedVotes } from './review-queue.ts';
import { settleQualifying } from './training.ts';
import { loadWork, mayTakeBack, requireWork, turnOfWork, type Work, withRepeat, workAfter } from './work.ts';

export function listRaters({ store }: AppContext, input: { studyId: string }): ReplyOf<'rating.raters'> {
  return joinedRaters(store, requireStudy(store, input.studyId).id);
}

/** Starts or resumes a rater's work. The session id carries the rater's number so that it is found by key. */
export function beginRating(
  { store, ports }: AppContext,
  input: ParsedInputOf<'rating.begin'>,
): ReplyOf<'rating.begin'> {
  return store.write((store) => {
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
      ...openedTurn({ store, entropy: ports.entropy, nowMs: at }, session),
    };
  });
}

/** Where a pair stands for a rater when a vote on it comes. */
function standingOf(store: ReadStore, { hasConsented, rater }: Work, target: TargetRow): PairStanding {
  const { isOpen, kind, block, reviewId } = target;
  return {
    hasConsented,
    isOpen,
    isTraining: ROLE_OF_KIND[kind] === 'training',
    isInOpenBlock: block === rater.block,
    isAuditComplete: !isOpen && reviewId !== null && isAuditComplete(store, reviewId),
    wasRead: !isOpen,
  };
}

function rubricUnder(store: ReadStore, { id, guidelineVersion, design }: RatedStudy, version: number) {
  return version === guidelineVersion ? design.rubric : (rubricOf(store, id, version) ?? null);
}

/**
 * Records one vote in one immediate transaction: the rater's work is read once, the rating is appended under its command id,
 * which closes the presentation, and the audit row is written. Pairs are opened only where the reply would show less than there
 * is; else after it, see {@link OPEN_AHEAD}. A command id seen before gets the receipt it got then, even from an old session.
 */
export function submitRating(
  context: AppContext,
  input: ParsedInputOf<'rating.submit'>,
): ReplyOf<'rating.submit'> {
  const { store, ports } = context;
  const { session, commandId, presentationId } = input;
  const { reply, after } = store.write((store) => {
    const at = ports.clock.nowMs();
    const work = requireWork(store, at, { session, commandId, presentationId, shown: OPEN_AHEAD });
    const { command, target } = work;
    if (command !== null) {
      if (command.kind !== 'vote' || command.presentationId !== presentationId) throw reusedCommandRefusal();
      return { reply: replyTo(store, work, input, command.recordedAt), after: null };
    }
    if (target === null) throw notTheirPair();
    const rating = recordVote(store, work, target, input, at);
    const done = workAfterVote(store, work, target, input, at);
    const making = { store, entropy: ports.entropy, nowMs: at };
    const isShort = missingPairs(done, QUEUE_LENGTH) > 0;
    if (isShort) openPairs(making, done, QUEUE_LENGTH);
    const shown = isShort ? requireWork(store, at, { session, shown: OPEN_AHEAD }) : done;
    return {
      reply: replyTo(store, { ...shown, target }, input, at),
      after: { work: shown, since: { session, ratingId: rating } },
    };
  });
  if (after !== null) {
    const { work, since } = after;
    // Each by itself: a store too busy for the one does not keep the other from its turn.
    runAfterReply(context, () => openAhead(context, work, since));
    runAfterReply(context, (controls) => watchQuality(context, work, controls));
  }
  return reply;
}

/** Appends a vote with its audit row, after all that could be wrong with it was looked at. */
function recordVote(
  store: WriteStore,
  work: Work,
  target: TargetRow,
  input: ParsedInputOf<'rating.submit'>,
  at: number,
): number {
  const { study, rater } = work;
  const { leftSide } = target;
  const role = ROLE_OF_KIND[target.kind];
  const guidelineVersion = versionOfVote(input.guidelineVersion, study.guidelineVersion);
  const note = noteToKeep(input.note);
  const asked = { ...study.design, rubric: rubricUnder(store, study, guidelineVersion) };
  const vote = { ...input, note: note ?? undefined, guidelineVersion };
  const problem = checkVote(asked, standingOf(store, work, target), vote);
  if (problem !== null) throw voteRefusal(problem);
  // A pair may come to an adjudicator in two reviews, and each vote stands for itself.
  const label = role === 'label' && rater.role === 'rater' ? target.labelId : null;
  const { id, sha256 } = insertRating(store, {
    commandId: input.commandId,
    raterId: rater.id,
    pairId: target.pairId,
    presentationId: target.id,
    kind: 'vote',
    verdict: verdictOfAnswer(input.answer, leftSide),
    strength: input.strength ?? null,
    skipReason: input.skipReason ?? null,
    note,
    leftSide,
    viewedMs: input.viewedMs,
    recordedAt: at,
    afterUnblinding: study.unblindedAt !== null,
    supersedes: label ?? target.lastRatingId,
    role,
    guidelineVersion,
    idleMs: input.idleMs,
    confidence: input.confidence ?? null,
    details: detailsText(input.details ?? {}, leftSide),
  });
  appendAudit(store, {
    at,
    studyId: study.id,
    actor: rater.name,
    action: 'rating.recorded',
    details: { ratingId: id, sha256, receipt: RECEIPT_VERSION },
  });
  return id;
}

function workAfterVote(
  store: WriteStore,
  work: Work,
  target: TargetRow,
  { session, presentationId, viewedMs, idleMs, answer }: ParsedInputOf<'rating.submit'>,
  at: number,
): Work {
  const isTraining = ROLE_OF_KIND[target.kind] === 'training';
  const isLatest = !isTraining && (target.block === work.rater.block || target.isAskedAgain);
  const after = workAfter(work, {
    target: { ...target, wasOpen: target.isOpen },
    presentationId,
    isOpen: false,
    activeMs: viewedMs - idleMs,
    canUndo: isLatest ? mayTakeBack(store, target) : work.sitting.canUndo,
  });
  const { training } = after.sitting;
  if (
    target.kind !== 'qualifying' ||
    training === null ||
    training.qualifying.done < training.qualifying.total
  )
    return withRepeat(after, target, verdictOfAnswer(answer, target.leftSide));
  settleQualifying(store, work.study, work.rater, at);
  return requireWork(store, at, { session, shown: OPEN_AHEAD });
}

function replyTo(
  store: ReadStore,
  work: Work,
  { commandId, presentationId, answer }: ParsedInputOf<'rating.submit'>,
  recordedAt: number,
): ReplyOf<'rating.submit'> {
  const { target, study } = work;
  return {
    receipt: { commandId, presentationId, recordedAt },
    feedback: target === null ? null : feedbackOn(study, target, answer),
    revealed: target === null ? null : revealedVotes(store, study, target),
    ...turnOfWork(store, work),
  };
}

function runAfterReply({ jobs }: AppContext, work: (controls: TaskControls) => void | Promise<void>): void {
  jobs.runAside(async (controls) => {
    await turnOfLoop();
    if (!controls.isCancelled()) await work(controls);
  });
}

/** Opens what comes after the pairs of the last reply. What fails here is made up for by the next vote. */
function openAhead({ store, ports }: AppContext, work: Work, since: Since): void {
  if (missingPairs(work, OPEN_AHEAD) === 0) return;
  const making = { entropy: ports.entropy, nowMs: ports.clock.nowMs() };
  try {
    // Of training nothing is noted with the rater that would tell whether more was opened since.
    if (stageOf(work.sitting) !== 'working') throw new StaleWork();
    store.write((store) => openPairs({ ...making, store }, work, OPEN_AHEAD, since));
  } catch (error) {
    if (!(error instanceof StaleWork)) throw error;
    store.write((store) => {
      const now = loadWork(store, making.nowMs, { session: since.session });
      if (now?.isOwnSession) openPairs({ ...making, store }, now, OPEN_AHEAD);
    });
  }
}

/** Retracts the latest vote: one more row, which opens its presentation again with the same sides. */
export function undoRating(
  { store, ports }: AppContext,
  { session, commandId }: ParsedInputOf<'rating.undo'>,
): ReplyOf<'rating.undo'> {
  return store.write((store) => {
    const at = ports.clock.nowMs();
    const work = requireWork(store, at, { session, commandId, shown: OPEN_AHEAD, withLatest: true });
    const { rater, study, command, latest } = work;
    if (!work.isSession) throw takenOverRefusal();
    if (command !== null) {
      if (command.kind !== 'retraction' || !work.isOwnSession) throw reusedCommandRefusal();
      return { ...turnOfWork(store, work), takenBack: voteTakenBackOnScreen(store, commandId) };
    }
    const [vote, before] = latest;
    if (vote === undefined) throw nothingToUndo(false);
    if (!mayTakeBack(store, vote)) throw nothingToUndo(true);
    const { id: retractionId, sha256 } = insertRating(
      store,
      retractionOf({
        commandId,
        raterId: rater.id,
        pairId: vote.pairId,
        presentationId: vote.presentationRow,
        recordedAt: at,
        afterUnblinding: study.unblindedAt !== null,
        supersedes: vote.id,
        role: vote.role,
        guidelineVersion: study.guidelineVersion,
      }),
    );
    appendAudit(store, {
      at,
      studyId: study.id,
      actor: rater.name,
      action: 'rating.retracted',
      details: { ratingId: vote.id, retractionId, sha256, receipt: RECEIPT_VERSION },
    });
    const { presentationId, leftSide } = vote;
    const after = workAfter(work, {
      target: { ...vote, kind: 'ordinary', wasOpen: false },
      presentationId,
      isOpen: true,
      activeMs: null,
      canUndo: mayTakeBack(store, before),
    });
    return {
      ...turnOfWork(store, after),
      takenBack: { presentationId, ...voteOnScreen(vote, leftSide) },
    };
  });
}

/** Makes the votes of the open block final and opens the next one. */
export function closeBlock(
  { store, ports }: AppContext,
  { session }: ParsedInputOf<'rating.closeBlock'>,
): ReplyOf<'rating.closeBlock'> {
  return store.write((store) => {
    const nowMs = ports.clock.nowMs();
    const { rater, study, sitting } = requireWork(store, nowMs, { session });
    if (!isBlockDone(sitting)) throw blockNotDone();
    startBlock(store, rater.id, rater.block + 1);
    const details = { block: rater.block };
    appendAudit(store, { at: nowMs, studyId: study.id, actor: rater.name, action: 'block.closed', details });
    return openedTurn({ store, entropy: ports.entropy, nowMs }, session);
  });
}

/** Whoever works in a pack has their pairs there: here they would be asked twice. */
function requireHere(store: ReadStore, { id, name }: RaterRow): void {
  const pack = packOfRater(store, id);
  if (pack === undefined) return;
  throw new ServiceError('conflict', { key: 'rating.name_works_in_pack', values: { name, pack: pack.name } });
}

function otherRole({ name, role }: RaterRow): ServiceError {
  return new ServiceError('conflict', {
    key: role === 'rater' ? 'rating.rater_is_rater' : 'rating.rater_is_adjudicator',
    values: { name },
  });
}

function detailsText(details: ShownDetails, leftSide: Side): string | null {
  const ofPair = detailsOfPair(details, leftSide);
  return ofPair === null ? null : JSON.stringify(ofPair);
}

/** What is known about a practice pair, once it was answered. */
function feedbackOn(
  { design }: RatedStudy,
  { known, leftSide }: TargetRow,
  answer: Answer,
): PracticeFeedback | null {
  if (known === null) return null;
  return {
    isAsKnown: isAsKnown(verdictOfAnswer(answer, leftSide), known.verdict, design.scale),
    known: answerOfVerdict(known.verdict, leftSide),
    explanation: known.explanation,
  };
}
