import type { CardPart } from '../../../shared/card/figures/figure.ts';
import type { MeasureName } from '../../../shared/card/figures/measures.ts';
import { NumberHead } from '../NumberHead.tsx';
import { TableScroll } from '../TableScroll.tsx';
import { FigureCount } from './FigureCount.tsx';
import { FigureValue } from './FigureValue.tsx';
import { MeasureButton } from './MeasureButton.tsx';

/** Figures one below the other, each with its n, its interval and how it is computed. */
export function FigureList({
  part,
  row,
  measures,
  label,
}: {
  readonly part: CardPart;
  readonly row: string;
  readonly measures: readonly MeasureName[];
  readonly label: string;
}) {
  const figures = measures.flatMap(
    (measure) => part.figures.find((figure) => figure.row === row && figure.measure === measure) ?? [],
  );
  if (figures.length === 0) return null;
  return (
    <TableScroll label={label}>
      <table className="data figures">
        <thead>
          <tr>
            <th scope="col">Figure</th>
            <NumberHead>n</NumberHead>
            <NumberHead>Value and interval</NumberHead>
          </tr>
        </thead>
        <tbody>
          {figures.map((figure) => (
            <tr key={figure.measure}>
              <th scope="row">
                <MeasureButton part={part.name} measure={figure.measure} figures={[figure]} />
              </th>
              <td className="number">
                <FigureCount figure={figure} />
              </td>
              <td className={figure.value === null ? 'reason' : 'number'}>
                <FigureValue part={part.name} figure={figure} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}
