import { useState } from 'react';
import type { Failure } from '../../shared/contract/envelope.ts';
import type { ExportFormat, ExportResult } from '../../shared/contract/export-methods.ts';
import { client, downloadFile } from '../api/host.ts';
import { useQuery } from '../state/query.ts';
import { ErrorNote } from './ErrorNote.tsx';

const FORMATS: Readonly<Record<ExportFormat, string>> = {
  native: 'Calibration set (Touchstone)',
  preference: 'Preference pairs (Hugging Face TRL)',
};

/** Exports a study to a folder; where the host serves a browser, the files can be saved from there. */
export function ExportPanel({ studyId }: { readonly studyId: string }) {
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
      <h2>Export</h2>
      <div className="inline-form">
        <label>
          Format
          <select value={format} onChange={(event) => setFormat(event.target.value as ExportFormat)}>
            {Object.entries(FORMATS).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <button type="button" disabled={isBusy} onClick={() => void run()}>
          {isBusy ? 'Exporting …' : 'Export'}
        </button>
      </div>
      {error !== null && <ErrorNote error={error} />}
      {result !== null && (
        <div role="status">
          <p>
            {result.rows.toLocaleString('en')} rows written to <code>{result.folder}</code>
          </p>
          {result.leftOut.length > 0 && (
            <p>
              This format has no place for{' '}
              {result.leftOut.map(({ what, rows }) => `${rows} × ${what.replaceAll('_', ' ')}`).join(', ')},
              so they were left out.
            </p>
          )}
          <ul className="plain-list">
            {result.files.map((file) => (
              <li key={file.name}>
                <code>{file.name}</code> {file.bytes.toLocaleString('en')} bytes{' '}
                {host?.capabilities.download === true && file.downloadId !== null && (
                  <button type="button" onClick={() => void downloadFile(file.downloadId ?? '', file.name)}>
                    Save a copy
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
