/**
 * What a rater's work comes to: from what happened so far to the turn that is shown next. A store loads the figures of one
 * moment, a pack works them out of its log; what follows from them is told here, once for both.
 */
import type { StudyDesign } from '../study/study.ts';
import { suggestsBreak } from './self-consistency.ts';

/** The pair on screen and the one being prepared behind it. */
export const QUEUE_LENGTH = 2;

/**
 * Pairs whose answers can be given at a time: one more than is shown is open. It is opened after a reply, so that the time a
 * reply takes does not tell what kind of pair was opened: looking for one to show again takes longer than taking the next one.
 */
export const OPEN_AHEAD = QUEUE_LENGTH + 1;

/** Votes that the pace is taken from. */
export const PACE_VOTES = 20;

/** Answers to repeats that a break is suggested from. */
export const REPEATS_LOOKED_AT = 25;

/**
 * What comes of a rater's answers to checks is thought over once in so many pairs: a word that came with one certain answer
 * would tell which pair was a check.
 */
export const PAIRS_BETWEEN_LOOKS = 20;

/**
 * Where a rater stands. `paused`: the lead, or a threshold of the study, stopped the work. `consent`: something is to be agreed
 * to first. `refused`: the qualifying set was not passed and may not be tried again.
 */
export const STAGES = ['paused', 'consent', 'practice', 'qualifying', 'working', 'refused'] as const;
export type Stage = (typeof STAGES)[number];

/** How far the work is, as the rater is told. */
export interface Progress {
  readonly done: number;
  readonly total: number;
  /** Median time per pair over the last votes without idle time; null before the first. */
  readonly medianSeconds: number | null;
  readonly canUndo: boolean;
  /** Pairs left in the open block; null where work has no blocks. */
  readonly blockLeft: number | null;
  readonly suggestsBreak: boolean;
}

/** How far practice or the qualifying set is, as the rater is told. */
export interface TrainingProgress extends Share {
  readonly passMark: number;
  readonly attemptsLeft: number;
  readonly lastResult: TrainingState['lastResult'];
}

interface Share {
  readonly done: number;
  readonly total: number;
}

/** How far somebody is in what comes before the work. */
export interface TrainingState {
  readonly passMark: number;
  /** How often the qualifying set may be tried. */
  readonly attempts: number;
  /** How often it was, and the last result; null before the first. */
  readonly tried: number;
  readonly lastResult: { readonly correct: number; readonly answered: number } | null;
  readonly hasPassed: boolean;
  readonly practice: Share;
  /** Of the attempt at hand. */
  readonly qualifying: Share;
}

/** A rater's work at one moment, as far as the next turn hangs on it. */
export interface Sitting {
  readonly isPaused: boolean;
  readonly hasConsented: boolean;
  /** Null where nothing comes before the work. */
  readonly training: TrainingState | null;
  /** Pairs of work that were answered, that wait for an answer, and that come to the rater in all, as far as is known. */
  readonly done: number;
  readonly open: number;
  readonly total: number;
  /** The open block: how many pairs it has, how many were given of it, how many of these wait; null without blocks. */
  readonly block: { readonly size: number; readonly given: number; readonly open: number } | null;
  /** Viewing times without idle time of the newest votes as they were given, newest first, at most {@link PACE_VOTES}. */
  readonly activeMs: readonly number[];
  readonly canUndo: boolean;
  /**
   * Whether the answers first given to repeats are those first given to their pairs, newest first; none where nothing is
   * suggested from them.
   */
  readonly repeatsSame: readonly boolean[];
}

/**
 * Where a rater stands. Without a qualifying set there is nothing to pass, and practice is all. In a pack nobody knows what
 * passes: whoever answered the qualifying set goes on.
 */
export function stageOf({ isPaused, hasConsented, training }: Sitting): Stage {
  if (isPaused) return 'paused';
  if (!hasConsented) return 'consent';
  if (training === null || training.hasPassed) return 'working';
  const { practice, qualifying, tried, attempts } = training;
  if (tried >= attempts) return 'refused';
  if (practice.done < practice.total) return 'practice';
  return qualifying.done < qualifying.total ? 'qualifying' : 'working';
}

/** Pairs left in the open block; null without blocks. */
export function blockLeft({ block }: Pick<Sitting, 'block'>): number | null {
  return block === null ? null : Math.max(0, block.size - block.given + block.open);
}

/** Whether every pair of the open block has a vote, so that it can be closed. */
export function isBlockDone(sitting: Pick<Sitting, 'block' | 'open'>): boolean {
  return sitting.open === 0 && blockLeft(sitting) === 0;
}

/** The total is corrected when the pairs run out. */
export function progressOf(sitting: Sitting): Progress {
  const { done, open, total, activeMs, canUndo, repeatsSame } = sitting;
  const left = blockLeft(sitting);
  const times = activeMs.toSorted((one, other) => one - other);
  const median = times[Math.floor(times.length / 2)];
  const isOver = stageOf(sitting) === 'working' && open === 0 && left !== 0;
  return {
    done,
    total: isOver ? done : Math.max(total, done + open),
    medianSeconds: median === undefined ? null : median / 1000,
    canUndo,
    blockLeft: left,
    suggestsBreak: suggestsBreak(repeatsSame),
  };
}

/** How far practice or the qualifying set is; null while working. */
export function trainingOf(sitting: Sitting): TrainingProgress | null {
  const { training } = sitting;
  const stage = stageOf(sitting);
  if (training === null || (stage !== 'practice' && stage !== 'qualifying' && stage !== 'refused'))
    return null;
  const { passMark, attempts, tried, lastResult } = training;
  return {
    ...training[stage === 'practice' ? 'practice' : 'qualifying'],
    passMark,
    attemptsLeft: Math.max(0, attempts - tried),
    lastResult,
  };
}

/** The turn that a sitting makes, but for its pairs. */
export function turnOf(sitting: Sitting): {
  readonly stage: Stage;
  readonly progress: Progress;
  readonly training: TrainingProgress | null;
} {
  return { stage: stageOf(sitting), progress: progressOf(sitting), training: trainingOf(sitting) };
}

/** A vote or its retraction, as far as a sitting changes with it. */
export interface SittingEvent {
  readonly part: 'work' | 'practice' | 'qualifying';
  readonly isInOpenBlock: boolean;
  /** Whether the pair waited for a vote before, and whether it does now. */
  readonly wasOpen: boolean;
  readonly isOpen: boolean;
  /** Viewing time without idle time of a vote; null of a retraction. */
  readonly activeMs: number | null;
  /** Whether there is a vote to take back now. */
  readonly canUndo: boolean;
}

/** A sitting after one more event, without asking the store again. */
export function sittingAfter(sitting: Sitting, event: SittingEvent): Sitting {
  const step = Number(event.isOpen) - Number(event.wasOpen);
  const isWork = event.part === 'work';
  const { block, training } = sitting;
  return {
    ...sitting,
    canUndo: event.canUndo,
    open: sitting.open + (isWork ? step : 0),
    done: sitting.done - (isWork ? step : 0),
    block: block === null || !isWork || !event.isInOpenBlock ? block : { ...block, open: block.open + step },
    activeMs:
      event.activeMs === null ? sitting.activeMs : [event.activeMs, ...sitting.activeMs].slice(0, PACE_VOTES),
    training: training === null || isWork ? training : answeredInTraining(training, event.part, -step),
  };
}

function answeredInTraining(
  training: TrainingState,
  part: SittingEvent['part'],
  step: number,
): TrainingState {
  if (part === 'work') return training;
  const share = training[part];
  return { ...training, [part]: { ...share, done: share.done + step } };
}

/** How much of the own past can be looked at: the newest pairs, at most so many; null for all. */
export function historyPairs({ repeatShare, catchShare, repeatGap }: StudyDesign['checks']): number | null {
  return repeatShare + catchShare === 0 ? null : repeatGap;
}

/** The first place of a rater's list and the first block whose votes can be looked at. */
export interface HistoryStart {
  readonly place: number;
  readonly block: number;
}

/**
 * Since when a rater's votes can be looked at. Where pairs come again as checks, only as far back as none of them is taken
 * from, whatever is open: else what was said the first time could be looked up, or a vote that is hidden just then would tell
 * which pair it is. That is the open block; without blocks, the pairs since which nothing comes again.
 *
 * @param newest how many of the newest pairs can be looked at; null for all
 * @param answered one more than the last place that was ever answered
 */
export function historyStart(
  newest: number | null,
  blockSize: number | null,
  { answered, block }: { readonly answered: number; readonly block: number },
): HistoryStart {
  if (newest === null) return { place: 0, block: 0 };
  if (blockSize !== null) return { place: 0, block };
  return { place: Math.max(0, answered + OPEN_AHEAD - newest), block: 0 };
}
