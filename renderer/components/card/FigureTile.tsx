import type { CardPart } from '../../../shared/card/figures/figure.ts';
import { figureOf } from '../../../shared/card/figures/figure-text.ts';
import type { MeasureName } from '../../../shared/card/figures/measures.ts';
import { FigureCount } from './FigureCount.tsx';
import { FigureValue } from './FigureValue.tsx';
import { MeasureButton } from './MeasureButton.tsx';

/** One figure large, for the head of the card. Nothing until its part is there. */
export function FigureTile({
  part,
  row,
  measure,
  note,
}: {
  readonly part: CardPart | undefined;
  readonly row: string;
  readonly measure: MeasureName;
  /** Of what, or for what. */
  readonly note: string;
}) {
  const figure = part === undefined ? undefined : figureOf(part, row, measure);
  if (part === undefined || figure === undefined) return null;
  return (
    <div className="tile">
      <MeasureButton part={part.name} measure={measure} figures={[figure]} />
      <div className="tile-value">
        <FigureValue part={part.name} figure={figure} isBrief />
      </div>
      <div className="quiet">
        n <FigureCount figure={figure} /> · {note}
      </div>
    </div>
  );
}
