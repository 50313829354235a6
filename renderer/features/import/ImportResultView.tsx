import type { ImportResult } from '../../../shared/contract/import-methods.ts';
import { importLines, nothingChangedSentence } from '../../../shared/report/import-lines.ts';
import { countedText } from '../../../shared/report/number-texts.ts';
import { RowErrors } from '../../components/ErrorNote.tsx';
import { LabelledLines } from '../../components/LabelledLines.tsx';

/** What an import did, or what it would do. */
export function ImportResultView({ result }: { readonly result: ImportResult }) {
  const nothingChanged = nothingChangedSentence(result);
  return (
    <div className="import-result" role="status">
      {nothingChanged !== null && <p className="callout">{nothingChanged}</p>}
      {result.errorCount > 0 && (
        <div className="error-note" role="alert">
          <p>
            {countedText(result.errorCount, 'row')} cannot be imported. Nothing is imported until all can.
          </p>
          <RowErrors errors={result.errors} />
        </div>
      )}
      {result.warnings.length > 0 && (
        <div className="callout">
          <p>Look at this before you go on:</p>
          <ul>
            {result.warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </div>
      )}
      <LabelledLines lines={importLines(result)} />
      {result.dryRun && result.firstRows.length > 0 && (
        <details>
          <summary>The first rows as they will be stored</summary>
          <pre className="rows">{result.firstRows.map((row) => JSON.stringify(row, null, 2)).join('\n')}</pre>
        </details>
      )}
    </div>
  );
}
