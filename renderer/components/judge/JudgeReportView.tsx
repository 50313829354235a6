import { useState } from 'react';
import type { JudgeJob } from '../../../shared/contract/job-methods.ts';
import type { JudgeReport } from '../../../shared/contract/judge-methods.ts';
import { client } from '../../api/host.ts';
import { useJob } from '../../state/job.ts';
import { useQuery } from '../../state/query.ts';
import { goTo } from '../../state/route.ts';
import { ErrorNote } from '../ErrorNote.tsx';
import { FieldProblem } from '../FieldProblem.tsx';
import { NumberHead } from '../NumberHead.tsx';
import { TableScroll } from '../TableScroll.tsx';
import { ContradictionsDialog } from './ContradictionsDialog.tsx';
import { DriftPanel } from './DriftPanel.tsx';
import { JudgeRunProgressView } from './JudgeRunProgressView.tsx';

/** How a judge version did its work. Whether it was right stands on the agreement card. */
export function JudgeReportView({
  studyId,
  judge,
  onClose,
}: {
  readonly studyId: string;
  readonly judge: string;
  readonly onClose: () => void;
}) {
  const [isReading, setIsReading] = useState(false);
  const { value, error, reload } = useQuery('judges.report', { studyId, judge }, ['studies']);
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
        <button type="button" onClick={() => goTo({ screen: 'agreement', studyId, judge })}>
          Its agreement card
        </button>
        {value !== null && value.contradictory > 0 && (
          <button type="button" onClick={() => setIsReading(true)}>
            Read the replies that argue for the other output
          </button>
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
  const { outcomes, probes } = report;
  const many = (value: number) => value.toLocaleString('en');
  return (
    <>
      <dl className="pairs">
        <dt>Coverage</dt>
        <dd>
          {many(report.judgedPairs)} of {many(report.pairs)} pairs, {many(report.judgedBothOrders)} in both
          orders
        </dd>
        <dt>Judgments</dt>
        <dd>
          {many(outcomes.read)} read, {many(outcomes.unparsed)} unparsed, {many(outcomes.refused)} refused,{' '}
          {many(outcomes.truncated)} cut off, {many(outcomes.error)} errors
        </dd>
        <dt>Argue for the other</dt>
        <dd>{many(report.contradictory)} replies</dd>
        <dt>Instructions in outputs</dt>
        <dd>{probes === null ? 'not probed' : `fell for ${probes.fell} of ${probes.tried} probes`}</dd>
        <dt>Looks at the test split</dt>
        <dd>{many(report.testLooks)}</dd>
        <dt>Cost</dt>
        <dd>
          {report.costUsd === null
            ? 'unknown'
            : `$${report.costUsd.toFixed(4)}, $${(report.costPerJudgmentUsd ?? 0).toFixed(6)} a judgment`}
        </dd>
        <dt>Latency</dt>
        <dd>
          {report.latencyMs === null
            ? 'none measured'
            : `${many(report.latencyMs.median)} ms, 95 % within ${many(report.latencyMs.p95)} ms`}
        </dd>
        <dt>Answered by</dt>
        <dd>
          {report.models.map(({ model, replies }) => `${model} (${many(replies)})`).join(', ') ||
            'nobody yet'}
        </dd>
        {report.promptsCut > 0 && (
          <>
            <dt>Cut prompts</dt>
            <dd>
              <b>{many(report.promptsCut)}</b>: the endpoint read only a part of them, so what it said is no
              verdict on the whole texts
            </dd>
          </>
        )}
        {report.longestTokens > report.mostTokens && (
          <>
            <dt>Thoughts</dt>
            <dd>
              charged apart: up to {many(report.longestTokens)} tokens a reply where {many(report.mostTokens)}{' '}
              were asked for
            </dd>
          </>
        )}
        {report.uncertain > 0 && (
          <>
            <dt>Fate unknown</dt>
            <dd>{many(report.uncertain)} requests, perhaps paid</dd>
          </>
        )}
        {report.inBatches > 0 && (
          <>
            <dt>Out in batches</dt>
            <dd>{many(report.inBatches)} requests</dd>
          </>
        )}
      </dl>
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
                  <td className="number">{many(verdicts)}</td>
                  <td className="number">{many(ties)}</td>
                  <td className="number">{many(asOverall)}</td>
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
                  <td className="number">{many(count)}</td>
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
                  <td className="number">{many(run.replies)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableScroll>
      )}
    </>
  );
}
