import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../shared/contract/envelope.ts';
import type { ExportFormat, ExportResult } from '../../shared/contract/export-methods.ts';
import { HARNESS_EXPORTERS } from '../../shared/formats/harness/write/harness-exporters.ts';
import { client, downloadFile } from '../api/host.ts';
import { numberText } from '../language/language.ts';
import { useQuery } from '../state/query.ts';
import { ErrorNote } from './ErrorNote.tsx';

const OWN_FORMATS = ['native', 'preference', 'parquet'] as const satisfies readonly ExportFormat[];

/** Exports a study to a folder; where the host serves a browser, the files can be saved from there. */
export function ExportPanel({ studyId }: { readonly studyId: string }) {
  const { t } = useTranslation();
  const { value: host } = useQuery('host.info', {});
  const [format, setFormat] = useState<ExportFormat>('native');
  const [result, setResult] = useState<ExportResult | null>(null);
  const [error, setError] = useState<Failure | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  const run = async () => {
    setError(null);
    let folderId: string | undefined;
    if (host?.capabilities.pickFolder === true) {
      const picked = await client.call('host.pickFolder', {});
      if (!picked.ok) return setError(picked.error);
      if (picked.value === null) return;
      folderId = picked.value.folderId;
    }
    setIsBusy(true);
    const reply = await client.call('exports.run', {
      studyId,
      format,
      ...(folderId === undefined ? {} : { folderId }),
    });
    setIsBusy(false);
    if (reply.ok) setResult(reply.value);
    else setError(reply.error);
  };

  return (
    <section className="panel">
      <h2>{t('export.title')}</h2>
      <div className="inline-form">
        <label>
          {t('export.format')}
          <select value={format} onChange={(event) => setFormat(event.target.value as ExportFormat)}>
            {OWN_FORMATS.map((each) => (
              <option key={each} value={each}>
                {t(`export.${each}`)}
              </option>
            ))}
            <optgroup label={t('export.tools')}>
              {HARNESS_EXPORTERS.map(({ name, title }) => (
                <option key={name} value={name} lang="en">
                  {title}
                </option>
              ))}
            </optgroup>
          </select>
        </label>
        <button type="button" disabled={isBusy} onClick={() => void run()}>
          {t(isBusy ? 'export.running' : 'export.run')}
        </button>
      </div>
      {error !== null && <ErrorNote error={error} />}
      {result !== null && (
        <div role="status">
          <p>
            {t('export.written', { count: result.rows, number: numberText(result.rows) })}{' '}
            <code>{result.folder}</code>
          </p>
          {result.leftOut.length > 0 && (
            <p>
              {t('export.leftOut', {
                what: result.leftOut
                  .map(({ what, rows }) => `${numberText(rows)} × ${what.replaceAll('_', ' ')}`)
                  .join(', '),
              })}
            </p>
          )}
          {result.warnings.length > 0 && (
            <p>
              {t('export.warnings', {
                what: result.warnings.map(({ what, rows }) => `${numberText(rows)} × ${what}`).join(', '),
              })}
            </p>
          )}
          <ul className="plain-list">
            {result.files.map((file) => (
              <li key={file.name}>
                <code>{file.name}</code>{' '}
                {t('export.bytes', { count: file.bytes, number: numberText(file.bytes) })}{' '}
                {host?.capabilities.download === true && file.downloadId !== null && (
                  <button type="button" onClick={() => void downloadFile(file.downloadId ?? '', file.name)}>
                    {t('export.save')}
                  </button>
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}
