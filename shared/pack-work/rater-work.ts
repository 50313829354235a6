/** One rater's work in a pack: what was answered, what comes next, and what may still be changed. */
import { textSha256 } from '../json/content-hash.ts';
import type { PackManifest } from '../pack/pack-manifest.ts';
import type { PackPresentation } from '../pack/pack-rows.ts';
import type { ReturnRow, VoteRow } from '../pack/return-rows.ts';
import { changeProblem, type PairStanding } from '../rating/rules.ts';
import { historyStart, OPEN_AHEAD, PACE_VOTES, type Sitting, stageOf } from '../rating/sitting.ts';

interface Given {
  /** The vote that counts; null after it was taken back. */
  vote: VoteRow | null;
  /** The newest vote, taken back or not. */
  last: VoteRow | null;
  /** Votes so far, changed and taken-back ones among them. */
  votes: number;
}

/**
 * The state that follows from a rater's list and the rater's rows in the log so far. Rows are applied in their order; what
 * they may say is for the caller to check.
 */
export class RaterWork {
  readonly presentations: readonly PackPresentation[];
  readonly #manifest: PackManifest;
  readonly #placeOf: ReadonlyMap<string, number>;
  readonly #firstWork: number;
  readonly #given = new Map<number, Given>();
  /** Votes on pairs of work in their order, those that no longer count among them. */
  readonly #trail: { readonly place: number; readonly n: number }[] = [];
  /** Viewing times without idle time of all votes, oldest first. */
  readonly #activeMs: number[] = [];
  /** Nothing before this place is unanswered. */
  #first = 0;
  #answeredWork = 0;
  #farthest = 0;
  #block = 0;
  #answeredInBlock = 0;
  #hasConsented = false;

  constructor(manifest: PackManifest, presentations: readonly PackPresentation[]) {
    this.#manifest = manifest;
    this.presentations = presentations;
    this.#placeOf = new Map(presentations.map(({ id }, place) => [id, place]));
    const firstWork = presentations.findIndex(({ part }) => part === 'work');
    this.#firstWork = firstWork === -1 ? presentations.length : firstWork;
  }

  /** Takes one more row of this rater's. */
  apply(row: ReturnRow): void {
    switch (row.type) {
      case 'vote':
        this.#applyVote(row);
        return;
      case 'retraction':
        this.#retract(this.placeOf(row.presentation));
        return;
      case 'consent':
        // A text that was changed since is agreed to anew.
        this.#hasConsented ||= row.textSha256 === textSha256(this.#manifest.rules.consent);
        return;
      case 'block_closed':
        this.#block = row.block + 1;
        this.#answeredInBlock = this.#countInBlock();
        return;
      case 'begun':
      case 'clock':
        return;
    }
  }

  placeOf(presentation: string): number | undefined {
    return this.#placeOf.get(presentation);
  }

  /** The work at this moment. What passes the qualifying set is for the lead to know: there is one attempt, and no result. */
  get sitting(): Sitting {
    const { blockSize } = this.#manifest.rules;
    const { done, total } = this.work;
    const open = this.#queueOf('work', OPEN_AHEAD).length;
    return {
      isPaused: false,
      hasConsented: this.hasConsented,
      training: this.#firstWork === 0 ? null : this.#trainingState(),
      done,
      open,
      total,
      block: blockSize === null ? null : { size: blockSize, given: this.#answeredInBlock + open, open },
      activeMs: this.#activeMs.slice(-PACE_VOTES),
      canUndo: this.newestPlace !== undefined,
      // Nobody knows here which pairs repeat others.
      repeatsSame: [],
    };
  }

  #trainingState(): Sitting['training'] {
    return {
      passMark: this.#manifest.training.passMark,
      attempts: 1,
      tried: 0,
      lastResult: null,
      hasPassed: false,
      practice: this.#training('practice'),
      qualifying: this.#training('qualifying'),
    };
  }

  get hasConsented(): boolean {
    return this.#manifest.rules.consent === '' || this.#hasConsented;
  }

  /** The next pairs to answer: those of one stage, and of the open block. */
  queue(length: number): PackPresentation[] {
    const stage = stageOf(this.sitting);
    if (stage === 'paused' || stage === 'consent' || stage === 'refused') return [];
    return this.#queueOf(stage === 'working' ? 'work' : stage, length);
  }

  /** Pairs of a part that follow on what is answered. */
  #queueOf(part: PackPresentation['part'], length: number): PackPresentation[] {
    const queue: PackPresentation[] = [];
    for (let place = this.#firstOpen(); place < this.presentations.length && queue.length < length; place++) {
      const presentation = this.presentations[place];
      if (presentation === undefined || presentation.part !== part || this.blockOf(place) > this.#block)
        break;
      if (this.voteAt(place) === null) queue.push(presentation);
    }
    return queue;
  }

  /** Where a pair stands when a vote on it comes. */
  standingOf(place: number): PairStanding {
    return {
      hasConsented: this.hasConsented,
      isOpen: this.isOpen(place),
      ...this.#blockStanding(place),
      wasRead: this.voteAt(place) !== null,
    };
  }

  /** Whether a pair can be answered now. */
  isOpen(place: number): boolean {
    return this.queue(OPEN_AHEAD).some(({ id }) => this.placeOf(id) === place);
  }

  /** Whether the vote on a pair may still be changed: no training, and not of a closed block. */
  isChangeable(place: number): boolean {
    return this.voteAt(place) !== null && changeProblem(this.#blockStanding(place)) === null;
  }

  #blockStanding(place: number): Parameters<typeof changeProblem>[0] {
    return {
      isTraining: place < this.#firstWork,
      isInOpenBlock: this.blockOf(place) === this.#block,
      isAuditComplete: false,
    };
  }

  voteAt(place: number): VoteRow | null {
    return this.#given.get(place)?.vote ?? null;
  }

  /** The newest vote on a pair, also where it was taken back. */
  lastVoteAt(place: number): VoteRow | null {
    return this.#given.get(place)?.last ?? null;
  }

  changesAt(place: number): number {
    return Math.max(0, (this.#given.get(place)?.votes ?? 0) - 1);
  }

  /** The block a pair of work belongs to; 0 for all where there are none. */
  blockOf(place: number): number {
    const { blockSize } = this.#manifest.rules;
    return blockSize === null || place < this.#firstWork
      ? 0
      : Math.floor((place - this.#firstWork) / blockSize);
  }

  get block(): number {
    return this.#block;
  }

  /** The place of the newest vote that may be taken back. */
  get newestPlace(): number | undefined {
    for (let index = this.#trail.length - 1; index >= 0; index--) {
      const { place, n } = this.#trail[index] as { place: number; n: number };
      if (this.voteAt(place)?.n === n) return this.isChangeable(place) ? place : undefined;
      this.#trail.pop();
    }
    return undefined;
  }

  /** Votes that count and that the rater may look at again, newest first. */
  ownPlaces(): number[] {
    const { blockSize, historyPairs } = this.#manifest.rules;
    const at = { answered: this.#farthest, block: this.#block };
    const start = historyStart(historyPairs, blockSize, at);
    const from = Math.max(this.#firstWork, start.place);
    const places: number[] = [];
    const seen = new Set<number>();
    for (let index = this.#trail.length - 1; index >= 0; index--) {
      const { place, n } = this.#trail[index] as { place: number; n: number };
      if (place < from || this.blockOf(place) < start.block) continue;
      if (seen.has(place) || this.voteAt(place)?.n !== n) continue;
      seen.add(place);
      places.push(place);
    }
    return places;
  }

  get work(): { readonly done: number; readonly total: number } {
    return { done: this.#answeredWork, total: this.presentations.length - this.#firstWork };
  }

  /** How far practice or the qualifying set is. */
  #training(part: 'practice' | 'qualifying'): { readonly done: number; readonly total: number } {
    let [done, total] = [0, 0];
    for (let place = 0; place < this.#firstWork; place++) {
      if (this.presentations[place]?.part !== part) continue;
      total++;
      if (this.voteAt(place) !== null) done++;
    }
    return { done, total };
  }

  #applyVote(row: VoteRow): void {
    this.#activeMs.push(row.viewedMs - row.idleMs);
    const place = this.placeOf(row.presentation);
    if (place === undefined) return;
    const given = this.#given.get(place) ?? { vote: null, last: null, votes: 0 };
    if (given.vote === null) this.#count(place, 1);
    this.#given.set(place, { vote: row, last: row, votes: given.votes + 1 });
    if (place < this.#firstWork) return;
    this.#trail.push({ place, n: row.n });
    this.#farthest = Math.max(this.#farthest, place + 1);
  }

  #retract(place: number | undefined): void {
    const given = place === undefined ? undefined : this.#given.get(place);
    if (place === undefined || given === undefined || given.vote === null) return;
    given.vote = null;
    this.#count(place, -1);
    this.#first = Math.min(this.#first, place);
  }

  #count(place: number, step: 1 | -1): void {
    if (place < this.#firstWork) return;
    this.#answeredWork += step;
    if (this.blockOf(place) === this.#block) this.#answeredInBlock += step;
  }

  #countInBlock(): number {
    const { blockSize } = this.#manifest.rules;
    if (blockSize === null) return 0;
    const start = this.#firstWork + this.#block * blockSize;
    let count = 0;
    for (let place = start; place < start + blockSize; place++) if (this.voteAt(place) !== null) count++;
    return count;
  }

  #firstOpen(): number {
    while (this.#first < this.presentations.length && this.voteAt(this.#first) !== null) this.#first++;
    return this.#first;
  }
}
