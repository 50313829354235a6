import type { AgreementOptions } from '../../labels/agreement-options.ts';
import type { ConsensusKind, ConsensusRule } from '../../labels/consensus.ts';
import { PeopleLabels } from '../../labels/consensus-column.ts';
import type { VoteKinds } from '../../labels/vote-kinds.ts';
import type { CardData, JudgeColumn } from './card-data.ts';
import { judgesUnder } from './judges-under.ts';
import { type SplitSides, splitSides } from './split-sides.ts';

/** People's side of a card, worked out once for all its parts and all judges. */
export interface PeopleView {
  readonly data: CardData;
  readonly options: AgreementOptions;
  /** People's label of each pair under the options' rule. */
  readonly people: Int8Array;
  readonly kinds: Readonly<Record<ConsensusKind, number>>;
  /** Whether every two raters are compared however many there are; else only where they are few. */
  readonly withRaterPairs: boolean;
  /** All pairs by how raters' votes on them fall. */
  readonly votes: VoteKinds;
  /** People's label under any rule. */
  readonly labelsUnder: (rule: ConsensusRule) => Int8Array;
  /** Which side of the stable split the pairs are on. */
  readonly split: SplitSides;
  /** What a name stands for, worked out the first time it is asked for: for figures that no judge changes. */
  readonly once: <Value>(name: string, make: () => Value) => Value;
}

/** One judge beside people. */
export interface JudgeView extends PeopleView {
  readonly judge: JudgeColumn;
}

/** @param labels of these data, where they were asked before */
export function peopleView(
  all: CardData,
  options: AgreementOptions,
  labels = new PeopleLabels(all, all.itemOfPair.length),
): PeopleView {
  const data = judgesUnder(all, options);
  const { codes, kinds } = labels.under(options);
  const kept = new Map<string, unknown>();
  const once = <Value>(name: string, make: () => Value): Value => {
    if (!kept.has(name)) kept.set(name, make());
    return kept.get(name) as Value;
  };
  return {
    data,
    options,
    people: codes,
    kinds,
    withRaterPairs: false,
    votes: labels.votes,
    labelsUnder: (consensus) => labels.under({ ...options, consensus }).codes,
    split: splitSides(data),
    once,
  };
}
