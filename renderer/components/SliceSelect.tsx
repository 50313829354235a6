import { SPLIT_SLICE } from '../../shared/card/columns/card-data.ts';
import type { SliceName } from '../../shared/card/columns/comparison-filter.ts';

/** Every study has this one: which items a judge may be tuned on. */
const SPLITS = { name: SPLIT_SLICE, values: [{ value: 'dev' }, { value: 'test' }] };

/** Chooses all comparisons of a study, or those of one slice. */
export function SliceSelect({
  label,
  slices,
  slice,
  onSlice,
}: {
  readonly label: string;
  readonly slices: readonly {
    readonly name: string;
    readonly values: readonly { readonly value: string }[];
  }[];
  readonly slice: SliceName | null;
  readonly onSlice: (slice: SliceName | null) => void;
}) {
  return (
    <label>
      {label}
      <select
        value={slice === null ? '' : JSON.stringify(slice)}
        onChange={(event) =>
          onSlice(event.target.value === '' ? null : (JSON.parse(event.target.value) as SliceName))
        }
      >
        <option value="">all</option>
        {[SPLITS, ...slices].map(({ name, values }) => (
          <optgroup key={name} label={name}>
            {values.map(({ value }) => (
              <option key={value} value={JSON.stringify({ name, value })}>
                {value}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}
