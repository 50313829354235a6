/** A rater's list in a pack: training first, then the work, with pairs that check among it. */
import { permutedIndex } from '../../../shared/random/keyed-permutation.ts';
import { countedOnce, type Outputs, type SideCount, systemsOf } from '../../../shared/rating/lay-out.ts';
import {
  type EarlierPair,
  kindAt,
  MOST_TRIED,
  type PairSides,
  type Past,
  type Planned,
  type Planner,
  planCheck,
  planPair,
  trainingOrder,
} from '../../../shared/rating/plan.ts';
import { seededUnit } from '../../../shared/study/presentation-kind.ts';
import type { StudySides } from '../store/columns/study-sides.ts';
import type { WriteStore } from '../store/engine/database.ts';
import { type PackedPresentation, packedPresentations } from '../store/packs/packs.ts';
import { endOfList, insertPresentations, type NumberedPresentation } from '../store/rating/presentations.ts';
import { advanceRater, type RaterRow } from '../store/rating/raters.ts';
import { addToSideCount, sideCount } from '../store/rating/side-counts.ts';
import { knownAnswers } from '../store/study/known-answers.ts';
import type { StudyRow } from '../store/study/studies.ts';
import type { PackSecret } from './pack-secret.ts';

const ROWS_PER_STATEMENT = 10_000;

/** Whose list is made, and when. */
interface ListRequest {
  readonly store: WriteStore;
  readonly study: StudyRow;
  readonly rater: RaterRow;
  readonly nowMs: number;
}

/** Builds one rater's list on from what the rater was given before. Call inside a write transaction. */
export class PackList implements Past {
  readonly #request: ListRequest;
  readonly #secret: PackSecret;
  readonly #sides: StudySides;
  readonly #shown: PackedPresentation[];
  readonly #repeated = new Set<number>();
  readonly #caught = new Set<number>();
  readonly #golds: number[];
  readonly #counts = new Map<string, SideCount>();
  readonly #end: { readonly position: number; readonly id: number };
  #unwritten: NumberedPresentation[] = [];
  #added = 0;
  #work: number;

  constructor(request: ListRequest, secret: PackSecret, sides: StudySides) {
    this.#request = request;
    this.#secret = secret;
    this.#sides = sides;
    const { store, study, rater } = request;
    this.#shown = packedPresentations(store, rater.id);
    this.#end = endOfList(store, rater.id);
    this.#work = this.#shown.filter(({ kind }) => kind !== 'practice' && kind !== 'qualifying').length;
    const given = new Set<number>();
    for (const { kind, repeatOf, pairId } of this.#shown) {
      if (repeatOf !== null) this.#repeated.add(repeatOf);
      if (kind === 'identical' || kind === 'off_topic') this.#caught.add(pairId);
      given.add(pairId);
    }
    const golds = knownAnswers(store, study.id, 'gold').map(({ pairId }) => pairId);
    const key = `pack gold|${study.design.seed}|${rater.name}`;
    this.#golds = golds
      .map((_pairId, place) => golds[permutedIndex(place, golds.length, key)] ?? 0)
      .filter((pairId) => !given.has(pairId));
  }

  /** Gives the practice and the qualifying set, once and before anything else. */
  addTraining(): void {
    const { store, study } = this.#request;
    if (study.design.training === null || this.#shown.length > 0) return;
    for (const stage of ['practice', 'qualifying'] as const) {
      const known = knownAnswers(store, study.id, stage);
      for (const { pairId } of trainingOrder(this.#planner(), stage, 0, known)) {
        const sides = this.#sides.of(pairId);
        if (sides === undefined) continue;
        this.#add(planPair(this.#planner(), this, stage, sides));
      }
    }
    this.#write();
  }

  /** Gives pairs to label, in an order of the rater's own, with checks among them as the design has them. */
  addWork(pairs: readonly number[], revision: number): void {
    const { store, study, rater } = this.#request;
    const order = `pack order|${study.design.seed}|${rater.name}|${revision}`;
    for (let next = 0; next < pairs.length; ) {
      const planner = this.#planner();
      const kind = kindAt(planner, this.#work);
      const check = kind === 'ordinary' ? null : planCheck(planner, this, kind);
      if (check !== null) {
        this.#add(check);
        continue;
      }
      const sides = this.#sides.of(pairs[permutedIndex(next, pairs.length, order)] ?? 0);
      next++;
      if (sides !== undefined) this.#add(planPair(planner, this, 'ordinary', sides));
    }
    this.#write();
    advanceRater(store, rater.id, rater.nextPosition, this.#work);
  }

  /**
   * Ordinary pairs of a block that is over by then, none of whose texts stood in the last pairs, from a place of the past on.
   * As while somebody rates here, but for skips, which nobody knows of yet.
   */
  earlier(use: 'repeat' | 'catch'): EarlierPair[] {
    const { repeatGap } = this.#request.study.design.checks;
    const end = this.#shown.length - repeatGap;
    if (end <= 0) return [];
    const recent = new Set<number>();
    for (const { first, second } of this.#shown.slice(end)) recent.add(first).add(second);
    const block = this.#block();
    const { blockSize } = this.#request.study.design;
    const start = Math.floor(this.#planner().unit('earlier', use) * end);
    const found: EarlierPair[] = [];
    for (let step = 0; step < end && found.length < MOST_TRIED; step++) {
      const earlier = this.#shown[(start + step) % end];
      if (earlier === undefined || earlier.kind !== 'ordinary') continue;
      if (blockSize !== null && earlier.block >= block) continue;
      if (use === 'repeat' ? this.#repeated.has(earlier.id) : this.#caught.has(earlier.pairId)) continue;
      if (recent.has(earlier.first) || recent.has(earlier.second)) continue;
      const sides = this.#sides.of(earlier.pairId);
      if (sides !== undefined)
        found.push({ ...sides, presentationId: earlier.id, leftSide: earlier.leftSide });
    }
    return found;
  }

  gold(): PairSides | undefined {
    return this.#sides.of(this.#golds.shift() ?? 0);
  }

  sideCount(outputs: Outputs): SideCount {
    const { store, rater } = this.#request;
    const { systemA, systemB } = systemsOf(outputs);
    const systems = `${systemA}|${systemB}`;
    const count = this.#counts.get(systems) ?? sideCount(store, rater.id, outputs);
    this.#counts.set(systems, count);
    return count;
  }

  #block(): number {
    const { blockSize } = this.#request.study.design;
    return blockSize === null ? 0 : Math.floor(this.#work / blockSize);
  }

  #planner(): Planner {
    const { study, rater } = this.#request;
    const { seed } = study.design;
    const place = this.#work;
    return {
      design: study.design,
      rater: rater.name,
      unit: (...about) => seededUnit(seed, 'pack', ...about, rater.name, place),
    };
  }

  #add({ kind, sides, leftSide, repeatOf, outputs, step }: Planned): void {
    const { rater, nowMs } = this.#request;
    const isTraining = kind === 'practice' || kind === 'qualifying';
    const publicId = this.#secret.id('pair', rater.name, this.#shown.length);
    const block = isTraining ? 0 : this.#block();
    const { pairId, itemId } = sides;
    const [id, position] = [this.#end.id + this.#added, this.#end.position + this.#added];
    this.#unwritten.push({
      id,
      publicId,
      raterId: rater.id,
      pairId,
      position,
      leftSide,
      kind,
      repeatOf,
      outputs,
      block,
      createdAt: nowMs,
    });
    this.#added++;
    if (this.#unwritten.length >= ROWS_PER_STATEMENT) this.#write();
    const first = outputs?.first ?? sides.first.responseId;
    const second = outputs?.second ?? sides.second.responseId;
    const shown = { id, publicId, pairId, itemId, kind, leftSide, repeatOf, position, first, second, block };
    this.#shown.push(shown);
    if (!isTraining) this.#work++;
    if (repeatOf !== null) this.#repeated.add(repeatOf);
    if (kind === 'identical' || kind === 'off_topic') this.#caught.add(pairId);
    if (step === null) return;
    const { store } = this.#request;
    addToSideCount(store, rater.id, step);
    const systems = `${step.systemA}|${step.systemB}`;
    const before = this.#counts.get(systems);
    if (before !== undefined) this.#counts.set(systems, countedOnce(before, step));
  }

  #write(): void {
    if (this.#unwritten.length > 0) insertPresentations(this.#request.store, this.#unwritten);
    this.#unwritten = [];
  }
}
