import type { Figure, PartName } from '../../../shared/card/figures/figure.ts';
import { MEASURES, type MeasureName } from '../../../shared/card/figures/measures.ts';
import { useCardActions } from '../../state/card-actions.ts';

/** A measure's name, which opens how its figures are computed. */
export function MeasureButton({
  part,
  measure,
  figures,
}: {
  readonly part: PartName;
  readonly measure: MeasureName;
  readonly figures: readonly Figure[];
}) {
  const { explain } = useCardActions();
  return (
    <button
      type="button"
      className="measure-button"
      title="How this is computed"
      onClick={() => explain(part, figures)}
    >
      {MEASURES[measure].label}
    </button>
  );
}
