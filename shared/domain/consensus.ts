import { CODE } from './verdict-codes.ts';

/** How the people's votes on one pair came together. */
export type ConsensusKind = 'unanimous' | 'majority' | 'split' | 'single' | 'none';

export interface Consensus {
  readonly kind: ConsensusKind;
  /** The label's code; {@link CODE.missing} where there is none. */
  readonly code: number;
  readonly votes: number;
  readonly agreeing: number;
}

const NONE: Consensus = { kind: 'none', code: CODE.missing, votes: 0, agreeing: 0 };

/**
 * The human label of one pair. `unanimous`: two or more votes, all equal. `majority`: more than half of
 * the votes. `single`: one vote, which is a label but no consensus. `split`: no label has more than half,
 * a two-against-two as well as a three-way split; no label is guessed. Skipped and missing votes do not
 * count as votes.
 *
 * @param codes one code per rater
 */
export function consensusOf(codes: readonly number[]): Consensus {
  const counts = [0, 0, 0, 0];
  let votes = 0;
  for (const code of codes) {
    if (code < 0 || code > CODE.both_bad) continue;
    counts[code] = (counts[code] ?? 0) + 1;
    votes++;
  }
  if (votes === 0) return NONE;
  const agreeing = Math.max(...counts);
  const code = counts.indexOf(agreeing);
  if (votes === 1) return { kind: 'single', code, votes, agreeing };
  if (agreeing === votes) return { kind: 'unanimous', code, votes, agreeing };
  if (agreeing * 2 > votes) return { kind: 'majority', code, votes, agreeing };
  return { kind: 'split', code: CODE.missing, votes, agreeing };
}
