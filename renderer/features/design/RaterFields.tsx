import { NumberField } from './NumberField.tsx';
import { PercentField } from './PercentField.tsx';
import type { PartFields } from './part-fields.ts';

/** How many raters see a pair. */
export function RaterFields({ draft: { design }, onDesign }: PartFields) {
  return (
    <>
      <NumberField
        label="Raters per pair (empty: every rater)"
        value={design.ratersPerPair}
        min={1}
        max={1000}
        onChange={(ratersPerPair) => onDesign({ ratersPerPair })}
      />
      <NumberField
        label="… where those before were split (empty: no more)"
        value={design.ratersWhereSplit}
        min={2}
        max={1000}
        onChange={(ratersWhereSplit) => onDesign({ ratersWhereSplit })}
      />
      <PercentField
        label="… and of all pairs, seen by every rater, in %"
        share={design.overlapShare}
        max={100}
        onChange={(overlapShare) => onDesign({ overlapShare })}
      />
    </>
  );
}
