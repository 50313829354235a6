/** The people's label of every pair of a study. */

import { CODE } from '../study/verdict-codes.ts';
import type { AgreementOptions } from './agreement-options.ts';
import { type ConsensusKind, consensusOfCounts, labelOfCounts, type PairRule } from './consensus.ts';
import { countsOfKind, type VoteKinds, voteKinds } from './vote-kinds.ts';
import { likeliestLabel, type RaterColumn, type VoteModel, votedCode, voteModel } from './vote-model.ts';

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

/** What decides people's label. */
export type LabelRule = Pick<AgreementOptions, 'consensus' | 'bothBad' | 'adjudicated'>;

/** People's labels under any rule: votes are counted once for all rules, and a model is fitted once for all that ask it. */
export class PeopleLabels {
  readonly #people: PeopleColumns;
  readonly #pairs: number;
  readonly #columns = new Map<string, ConsensusColumn>();
  readonly #models = new Map<AgreementOptions['bothBad'], VoteModel | null>();
  readonly votes: VoteKinds;

  constructor(people: PeopleColumns, pairs: number) {
    this.#people = people;
    this.#pairs = pairs;
    this.votes = voteKinds(people.raters, pairs);
  }

  /** The label of every pair under the options' rule, with how many votes agreed. */
  under(rule: LabelRule): ConsensusColumn {
    const decided = this.#people.adjudicated === null ? 'nowhere' : rule.adjudicated;
    const key = `${rule.consensus} ${decided} ${rule.bothBad}`;
    let column = this.#columns.get(key);
    if (column === undefined) {
      column = this.#columnUnder(rule);
      this.#columns.set(key, column);
    }
    return column;
  }

  #columnUnder({ consensus, bothBad, adjudicated: use }: LabelRule): ConsensusColumn {
    const { kindOfPair, kinds: size } = this.votes;
    const { adjudicated } = this.#people;
    const rule = pairRuleOf(consensus);
    const ofKinds = Array.from({ length: size }, (_kind, kind) => countsOfKind(this.votes, kind, bothBad));
    const labelOfKind = Int8Array.from(ofKinds, (counts) => labelOfCounts(counts, rule));
    const modelled = consensus === 'dawid_skene' ? this.#modelledUnder(bothBad) : null;
    const codes = new Int8Array(this.#pairs);
    const pairsOfKind = new Int32Array(size);
    let decidedPairs = 0;
    for (let pair = 0; pair < codes.length; pair++) {
      const kind = kindOfPair[pair] ?? 0;
      pairsOfKind[kind] = (pairsOfKind[kind] ?? 0) + 1;
      const label = (modelled === null ? labelOfKind[kind] : modelled[pair]) ?? CODE.missing;
      codes[pair] = label;
      if (adjudicated === null || use === 'nowhere') continue;
      const decided = votedCode(adjudicated[pair], bothBad);
      if (decided < 0 || (use === 'where_split' && label >= 0)) continue;
      codes[pair] = decided;
      decidedPairs++;
    }
    const kinds = { unanimous: 0, majority: 0, split: 0, single: 0, none: 0, adjudicated: decidedPairs };
    for (const [kind, counts] of ofKinds.entries())
      kinds[consensusOfCounts(counts).kind] += pairsOfKind[kind] ?? 0;
    return { codes, kinds };
  }

  /** The model of all votes; null where there is none. */
  model(bothBad: AgreementOptions['bothBad']): VoteModel | null {
    let model = this.#models.get(bothBad);
    if (model === undefined) {
      model = voteModel(this.#people.raters, this.#pairs, { bothBad });
      this.#models.set(bothBad, model);
    }
    return model;
  }

  /** The model's likeliest label of each pair. Where two are equally likely there is none. */
  #modelledUnder(bothBad: AgreementOptions['bothBad']): Int8Array {
    const labels = new Int8Array(this.#pairs).fill(CODE.missing);
    const model = this.model(bothBad);
    model?.pairs.forEach((pair, place) => {
      labels[pair] = likeliestLabel(model, place);
    });
    return labels;
  }
}

/** The label of every pair under one rule. */
export function consensusColumn(people: PeopleColumns, pairs: number, rule: LabelRule): ConsensusColumn {
  return new PeopleLabels(people, pairs).under(rule);
}

/** The rule for places where a label must come from the votes on one pair alone: majority stands in for a model. */
export function pairRuleOf(rule: AgreementOptions['consensus']): PairRule {
  return rule === 'dawid_skene' ? 'majority' : rule;
}
