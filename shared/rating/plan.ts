/**
 * What a rater is shown next: new pairs in the rater's own order, and among them some that check. The same plan serves who
 * rates here, pair by pair, and a pack, whose lists are made beforehand; each hands in what it knows of the past.
 */
import { permutedIndex } from '../random/keyed-permutation.ts';
import { type PresentationKind, plannedKind, seededUnit } from '../study/presentation-kind.ts';
import type { StudyDesign } from '../study/study.ts';
import { answersOfScale, otherSide, type Side } from '../study/verdict.ts';
import { type LaidOut, layOut, layOutGiven, type Output, type Outputs, type SideCount } from './lay-out.ts';

export type Check = Extract<PresentationKind, 'repeat' | 'gold' | 'identical' | 'off_topic'>;

/** A pair of the study with its own outputs. */
export interface PairSides extends Outputs {
  readonly pairId: number;
  readonly itemId: number;
}

/** A pair that the rater was given before. */
export interface EarlierPair extends PairSides {
  readonly presentationId: number;
  readonly leftSide: Side;
}

/** A presentation to be made. */
export interface Planned {
  readonly kind: PresentationKind;
  readonly sides: PairSides;
  readonly leftSide: Side;
  readonly repeatOf: number | null;
  /** Named only where they are not the pair's own. */
  readonly outputs: { readonly first: number; readonly second: number } | null;
  /** What the balance of sides counts of it; null where it has one output twice. */
  readonly step: LaidOut['step'] | null;
}

/** For whom it is planned, and what is drawn by: only the study's secret seed tells. */
export interface Planner {
  readonly design: Pick<StudyDesign, 'seed' | 'checks' | 'scale'>;
  readonly rater: string;
  /** A number in [0, 1) about the place at hand. */
  unit(...about: readonly (string | number)[]): number;
}

/** What a plan asks of the past. */
export interface Past {
  /**
   * Ordinary pairs that may be shown again for an end, those to be tried first before the others: answered, of a block that
   * is closed, not used for that end, with none of their texts among the newest pairs.
   */
  earlier(use: 'repeat' | 'catch'): readonly EarlierPair[];
  /** A pair with a known answer that the rater never saw. */
  gold(): PairSides | undefined;
  sideCount(outputs: Outputs): SideCount;
}

/** Earlier pairs that are tried for one check before an ordinary pair takes its place. */
export const MOST_TRIED = 40;

/** What a rater's n-th presentation of work should be. */
export function kindAt({ design, rater }: Planner, place: number): Check | 'ordinary' {
  const hasTie = answersOfScale(design.scale).includes('tie');
  return plannedKind(design.seed, rater, place, design.checks, hasTie);
}

/** A check of a kind; null where there is nothing to make it of. */
export function planCheck(planner: Planner, past: Past, kind: Check): Planned | null {
  switch (kind) {
    case 'repeat':
      return planRepeat(past);
    case 'gold': {
      const sides = past.gold();
      return sides === undefined ? null : planPair(planner, past, kind, sides);
    }
    case 'identical':
      return planIdentical(planner, past);
    case 'off_topic':
      return planOffTopic(planner, past);
  }
}

/** A pair with its own outputs: to be labelled, with a known answer, or to train. */
export function planPair(
  { design: { seed }, rater }: Planner,
  past: Pick<Past, 'sideCount'>,
  kind: 'ordinary' | 'gold' | 'practice' | 'qualifying',
  sides: PairSides,
): Planned {
  const ofSides = kind === 'ordinary' ? 'label' : 'check';
  const laidOut = layOut({ seed, rater }, sides, ofSides, past.sideCount(sides));
  return { kind, sides, repeatOf: null, outputs: null, ...laidOut };
}

/** An earlier pair with its sides swapped, where the balance of sides allows. */
function planRepeat(past: Past): Planned | null {
  for (const earlier of past.earlier('repeat')) {
    const laidOut = layOutGiven(earlier, otherSide(earlier.leftSide), past.sideCount(earlier));
    if (laidOut === null) continue;
    return { kind: 'repeat', sides: earlier, repeatOf: earlier.presentationId, outputs: null, ...laidOut };
  }
  return null;
}

/** One output on both sides. */
function planIdentical(planner: Planner, past: Past): Planned | null {
  const [sides] = past.earlier('catch');
  if (sides === undefined) return null;
  const { responseId } = eitherOf(planner, sides, 0);
  return {
    kind: 'identical',
    sides,
    leftSide: planner.unit('identical side') < 0.5 ? 'first' : 'second',
    repeatOf: null,
    outputs: { first: responseId, second: responseId },
    step: null,
  };
}

/** An output beside one for another task, which is as long and as well written and answers nothing that was asked. */
function planOffTopic(planner: Planner, past: Past): Planned | null {
  const [sides, ...others] = past.earlier('catch');
  const strange = others.find(({ itemId }) => itemId !== sides?.itemId);
  if (sides === undefined || strange === undefined) return null;
  const shown = { first: eitherOf(planner, sides, 0), second: eitherOf(planner, strange, 1) };
  const { design, rater } = planner;
  const laidOut = layOut({ seed: design.seed, rater }, shown, 'check', past.sideCount(shown));
  const outputs = { first: shown.first.responseId, second: shown.second.responseId };
  return { kind: 'off_topic', sides, repeatOf: null, outputs, ...laidOut };
}

function eitherOf({ unit }: Planner, { first, second }: Outputs, which: number): Output {
  return unit('either', which) < 0.5 ? first : second;
}

/** Pairs of a training set in the order one rater has them in one attempt. */
export function trainingOrder<Known>(
  { design: { seed }, rater }: Planner,
  stage: 'practice' | 'qualifying',
  attempt: number,
  known: readonly Known[],
): Known[] {
  const key = `${stage}|${seed}|${rater}|${attempt}`;
  return known.map((_known, place) => known[permutedIndex(place, known.length, key)] as Known);
}

/** Pairs that a rater goes through in an order of the rater's own: what one import brought, or one draw chose. */
export interface PairRun {
  /** Names the run in the seeds of what depends on it. */
  readonly key: string;
  readonly count: number;
}

/** One step on a rater's way through the study. */
export interface PlaceAhead<Run extends PairRun> {
  readonly run: Run;
  readonly place: number;
  /** Whether every rater is to see the pair. */
  readonly isForAll: boolean;
}

/**
 * The next places on a rater's way through the study, at most so many. Each run of pairs has an order of its own, so that a
 * later import or draw never reorders what was shown.
 *
 * @param position how many places the rater has passed
 */
export function placesAhead<Run extends PairRun>(
  {
    seed,
    overlapShare,
    rater,
  }: { readonly seed: string; readonly overlapShare: number; readonly rater: string },
  runs: readonly Run[],
  position: number,
  most: number,
): PlaceAhead<Run>[] {
  const places: PlaceAhead<Run>[] = [];
  let before = 0;
  for (const run of runs) {
    const key = `order|${seed}|${rater}|${run.key}`;
    const forAll = Math.round(overlapShare * run.count);
    const from = Math.max(0, position - before);
    for (let step = from; step < run.count && places.length < most; step++) {
      const place = permutedIndex(step, run.count, key);
      const isForAll = forAll > 0 && permutedIndex(place, run.count, `overlap|${seed}|${run.key}`) < forAll;
      places.push({ run, place, isForAll });
    }
    before += run.count;
  }
  return places;
}

/**
 * How many pairs of the study come to one rater: all, or a fair share where each goes to some raters only.
 *
 * @param pairs that are labelled
 * @param raters who work here
 */
export function fairShare(
  { ratersPerPair, overlapShare }: Pick<StudyDesign, 'ratersPerPair' | 'overlapShare'>,
  pairs: number,
  raters: number,
): number {
  if (ratersPerPair === null) return pairs;
  return pairs * (overlapShare + ((1 - overlapShare) * ratersPerPair) / Math.max(ratersPerPair, raters));
}

/** Draws about a place of a rater's work here. */
export function unitAt(seed: string, rater: string, place: number): Planner['unit'] {
  return (...about) => seededUnit(seed, ...about, rater, place);
}
