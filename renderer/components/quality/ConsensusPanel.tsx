import { useState } from 'react';
import { reportOfConsensus, reportOfRaterErrors } from '../../../shared/report/consensus-report.ts';
import type { Report } from '../../../shared/report/report.ts';
import { useQuery } from '../../state/query.ts';
import { ErrorNote } from '../ErrorNote.tsx';
import { ReportTableView } from '../ReportTableView.tsx';

/** How labels come about, and how each rater errs under the model. Worked out when it is asked for. */
export function ConsensusPanel({ studyId }: { readonly studyId: string }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details className="panel" onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>
        <h2>How labels come about</h2>
      </summary>
      {isOpen && <Consensus studyId={studyId} />}
    </details>
  );
}

function Consensus({ studyId }: { readonly studyId: string }) {
  const { value: report, error, reload } = useQuery('quality.consensus', { studyId });
  if (report === null) {
    return error === null ? (
      <p className="waiting">Working it out …</p>
    ) : (
      <ErrorNote error={error} onRetry={reload} />
    );
  }
  return (
    <>
      <ReportParts report={reportOfConsensus(report)} />
      {report.model !== null && (
        <>
          <h3>Dawid–Skene model</h3>
          <ReportParts report={reportOfRaterErrors(report.model)} />
        </>
      )}
    </>
  );
}

function ReportParts({ report: { sentences, tables } }: { readonly report: Report }) {
  return (
    <>
      {sentences.length > 0 && <p>{sentences.join(' ')}</p>}
      <div className="report-tables">
        {tables.map((table) => (
          <ReportTableView key={table.caption} table={table} />
        ))}
      </div>
    </>
  );
}
