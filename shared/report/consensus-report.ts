import type { ConsensusReport } from '../contract/quality-methods.ts';
import { percentText, wholePercent } from '../quality/share-text.ts';
import { labelWords } from '../study/label-words.ts';
import { countedText, countText } from './number-texts.ts';
import { numbers, type Report, type ReportTable, words } from './report.ts';

const RULE_NAMES: Readonly<Record<ConsensusReport['rules'][number]['rule'], string>> = {
  majority: 'majority',
  unanimous: 'unanimous only',
  plurality_or_tie: 'plurality, else a tie',
  sign_of_mean: 'sign of the mean',
  dawid_skene: 'Dawid–Skene model',
};

type Kinds = NonNullable<ConsensusReport['kinds']>;

const KIND_NAMES: Readonly<Record<keyof Kinds, string>> = {
  unanimous: 'unanimous',
  majority: 'by majority',
  split: 'split without a majority',
  single: 'with a single vote',
  adjudicated: 'decided by an adjudicator',
  none: 'without a vote',
};

/** How labels come about: by kind, and under each rule. */
export function reportOfConsensus({ pairs, kinds, adjudicated, rules }: ConsensusReport): Report {
  const counts = (Object.keys(KIND_NAMES) as (keyof Kinds)[])
    .filter((kind) => kinds !== null && kinds[kind] > 0)
    .map((kind) => `${countText(kinds?.[kind] ?? 0)} ${KIND_NAMES[kind]}`);
  return {
    sentences: [
      ...(counts.length === 0 ? [] : [`Of ${countedText(pairs, 'pair')}: ${counts.join(', ')}.`]),
      ...(adjudicated > 0 ? [`An adjudicator decided ${countText(adjudicated)}.`] : []),
    ],
    tables: [
      {
        caption: 'Labels under each rule',
        columns: [words('Rule'), numbers('Pairs with a label')],
        rows: rules.map(({ rule, labels }) => [RULE_NAMES[rule], countText(labels)]),
      },
    ],
  };
}

/** How each rater errs under the model. */
export function reportOfRaterErrors(model: NonNullable<ConsensusReport['model']>): Report {
  const { classes, priors, raters, differsFromMajority, iterations, converged } = model;
  const used = classes.map((_name, index) => index).filter((index) => (priors[index] ?? 0) > 1e-9);
  const nameOf = (index: number) => labelWords(classes[index] ?? '');
  const tableOf = ({ rater, votes, said }: (typeof raters)[number]): ReportTable => ({
    caption: `${rater}, ${countedText(votes, 'vote')}`,
    columns: [words('says'), ...used.map((truth) => numbers(nameOf(truth)))],
    rows: used.map((row) => [nameOf(row), ...used.map((truth) => shareOf(said[row]?.[truth]))]),
  });
  return {
    sentences: [
      `True labels are ${used.map((index) => `${nameOf(index)} in ${percentText(priors[index] ?? 0)}`).join(', ')}.`,
      `On ${countedText(differsFromMajority, 'pair')} the likeliest label is not the majority’s.`,
      'Each table: what a rater says (rows) where a label is true (columns), in %.',
      `${converged ? 'Settled' : 'Not settled'} after ${countedText(iterations, 'round')}.`,
      'Exports carry each pair’s shares as soft labels.',
    ],
    tables: raters.map(tableOf),
  };
}

/** A dash where the rater hardly met the label. */
function shareOf(share: number | null | undefined): string {
  return share == null ? '–' : String(wholePercent(share));
}
