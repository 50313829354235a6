import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditReport } from '../../../shared/contract/audit-methods.ts';
import type { Failure } from '../../../shared/contract/envelope.ts';
import { client } from '../../api/host.ts';
import { ErrorNote } from '../../components/ErrorNote.tsx';
import { numberText } from '../../language/language.ts';

/** Whether the store's log is what was written, and what no row of it stands for. */
export function AuditLogPanel() {
  const { t } = useTranslation();
  const [report, setReport] = useState<AuditReport | null>(null);
  const [error, setError] = useState<Failure | null>(null);
  const [isChecking, setIsChecking] = useState(false);
  const check = async () => {
    setIsChecking(true);
    const reply = await client.call('audit.verify', {});
    setIsChecking(false);
    setReport(reply.ok ? reply.value : null);
    setError(reply.ok ? null : reply.error);
  };
  return (
    <section className="panel">
      <h2>{t('studies.log')}</h2>
      <p>{t('studies.logAbout')}</p>
      <button type="button" disabled={isChecking} onClick={() => void check()}>
        {t(isChecking ? 'studies.checkingLog' : 'studies.checkLog')}
      </button>
      <div role="status">{report !== null && <AuditReportView report={report} />}</div>
      {error !== null && <ErrorNote error={error} onRetry={() => void check()} />}
    </section>
  );
}

function AuditReportView({ report: { entries, hash, broken, notCovered } }: { report: AuditReport }) {
  if (broken !== null)
    return (
      <p className="form-problem">
        Row {broken.row} {broken.reason}. Rows before it are as they were written.
      </p>
    );
  return (
    <>
      <p>
        {numberText(entries)} rows, each bound to the one before it. Head:{' '}
        <code className="hash">{hash}</code>
      </p>
      {notCovered.length > 0 && (
        <>
          <p>No row stands for</p>
          <ul>
            {notCovered.map((what) => (
              <li key={what}>{what}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
