/** Whether a row of a return can be what it says: its pair is this rater's, its answer is asked for, its times can be. */

import { messageText } from '../errors/messages.ts';
import {
  changeProblem,
  checkVote,
  type PairStanding,
  type RubricOfVersion,
  type VoteProblem,
} from '../rating/rules.ts';
import type { PackManifest } from './pack-manifest.ts';
import type { PackPresentation } from './pack-rows.ts';
import type { ReturnRow, VoteRow } from './return-rows.ts';

/** `late`: after its block was closed. `out_of_design`: not what the pack asks. `impossible`: its times cannot be. */
export type RowFault = 'foreign' | 'late' | 'out_of_design' | 'impossible';

export interface RowProblem {
  readonly fault: RowFault;
  readonly reason: string;
}

/** A pair of a pack, and where it stands in its rater's list. */
export interface FoundPair {
  readonly rater: string;
  readonly place: number;
  readonly pair: PackPresentation;
}

/** What is known of the pairs of a pack. */
export interface PackContent {
  readonly manifest: PackManifest;
  /** The rater a presentation is for, and the presentation; undefined for one of another pack. */
  presentation(id: string): FoundPair | undefined;
  /** Characters of both outputs. */
  charactersOf(pair: PackPresentation): number;
  /** At least as many, known without reading them; absent where that is not quicker. */
  readonly mostCharactersOf?: ((pair: PackPresentation) => number) | undefined;
  /** What a version of the guideline asks of raters of the pack. */
  rubricOf(guideline: number): RubricOfVersion;
  /** Whether a text is one that raters of the pack were asked to agree to, by its hash. */
  isConsent(textSha256: string): boolean;
  /** Place of a rater's first pair of work in the rater's list. */
  firstWorkOf(rater: string): number;
}

/** Two clocks of one device may differ by this much, in milliseconds, over all votes together. */
const CLOCK_TOLERANCE_MS = 1500;

/** And drift apart by this share of the time that passes. */
const CLOCK_DRIFT = 0.01;

/** Nothing was voted on before there was anything to vote with, nor so far ahead. */
const [EARLIEST, LATEST] = [Date.UTC(2020, 0, 1), Date.UTC(2100, 0, 1)];

interface RaterLog {
  /** When the newest vote or retraction was recorded that began with a pair coming on screen. */
  lastAt: number | null;
  /** By how much votes so far overlap those before them, in milliseconds, less what time has made good. */
  overlapMs: number;
  closedBlocks: number;
  hasConsented: boolean;
  readonly votes: Map<string, VoteRow>;
  /** Pairs that were looked at long enough once: whoever thinks again has read them. */
  readonly read: Set<string>;
}

/** Goes through one log in order; every row is looked at in the light of those before it, whatever became of them. */
export class RowCheck {
  readonly #content: PackContent;
  readonly #logs = new Map<string, RaterLog>();

  constructor(content: PackContent) {
    this.#content = content;
  }

  /** What is wrong with the next row; null where nothing is. */
  take(row: ReturnRow): RowProblem | null {
    if (row.type === 'clock') return null;
    const { manifest } = this.#content;
    if (!manifest.raters.some(({ name }) => name === row.rater))
      return { fault: 'foreign', reason: `the pack has no rater “${row.rater}”` };
    const log = this.#logOf(row.rater);
    const instant = instantProblem(row.at);
    const impossible: RowProblem | null = instant === null ? null : { fault: 'impossible', reason: instant };
    switch (row.type) {
      case 'vote':
        return this.#takeVote(log, row);
      case 'retraction':
        return this.#takeRetraction(log, row) ?? impossible;
      case 'begun':
        return impossible;
      case 'consent':
        if (impossible !== null) return impossible;
        if (!this.#content.isConsent(row.textSha256))
          return { fault: 'out_of_design', reason: 'consents to another text than the pack’s' };
        log.hasConsented = true;
        return null;
      case 'block_closed':
        return impossible ?? this.#takeBlock(log, row.block);
    }
  }

  #takeBlock(log: RaterLog, block: number): RowProblem | null {
    if (this.#content.manifest.rules.blockSize === null)
      return { fault: 'out_of_design', reason: 'closes a block where work has no blocks' };
    if (block > log.closedBlocks)
      return {
        fault: 'out_of_design',
        reason: `closes block ${block + 1} before block ${log.closedBlocks + 1}`,
      };
    log.closedBlocks = Math.max(log.closedBlocks, block + 1);
    return null;
  }

  #takeRetraction(log: RaterLog, row: Extract<ReturnRow, { type: 'retraction' }>): RowProblem | null {
    const found = this.#content.presentation(row.presentation);
    if (found === undefined) return foreignPair();
    if (found.rater !== row.rater) return notTheirs(found.rater);
    const vote = log.votes.get(row.presentation);
    const standing = this.#standing(log, found, false);
    const previousAt = log.lastAt;
    // Whoever could take an answer of the training back could give another one.
    if (found.pair.part === 'work') log.votes.delete(row.presentation);
    log.lastAt = row.at;
    if (vote === undefined) return { fault: 'out_of_design', reason: 'takes back a vote that is not there' };
    const late = changeProblem(standing);
    return late === null ? clockProblem(row.at, previousAt) : this.#faultOf({ fault: late }, found);
  }

  #takeVote(log: RaterLog, row: VoteRow): RowProblem | null {
    const { manifest } = this.#content;
    const found = this.#content.presentation(row.presentation);
    if (found === undefined) return foreignPair();
    if (found.rater !== row.rater) return notTheirs(found.rater);
    const earlier = log.votes.get(row.presentation);
    const previousAt = log.lastAt;
    log.votes.set(row.presentation, row);
    if (earlier === undefined) log.lastAt = row.at;
    const { rules, scale } = manifest;
    const asked = { ...rules, scale, rubric: this.#content.rubricOf(row.guideline) };
    const wasRead = earlier !== undefined && log.read.has(row.presentation);
    const standing = { ...this.#standing(log, found, earlier === undefined), wasRead };
    // A return does not say that a vote is meant to change another one.
    const vote = { ...row, guidelineVersion: row.guideline, revises: true };
    const problem = checkVote(asked, standing, vote);
    if (problem !== null) return this.#faultOf(problem, found);
    const instant = instantProblem(row.at);
    if (instant !== null) return { fault: 'impossible', reason: instant };
    if (wasRead) return clockProblem(row.at, previousAt);
    const impossible = this.#impossible(log, row, earlier === undefined ? previousAt : null, found.pair);
    if (impossible === null) log.read.add(row.presentation);
    return impossible;
  }

  /** A pair waits for a vote until it has one, or its block was closed. */
  #standing(log: RaterLog, { place, rater, pair }: FoundPair, isFirst: boolean): PairStanding {
    const isTraining = pair.part !== 'work';
    const isInOpenBlock = isTraining || this.#blockOf(rater, place) >= log.closedBlocks;
    return {
      hasConsented: this.#content.manifest.rules.consent === '' || log.hasConsented,
      isOpen: isFirst && isInOpenBlock,
      isTraining: isTraining && !isFirst,
      isInOpenBlock,
      isAuditComplete: false,
      wasRead: false,
    };
  }

  #faultOf(problem: VoteProblem, { place, rater, pair }: FoundPair): RowProblem {
    switch (problem.fault) {
      case 'no_consent':
        return { fault: 'out_of_design', reason: 'was given before the rater consented' };
      case 'not_asked':
        return { fault: 'out_of_design', reason: messageText(problem.reason) };
      case 'impossible':
        return { fault: 'impossible', reason: messageText(problem.reason) };
      default:
        return {
          fault: 'late',
          reason:
            pair.part === 'work'
              ? `came after block ${this.#blockOf(rater, place) + 1} was closed`
              : 'changes an answer of the training, which is final',
        };
    }
  }

  /** The block a pair of work belongs to; no block is ever closed where there are none. */
  #blockOf(rater: string, place: number): number {
    const { blockSize } = this.#content.manifest.rules;
    return blockSize === null ? 0 : Math.floor((place - this.#content.firstWorkOf(rater)) / blockSize);
  }

  #impossible(
    log: RaterLog,
    row: VoteRow,
    previousAt: number | null,
    pair: PackPresentation,
  ): RowProblem | null {
    const { acceptance } = this.#content.manifest;
    const impossible = (reason: string): RowProblem => ({ fault: 'impossible', reason });
    const clock = clockProblem(row.at, previousAt);
    if (clock !== null) return clock;
    if (previousAt !== null) {
      const overlap = Math.max(0, previousAt - (row.at - row.viewedMs));
      const all = Math.max(0, log.overlapMs - CLOCK_DRIFT * (row.at - previousAt)) + overlap;
      log.overlapMs = Math.min(all, CLOCK_TOLERANCE_MS);
      if (overlap > 0 && all > CLOCK_TOLERANCE_MS)
        return impossible(
          overlap > CLOCK_TOLERANCE_MS
            ? `overlaps the vote before it by ${seconds(overlap)}`
            : `overlaps, with the votes before it, by ${seconds(all)}`,
        );
    }
    if (row.answer === 'skipped') return null;
    const activeMs = row.viewedMs - row.idleMs;
    const isTimeFor = (characters: number) => activeMs * acceptance.charactersPerSecond >= characters * 1000;
    const most = this.#content.mostCharactersOf?.(pair);
    if (most !== undefined && isTimeFor(most)) return null;
    const characters = this.#content.charactersOf(pair);
    if (isTimeFor(characters)) return null;
    return impossible(`took ${seconds(activeMs)} for ${characters} characters`);
  }

  #logOf(rater: string): RaterLog {
    const log = this.#logs.get(rater) ?? {
      lastAt: null,
      overlapMs: 0,
      closedBlocks: 0,
      hasConsented: false,
      votes: new Map(),
      read: new Set(),
    };
    this.#logs.set(rater, log);
    return log;
  }
}

function instantProblem(at: number): string | null {
  return at < EARLIEST || at >= LATEST
    ? `was recorded at ${new Date(at).toISOString()}, which cannot be`
    : null;
}

function clockProblem(at: number, previousAt: number | null): RowProblem | null {
  if (previousAt === null || at >= previousAt) return null;
  return {
    fault: 'impossible',
    reason: `the clock stands ${seconds(previousAt - at)} before the vote before it`,
  };
}

function foreignPair(): RowProblem {
  return { fault: 'foreign', reason: 'names a pair that is not in the pack' };
}

function notTheirs(rater: string): RowProblem {
  return { fault: 'out_of_design', reason: `names a pair of “${rater}”` };
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
