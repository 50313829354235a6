import { labelOf } from '../labels/consensus.ts';
import type { VoteRole } from '../study/presentation-kind.ts';
import type { Side } from '../study/verdict.ts';
import { CODE } from '../study/verdict-codes.ts';

/** A vote that counts. */
export interface RaterVote {
  /** Numbers the study's pairs from 0. */
  readonly pair: number;
  readonly role: Exclude<VoteRole, 'training'>;
  /** What was said of the pair, see {@link CODE}. */
  readonly code: number;
  /** The pair's output that stood on the left; null where nobody noted it. */
  readonly leftSide: Side | null;
  /** Viewing time less idle time; null where it was not measured. */
  readonly activeMs: number | null;
  /** Characters of task and outputs. */
  readonly characters: number;
  /** Whether a check was answered as it should be; null for labels, skips and checks whose answer is open. */
  readonly isRight: boolean | null;
  /** Votes of all raters in the order they were given. */
  readonly order: number;
}

/** All votes of one rater that count, in their order. */
export interface RaterVotes {
  readonly name: string;
  readonly votes: readonly RaterVote[];
}

/** Labels without skips: what is held against others. */
export function labelsOf({ votes }: RaterVotes): RaterVote[] {
  return votes.filter(({ role, code }) => role === 'label' && code !== CODE.skipped);
}

/**
 * What more than half of the other raters say of each pair this one labelled; {@link CODE.missing} where they are
 * split or nobody else labelled it.
 *
 * @param byPair every rater's label of a pair, by rater
 */
export function othersLabel(
  byPair: ReadonlyMap<number, ReadonlyMap<string, number>>,
  rater: string,
  pair: number,
): number {
  const others = [...(byPair.get(pair) ?? [])].filter(([name]) => name !== rater).map(([, code]) => code);
  return others.length === 0 ? CODE.missing : labelOf(others, 'majority');
}
