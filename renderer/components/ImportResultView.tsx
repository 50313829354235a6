import type { ImportResult } from '../../shared/contract/import-methods.ts';
import { countedText } from '../../shared/report/number-texts.ts';
import { RowErrors } from './ErrorNote.tsx';

/** What an import did, or what it would do. */
export function ImportResultView({ result }: { readonly result: ImportResult }) {
  const { counts } = result;
  const names = (entries: readonly { readonly name: string }[]) =>
    entries.map(({ name }) => name).join(', ') || 'none';
  return (
    <div className="import-result" role="status">
      {result.changedNothing && (
        <p className="callout">Everything in these files is already stored. Nothing changes.</p>
      )}
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
      <dl className="pairs">
        <dt>Comparisons</dt>
        <dd>
          {counts.pairsAdded} new, {counts.pairsKnown} already known, of {counts.itemsAdded} new items
        </dd>
        <dt>Votes</dt>
        <dd>
          {counts.votesAdded} new, {counts.votesKnown} already known
        </dd>
        <dt>Judges’ verdicts</dt>
        <dd>
          {counts.judgmentsAdded} new, {counts.judgmentsKnown} already known
        </dd>
        <dt>Systems</dt>
        <dd>{names(result.systems)}</dd>
        <dt>Raters</dt>
        <dd>{names(result.raters)}</dd>
        <dt>Judges</dt>
        <dd>{names(result.judges)}</dd>
        <dt>Slices</dt>
        <dd>
          {result.slices
            .map(({ name, values }) => `${name} (${values} ${values === 1 ? 'value' : 'values'})`)
            .join(', ') || 'none'}
        </dd>
        {result.leftOut.length > 0 && (
          <>
            <dt>Left out</dt>
            <dd>
              <ul className="plain-list">
                {result.leftOut.map(({ file, what, records }) => (
                  <li key={`${file}|${what}`}>
                    {records === 1 ? '1 record' : `${records.toLocaleString('en')} records`} of{' '}
                    <code>{file}</code>: {what}
                  </li>
                ))}
              </ul>
            </dd>
          </>
        )}
        {counts.sameContent > 0 && (
          <>
            <dt>Same content twice</dt>
            <dd>
              {counts.sameContent}:{' '}
              {result.duplicates
                .slice(0, 5)
                .map(({ id, sameAs }) => `${id} = ${sameAs}`)
                .join(', ')}
            </dd>
          </>
        )}
        {result.findingCount > 0 && (
          <>
            <dt>May name their author</dt>
            <dd>
              {result.foundOutputs.toLocaleString('en')} outputs, {result.findingCount.toLocaleString('en')}{' '}
              places
              <ul className="plain-list">
                {result.findings.slice(0, 8).map((finding) => (
                  <li key={`${finding.file}|${finding.line}|${finding.rule}|${finding.excerpt}`}>
                    line {finding.line}: <q>{finding.excerpt}</q>
                  </li>
                ))}
              </ul>
            </dd>
          </>
        )}
      </dl>
      {result.dryRun && result.firstRows.length > 0 && (
        <details>
          <summary>The first rows as they will be stored</summary>
          <pre className="rows">{result.firstRows.map((row) => JSON.stringify(row, null, 2)).join('\n')}</pre>
        </details>
      )}
    </div>
  );
}
