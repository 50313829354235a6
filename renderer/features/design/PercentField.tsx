import { NumberField } from './NumberField.tsx';

/** A share, typed in percent; left empty it is none. */
export function PercentField({
  label,
  share,
  max,
  onChange,
}: {
  readonly label: string;
  readonly share: number;
  /** In percent. */
  readonly max: number;
  readonly onChange: (share: number) => void;
}) {
  return (
    <NumberField
      label={label}
      value={Math.round(share * 1000) / 10}
      min={0}
      max={max}
      onChange={(percent) => onChange((percent ?? 0) / 100)}
    />
  );
}
