import type { AgreementOptions } from '../labels/agreement-options.ts';
import { DEFAULT_POLICIES } from '../labels/default-options.ts';

export type CardPolicies = Pick<
  AgreementOptions,
  'consensus' | 'adjudicated' | 'orders' | 'ties' | 'bothBad' | 'inconsistent' | 'unparsed'
>;

interface PolicyWords<Value extends string> {
  readonly label: string;
  /** Beside its label, as one is chosen. */
  readonly choices: Readonly<Record<Value, string>>;
  /** By itself, in a line with the others. */
  readonly words: Readonly<Record<Value, string>>;
}

/** What each policy may be, in words, in the order in which they are told. */
export const POLICY_WORDS: { readonly [Key in keyof CardPolicies]: PolicyWords<CardPolicies[Key]> } = {
  consensus: {
    label: 'People’s label',
    choices: {
      majority: 'majority',
      unanimous: 'unanimous only',
      plurality_or_tie: 'plurality, else a tie',
      sign_of_mean: 'sign of the mean',
      dawid_skene: 'Dawid–Skene model',
    },
    words: {
      majority: 'label by majority',
      unanimous: 'unanimous labels only',
      plurality_or_tie: 'label by plurality, else a tie',
      sign_of_mean: 'label by the sign of the mean',
      dawid_skene: 'label by the Dawid–Skene model',
    },
  },
  adjudicated: {
    label: 'Adjudicated labels',
    choices: { where_split: 'where votes give none', everywhere: 'instead of votes', nowhere: 'not used' },
    words: {
      where_split: 'adjudicated where votes give none',
      everywhere: 'adjudicated labels instead of votes',
      nowhere: 'adjudicated labels not used',
    },
  },
  orders: {
    label: 'Orders of the judge',
    choices: {
      agree: 'agree, else inconsistent',
      majority: 'most frequent verdict',
      mean_probability: 'mean probability',
      first_order: 'first order only',
    },
    words: {
      agree: 'both orders must agree',
      majority: 'most frequent verdict of the orders',
      mean_probability: 'mean probability of the orders',
      first_order: 'first order only',
    },
  },
  ties: {
    label: 'Ties',
    choices: { separate: 'a category', drop: 'left out', half: 'half to each side' },
    words: { separate: 'ties count', drop: 'ties left out', half: 'ties half to each side' },
  },
  bothBad: {
    label: 'Both bad',
    choices: { separate: 'a category', tie: 'counts as tie' },
    words: { separate: 'both bad counts', tie: 'both bad is a tie' },
  },
  inconsistent: {
    label: 'Inconsistent',
    choices: { class: 'a category', tie: 'counts as tie', drop: 'left out' },
    words: {
      class: 'inconsistent counts',
      tie: 'inconsistent is a tie',
      drop: 'inconsistent left out',
    },
  },
  unparsed: {
    label: 'Unparsed',
    choices: { drop: 'left out', tie: 'counts as tie', class: 'a category' },
    words: { drop: 'unparsed left out', tie: 'unparsed is a tie', class: 'unparsed counts' },
  },
};

export const POLICY_NAMES = Object.keys(POLICY_WORDS) as readonly (keyof CardPolicies)[];

/** All policies in one line. */
export function policyLine(policies: CardPolicies): string {
  return POLICY_NAMES.map((name) => wordsOf(name, policies)).join(' · ');
}

const ALWAYS_TOLD: readonly (keyof CardPolicies)[] = ['consensus', 'orders', 'ties'];

/** The policies that matter most, and each other one that is not the usual. */
export function briefPolicyLine(policies: CardPolicies): string {
  return POLICY_NAMES.filter(
    (name) => ALWAYS_TOLD.includes(name) || policies[name] !== DEFAULT_POLICIES[name],
  )
    .map((name) => wordsOf(name, policies))
    .join(' · ');
}

function wordsOf<Name extends keyof CardPolicies>(name: Name, policies: CardPolicies): string {
  const words: Readonly<Record<string, string>> = POLICY_WORDS[name].words;
  return words[policies[name]] ?? policies[name];
}
