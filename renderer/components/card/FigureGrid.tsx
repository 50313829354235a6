import type { CardPart, Figure } from '../../../shared/card/figures/figure.ts';
import { figureOf } from '../../../shared/card/figures/figure-text.ts';
import { MEASURES, type MeasureName } from '../../../shared/card/figures/measures.ts';
import { NumberHead } from '../NumberHead.tsx';
import { TableScroll } from '../TableScroll.tsx';
import { FigureCount } from './FigureCount.tsx';
import { FigureValue } from './FigureValue.tsx';
import { MeasureButton } from './MeasureButton.tsx';

/** Rows of a part against some of its measures. A measure's name says how it is computed. */
export function FigureGrid({
  part,
  measures,
  rowTitle,
  rows = rowsWithAny(part, measures),
  nameOf = (row) => row,
}: {
  readonly part: CardPart;
  readonly measures: readonly MeasureName[];
  readonly rowTitle: string;
  readonly rows?: readonly string[];
  readonly nameOf?: (row: string) => string;
}) {
  const used = measures.filter((measure) => rows.some((row) => figureOf(part, row, measure) !== undefined));
  const [first] = used;
  if (first === undefined || rows.length === 0) return null;
  // A count is its own n.
  const hasN = used.some((measure) => MEASURES[measure].unit !== 'count');
  const ofMeasure = (measure: MeasureName): Figure[] =>
    rows.flatMap((row) => figureOf(part, row, measure) ?? []);
  const shown = used.flatMap((measure) => ofMeasure(measure));
  const reasons = new Set(shown.flatMap(({ value, reason }) => (value === null ? (reason ?? []) : [])));
  const noInterval = new Set(shown.flatMap((figure) => figure.noInterval ?? []));
  return (
    <div className="figure-grid">
      <TableScroll label={`${rowTitle}: ${used.map((measure) => MEASURES[measure].label).join(', ')}`}>
        <table className="data figures">
          <thead>
            <tr>
              <th scope="col">{rowTitle}</th>
              {hasN && <NumberHead>n</NumberHead>}
              {used.map((measure) => (
                <NumberHead key={measure}>
                  <MeasureButton part={part.name} measure={measure} figures={ofMeasure(measure)} />
                </NumberHead>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row}>
                <th scope="row">{nameOf(row)}</th>
                {hasN && (
                  <td className="number">
                    <RowCount figure={countingFigure(part, row, used)} />
                  </td>
                )}
                {used.map((measure) => (
                  <td key={measure} className="number">
                    <FigureValue part={part.name} figure={figureOf(part, row, measure)} isBrief />
                    <OwnCount
                      figure={figureOf(part, row, measure)}
                      ofRow={countingFigure(part, row, used)?.n}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
      {reasons.size > 0 && <p className="why-none">– {someOf(reasons)}</p>}
      {noInterval.size > 0 && <p className="why-none">Without an interval: {someOf(noInterval)}</p>}
    </div>
  );
}

/** More are left to each figure's own explanation. */
const MOST_REASONS = 4;

function someOf(reasons: ReadonlySet<string>): string {
  return [...reasons].slice(0, MOST_REASONS).join('; ');
}

/** The figure whose n stands for the row: the first that is no count itself. */
function countingFigure(part: CardPart, row: string, measures: readonly MeasureName[]): Figure | undefined {
  const figures = measures.flatMap((measure) => figureOf(part, row, measure) ?? []);
  return figures.find(({ measure }) => MEASURES[measure].unit !== 'count');
}

function RowCount({ figure }: { readonly figure: Figure | undefined }) {
  return figure === undefined ? '–' : <FigureCount figure={figure} />;
}

/** The n of a figure that is not its row's. */
function OwnCount({
  figure,
  ofRow,
}: {
  readonly figure: Figure | undefined;
  readonly ofRow: number | undefined;
}) {
  if (figure === undefined || figure.n === ofRow || MEASURES[figure.measure].unit === 'count') return null;
  if (figure.value === null && figure.n === 0) return null;
  return <span className="figure-own-n">n {figure.n.toLocaleString('en')}</span>;
}

/** Rows of a part that have at least one of the measures, in the part's order. */
export function rowsWithAny(part: CardPart, measures: readonly MeasureName[]): string[] {
  const wanted = new Set<MeasureName>(measures);
  return [...new Set(part.figures.filter(({ measure }) => wanted.has(measure)).map(({ row }) => row))];
}
