import type { AgreementOptions } from '../../../shared/labels/agreement-options.ts';

export type CardPolicies = Pick<
  AgreementOptions,
  'ties' | 'bothBad' | 'unparsed' | 'inconsistent' | 'consensus' | 'adjudicated' | 'orders'
>;

export const DEFAULT_POLICIES: CardPolicies = {
  ties: 'separate',
  bothBad: 'separate',
  unparsed: 'drop',
  inconsistent: 'class',
  consensus: 'majority',
  adjudicated: 'where_split',
  orders: 'agree',
};

const CHOICES: {
  readonly [Key in keyof CardPolicies]: {
    readonly label: string;
    readonly values: Readonly<Record<CardPolicies[Key], string>>;
  };
} = {
  consensus: {
    label: 'People’s label',
    values: {
      majority: 'majority',
      unanimous: 'unanimous only',
      plurality_or_tie: 'plurality, else a tie',
      sign_of_mean: 'sign of the mean',
      dawid_skene: 'Dawid–Skene model',
    },
  },
  adjudicated: {
    label: 'Adjudicated labels',
    values: {
      where_split: 'where votes give none',
      everywhere: 'instead of votes',
      nowhere: 'not used',
    },
  },
  orders: {
    label: 'Orders of the judge',
    values: {
      agree: 'agree, else inconsistent',
      majority: 'most frequent verdict',
      mean_probability: 'mean probability',
      first_order: 'first order only',
    },
  },
  ties: { label: 'Ties', values: { separate: 'a category', drop: 'left out', half: 'half to each side' } },
  bothBad: { label: 'Both bad', values: { separate: 'a category', tie: 'counts as tie' } },
  inconsistent: {
    label: 'Inconsistent',
    values: { class: 'a category', tie: 'counts as tie', drop: 'left out' },
  },
  unparsed: { label: 'Unparsed', values: { drop: 'left out', tie: 'counts as tie', class: 'a category' } },
};

/** One choice for each policy. */
export function PolicySelects<Policies extends CardPolicies>({
  policies,
  onPolicies,
}: {
  readonly policies: Policies;
  readonly onPolicies: (policies: Policies) => void;
}) {
  return (Object.keys(CHOICES) as (keyof CardPolicies)[]).map((key) => (
    <label key={key}>
      {CHOICES[key].label}
      <select
        value={policies[key]}
        onChange={(event) => onPolicies({ ...policies, [key]: event.target.value })}
      >
        {Object.entries(CHOICES[key].values).map(([option, label]) => (
          <option key={option} value={option}>
            {label}
          </option>
        ))}
      </select>
    </label>
  ));
}
