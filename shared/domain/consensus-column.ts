/** The people's label of every pair of a study. */
import { dawidSkene } from '../stats/consensus/dawid-skene.ts';
import type { AgreementOptions } from './agreement-options.ts';
import { type ConsensusKind, consensusOf, labelOf, type PairRule } from './consensus.ts';
import { CODE } from './verdict-codes.ts';

export interface RaterColumn {
  readonly name: string;
  readonly codes: Int8Array;
}

export interface ConsensusColumn {
  /** One code per pair; {@link CODE.missing} where the rule gives no label. */
  readonly codes: Int8Array;
  /** How the votes came together, whatever the rule. */
  readonly kinds: Readonly<Record<ConsensusKind, number>>;
}

/** Labels are first, second, tie, both bad. */
const CLASSES = CODE.both_bad + 1;

/** The label of every pair under the options' rule, with how many votes agreed. */
export function consensusColumn(
  raters: readonly RaterColumn[],
  pairs: number,
  options: Pick<AgreementOptions, 'consensus' | 'bothBad'>,
): ConsensusColumn {
  const codes = new Int8Array(pairs).fill(CODE.missing);
  const kinds: Record<ConsensusKind, number> = { unanimous: 0, majority: 0, split: 0, single: 0, none: 0 };
  const votes = new Int8Array(raters.length);
  const rule = pairRuleOf(options.consensus);
  for (let pair = 0; pair < pairs; pair++) {
    raters.forEach((rater, index) => {
      votes[index] = votedCode(rater.codes[pair], options.bothBad);
    });
    kinds[consensusOf(votes).kind]++;
    codes[pair] = labelOf(votes, rule);
  }
  if (options.consensus === 'dawid_skene') modelledLabels(raters, options, codes);
  return { codes, kinds };
}

/** The rule for places where a label must come from the votes on one pair alone: majority stands in for a model. */
export function pairRuleOf(rule: AgreementOptions['consensus']): PairRule {
  return rule === 'dawid_skene' ? 'majority' : rule;
}

/** A vote's class, −1 for none. */
function votedCode(code: number | undefined, bothBad: AgreementOptions['bothBad']): number {
  if (code === undefined || code < 0 || code > CODE.both_bad) return CODE.missing;
  return code === CODE.both_bad && bothBad === 'tie' ? CODE.tie : code;
}

/**
 * Dawid–Skene over all votes, its likeliest class as the label. Where two classes are equally likely there is none.
 */
function modelledLabels(
  raters: readonly RaterColumn[],
  { bothBad }: Pick<AgreementOptions, 'bothBad'>,
  into: Int8Array,
): void {
  const voted = Array.from(into.keys()).filter((pair) =>
    raters.some(({ codes }) => votedCode(codes[pair], bothBad) >= 0),
  );
  const task: number[] = [];
  const worker: number[] = [];
  const label: number[] = [];
  voted.forEach((pair, place) => {
    raters.forEach(({ codes }, rater) => {
      const code = votedCode(codes[pair], bothBad);
      if (code < 0) return;
      task.push(place);
      worker.push(rater);
      label.push(code);
    });
  });
  into.fill(CODE.missing);
  if (voted.length === 0) return;
  const { posterior } = dawidSkene({
    tasks: voted.length,
    workers: raters.length,
    classes: CLASSES,
    task: Int32Array.from(task),
    worker: Int32Array.from(worker),
    label: Int32Array.from(label),
  });
  voted.forEach((pair, place) => {
    const shares = posterior.subarray(place * CLASSES, (place + 1) * CLASSES);
    const highest = Math.max(...shares);
    const leaders = Array.from(shares.keys()).filter((code) => (shares[code] ?? 0) > highest - 1e-9);
    if (leaders.length === 1) into[pair] = leaders[0] ?? CODE.missing;
  });
}
