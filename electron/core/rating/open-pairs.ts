/** Gives a rater the next pairs, as the plan has them, out of what the store knows. */
import { type Outputs, type SideCount, systemsOf } from '../../../shared/rating/lay-out.ts';
import {
  type Check,
  type EarlierPair,
  kindAt,
  type PairSides,
  type Past,
  type PlaceAhead,
  type Planned,
  type Planner,
  placesAhead,
  planCheck,
  planPair,
  trainingOrder,
  unitAt,
} from '../../../shared/rating/plan.ts';
import { stageOf } from '../../../shared/rating/sitting.ts';
import { seededUnit } from '../../../shared/study/presentation-kind.ts';
import type { Entropy } from '../ports/ports.ts';
import type { ReadStore, WriteStore } from '../store/engine/database.ts';
import {
  type CountedPair,
  countedPair,
  earlierPairs,
  goldPairFor,
  nextPairFor,
  type PairPlaces,
  trainingPairs,
} from '../store/rating/next-pairs.ts';
import { insertPresentation } from '../store/rating/presentations.ts';
import { advanceRater, advanceRaterSince } from '../store/rating/raters.ts';
import { addToSideCount, sideCount } from '../store/rating/side-counts.ts';
import { nextReviewedPair } from '../store/review/reviews.ts';
import type { PairRun } from '../store/study/pair-runs.ts';
import { OPEN_PLACE_MS } from './open-place.ts';
import type { Work } from './work.ts';

/** What it takes to make presentations, inside one write transaction. */
export interface Making {
  readonly store: WriteStore;
  readonly entropy: Entropy;
  readonly nowMs: number;
}

/** When work was read that pairs are opened by later. */
export interface Since {
  readonly session: string;
  readonly ratingId: number;
}

/** Something happened to a rater's work since it was read: what was planned from it must not stand. */
export class StaleWork extends Error {
  constructor() {
    super('the work went on meanwhile');
    this.name = 'StaleWork';
  }
}

const UNLIMITED = 1_000_000;

/** Pairs without room that are passed over before one of the free ones is looked up. */
const MOST_PASSED = 200;

const PLACES_AT_A_TIME = 10_000;

/** How many presentations are missing until a rater has as many as asked for; 0 where none may be opened now. */
export function missingPairs({ sitting, openTraining, rater }: Work, length: number): number {
  const stage = stageOf(sitting);
  if (stage === 'practice' || stage === 'qualifying') return Math.max(0, length - openTraining);
  if (stage !== 'working') return 0;
  const missing = length - sitting.open;
  const { block } = sitting;
  return Math.max(
    0,
    block === null || rater.role === 'adjudicator' ? missing : Math.min(missing, block.size - block.given),
  );
}

/**
 * Opens presentations until the rater has as many as asked for or there is nothing left for now. Call inside a write
 * transaction.
 *
 * @param since the session the work was read for and the rater's last rating by then, where it was read before this
 *   transaction; work in training is to be read in it
 * @returns the work with them, but for their texts
 * @throws StaleWork where the work is not as it was read
 */
export function openPairs(making: Making, work: Work, length: number, since: Since | null = null): Work {
  const missing = missingPairs(work, length);
  if (missing === 0) return work;
  if (work.rater.role === 'adjudicator') return openReviewedPairs(making, work, missing, since);
  const stage = stageOf(work.sitting);
  return stage === 'practice' || stage === 'qualifying'
    ? openTrainingPairs(making, work, stage, missing)
    : openWork(making, work, missing, since);
}

function openWork(making: Making, work: Work, missing: number, since: Since | null): Work {
  const { store } = making;
  const { rater, study } = work;
  const way = new Way(making, work);
  let opened = 0;
  for (; opened < missing; opened++) {
    const place = rater.presented + opened;
    const past = way.past(opened);
    const planner: Planner = {
      design: study.design,
      rater: rater.name,
      unit: unitAt(study.design.seed, rater.name, place),
    };
    const kind = kindAt(planner, place);
    const check = kind === 'ordinary' ? null : planCheck(planner, past, kind satisfies Check);
    const planned = check ?? way.plan(planner, past);
    if (planned === null) break;
    open(making, work, planned, { block: rater.block });
  }
  return advanced(store, work, opened, way.position, since);
}

/** Notes how far a rater is now; the work with what was opened. */
function advanced(
  store: WriteStore,
  work: Work,
  opened: number,
  nextPosition: number,
  since: Since | null,
): Work {
  const { sitting, rater } = work;
  const presented = rater.presented + opened;
  if (opened > 0 || nextPosition !== rater.nextPosition) {
    if (since === null) advanceRater(store, rater.id, nextPosition, presented);
    else if (!advanceRaterSince(store, { ...rater, ...since }, since.ratingId, nextPosition, presented))
      throw new StaleWork();
  }
  const { block } = sitting;
  return {
    ...work,
    listed: work.listed + opened,
    rater: { ...rater, nextPosition, presented },
    sitting: {
      ...sitting,
      open: sitting.open + opened,
      block: block && { ...block, given: block.given + opened, open: block.open + opened },
    },
  };
}

/**
 * A rater's way through the study. Pairs that have enough raters for now are passed over and looked at again at the end,
 * because a place can become free.
 */
class Way {
  readonly #making: Making;
  readonly #work: Work;
  readonly #total: number;
  position: number;

  constructor(making: Making, work: Work) {
    this.#making = making;
    this.#work = work;
    this.#total = work.runs.reduce((sum, { count }) => sum + count, 0);
    this.position = work.rater.nextPosition;
  }

  past(opened: number): StoredPast {
    return new StoredPast(this.#making.store, this.#work, opened);
  }

  /** The next pair to label; null when there is none. Whoever comes when next to all are taken passes some, then looks for a free one. */
  plan(planner: Planner, past: StoredPast): Planned | null {
    const { design } = this.#work.study;
    const from = Math.floor(
      seededUnit(design.seed, 'free', this.#work.rater.name, this.position) * this.#total,
    );
    let found = this.#next(this.#ahead(MOST_PASSED), from);
    // Nothing is free: only pairs that every rater is to see can still be ahead.
    while (found === undefined && design.overlapShare > 0 && this.position < this.#total)
      found = this.#next(
        this.#ahead(PLACES_AT_A_TIME).map((place) => ({ ...place, isSkipped: !place.isForAll })),
        null,
      );
    return found === undefined ? null : planPair(planner, past.with(found), 'ordinary', found.sides);
  }

  #ahead(most: number): PlaceAhead<PairRun>[] {
    const { rater, study, runs } = this.#work;
    return placesAhead({ ...study.design, rater: rater.name }, runs, this.position, most);
  }

  #next(
    ahead: readonly (PlaceAhead<PairRun> & { readonly isSkipped?: boolean })[],
    from: number | null,
  ): CountedPair | undefined {
    const { study, rater } = this.#work;
    const places = this.#places();
    const wanted = ahead.flatMap((place, step) =>
      place.isSkipped ? [] : [{ ...place, step, isForAll: place.isForAll || places === null }],
    );
    const found = nextPairFor(this.#making.store, {
      ...(places ?? { places: UNLIMITED, placesWhereSplit: UNLIMITED, sinceMs: this.#sinceMs }),
      studyId: study.id,
      raterId: rater.id,
      ahead: wanted,
      from,
    });
    const step = found?.step ?? null;
    this.position += step === null ? ahead.length : (wanted[step]?.step ?? 0) + 1;
    return found;
  }

  /** How many raters a pair has room for; null for every rater. */
  #places(): PairPlaces | null {
    const { ratersPerPair: places, ratersWhereSplit } = this.#work.study.design;
    if (places === null) return null;
    return { places, placesWhereSplit: Math.max(places, ratersWhereSplit ?? places), sinceMs: this.#sinceMs };
  }

  get #sinceMs(): number {
    return this.#making.nowMs - OPEN_PLACE_MS;
  }
}

/** A rater's past as the store has it. */
class StoredPast implements Past {
  readonly #store: ReadStore;
  readonly #work: Work;
  readonly #opened: number;
  readonly #counts = new Map<string, SideCount>();

  constructor(store: ReadStore, work: Work, opened = 0) {
    this.#store = store;
    this.#work = work;
    this.#opened = opened;
  }

  earlier(use: 'repeat' | 'catch'): readonly EarlierPair[] {
    const { rater, study, listed } = this.#work;
    const { seed, checks, blockSize } = study.design;
    const place = rater.presented + this.#opened;
    return earlierPairs(this.#store, {
      raterId: rater.id,
      gap: checks.repeatGap,
      listed: listed + this.#opened,
      // Votes of the open block can be looked at, so none of its pairs comes again.
      before: blockSize === null ? rater.block + 1 : rater.block,
      use,
      from: seededUnit(seed, 'earlier', use, rater.name, place),
    }).map((found) => this.#noted(found));
  }

  gold(): PairSides | undefined {
    const { rater, study, knownCounts } = this.#work;
    const place = rater.presented + this.#opened;
    const from = Math.floor(seededUnit(study.design.seed, 'gold', rater.name, place) * knownCounts.gold);
    const found = goldPairFor(this.#store, study.id, rater.id, from);
    return found === undefined ? undefined : this.#noted(found);
  }

  sideCount(outputs: Outputs): SideCount {
    return this.#counts.get(nameOf(outputs)) ?? sideCount(this.#store, this.#work.rater.id, outputs);
  }

  /** The same with what was read of one more pair. */
  with(found: CountedPair): this {
    this.#noted(found);
    return this;
  }

  #noted<Pair extends PairSides>({ sides, count }: CountedPair<Pair>): Pair {
    this.#counts.set(nameOf(sides), count);
    return sides;
  }
}

function nameOf(outputs: Outputs): string {
  const { systemA, systemB } = systemsOf(outputs);
  return `${systemA}|${systemB}`;
}

/** Opens the next pairs of a training set, in its order, as long as there are some that were not given. */
function openTrainingPairs(
  making: Making,
  work: Work,
  stage: 'practice' | 'qualifying',
  missing: number,
): Work {
  const { store } = making;
  const { rater, study } = work;
  const attempt = stage === 'practice' ? 0 : work.qualifications.length;
  const planner: Planner = { design: study.design, rater: rater.name, unit: () => 0 };
  const known = trainingPairs(store, study.id, rater.id, stage, attempt);
  // By what was given, not by how many: pairs may be added meanwhile.
  const next = trainingOrder(planner, stage, attempt, known).filter(({ isGiven }) => isGiven === 0);
  const past = new StoredPast(store, work);
  let opened = 0;
  for (const { pairId } of next.slice(0, missing)) {
    const found = countedPair(store, pairId, rater.id);
    if (found === undefined) continue;
    // For training the block is the attempt: nobody goes back to it.
    open(making, work, planPair(planner, past.with(found), stage, found.sides), { block: attempt });
    opened++;
  }
  return { ...work, listed: work.listed + opened, openTraining: work.openTraining + opened };
}

/** Opens the next pairs of the study's reviews. On the page they look like any other pair. */
function openReviewedPairs(making: Making, work: Work, missing: number, since: Since | null): Work {
  const { store, nowMs } = making;
  const { rater, study } = work;
  const planner: Planner = { design: study.design, rater: rater.name, unit: () => 0 };
  const past = new StoredPast(store, work);
  let opened = 0;
  for (; opened < missing; opened++) {
    const sinceMs = nowMs - OPEN_PLACE_MS;
    const next = nextReviewedPair(store, { studyId: study.id, raterId: rater.id, sinceMs });
    const found = next === undefined ? undefined : countedPair(store, next.pairId, rater.id);
    if (next === undefined || found === undefined) break;
    open(making, work, planPair(planner, past.with(found), 'ordinary', found.sides), {
      block: rater.block,
      reviewId: next.reviewId,
    });
  }
  return advanced(store, work, opened, rater.nextPosition, since);
}

function open(
  { store, entropy, nowMs }: Making,
  { rater }: Work,
  { kind, sides, leftSide, repeatOf, outputs, step }: Planned,
  more: { readonly block: number; readonly reviewId?: number },
): void {
  insertPresentation(store, {
    publicId: entropy.hex(16),
    raterId: rater.id,
    pairId: sides.pairId,
    leftSide,
    kind,
    repeatOf,
    outputs,
    createdAt: nowMs,
    ...more,
  });
  if (step !== null) addToSideCount(store, rater.id, step);
}
