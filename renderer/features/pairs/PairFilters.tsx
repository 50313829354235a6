import { useEffect, useState } from 'react';
import { SPLIT_SLICE } from '../../../shared/card/columns/card-data.ts';
import type { StudyDetails } from '../../../shared/contract/study-methods.ts';
import type { PairFilter } from '../../../shared/pairs/pair-filter.ts';
import { CLASS_NAMES } from '../../components/review/class-names.ts';
import { SliceSelect } from '../../components/SliceSelect.tsx';
import { CHECK_NAMES, REVIEW_NAMES, STATUS_NAMES } from './pair-words.ts';

const LEFT_OUT = { 'left out': 'true', 'not left out': 'false' } as const;
const LABELS: Readonly<Record<string, Pick<PairFilter, 'fewestLabels' | 'mostLabels'>>> = {
  any: {},
  none: { mostLabels: 0 },
  'one or more': { fewestLabels: 1 },
  one: { fewestLabels: 1, mostLabels: 1 },
  'two or more': { fewestLabels: 2 },
  'three or more': { fewestLabels: 3 },
};

/** Which pairs are shown. All of it stands in the address. */
export function PairFilters({
  study,
  filter,
  onFilter,
}: {
  readonly study: StudyDetails;
  readonly filter: PairFilter;
  readonly onFilter: (filter: PairFilter) => void;
}) {
  const set = (change: Partial<Record<keyof PairFilter, unknown>>) =>
    onFilter(
      Object.fromEntries(
        Object.entries({ ...filter, ...change }).filter(([, value]) => value !== undefined),
      ) as PairFilter,
    );
  const { fewestLabels, mostLabels } = filter;
  const labels = Object.keys(LABELS).find(
    (name) => LABELS[name]?.fewestLabels === fewestLabels && LABELS[name]?.mostLabels === mostLabels,
  );
  return (
    <search className="inline-form" aria-label="Pairs">
      <TextFilter
        text={filter.text ?? ''}
        isBlind={study.unblindedAt === null}
        onText={(text) => set({ text: text === '' ? undefined : text })}
      />
      <Choice
        label="Status"
        names={STATUS_NAMES}
        value={filter.status}
        onValue={(status) => set({ status })}
      />
      <label>
        Labels
        <select
          value={labels ?? 'other'}
          onChange={(event) =>
            set({ fewestLabels: undefined, mostLabels: undefined, ...LABELS[event.target.value] })
          }
        >
          {labels === undefined && <option value="other">as in the address</option>}
          {Object.keys(LABELS).map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <SliceSelect
        label="Slice"
        slices={study.slices}
        slice={
          filter.split === undefined ? (filter.slice ?? null) : { name: SPLIT_SLICE, value: filter.split }
        }
        onSlice={(slice) =>
          slice?.name === SPLIT_SLICE
            ? set({ split: slice.value, slice: undefined })
            : set({ slice: slice ?? undefined, split: undefined })
        }
      />
      <MoreFilters filter={filter} set={set} />
      {Object.keys(filter).length > 0 && (
        <button type="button" onClick={() => onFilter({})}>
          All pairs
        </button>
      )}
    </search>
  );
}

/** What is asked for less often. It stands open where something of it is chosen. */
function MoreFilters({
  filter,
  set,
}: {
  readonly filter: PairFilter;
  readonly set: (change: Partial<Record<keyof PairFilter, unknown>>) => void;
}) {
  const { check, class: wanted, review, isLeftOut } = filter;
  const isUsed = [check, wanted, review, isLeftOut].some((value) => value !== undefined);
  return (
    <details open={isUsed || undefined}>
      <summary>More filters</summary>
      <div className="inline-form">
        <Choice
          label="Known answer"
          names={{ ...CHECK_NAMES, none: 'not known' }}
          value={filter.check}
          onValue={(check) => set({ check })}
        />
        <Choice
          label="Class"
          names={{ ...CLASS_NAMES, none: 'not classified' }}
          value={filter.class}
          onValue={(wanted) => set({ class: wanted })}
        />
        <Choice
          label="Second look"
          names={{ ...REVIEW_NAMES, none: 'none' }}
          value={filter.review}
          onValue={(review) => set({ review })}
        />
        <Choice
          label="Counted"
          names={{ [LEFT_OUT['not left out']]: 'counted', [LEFT_OUT['left out']]: 'left out' }}
          value={isLeftOut === undefined ? undefined : String(isLeftOut)}
          onValue={(value) => set({ isLeftOut: value === undefined ? undefined : value === 'true' })}
        />
      </div>
    </details>
  );
}

function Choice({
  label,
  names,
  value,
  onValue,
}: {
  readonly label: string;
  readonly names: Readonly<Record<string, string>>;
  readonly value: string | undefined;
  readonly onValue: (value: string | undefined) => void;
}) {
  return (
    <label>
      {label}
      <select value={value ?? ''} onChange={(event) => onValue(event.target.value || undefined)}>
        <option value="">any</option>
        {Object.entries(names).map(([name, text]) => (
          <option key={name} value={name}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Looked for with Enter, or when the field is left: a search goes through every text. */
function TextFilter({
  text,
  isBlind,
  onText,
}: {
  readonly text: string;
  readonly isBlind: boolean;
  readonly onText: (text: string) => void;
}) {
  const [typed, setTyped] = useState(text);
  useEffect(() => setTyped(text), [text]);
  const settle = () => {
    if (typed.trim() !== text) onText(typed.trim());
  };
  return (
    <label className="pair-search">
      {isBlind ? 'Text, or a whole id' : 'Text or id'}
      <input
        type="search"
        value={typed}
        maxLength={500}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') settle();
        }}
        onBlur={settle}
      />
    </label>
  );
}
