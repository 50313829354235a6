import { useState } from 'react';
import type { JudgeReport } from '../../../shared/contract/judge-methods.ts';
import { judgeReportLines } from '../../../shared/report/judge-report-lines.ts';
import { countText } from '../../../shared/report/number-texts.ts';
import { ErrorNote } from '../../components/ErrorNote.tsx';
import { LabelledLines } from '../../components/LabelledLines.tsx';
import { NumberHead } from '../../components/NumberHead.tsx';
import { TableScroll } from '../../components/TableScroll.tsx';
import { useQuery } from '../../state/query.ts';
import { goTo } from '../../state/route.ts';
import { ContradictionsDialog } from './ContradictionsDialog.tsx';
import { DriftPanel } from './DriftPanel.tsx';
import { ProbePanel } from './ProbePanel.tsx';
import { ReadAfterUnblinding } from './ReadAfterUnblinding.tsx';

const RUN_KINDS: Readonly<Record<string, string>> = {
  live: 'of pairs',
  batch: 'in a batch file',
  probe: 'of probes',
  anchor: 'of anchor pairs',
};
const RUN_ENDINGS: Readonly<Record<string, string>> = {
  finished: 'finished',
  ceiling: 'at the most it may cost',
  cancelled: 'stopped by hand',
  failed: 'failed',
};

/** How a judge version did its work. Whether it was right stands on the agreement card. */
export function JudgeReportView({
  studyId,
  judge,
  isBlind,
  onRun,
  onClose,
}: {
  readonly studyId: string;
  readonly judge: string;
  readonly isBlind: boolean;
  readonly onRun: () => void;
  readonly onClose: () => void;
}) {
  const [isReading, setIsReading] = useState(false);
  const { value, error, reload } = useQuery('judges.report', { studyId, judge });
  const wasAsked = value !== null && (value.runs.length > 0 || value.judgedPairs > 0 || value.inBatches > 0);
  return (
    <section className="panel" aria-label={`Report of ${judge}`}>
      <div className="panel-head">
        <h2>{judge}</h2>
        <button type="button" onClick={onClose}>
          Close
        </button>
      </div>
      {error !== null && <ErrorNote error={error} onRetry={reload} />}
      {value !== null && !wasAsked && (
        <>
          <p className="quiet">Run it first: it has no verdict yet.</p>
          <button type="button" className="primary" onClick={onRun}>
            Run it
          </button>
        </>
      )}
      {value !== null && wasAsked && (
        <>
          <Report report={value} />
          <div className="button-row">
            <button type="button" onClick={() => goTo({ screen: 'agreement', studyId, choices: { judge } })}>
              Its agreement card
            </button>
            {value.contradictory > 0 && (
              <ReadAfterUnblinding
                what="the replies that argue for the other output"
                isBlind={isBlind}
                onRead={() => setIsReading(true)}
              />
            )}
          </div>
          <DriftPanel studyId={studyId} judge={judge} />
        </>
      )}
      {value !== null && <ProbePanel studyId={studyId} judge={judge} isProbed={value.probes !== null} />}
      {isReading && (
        <ContradictionsDialog studyId={studyId} judge={judge} onClose={() => setIsReading(false)} />
      )}
    </section>
  );
}

function Report({ report }: { readonly report: JudgeReport }) {
  return (
    <>
      <LabelledLines lines={judgeReportLines(report)} />
      {report.criteria.length > 0 && (
        <TableScroll label="Criteria">
          <table className="data">
            <thead>
              <tr>
                <th scope="col">Criterion</th>
                <NumberHead>Verdicts</NumberHead>
                <NumberHead>Ties</NumberHead>
                <NumberHead>As the whole verdict</NumberHead>
              </tr>
            </thead>
            <tbody>
              {report.criteria.map(({ name, verdicts, ties, asOverall }) => (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td className="number">{countText(verdicts)}</td>
                  <td className="number">{countText(ties)}</td>
                  <td className="number">{countText(asOverall)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableScroll>
      )}
      {report.errors.length > 0 && (
        <TableScroll label="Errors">
          <table className="data">
            <thead>
              <tr>
                <th scope="col">Error</th>
                <NumberHead>Replies</NumberHead>
              </tr>
            </thead>
            <tbody>
              {report.errors.map(({ message, count }) => (
                <tr key={message}>
                  <td>{message}</td>
                  <td className="number">{countText(count)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableScroll>
      )}
      {report.runs.length > 0 && (
        <TableScroll label="Runs">
          <table className="data">
            <thead>
              <tr>
                <th scope="col">Run</th>
                <th scope="col">Kind</th>
                <th scope="col">Ended</th>
                <NumberHead>Replies</NumberHead>
              </tr>
            </thead>
            <tbody>
              {report.runs.map((run) => (
                <tr key={run.runId}>
                  <td>{new Date(run.startedAt).toLocaleString()}</td>
                  <td>{RUN_KINDS[run.kind] ?? run.kind}</td>
                  <td>
                    {run.ending === null ? 'not yet, or cut off' : (RUN_ENDINGS[run.ending] ?? run.ending)}
                  </td>
                  <td className="number">{countText(run.replies)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableScroll>
      )}
    </>
  );
}
