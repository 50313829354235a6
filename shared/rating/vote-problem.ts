import type { Rubric } from '../study/rubric.ts';
import type { StudyDesign } from '../study/study.ts';
import { type Answer, answersOfScale, strengthsOfScale } from '../study/verdict.ts';

type Asked = Pick<StudyDesign, 'scale' | 'asksConfidence' | 'marksSpans'>;

/** How long a pair was on screen before its vote, and for how long of that nothing was touched. */
export interface VoteTimes {
  readonly viewedMs: number;
  readonly idleMs: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Longest time for which a pair can have been on one screen. */
const LONGEST_VIEWING_MS = 31 * DAY_MS;

/** What a vote says, about the screen. */
export interface ShownVote {
  readonly answer: Answer;
  readonly strength?: number | undefined;
  readonly confidence?: number | undefined;
  readonly details?:
    | {
        readonly criteria?: Readonly<Record<string, unknown>> | undefined;
        readonly reasonTags?: readonly string[] | undefined;
        readonly spans?: readonly unknown[] | undefined;
      }
    | undefined;
}

/**
 * Why a vote does not fit its study: it says what is not asked, or leaves out what is. Null where it fits.
 *
 * @param rubric of the version the vote was given under; null where it is not known any more, and names are not checked
 */
export function voteProblem(design: Asked, rubric: Rubric | null, vote: ShownVote): string | null {
  const { answer, strength, confidence, details = {} } = vote;
  if (!answersOfScale(design.scale).includes(answer))
    return `This study does not offer the answer “${answer}”.`;
  const strongest = strengthsOfScale(design.scale);
  const isSide = answer === 'left' || answer === 'right';
  if (strongest > 0 && isSide && (strength === undefined || strength > strongest))
    return `This study asks by how much a side is better, 1 to ${strongest}.`;
  if (strength !== undefined && (strongest === 0 || !isSide))
    return 'This study does not ask by how much a side is better.';
  if (confidence !== undefined && !design.asksConfidence)
    return 'This study does not ask how sure a rater is.';
  if ((details.spans ?? []).length > 0 && !design.marksSpans)
    return 'This study does not ask for marked spans.';
  if (rubric === null) return null;
  const criteria = new Set(rubric.criteria.map(({ name }) => name));
  const unknown = Object.keys(details.criteria ?? {}).find((name) => !criteria.has(name));
  if (unknown !== undefined) return `This study has no criterion “${unknown}”.`;
  const tag = details.reasonTags?.find((each) => !rubric.reasonTags.includes(each));
  if (tag !== undefined) return `This study has no reason “${tag}”.`;
  return null;
}

/**
 * Why the times of a vote cannot be, by the rules of its study; null where they can. The one rule for votes given here, in a
 * pack, and on their way back from one.
 *
 * @param minimumViewingMs how long a pair must have been on screen; 0 where the pair was read before, and is only thought of again
 */
export function timesProblem(minimumViewingMs: number, { viewedMs, idleMs }: VoteTimes): string | null {
  if (idleMs > viewedMs) return 'was idle for longer than the pair was on screen';
  if (viewedMs > LONGEST_VIEWING_MS)
    return `was on screen for ${Math.round(viewedMs / DAY_MS)} days, which no pair is`;
  if (viewedMs < minimumViewingMs)
    return `was on screen for ${viewedMs} ms, and the study asks for ${minimumViewingMs} ms`;
  return null;
}
