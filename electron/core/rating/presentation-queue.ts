/** Gives a rater the next pairs: new ones in the rater's own order, and among them some that check. */
import { permutedIndex } from '../../../shared/random/keyed-permutation.ts';
import { plannedKind, seededUnit } from '../../../shared/study/presentation-kind.ts';
import { answersOfScale } from '../../../shared/study/verdict.ts';
import {
  insertPresentation,
  openPresentationCount,
  wasGiven,
  workedInBlock,
} from '../store/rating/presentations.ts';
import { advanceRater } from '../store/rating/raters.ts';
import { effectiveVoteId } from '../store/rating/ratings.ts';
import { freePairFor, hasFreePlace, type PairPlaces } from '../store/study/free-pairs.ts';
import { knownAnswerOf } from '../store/study/known-answers.ts';
import { type PairRun, pairOfRun, pairRuns, sidesOfPair } from '../store/study/pair-runs.ts';
import { openCheck } from './check-pairs.ts';
import { OPEN_PLACE_MS, type RaterTurn } from './rater-turn.ts';
import { fillReview } from './review-queue.ts';
import { takeSide } from './side-choice.ts';
import { openTraining, stageOf } from './training.ts';

/** The pair on screen and the one being prepared behind it. */
export const QUEUE_LENGTH = 2;

/**
 * One more is open and not shown yet. It is opened after a reply, so that the time a reply takes does not tell what kind
 * of pair was opened: looking for one to show again takes longer than taking the next one.
 */
export const OPEN_AHEAD = QUEUE_LENGTH + 1;

const UNLIMITED = 1_000_000;

const MOST_PASSED = 200;

/**
 * Opens presentations until the rater has as many as asked for or there is nothing left for now: the study has no pair
 * for them, their block is full, or they are still to qualify. Call inside a write transaction.
 */
export function fillQueue(turn: RaterTurn, length: number): void {
  const { store, study, rater } = turn;
  const stage = stageOf(store, study, rater);
  if (stage === 'paused' || stage === 'consent') return;
  if (rater.role === 'adjudicator') {
    fillReview(turn, length);
    return;
  }
  const part = stage === 'working' ? 'work' : 'training';
  let missing = length - openPresentationCount(store, rater.id, part);
  if (stage !== 'working') {
    while (missing > 0 && openTraining(turn, stage)) missing--;
    return;
  }
  const { blockSize, seed, checks, scale } = study.design;
  const hasTie = answersOfScale(scale).includes('tie');
  if (blockSize !== null)
    missing = Math.min(missing, blockSize - workedInBlock(store, rater.id, rater.block));
  if (missing <= 0) return;
  const order = new PairOrder(turn);
  let opened = 0;
  for (; opened < missing; opened++) {
    const place = rater.presented + opened;
    const kind = plannedKind(seed, rater.name, place, checks, hasTie);
    if (kind !== 'ordinary' && openCheck(turn, kind, place)) continue;
    if (!order.openNext()) break;
  }
  if (opened > 0 || order.position !== rater.nextPosition)
    advanceRater(store, rater.id, order.position, rater.presented + opened);
}

/**
 * A rater's way through the study. Each run of pairs has an order of its own, so that a later import or draw never
 * reorders what was shown. Pairs that have enough raters for now are passed over and looked at again at the end, because
 * a place can become free.
 */
class PairOrder {
  readonly #turn: RaterTurn;
  readonly #runs: readonly PairRun[];
  readonly #total: number;
  position: number;

  constructor(turn: RaterTurn) {
    this.#turn = turn;
    this.#runs = pairRuns(turn.store, turn.study.id);
    this.#total = this.#runs.reduce((sum, { count }) => sum + count, 0);
    this.position = turn.rater.nextPosition;
  }

  /**
   * Opens the next pair that is to be labelled; false when there is none. Whoever comes when next to all pairs have
   * their raters would pass over all of them: after {@link MOST_PASSED} one of the free ones is looked up.
   */
  openNext(): boolean {
    if (this.#walk(MOST_PASSED) || this.#openFree()) return true;
    // Nothing is free: only pairs that every rater is to see can still be ahead.
    return this.#turn.study.design.overlapShare > 0 && this.#walk(Number.POSITIVE_INFINITY);
  }

  #walk(most: number): boolean {
    const { store, study } = this.#turn;
    for (let passed = 0; passed < most && this.position < this.#total; passed++) {
      const { run, place } = this.#placeAt(this.position++);
      const pairId = pairOfRun(store, study.id, run, place);
      if (pairId !== undefined && this.#open(pairId, this.#isForAll(run, place))) return true;
    }
    return false;
  }

  #openFree(): boolean {
    const { store, study, rater, nowMs } = this.#turn;
    // With room for everybody, a pair may have been passed over when there was less.
    const places = this.#places() ?? {
      places: UNLIMITED,
      placesWhereSplit: UNLIMITED,
      sinceMs: nowMs - OPEN_PLACE_MS,
    };
    const from = Math.floor(seededUnit(study.design.seed, 'free', rater.name, this.position) * this.#total);
    const pairId = freePairFor(store, { ...places, studyId: study.id, raterId: rater.id, from });
    return pairId !== undefined && this.#open(pairId, false);
  }

  /** How many raters a pair has room for; null for every rater. */
  #places(): PairPlaces | null {
    const { study, nowMs } = this.#turn;
    const { ratersPerPair: places, ratersWhereSplit } = study.design;
    if (places === null) return null;
    const placesWhereSplit = Math.max(places, ratersWhereSplit ?? places);
    return { places, placesWhereSplit, sinceMs: nowMs - OPEN_PLACE_MS };
  }

  #placeAt(position: number): { readonly run: PairRun; readonly place: number } {
    const { study, rater } = this.#turn;
    let before = 0;
    for (const run of this.#runs) {
      if (position < before + run.count) {
        const key = `order|${study.design.seed}|${rater.name}|${run.key}`;
        return { run, place: permutedIndex(position - before, run.count, key) };
      }
      before += run.count;
    }
    throw new RangeError(`position ${position} is beyond the study`);
  }

  /** Whether every rater is to see the pair at this place of a run. */
  #isForAll(run: PairRun, place: number): boolean {
    const { seed, overlapShare } = this.#turn.study.design;
    if (overlapShare === 0) return false;
    const rank = permutedIndex(place, run.count, `overlap|${seed}|${run.key}`);
    return rank < Math.round(overlapShare * run.count);
  }

  /** Gives one pair to the rater unless it has raters enough, the rater's own vote or a known answer. */
  #open(pairId: number, isForAll: boolean): boolean {
    const { store, rater, entropy, nowMs } = this.#turn;
    if (knownAnswerOf(store, pairId) !== undefined || wasGiven(store, pairId, rater.id)) return false;
    const places = this.#places();
    if (!isForAll && places !== null && !hasFreePlace(store, pairId, places)) return false;
    if (effectiveVoteId(store, pairId, rater.id) !== null) return false;
    const sides = sidesOfPair(store, pairId);
    if (sides === undefined) return false;
    insertPresentation(store, {
      publicId: entropy.hex(16),
      raterId: rater.id,
      pairId,
      leftSide: takeSide(this.#turn, sides, 'label'),
      kind: 'ordinary',
      repeatOf: null,
      outputs: null,
      block: rater.block,
      createdAt: nowMs,
    });
    return true;
  }
}
