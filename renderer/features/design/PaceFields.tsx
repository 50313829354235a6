import { NumberField } from './NumberField.tsx';
import type { PartFields } from './part-fields.ts';

/** Pace, breaks and blocks. */
export function PaceFields({ draft: { design }, onDesign }: PartFields) {
  return (
    <>
      <NumberField
        label="Least reading time, in ms"
        value={design.minimumViewingMs}
        min={0}
        max={60_000}
        onChange={(minimumViewingMs) => onDesign({ minimumViewingMs: minimumViewingMs ?? 0 })}
      />
      <NumberField
        label="Suggest a break after minutes (empty: never)"
        value={design.breakAfterMinutes}
        min={5}
        max={240}
        onChange={(breakAfterMinutes) => onDesign({ breakAfterMinutes })}
      />
      <NumberField
        label="Pairs in a block (empty: no blocks)"
        value={design.blockSize}
        min={2}
        max={10_000}
        onChange={(blockSize) => onDesign({ blockSize })}
      />
    </>
  );
}
