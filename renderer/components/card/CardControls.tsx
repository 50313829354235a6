import type { AgreementOptions } from '../../../shared/domain/agreement-options.ts';
import type { SliceName } from '../../../shared/domain/card/comparison-filter.ts';
import { SliceSelect } from '../SliceSelect.tsx';

export type CardPolicies = Pick<
  AgreementOptions,
  'ties' | 'bothBad' | 'unparsed' | 'inconsistent' | 'consensus' | 'orders'
>;

export const DEFAULT_POLICIES: CardPolicies = {
  ties: 'separate',
  bothBad: 'separate',
  unparsed: 'drop',
  inconsistent: 'class',
  consensus: 'majority',
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

/** Which judge, on which comparisons, under which policies. */
export function CardControls({
  policies,
  onPolicies,
  judges,
  judge,
  onJudge,
  slices,
  hasPairs,
  slice,
  onSlice,
}: {
  readonly policies: CardPolicies;
  readonly onPolicies: (policies: CardPolicies) => void;
  readonly judges: readonly string[];
  readonly judge: string | null;
  readonly onJudge: (judge: string) => void;
  readonly slices: readonly {
    readonly name: string;
    readonly values: readonly { readonly value: string }[];
  }[];
  readonly hasPairs: boolean;
  readonly slice: SliceName | null;
  readonly onSlice: (slice: SliceName | null) => void;
}) {
  return (
    <div className="policy-row card-controls">
      {judges.length > 0 && (
        <label>
          Judge
          <select value={judge ?? ''} onChange={(event) => onJudge(event.target.value)}>
            {judges.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      )}
      {hasPairs && <SliceSelect label="Comparisons" slices={slices} slice={slice} onSlice={onSlice} />}
      {(Object.keys(CHOICES) as (keyof CardPolicies)[]).map((key) => (
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
      ))}
    </div>
  );
}
