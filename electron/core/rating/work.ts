/** A rater's work as the store has it at one moment, and the turn it makes. */
import type { Turn } from '../../../shared/contract/rating-methods.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';
import { fairShare } from '../../../shared/rating/plan.ts';
import { takenOverRefusal } from '../../../shared/rating/refusals.ts';
import {
  PAIRS_BETWEEN_LOOKS,
  QUEUE_LENGTH,
  REPEATS_LOOKED_AT,
  type Sitting,
  type SittingEvent,
  sittingAfter,
  stageOf,
  turnOf,
} from '../../../shared/rating/sitting.ts';
import { checkShare } from '../../../shared/study/check-rates.ts';
import { ROLE_OF_KIND } from '../../../shared/study/presentation-kind.ts';
import type { HumanVerdict } from '../../../shared/study/verdict.ts';
import type { ReadStore } from '../store/engine/database.ts';
import { isRaterOfSessionThere, type RaterRow, raterBySession } from '../store/rating/raters.ts';
import {
  type LatestVote,
  readSitting,
  type ShownPresentation,
  type SittingRequest,
  type SittingRow,
  type TargetRow,
} from '../store/rating/sittings.ts';
import { isAuditComplete } from '../store/review/reviews.ts';
import { deletionCount } from '../store/study/studies.ts';
import { blindPresentation } from './blinding.ts';
import { guessesLeft } from './guess-draw.ts';
import { pairsLeftToReview } from './review-queue.ts';

/** What was read of a rater's work, and the sitting that it makes. */
export interface Work extends SittingRow {
  readonly sitting: Sitting;
}

/** The work of a session, or of whoever recorded a command. Throws `session_taken_over` where it is neither's. */
export function requireWork(store: ReadStore, nowMs: number, request: SittingRequest): Work {
  const work = loadWork(store, nowMs, request);
  if (work === undefined) throw noWorkRefusal(store, request.session);
  if (work.command === null && !work.isOwnSession) throw takenOverRefusal();
  return work;
}

/**
 * Who a session is of, for what asks nothing of their work. Throws `session_taken_over` where it is nobody's any more.
 */
export function requireRaterOfSession(store: ReadStore, session: string): RaterRow {
  const rater = raterBySession(store, session);
  if (rater === undefined) throw noWorkRefusal(store, session);
  return rater;
}

/** A session's work as {@link requireWork} has it, undefined where nobody is there. */
export function loadWork(store: ReadStore, nowMs: number, request: SittingRequest): Work | undefined {
  const row = readSitting(store, request);
  return row === undefined ? undefined : { ...row, sitting: sittingOf(store, row, nowMs) };
}

/** Of a session that is nobody's: it was taken over, or its rater went with a deleted study. */
function noWorkRefusal(store: ReadStore, session: string): ServiceError {
  return deletionCount(store) > 0 && !isRaterOfSessionThere(store, session)
    ? new ServiceError('not_found', { key: 'rating.work_gone' })
    : takenOverRefusal();
}

function sittingOf(store: ReadStore, row: SittingRow, nowMs: number): Sitting {
  const { rater, study, openWork: open, latest } = row;
  const { blockSize } = study.design;
  const done = Math.max(0, rater.presented - open);
  return {
    isPaused: rater.isPaused,
    hasConsented: row.hasConsented,
    training: trainingOf(row),
    done,
    open,
    total:
      rater.role === 'adjudicator'
        ? done + open + pairsLeftToReview(store, study, rater, nowMs)
        : Math.ceil(shareOf(row) / (1 - checkShare(study.design.checks))),
    block:
      blockSize === null || rater.role === 'adjudicator'
        ? null
        : { size: blockSize, given: row.givenInBlock, open: row.openInBlock },
    activeMs: row.activeMs,
    canUndo: mayTakeBack(store, latest[0]),
    repeatsSame: row.repeatsSame,
  };
}

/**
 * Whether a vote may be taken back, if it is the latest: that of an audit only until the audit is through. Without a vote there
 * is nothing to take back.
 */
export function mayTakeBack(store: ReadStore, vote: Pick<LatestVote, 'reviewId'> | undefined): boolean {
  return vote !== undefined && (vote.reviewId === null || !isAuditComplete(store, vote.reviewId));
}

/** Adjudicators are chosen by the lead and do not qualify. */
function trainingOf({ rater, study, ...row }: SittingRow): Sitting['training'] {
  const { training } = study.design;
  if (training === null || rater.role === 'adjudicator') return null;
  const last = row.qualifications.at(-1);
  return {
    ...training,
    tried: row.qualifications.length,
    lastResult: last === undefined ? null : { correct: last.correct, answered: last.answered },
    hasPassed: row.qualifications.some(({ passed }) => passed === 1),
    practice: { done: row.practised, total: row.knownCounts.practice },
    qualifying: { done: row.qualified, total: row.knownCounts.qualifying },
  };
}

/** How many of the study's pairs come to this rater. */
function shareOf({ study, runs, knownCounts, raters }: SittingRow): number {
  // Draws hold no pair whose answer is known; imports do.
  const isDrawn = runs.some(({ selectionId }) => selectionId !== null);
  const known = isDrawn ? 0 : Object.values(knownCounts).reduce((sum, count) => sum + count, 0);
  const pairs = runs.reduce((sum, { count }) => sum + count, 0) - known;
  return fairShare(study.design, Math.max(0, pairs), raters);
}

/** The turn that work makes: the pairs that are open, and how far it is. */
export function turnOfWork(store: ReadStore, work: Work): Turn {
  const { sitting, study } = work;
  const turn = turnOf(sitting);
  const queue = queueOf(work);
  return {
    queue: queue.map(blindPresentation),
    drafts: queue.flatMap(({ presentationId, draft }) => (draft === null ? [] : [{ presentationId, draft }])),
    ...turn,
    guidelineVersion: study.guidelineVersion,
    guessesLeft: turn.stage === 'working' && queue.length === 0 ? guessesLeft(store, work) : 0,
  };
}

/** The pairs that a turn shows. */
export function queueOf({ sitting, shown }: Work): readonly ShownPresentation[] {
  const stage = stageOf(sitting);
  if (stage === 'paused' || stage === 'consent') return [];
  const isTraining = stage !== 'working';
  return shown
    .filter(({ isOpen, kind }) => isOpen && (ROLE_OF_KIND[kind] === 'training') === isTraining)
    .slice(0, QUEUE_LENGTH);
}

/** What was done to a pair. */
export interface WorkEvent extends Pick<SittingEvent, 'isOpen' | 'activeMs' | 'canUndo'> {
  readonly target: Pick<TargetRow, 'kind' | 'block' | 'position'> & { readonly wasOpen: boolean };
  /** The pair's id on the page. */
  readonly presentationId: string;
}

/** The work after a vote or a retraction, without asking the store again. */
export function workAfter(work: Work, { target, presentationId, ...event }: WorkEvent): Work {
  const part = target.kind === 'practice' || target.kind === 'qualifying' ? target.kind : 'work';
  const isInOpenBlock = target.block === work.rater.block;
  const { wasOpen } = target;
  const step = Number(event.isOpen) - Number(wasOpen);
  return {
    ...work,
    sitting: sittingAfter(work.sitting, { ...event, part, isInOpenBlock, wasOpen }),
    openTraining: work.openTraining + (part === 'work' ? 0 : step),
    answered: Math.max(work.answered, target.position + 1),
    shown: work.shown.map((shown) =>
      shown.presentationId === presentationId ? { ...shown, isOpen: event.isOpen, draft: null } : shown,
    ),
  };
}

/** The answers to repeats with one more, given first and as the newest of those that are looked at. */
export function withRepeat(work: Work, target: TargetRow, verdict: HumanVerdict): Work {
  const before = Math.floor(work.answered / PAIRS_BETWEEN_LOOKS) * PAIRS_BETWEEN_LOOKS;
  const { checks } = work.study.design;
  const { repeatedVerdict: was } = target;
  const isFirst = target.lastRatingId === null && target.kind === 'repeat';
  const isSaid = was !== null && was !== 'skipped' && verdict !== 'skipped';
  if (!isFirst || !isSaid || target.position >= before || checks.repeatShare === 0) return work;
  const repeatsSame = [verdict === was, ...work.sitting.repeatsSame].slice(0, REPEATS_LOOKED_AT);
  return { ...work, sitting: { ...work.sitting, repeatsSame } };
}
