import { useTranslation } from 'react-i18next';
import type { Failure } from '../../shared/contract/envelope.ts';
import type { RowError } from '../../shared/contract/import-methods.ts';
import { canSucceedLater } from '../../shared/errors/errors.ts';
import { failureText } from '../language/failure-text.ts';
import { NumberHead } from './NumberHead.tsx';
import { TableScroll } from './TableScroll.tsx';

/** What went wrong, with rows where there are any, and a second try where it can succeed. */
export function ErrorNote({
  error,
  onRetry,
}: {
  readonly error: Failure;
  readonly onRetry?: (() => void) | undefined;
}) {
  const { t } = useTranslation();
  const rows = Array.isArray(error.details?.errors) ? (error.details.errors as RowError[]) : [];
  return (
    <div className="error-note" role="alert">
      <p>{failureText(error)}</p>
      {rows.length > 1 && <RowErrors errors={rows} />}
      {onRetry !== undefined && canSucceedLater(error.code) && (
        <button type="button" onClick={onRetry}>
          {t('failure.again')}
        </button>
      )}
    </div>
  );
}

export function RowErrors({ errors }: { readonly errors: readonly RowError[] }) {
  return (
    <TableScroll label="Rows that cannot be imported">
      <table className="data">
        <thead>
          <tr>
            <th scope="col">File</th>
            <NumberHead>Line</NumberHead>
            <th scope="col">Field</th>
            <th scope="col">Reason</th>
          </tr>
        </thead>
        <tbody>
          {errors.map((error) => (
            <tr key={`${error.file}|${error.line}|${error.recordNumber}|${error.field}|${error.reason}`}>
              <td>{error.file}</td>
              <td className="number">
                {error.line === 0 ? '' : error.line}
                {error.recordNumber === undefined ? '' : ` (record ${error.recordNumber})`}
              </td>
              <td>
                <code>{error.field}</code>
              </td>
              <td>{error.reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}
