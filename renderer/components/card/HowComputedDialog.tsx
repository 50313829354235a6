import { type Figure, figureId, type PartName } from '../../../shared/card/figures/figure.ts';
import { figureText, intervalText } from '../../../shared/card/figures/figure-text.ts';
import { MEASURES } from '../../../shared/card/figures/measures.ts';
import { Dialog } from '../Dialog.tsx';
import { NumberHead } from '../NumberHead.tsx';
import { TableScroll } from '../TableScroll.tsx';
import { CopyCsvButton } from './CopyCsvButton.tsx';
import { FigureCount } from './FigureCount.tsx';

/** Definition, interval, source, n and seed of some figures of one measure. */
export function HowComputedDialog({
  part,
  figures,
  onClose,
}: {
  readonly part: PartName;
  readonly figures: readonly Figure[];
  readonly onClose: () => void;
}) {
  const [first] = figures;
  if (first === undefined) return null;
  const { label, definition, interval, source, counted } = MEASURES[first.measure];
  return (
    <Dialog title={`How “${label}” is computed`} onClose={onClose}>
      <p>{definition}</p>
      <dl className="pairs">
        <div>
          <dt>Interval</dt>
          <dd>{interval === '' ? 'None belongs to this figure.' : interval}</dd>
        </div>
        <div>
          <dt>Source</dt>
          <dd>{source}</dd>
        </div>
        <div>
          <dt>n counts</dt>
          <dd>{counted}</dd>
        </div>
        <div>
          <dt>Seed</dt>
          <dd>None: nothing in it is random.</dd>
        </div>
      </dl>
      <TableScroll label={label}>
        <table className="data">
          <thead>
            <tr>
              <th scope="col">Figure</th>
              <NumberHead>n</NumberHead>
              <NumberHead>Value</NumberHead>
              <NumberHead>Interval</NumberHead>
              <th scope="col">Method</th>
            </tr>
          </thead>
          <tbody>
            {figures.map((figure) => (
              <tr key={figureId(part, figure)}>
                <th scope="row">{figure.row}</th>
                <td className="number">
                  <FigureCount figure={figure} />
                </td>
                <td className={figure.value === null ? 'reason' : 'number'}>{figureText(figure)}</td>
                <td className={figure.interval === null ? 'reason' : 'number'}>{intervalText(figure)}</td>
                <td>
                  {figure.interval === null
                    ? ''
                    : `${figure.interval.method}, ${Math.round(100 * figure.interval.level)} %`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
      <div className="button-row">
        <CopyCsvButton parts={[{ name: part, figures }]} />
      </div>
    </Dialog>
  );
}
