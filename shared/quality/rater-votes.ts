import { placesWhere, valuesAt } from '../columns/column.ts';
import { LABELS } from '../labels/vote-counts.ts';
import type { VoteRole } from '../study/presentation-kind.ts';
import { CODE } from '../study/verdict-codes.ts';

/** What a vote that counts can be for; a vote's role is its place here. */
export const COUNTED_ROLES = ['label', 'repeat', 'gold', 'catch'] as const satisfies readonly Exclude<
  VoteRole,
  'training'
>[];
export const LABEL = COUNTED_ROLES.indexOf('label');

/** Votes that count, column by column, one entry per vote, in the order they were given. */
export interface VoteColumns {
  /** Numbers the study's pairs from 0. */
  readonly pair: Int32Array;
  /** A place in {@link COUNTED_ROLES}. */
  readonly role: Uint8Array;
  /** What was said of the pair, see {@link CODE}. */
  readonly code: Int8Array;
  /** The pair's output that stood on the left, as the code of a vote for it; {@link CODE.missing} where nobody noted it. */
  readonly leftSide: Int8Array;
  /** Viewing time less idle time; NaN where it was not measured. */
  readonly activeMs: Float64Array;
  /** Characters of task and outputs. */
  readonly characters: Int32Array;
  /** 1 for a check that was answered as it should be, 0 for one that was not; −1 for labels, skips and open checks. */
  readonly isRight: Int8Array;
  /** Whole numbers that place the votes of all raters in the order they were given; ascending. */
  readonly order: Float64Array;
}

/** All votes of one rater that count. */
export interface RaterVotes {
  readonly name: string;
  readonly votes: VoteColumns;
}

/** Some of the votes, by their places. */
function votesAt(votes: VoteColumns, places: Int32Array): VoteColumns {
  return {
    pair: valuesAt(votes.pair, places),
    role: valuesAt(votes.role, places),
    code: valuesAt(votes.code, places),
    leftSide: valuesAt(votes.leftSide, places),
    activeMs: valuesAt(votes.activeMs, places),
    characters: valuesAt(votes.characters, places),
    isRight: valuesAt(votes.isRight, places),
    order: valuesAt(votes.order, places),
  };
}

/** The votes given after one. */
export function votesAfter(votes: VoteColumns, order: number): VoteColumns {
  return votesAt(
    votes,
    placesWhere(votes.order.length, (place) => (votes.order[place] ?? 0) > order),
  );
}

/** What is held against others of a label. */
export type LabelColumns = Pick<VoteColumns, 'pair' | 'code' | 'order'>;

/** Labels without skips: what is held against others. */
export function labelsOf({ votes: { pair, role, code, order } }: RaterVotes): LabelColumns {
  const places = placesWhere(pair.length, (place) => role[place] === LABEL && code[place] !== CODE.skipped);
  return { pair: valuesAt(pair, places), code: valuesAt(code, places), order: valuesAt(order, places) };
}

/**
 * The raters' labels of every pair, counted, so that what all others say of one is told without a list of them. Where a rater
 * labelled a pair more than once, the last label counts.
 */
export class LabelsByPair {
  /** How many raters gave each label to each pair. */
  readonly #counts: Int32Array;
  /** One rater's labels, filled for one rater after the other. */
  readonly #own: Int8Array;

  /** @param pairs how many the study has */
  constructor(labelsOfRaters: readonly LabelColumns[], pairs: number) {
    this.#counts = new Int32Array(pairs * LABELS);
    this.#own = new Int8Array(pairs);
    for (const labels of labelsOfRaters) {
      this.#fillOwn(labels);
      for (const pair of labels.pair) {
        const code = this.#own[pair] ?? CODE.missing;
        if (code < 0) continue;
        this.#counts[pair * LABELS + code] = (this.#counts[pair * LABELS + code] ?? 0) + 1;
        this.#own[pair] = CODE.missing;
      }
    }
  }

  /**
   * For each of a rater's labels what more than half of the others say of its pair, {@link CODE.missing} where they are split or
   * nobody else labelled it; how many others labelled it; and how many of them said tie.
   */
  besides(labels: LabelColumns): {
    readonly others: Int8Array;
    readonly count: Int32Array;
    readonly ties: Int32Array;
  } {
    this.#fillOwn(labels);
    const others = new Int8Array(labels.pair.length).fill(CODE.missing);
    const count = new Int32Array(labels.pair.length);
    const ties = new Int32Array(labels.pair.length);
    for (let place = 0; place < labels.pair.length; place++) {
      const pair = labels.pair[place] ?? 0;
      const own = this.#own[pair] ?? CODE.missing;
      let [total, most, leader] = [0, 0, CODE.missing as number];
      for (let code = 0; code < LABELS; code++) {
        const said = (this.#counts[pair * LABELS + code] ?? 0) - Number(code === own);
        total += said;
        if (code === CODE.tie) ties[place] = said;
        if (said > most) [most, leader] = [said, code];
      }
      count[place] = total;
      if (2 * most > total) others[place] = leader;
    }
    return { others, count, ties };
  }

  #fillOwn(labels: LabelColumns): void {
    this.#own.fill(CODE.missing);
    for (let place = 0; place < labels.pair.length; place++)
      this.#own[labels.pair[place] ?? 0] = labels.code[place] ?? CODE.missing;
  }
}
