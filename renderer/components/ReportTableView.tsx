import type { ReportTable, ShareInterval } from '../../shared/report/report.ts';
import { TableScroll } from './TableScroll.tsx';

/** A table of a report. */
export function ReportTableView({ table }: { readonly table: ReportTable }) {
  const { caption, columns, rows } = table;
  return (
    <TableScroll label={caption}>
      <table className="data">
        <caption>{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ head, isNumber, intervals }) => (
              <th
                key={head}
                scope="col"
                className={isNumber && intervals === undefined ? 'number' : undefined}
              >
                {intervals === undefined ? head : <span className="visually-hidden">{head}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([head = '', ...cells], index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a report are never moved
            <tr key={index}>
              <th scope="row">
                <bdi>{head}</bdi>
              </th>
              {cells.map((cell, place) => {
                const column = columns[place + 1];
                const intervals = column?.intervals;
                return (
                  <td
                    // biome-ignore lint/suspicious/noArrayIndexKey: nor are its cells
                    key={place}
                    className={column?.isNumber === true && intervals === undefined ? 'number' : undefined}
                  >
                    {intervals === undefined ? (
                      cell
                    ) : (
                      <IntervalPlot interval={intervals[index] ?? null} text={cell} />
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}

/** An interval is drawn before it is written. */
function IntervalPlot({
  interval,
  text,
}: {
  readonly interval: ShareInterval | null;
  readonly text: string;
}) {
  if (interval === null) return null;
  const { low, share, high } = interval;
  return (
    <svg className="share-plot" viewBox="0 0 100 12" role="img" aria-label={text}>
      <line x1="0" x2="100" y1="6" y2="6" className="share-axis" />
      <line x1={100 * low} x2={100 * high} y1="6" y2="6" className="share-interval" />
      <circle cx={100 * share} cy="6" r="3" className="share-dot" />
    </svg>
  );
}
