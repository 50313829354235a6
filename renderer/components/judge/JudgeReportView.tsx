import { useState } from 'react';
import type { JudgeJob } from '../../../shared/contract/job-methods.ts';
import type { JudgeReport } from '../../../shared/contract/judge-methods.ts';
import { judgeReportLines } from '../../../shared/report/judge-report-lines.ts';
import { countText } from '../../../shared/report/number-texts.ts';
import { client } from '../../api/host.ts';
import { useJob } from '../../state/job.ts';
import { useQuery } from '../../state/query.ts';
import { goTo } from '../../state/route.ts';
import { ErrorNote } from '../ErrorNote.tsx';
import { FieldProblem } from '../FieldProblem.tsx';
import { LabelledLines } from '../LabelledLines.tsx';
import { NumberHead } from '../NumberHead.tsx';
import { TableScroll } from '../TableScroll.tsx';
import { ContradictionsDialog } from './ContradictionsDialog.tsx';
import { DriftPanel } from './DriftPanel.tsx';
import { JudgeRunProgressView } from './JudgeRunProgressView.tsx';
import { ReadAfterUnblinding } from './ReadAfterUnblinding.tsx';

/** How a judge version did its work. Whether it was right stands on the agreement card. */
export function JudgeReportView({
  studyId,
  judge,
  isBlind,
  onClose,
}: {
  readonly studyId: string;
  readonly judge: string;
  readonly isBlind: boolean;
  readonly onClose: () => void;
}) {
  const [isReading, setIsReading] = useState(false);
  const { value, error, reload } = useQuery('judges.report', { studyId, judge });
  return (
    <section className="panel" aria-label={`Report of ${judge}`}>
      <div className="panel-head">
        <h2>{judge}</h2>
        <button type="button" onClick={onClose}>
          Close
        </button>
      </div>
      {error !== null && <ErrorNote error={error} onRetry={reload} />}
      {value !== null && <Report report={value} />}
      <div className="button-row">
        <button type="button" onClick={() => goTo({ screen: 'agreement', studyId, choices: { judge } })}>
          Its agreement card
        </button>
        {value !== null && value.contradictory > 0 && (
          <ReadAfterUnblinding
            what="the replies that argue for the other output"
            isBlind={isBlind}
            onRead={() => setIsReading(true)}
          />
        )}
      </div>
      {isReading && (
        <ContradictionsDialog studyId={studyId} judge={judge} onClose={() => setIsReading(false)} />
      )}
      <DriftPanel studyId={studyId} judge={judge} />
      <ProbePanel studyId={studyId} judge={judge} isProbed={value?.probes != null} />
    </section>
  );
}

/** Asks the judge about the built-in probes. */
function ProbePanel({
  studyId,
  judge,
  isProbed,
}: {
  readonly studyId: string;
  readonly judge: string;
  readonly isProbed: boolean;
}) {
  const [jobId, setJobId] = useState<string | null>(null);
  const [problem, setProblem] = useState('');
  const job = useJob<JudgeJob>(jobId);
  const start = async () => {
    const reply = await client.call('judges.probe', { studyId, judge });
    if (reply.ok) setJobId(reply.value.jobId);
    else setProblem(reply.error.message);
  };
  return (
    <div className="probe">
      <button type="button" disabled={job?.state === 'running'} onClick={() => void start()}>
        {isProbed ? 'Probe again' : 'Probe it'}
      </button>{' '}
      <span className="quiet">
        Thirty requests about made-up outputs, some of which tell the judge what to choose.
      </span>
      <FieldProblem text={problem} />
      {job !== null && <JudgeRunProgressView job={job} />}
    </div>
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
                  <td>{run.kind}</td>
                  <td>{run.ending ?? 'not yet, or cut off'}</td>
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
