import type { ReportTable } from '../../shared/report/report.ts';
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
            {columns.map(({ head, isNumber }) => (
              <th key={head} scope="col" className={isNumber ? 'number' : undefined}>
                {head}
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
              {cells.map((cell, column) => (
                <td
                  // biome-ignore lint/suspicious/noArrayIndexKey: nor are its cells
                  key={column}
                  className={columns[column + 1]?.isNumber === true ? 'number' : undefined}
                >
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}
