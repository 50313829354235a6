import type { CardPart } from '../../../shared/domain/card/figure.ts';
import { figureOf } from '../../../shared/domain/card/figure-text.ts';
import { MEASURES, type MeasureName } from '../../../shared/domain/card/measures.ts';
import { useCardActions } from './card-actions.ts';
import { FigureValue } from './FigureValue.tsx';

/** One figure large, for the head of the card. Nothing until its part is there. */
export function FigureTile({
  part,
  row,
  measure,
}: {
  readonly part: CardPart | undefined;
  readonly row: string;
  readonly measure: MeasureName;
}) {
  const { explain } = useCardActions();
  const figure = part === undefined ? undefined : figureOf(part, row, measure);
  if (part === undefined || figure === undefined) return null;
  return (
    <div className="tile">
      <button
        type="button"
        className="measure-button"
        title="How this is computed"
        onClick={() => explain(part.name, [figure])}
      >
        {MEASURES[measure].label}
      </button>
      <div className="tile-value">
        <FigureValue part={part.name} figure={figure} isBrief />
      </div>
      <div className="quiet">n {figure.n.toLocaleString('en')}</div>
    </div>
  );
}
