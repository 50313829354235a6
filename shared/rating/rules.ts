/**
 * What a rater may do to a pair: the one place for votes given here, in a pack or a page, and on their way back from one.
 * Nothing here knows where a vote is kept.
 */

import type { ErrorMessage } from '../errors/messages.ts';
import type { Rubric } from '../study/rubric.ts';
import type { StudyDesign } from '../study/study.ts';
import { type Answer, answersOfScale, strengthsOfScale, type VerdictScale } from '../study/verdict.ts';
import { noteProblem } from '../text/note-text.ts';

/** What is asked of a vote. */
export interface Asked
  extends Pick<StudyDesign, 'scale' | 'asksConfidence' | 'marksSpans' | 'minimumViewingMs'> {
  readonly rubric: RubricOfVersion;
}

/**
 * What a version of the guideline asks. `not_kept`: nobody here can tell any more, and names are not checked. Null: there never
 * was such a version.
 */
export type RubricOfVersion = Rubric | 'not_kept' | null;

/** Where a pair stands for a rater when a vote on it comes. */
export interface PairStanding {
  /** Whether everything was agreed to that had to be. */
  readonly hasConsented: boolean;
  /** Whether it waits for a vote. */
  readonly isOpen: boolean;
  /** Whether it trains: such a vote is final at once. */
  readonly isTraining: boolean;
  /** Whether its block of work is open. */
  readonly isInOpenBlock: boolean;
  /** Whether it belongs to an audit that is through. */
  readonly isAuditComplete: boolean;
  /** Whether it was looked at for long enough before, and is only thought of again. */
  readonly wasRead: boolean;
}

/** A vote, about the screen. */
export interface GivenVote {
  readonly answer: Answer;
  readonly strength?: number | undefined;
  readonly skipReason?: string | undefined;
  readonly note?: string | undefined;
  readonly confidence?: number | undefined;
  readonly details?:
    | {
        readonly criteria?: Readonly<Record<string, unknown>> | undefined;
        readonly reasonTags?: readonly string[] | undefined;
        readonly spans?: readonly unknown[] | undefined;
      }
    | undefined;
  readonly guidelineVersion: number;
  /** How long the pair was on screen, and for how much of that nothing was touched. */
  readonly viewedMs: number;
  readonly idleMs: number;
  /** Whether it is meant to change an earlier vote. */
  readonly revises: boolean;
}

/**
 * Why a vote is not taken. `has_vote`: the pair has one, and this was not to change it. `final`: its block, or the training,
 * is over. `not_asked`: it says what the study does not ask, or leaves out what it does. `impossible`: its times cannot be.
 */
export type VoteProblem =
  | { readonly fault: 'no_consent' | 'has_vote' | 'audit_complete' | 'final' }
  | { readonly fault: 'not_asked' | 'impossible'; readonly reason: ErrorMessage };

const DAY_MS = 24 * 60 * 60 * 1000;

/** Longest time for which a pair can have been on one screen. */
const LONGEST_VIEWING_MS = 31 * DAY_MS;

/** Why a vote on a pair is not taken; null where it is. */
export function checkVote(asked: Asked, standing: PairStanding, vote: GivenVote): VoteProblem | null {
  if (!standing.hasConsented) return { fault: 'no_consent' };
  if (!standing.isOpen) {
    if (!vote.revises) return { fault: 'has_vote' };
    const problem = changeProblem(standing);
    if (problem !== null) return { fault: problem };
  }
  const notAsked = contentProblem(asked, vote);
  if (notAsked !== null) return { fault: 'not_asked', reason: notAsked };
  const impossible = timesProblem(standing.wasRead ? 0 : asked.minimumViewingMs, vote);
  return impossible === null ? null : { fault: 'impossible', reason: impossible };
}

/** Why a vote can be neither changed nor taken back; null where it can. */
export function changeProblem({
  isTraining,
  isInOpenBlock,
  isAuditComplete,
}: Pick<PairStanding, 'isTraining' | 'isInOpenBlock' | 'isAuditComplete'>):
  | 'audit_complete'
  | 'final'
  | null {
  if (isAuditComplete) return 'audit_complete';
  return isTraining || !isInOpenBlock ? 'final' : null;
}

function contentProblem(asked: Asked, vote: GivenVote): ErrorMessage | null {
  const { answer, strength, confidence, details = {} } = vote;
  if (!answersOfScale(asked.scale).includes(answer))
    return { key: 'rating.answer_not_offered', values: { answer } };
  if ((answer === 'skipped') !== (vote.skipReason !== undefined)) return { key: 'rating.skip_needs_reason' };
  const strongest = strengthsOfScale(asked.scale);
  const isSide = answer === 'left' || answer === 'right';
  if (strongest > 0 && isSide && (strength === undefined || strength > strongest))
    return { key: 'rating.strength_missing', values: { strongest } };
  if (strength !== undefined && (strongest === 0 || !isSide)) return { key: 'rating.strength_not_asked' };
  if (confidence !== undefined && !asked.asksConfidence) return { key: 'rating.confidence_not_asked' };
  if ((details.spans ?? []).length > 0 && !asked.marksSpans) return { key: 'rating.spans_not_asked' };
  if (asked.rubric === null)
    return { key: 'rating.guideline_unknown', values: { version: vote.guidelineVersion } };
  const [missing] = asked.rubric === 'not_kept' ? [] : missingCriteria(asked.rubric, vote);
  if (missing !== undefined) return { key: 'rating.criterion_missing', values: { criterion: missing } };
  return namesProblem(asked.rubric, details) ?? noteProblem(vote.note);
}

/** The criteria that a vote needs and leaves out. A skip says why it judges nothing, and needs none. */
export function missingCriteria(
  { criteria }: Pick<Rubric, 'criteria'>,
  { answer, details }: Pick<GivenVote, 'answer' | 'details'>,
): string[] {
  if (answer === 'skipped') return [];
  return criteria.flatMap(({ name, required }) =>
    required === true && details?.criteria?.[name] === undefined ? [name] : [],
  );
}

/** A criterion or a reason that the rubric does not have. */
function namesProblem(
  rubric: Rubric | 'not_kept',
  { criteria, reasonTags }: NonNullable<GivenVote['details']>,
): ErrorMessage | null {
  if (rubric === 'not_kept') return null;
  const names = new Set(rubric.criteria.map(({ name }) => name));
  const unknown = Object.keys(criteria ?? {}).find((name) => !names.has(name));
  if (unknown !== undefined) return { key: 'rating.criterion_unknown', values: { criterion: unknown } };
  const tag = reasonTags?.find((each) => !rubric.reasonTags.includes(each));
  return tag === undefined ? null : { key: 'rating.reason_unknown', values: { reason: tag } };
}

/**
 * Why the times of a vote cannot be; null where they can.
 *
 * @param minimumViewingMs how long the pair must have been on screen; 0 where it was read before
 */
function timesProblem(
  minimumViewingMs: number,
  { viewedMs, idleMs }: Pick<GivenVote, 'viewedMs' | 'idleMs'>,
): ErrorMessage | null {
  if (idleMs > viewedMs) return { key: 'rating.idle_too_long' };
  if (viewedMs > LONGEST_VIEWING_MS)
    return { key: 'rating.viewed_too_long', values: { days: Math.round(viewedMs / DAY_MS) } };
  if (viewedMs < minimumViewingMs)
    return { key: 'rating.viewed_too_short', values: { viewedMs, minimumMs: minimumViewingMs } };
  return null;
}

/** The version a vote counts under: the one the rater saw, and the newest where nobody says. */
export function versionOfVote(seen: number | undefined, newest: number): number {
  return Math.min(seen ?? newest, newest);
}

/** What is known of a pair, as far as a scale can say it: where it has no “both bad”, a tie says as much. */
export function knownOnScale<Known extends string>(known: Known, scale: VerdictScale): Known | 'tie' {
  return known === 'both_bad' && !answersOfScale(scale).includes('both_bad') ? 'tie' : known;
}

/** Whether what was said of a pair is what is known of it. */
export function isAsKnown(said: string, known: string, scale: VerdictScale): boolean {
  return said === known || said === knownOnScale(known, scale);
}
