import type { SliceName } from '../../../shared/card/columns/comparison-filter.ts';
import { briefPolicyLine, type CardPolicies } from '../../../shared/report/policy-words.ts';
import { SliceSelect } from '../SliceSelect.tsx';
import { PolicySelects } from './PolicySelects.tsx';

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
    <div className="card-controls">
      <div className="card-choice">
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
      </div>
      <details className="policies">
        <summary>{briefPolicyLine(policies)}</summary>
        <div className="policy-row">
          <PolicySelects policies={policies} onPolicies={onPolicies} />
        </div>
      </details>
    </div>
  );
}
