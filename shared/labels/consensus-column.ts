/** The people's label of every pair of a study. */

import { CODE } from '../study/verdict-codes.ts';
import type { AgreementOptions } from './agreement-options.ts';
import { type ConsensusKind, consensusOfCounts, labelOfCounts, type PairRule } from './consensus.ts';
import { LABELS, voteCounts } from './vote-counts.ts';
import { likeliestLabel, type RaterColumn, votedCode, voteModel } from './vote-model.ts';

/** What people said: raters' votes, and decisions of adjudicators where there are any. */
export interface PeopleColumns {
  readonly raters: readonly RaterColumn[];
  readonly adjudicated: Int8Array | null;
}

export interface ConsensusColumn {
  /** One code per pair; {@link CODE.missing} where the rule gives no label. */
  readonly codes: Int8Array;
  /**
   * How the votes came together, whatever the rule; and, counted besides, how many labels an adjudicator decided.
   */
  readonly kinds: Readonly<Record<ConsensusKind, number>>;
}

/** The label of every pair under the options' rule, with how many votes agreed. */
export function consensusColumn(
  { raters, adjudicated }: PeopleColumns,
  pairs: number,
  options: Pick<AgreementOptions, 'consensus' | 'bothBad' | 'adjudicated'>,
): ConsensusColumn {
  const codes = new Int8Array(pairs).fill(CODE.missing);
  const kinds: Record<ConsensusKind, number> = {
    unanimous: 0,
    majority: 0,
    split: 0,
    single: 0,
    none: 0,
    adjudicated: 0,
  };
  const rule = pairRuleOf(options.consensus);
  const modelled = options.consensus === 'dawid_skene' ? modelledLabels(raters, pairs, options) : null;
  const votes = voteCounts(
    raters,
    pairs,
    Int8Array.from({ length: CODE.skipped + 2 }, (_code, place) => votedCode(place - 1, options.bothBad)),
  );
  const ofPair = new Int32Array(LABELS);
  for (let pair = 0; pair < pairs; pair++) {
    for (let label = 0; label < LABELS; label++) ofPair[label] = votes[pair * LABELS + label] ?? 0;
    const { kind } = consensusOfCounts(ofPair);
    const label = modelled === null ? labelOfCounts(ofPair, rule) : (modelled[pair] ?? CODE.missing);
    const decided = votedCode(adjudicated?.[pair], options.bothBad);
    const isDecided =
      decided >= 0 &&
      (options.adjudicated === 'everywhere' || (options.adjudicated === 'where_split' && label < 0));
    codes[pair] = isDecided ? decided : label;
    kinds[kind]++;
    if (isDecided) kinds.adjudicated++;
  }
  return { codes, kinds };
}

/** The rule for places where a label must come from the votes on one pair alone: majority stands in for a model. */
export function pairRuleOf(rule: AgreementOptions['consensus']): PairRule {
  return rule === 'dawid_skene' ? 'majority' : rule;
}

/** The model's likeliest label of each pair. Where two are equally likely there is none. */
function modelledLabels(
  raters: readonly RaterColumn[],
  pairs: number,
  options: Pick<AgreementOptions, 'bothBad'>,
): Int8Array {
  const labels = new Int8Array(pairs).fill(CODE.missing);
  const model = voteModel(raters, pairs, options);
  model?.pairs.forEach((pair, place) => {
    labels[pair] = likeliestLabel(model, place);
  });
  return labels;
}
