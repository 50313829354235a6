/**
 * What a figure is about, as data: a rater called “people” is no consensus, and a slice `a=b` of value `c` is no slice `a` of
 * value `b=c`. The row of a table is the subject in words, and no two subjects share their words.
 */

import { CONSENSUS_KINDS, type ConsensusKind } from '../../labels/consensus.ts';
import { CATEGORY_NAMES, type CategoryName } from '../../study/verdict-codes.ts';

/** Subjects that need no name, and their rows. */
export const ROW = {
  /** People's label, the judge against it. */
  consensus: 'people',
  all_raters: 'all raters',
  mean_over_raters: 'mean over raters',
  judge_less_rater: 'judge less rater',
  tuned_on: 'pairs it was tuned on',
  both_orders: 'both orders',
  same_output_twice: 'same output twice',
  first_place_twice: 'first place twice',
  second_place_twice: 'second place twice',
  other_flips: 'other flips',
  first_place: 'first place',
  second_place: 'second place',
  first_output_shown_first: 'first output shown first',
  second_output_shown_first: 'second output shown first',
  repeated_samples: 'repeated samples',
  longer_output: 'longer output',
  output_with_list: 'output with a list',
  output_with_more_markdown: 'output with more markdown',
  own_output: 'its own output',
  output_of_family: 'output of its family',
  injections: 'instructions in an output',
  all_scores: 'all scores',
  both_rankings: 'both rankings',
  not_judged: 'not judged',
} as const;
export type FixedKind = keyof typeof ROW;

/** What sentences of a part can be about, beside the subjects of its figures. */
export const TOPICS = [
  'standing',
  'answer',
  'sentence',
  'next',
  'rule',
  'mapping',
  'ceiling',
  'warned',
  'tuned',
  'consensus',
  'excluded',
  'scores',
  'strengths',
  'win rates',
  'slices',
  'splits',
  'systems',
  'length',
  'judges',
  'raters',
] as const;
export type Topic = (typeof TOPICS)[number];

export type Subject =
  | { readonly kind: FixedKind }
  | { readonly kind: 'rater' | 'judge' | 'system'; readonly name: string }
  /** Two of a kind, in the order of the figure: a difference is the first less the second. */
  | { readonly kind: 'raters' | 'judges' | 'systems'; readonly first: string; readonly second: string }
  | { readonly kind: 'slice'; readonly name: string; readonly value: string }
  | { readonly kind: 'label'; readonly label: CategoryName | 'error' }
  | { readonly kind: 'provenance'; readonly of: ConsensusKind }
  | { readonly kind: 'votes'; readonly rater: string; readonly label: CategoryName }
  | { readonly kind: 'policy'; readonly policy: 'ties' | 'consensus'; readonly value: string }
  /** A cell of a confusion matrix: of people and the judge, or of two raters. */
  | {
      readonly kind: 'cell';
      readonly between: { readonly first: string; readonly second: string } | null;
      readonly row: CategoryName;
      readonly column: CategoryName;
    }
  /** Pairs whose outputs differ in length by more than `low`, null for any, up to `high`; both are parts of both lengths. */
  | {
      readonly kind: 'length_gap';
      readonly group: number;
      readonly low: number | null;
      readonly high: number;
    }
  | { readonly kind: 'score_bin'; readonly bin: number; readonly low: number; readonly high: number }
  | { readonly kind: 'surest'; readonly share: number }
  /** Pairs of which people say that a side is better by so many steps. */
  | { readonly kind: 'strength'; readonly steps: number }
  | { readonly kind: 'error_target'; readonly share: number }
  | { readonly kind: 'epsilon'; readonly epsilon: number };

/** Fixed subjects by kind. */
export const SUBJECT = Object.fromEntries(
  Object.keys(ROW).map((kind) => [kind, { kind }]),
) as unknown as Readonly<{ [Kind in FixedKind]: { readonly kind: Kind } }>;

/** The subject in words. Equal words mean equal subjects. */
export function rowOf(subject: Subject): string {
  switch (subject.kind) {
    case 'rater':
    case 'judge':
    case 'system':
      return plain(subject.name);
    case 'raters':
    case 'systems':
      return twoOf(subject);
    case 'judges':
      return `${plain(subject.first)} less ${plain(subject.second)}`;
    case 'slice':
      return `${subject.name.includes('=') ? quote(subject.name) : plain(subject.name)}=${plain(subject.value)}`;
    case 'label':
      return subject.label;
    case 'provenance':
      return subject.of;
    case 'votes':
      return `${plain(subject.rater)}: ${subject.label}`;
    case 'policy':
      return `${subject.policy}: ${subject.value}`;
    case 'cell':
      return `${subject.between === null ? 'matrix' : twoOf(subject.between)}: ${subject.row} / ${subject.column}`;
    case 'length_gap':
      return `gap ${subject.group}: ${subject.low === null ? '' : `${percent(subject.low)} `}to ${percent(subject.high)} %`;
    case 'score_bin': {
      const [low, high] = [subject.low.toFixed(3), subject.high.toFixed(3)];
      return `bin ${subject.bin}: ${low === high ? low : `${low} to ${high}`}`;
    }
    case 'strength':
      return `strength ${subject.steps}`;
    case 'surest':
      return `surest ${percent(subject.share)} %`;
    case 'error_target':
      return `error ≤ ${percent(subject.share)} %`;
    case 'epsilon':
      return `epsilon ${subject.epsilon}`;
    default:
      return ROW[subject.kind];
  }
}

function twoOf({ first, second }: { readonly first: string; readonly second: string }): string {
  return `${plain(first)} – ${plain(second)}`;
}

/** Words that mean something else than a name. */
const RESERVED: ReadonlySet<string> = new Set<string>([
  ...Object.values(ROW),
  ...TOPICS,
  ...CATEGORY_NAMES,
  ...CONSENSUS_KINDS,
  'error',
  'matrix',
]);

/** What rows are put together with: a name that holds it stands in quotes, and so does one that looks quoted. */
const PUT_TOGETHER = /^"|^(?:gap|bin|strength|surest|error|epsilon) | – | less | \/ |: /u;

function plain(name: string): string {
  return name === '' || RESERVED.has(name) || PUT_TOGETHER.test(name) ? quote(name) : name;
}

function quote(name: string): string {
  return JSON.stringify(name);
}

function percent(share: number): string {
  return String(Number((100 * share).toFixed(1)));
}
