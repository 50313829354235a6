import { labelWords } from '../../shared/study/label-words.ts';
import type { CategoryName } from '../../shared/study/verdict-codes.ts';
import { TableScroll } from './TableScroll.tsx';

/** A table of counts; each cell opens its comparisons. Agreement stands on the diagonal. */
export function ConfusionMatrix({
  matrix,
  rowTitle,
  columnTitle,
  onOpen,
}: {
  readonly matrix: {
    readonly labels: readonly CategoryName[];
    readonly rows: readonly (readonly number[])[];
  };
  readonly rowTitle: string;
  readonly columnTitle: string;
  readonly onOpen: (row: CategoryName, column: CategoryName) => void;
}) {
  return (
    <TableScroll label={`Matrix of ${rowTitle} and ${columnTitle}`}>
      <table className="matrix">
        <caption>
          Rows: {rowTitle}. Columns: {columnTitle}.
        </caption>
        <thead>
          <tr>
            <td />
            {matrix.labels.map((label) => (
              <th key={label} scope="col">
                {labelWords(label)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {matrix.labels.map((row, rowIndex) => (
            <tr key={row}>
              <th scope="row">{labelWords(row)}</th>
              {matrix.labels.map((column, columnIndex) => {
                const count = matrix.rows[rowIndex]?.[columnIndex] ?? 0;
                return (
                  <td key={column} className={row === column ? 'diagonal' : undefined}>
                    <button
                      type="button"
                      disabled={count === 0}
                      aria-label={`${count}: ${rowTitle} say ${labelWords(row)}, ${columnTitle} says ${labelWords(column)}. Open these comparisons.`}
                      onClick={() => onOpen(row, column)}
                    >
                      {count}
                    </button>
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
