/** A rater's list in a pack: training first, then the work, with pairs that check among it. */
import { permutedIndex } from '../../../shared/random/keyed-permutation.ts';
import { type PresentationKind, plannedKind, seededUnit } from '../../../shared/study/presentation-kind.ts';
import { answersOfScale, otherSide, type Side } from '../../../shared/study/verdict.ts';
import type { RaterTurn } from '../rating/rater-turn.ts';
import { takeGivenSide, takeSide } from '../rating/side-choice.ts';
import { type PackedPresentation, packedPresentations } from '../store/packs/packs.ts';
import { endOfList, insertPresentations, type NumberedPresentation } from '../store/rating/presentations.ts';
import { advanceRater } from '../store/rating/raters.ts';
import { knownAnswers } from '../store/study/known-answers.ts';
import type { PairSides } from '../store/study/pair-runs.ts';
import type { StudySides } from '../store/study/study-sides.ts';
import type { PackSecret } from './pack-secret.ts';

type Check = Extract<PresentationKind, 'repeat' | 'gold' | 'identical' | 'off_topic'>;

/** Earlier pairs that are tried for one check before an ordinary pair takes its place. */
const MOST_TRIED = 40;

const ROWS_PER_STATEMENT = 10_000;

/** Builds one rater's list on from what the rater was given before. Call inside a write transaction. */
export class PackList {
  readonly #turn: RaterTurn;
  readonly #secret: PackSecret;
  readonly #sides: StudySides;
  readonly #shown: PackedPresentation[];
  readonly #repeated = new Set<number>();
  readonly #caught = new Set<number>();
  readonly #golds: number[];
  readonly #end: { readonly position: number; readonly id: number };
  #unwritten: NumberedPresentation[] = [];
  #added = 0;
  #work: number;

  constructor(turn: RaterTurn, secret: PackSecret, sides: StudySides) {
    this.#turn = turn;
    this.#secret = secret;
    this.#sides = sides;
    const { store, study, rater } = turn;
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
    const { store, study, rater } = this.#turn;
    if (study.design.training === null || this.#shown.length > 0) return;
    for (const stage of ['practice', 'qualifying'] as const) {
      const known = knownAnswers(store, study.id, stage);
      const key = `${stage}|${study.design.seed}|${rater.name}|0`;
      for (const place of known.keys()) {
        const sides = this.#sides.of(known[permutedIndex(place, known.length, key)]?.pairId ?? 0);
        if (sides === undefined) continue;
        this.#add({ kind: stage, sides, leftSide: takeSide(this.#turn, sides, 'check') });
      }
    }
    this.#write();
  }

  /** Gives pairs to label, in an order of the rater's own, with checks among them as the design has them. */
  addWork(pairs: readonly number[], revision: number): void {
    const { store, study, rater } = this.#turn;
    const { seed, checks, scale } = study.design;
    const hasTie = answersOfScale(scale).includes('tie');
    const order = `pack order|${seed}|${rater.name}|${revision}`;
    for (let next = 0; next < pairs.length; ) {
      const kind = plannedKind(seed, rater.name, this.#work, checks, hasTie);
      if (kind !== 'ordinary' && this.#addCheck(kind)) continue;
      const sides = this.#sides.of(pairs[permutedIndex(next, pairs.length, order)] ?? 0);
      next++;
      if (sides !== undefined)
        this.#add({ kind: 'ordinary', sides, leftSide: takeSide(this.#turn, sides, 'label') });
    }
    this.#write();
    advanceRater(store, rater.id, rater.nextPosition, this.#work);
  }

  #addCheck(kind: Check): boolean {
    switch (kind) {
      case 'repeat':
        return this.#addRepeat();
      case 'gold':
        return this.#addGold();
      case 'identical':
        return this.#addIdentical();
      case 'off_topic':
        return this.#addOffTopic();
    }
  }

  #addRepeat(): boolean {
    for (const earlier of this.#earlier('repeat')) {
      const sides = this.#sides.of(earlier.pairId);
      const leftSide = otherSide(earlier.leftSide);
      if (sides === undefined || !takeGivenSide(this.#turn, sides, leftSide)) continue;
      this.#repeated.add(earlier.id);
      this.#add({ kind: 'repeat', sides, leftSide, repeatOf: earlier.id });
      return true;
    }
    return false;
  }

  #addGold(): boolean {
    const sides = this.#sides.of(this.#golds.shift() ?? 0);
    if (sides === undefined) return false;
    this.#add({ kind: 'gold', sides, leftSide: takeSide(this.#turn, sides, 'check') });
    return true;
  }

  #addIdentical(): boolean {
    const [earlier] = this.#earlier('catch');
    const sides = earlier === undefined ? undefined : this.#sides.of(earlier.pairId);
    if (sides === undefined) return false;
    const { responseId } = this.#either(sides, 0);
    this.#caught.add(sides.pairId);
    this.#add({
      kind: 'identical',
      sides,
      leftSide: this.#unit('identical side') < 0.5 ? 'first' : 'second',
      outputs: { first: responseId, second: responseId },
    });
    return true;
  }

  #addOffTopic(): boolean {
    const [earlier, ...others] = this.#earlier('catch');
    const sides = earlier === undefined ? undefined : this.#sides.of(earlier.pairId);
    if (sides === undefined) return false;
    for (const other of others) {
      const strange = this.#sides.of(other.pairId);
      if (strange === undefined || strange.itemId === sides.itemId) continue;
      const shown = { first: this.#either(sides, 0), second: this.#either(strange, 1) };
      this.#caught.add(sides.pairId);
      this.#add({
        kind: 'off_topic',
        sides,
        leftSide: takeSide(this.#turn, shown, 'check'),
        outputs: { first: shown.first.responseId, second: shown.second.responseId },
      });
      return true;
    }
    return false;
  }

  /**
   * Ordinary pairs of a block that is over by then, none of whose texts stood in the last pairs, from a place of the past on.
   * As while somebody rates here, but for skips, which nobody knows of yet.
   */
  #earlier(use: 'repeat' | 'catch'): PackedPresentation[] {
    const { repeatGap } = this.#turn.study.design.checks;
    const end = this.#shown.length - repeatGap;
    if (end <= 0) return [];
    const recent = new Set<number>();
    for (const { first, second } of this.#shown.slice(end)) recent.add(first).add(second);
    const block = this.#block();
    const { blockSize } = this.#turn.study.design;
    const start = Math.floor(this.#unit('earlier', use) * end);
    const found: PackedPresentation[] = [];
    for (let step = 0; step < end && found.length < MOST_TRIED; step++) {
      const earlier = this.#shown[(start + step) % end];
      if (earlier === undefined || earlier.kind !== 'ordinary') continue;
      if (blockSize !== null && earlier.block >= block) continue;
      if (use === 'repeat' ? this.#repeated.has(earlier.id) : this.#caught.has(earlier.pairId)) continue;
      if (recent.has(earlier.first) || recent.has(earlier.second)) continue;
      found.push(earlier);
    }
    return found;
  }

  #block(): number {
    const { blockSize } = this.#turn.study.design;
    return blockSize === null ? 0 : Math.floor(this.#work / blockSize);
  }

  #either(sides: PairSides, which: number): PairSides['first'] {
    return this.#unit('either', which) < 0.5 ? sides.first : sides.second;
  }

  #unit(...about: readonly (string | number)[]): number {
    const { study, rater } = this.#turn;
    return seededUnit(study.design.seed, 'pack', ...about, rater.name, this.#work);
  }

  #add({
    kind,
    sides,
    leftSide,
    repeatOf = null,
    outputs = null,
  }: {
    readonly kind: PresentationKind;
    readonly sides: PairSides;
    readonly leftSide: Side;
    readonly repeatOf?: number | null;
    readonly outputs?: { readonly first: number; readonly second: number } | null;
  }): void {
    const { rater, nowMs } = this.#turn;
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
  }
  #write(): void {
    if (this.#unwritten.length > 0) insertPresentations(this.#turn.store, this.#unwritten);
    this.#unwritten = [];
  }
}
