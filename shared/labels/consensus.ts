import { CODE } from '../study/verdict-codes.ts';

/** How the label of one pair came about: from raters' votes, or decided by an adjudicator. */
export type ConsensusKind = 'unanimous' | 'majority' | 'split' | 'single' | 'none' | 'adjudicated';

export const CONSENSUS_KINDS = ['unanimous', 'majority', 'split', 'single', 'none', 'adjudicated'] as const;

/** Rules that turn the votes on a pair into one label. */
export const CONSENSUS_RULES = [
  'majority',
  'unanimous',
  'plurality_or_tie',
  'sign_of_mean',
  'dawid_skene',
] as const;
export type ConsensusRule = (typeof CONSENSUS_RULES)[number];

/** Rules that need nothing but the votes on the pair. */
export type PairRule = Exclude<ConsensusRule, 'dawid_skene'>;

export interface Consensus {
  readonly kind: ConsensusKind;
  /** The label's code; {@link CODE.missing} where there is none. */
  readonly code: number;
  readonly votes: number;
  readonly agreeing: number;
}

const NONE: Consensus = { kind: 'none', code: CODE.missing, votes: 0, agreeing: 0 };

/**
 * The human label of one pair by majority. `unanimous`: two or more votes, all equal. `majority`: more than half of
 * the votes. `single`: one vote, which is a label but no consensus. `split`: no label has more than half,
 * a two-against-two as well as a three-way split; no label is guessed. Skipped and missing votes do not
 * count as votes.
 *
 * @param codes one code per rater
 */
export function consensusOf(codes: ArrayLike<number>): Consensus {
  return consensusOfCounts(countsOf(codes));
}

/** How many votes there are of each label, by code. */
export type LabelCounts = ArrayLike<number>;

function countsOf(codes: ArrayLike<number>): number[] {
  const counts = [0, 0, 0, 0];
  for (let rater = 0; rater < codes.length; rater++) {
    const code = codes[rater] ?? CODE.missing;
    if (code >= 0 && code <= CODE.both_bad) counts[code] = (counts[code] ?? 0) + 1;
  }
  return counts;
}

/** The same from how many votes there are of each label. */
export function consensusOfCounts(counts: LabelCounts): Consensus {
  const [first, second] = [counts[CODE.first] ?? 0, counts[CODE.second] ?? 0];
  const [ties, bothBad] = [counts[CODE.tie] ?? 0, counts[CODE.both_bad] ?? 0];
  const votes = first + second + ties + bothBad;
  if (votes === 0) return NONE;
  const agreeing = Math.max(first, second, ties, bothBad);
  const code =
    agreeing === first
      ? CODE.first
      : agreeing === second
        ? CODE.second
        : agreeing === ties
          ? CODE.tie
          : CODE.both_bad;
  if (votes === 1) return { kind: 'single', code, votes, agreeing };
  if (agreeing === votes) return { kind: 'unanimous', code, votes, agreeing };
  if (agreeing * 2 > votes) return { kind: 'majority', code, votes, agreeing };
  return { kind: 'split', code: CODE.missing, votes, agreeing };
}

/**
 * The label of one pair under a rule, {@link CODE.missing} where the rule gives none. Where plurality or the sign of the
 * mean finds no side, the label is a tie: a decision about the votes, not a vote anybody gave.
 */
export function labelOf(codes: ArrayLike<number>, rule: PairRule): number {
  return labelOfCounts(countsOf(codes), rule);
}

/** The same from how many votes there are of each label. */
export function labelOfCounts(counts: LabelCounts, rule: PairRule): number {
  if (rule === 'sign_of_mean') return signOfMean(counts);
  const consensus = consensusOfCounts(counts);
  switch (rule) {
    case 'majority':
      return consensus.code;
    case 'unanimous':
      return consensus.kind === 'unanimous' ? consensus.code : CODE.missing;
    case 'plurality_or_tie':
      return consensus.kind === 'split' ? pluralityOrTie(counts, consensus.agreeing) : consensus.code;
  }
}

function pluralityOrTie(counts: LabelCounts, most: number): number {
  let leader: number = CODE.missing;
  for (let code = 0; code <= CODE.both_bad; code++) {
    if (counts[code] !== most) continue;
    if (leader >= 0) return CODE.tie;
    leader = code;
  }
  return leader < 0 ? CODE.tie : leader;
}

/** Both bad is a tie here: it points to neither side. */
function signOfMean(counts: LabelCounts): number {
  const [first, second] = [counts[CODE.first] ?? 0, counts[CODE.second] ?? 0];
  if (first + second + (counts[CODE.tie] ?? 0) + (counts[CODE.both_bad] ?? 0) === 0) return CODE.missing;
  return first > second ? CODE.first : second > first ? CODE.second : CODE.tie;
}
