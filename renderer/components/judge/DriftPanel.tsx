import { useState } from 'react';
import type { JudgeJob } from '../../../shared/contract/job-methods.ts';
import type { DriftReport } from '../../../shared/contract/judge-methods.ts';
import { client } from '../../api/host.ts';
import { DriftPlot } from '../../plots/DriftPlot.tsx';
import { useJob } from '../../state/job.ts';
import { useQuery } from '../../state/query.ts';
import { FieldProblem } from '../FieldProblem.tsx';
import { NumberHead } from '../NumberHead.tsx';
import { TableScroll } from '../TableScroll.tsx';
import { JudgeRunProgressView } from './JudgeRunProgressView.tsx';

/** Rounds of a judge on its anchor pairs, and the next one. */
export function DriftPanel({ studyId, judge }: { readonly studyId: string; readonly judge: string }) {
  const { value: report } = useQuery('judges.drift', { studyId, judge }, ['studies']);
  const [jobId, setJobId] = useState<string | null>(null);
  const [problem, setProblem] = useState('');
  const job = useJob<JudgeJob>(jobId);
  const start = async () => {
    const reply = await client.call('judges.runRound', { studyId, judge });
    if (reply.ok) setJobId(reply.value.jobId);
    else setProblem(reply.error.message);
  };
  if (report === null) return null;
  const last = report.rounds.at(-1);
  return (
    <details className="drift">
      <summary>
        Drift:{' '}
        {report.rounds.length === 0
          ? 'never looked for'
          : `${report.rounds.length} rounds on ${report.anchors} anchor pairs`}
      </summary>
      <p>
        {report.reason !== null
          ? `${report.referenceRounds} rounds are the reference for how much an unchanged judge varies.`
          : last?.isBeyond === true
            ? 'The last round differs from the reference by more than noise: the model behind the name may have changed.'
            : 'No change is shown.'}
      </p>
      <DriftPlot report={report} />
      {report.rounds.length > 0 && <RoundTable report={report} />}
      <button type="button" disabled={job?.state === 'running'} onClick={() => void start()}>
        Run a round
      </button>
      <FieldProblem text={problem} />
      {job !== null && <JudgeRunProgressView job={job} />}
    </details>
  );
}

function RoundTable({ report }: { readonly report: DriftReport }) {
  const percent = (share: number | null) => (share === null ? '–' : `${(100 * share).toFixed(1)} %`);
  return (
    <TableScroll label="Rounds">
      <table className="data">
        <thead>
          <tr>
            <th scope="col">Round</th>
            <NumberHead>Changed</NumberHead>
            <NumberHead>Noise</NumberHead>
            <NumberHead>Limit</NumberHead>
            <NumberHead>Agreement</NumberHead>
            <th scope="col">Answered by</th>
          </tr>
        </thead>
        <tbody>
          {report.rounds.map((round) => (
            <tr key={round.round}>
              <th scope="row">
                {round.round}, {new Date(round.startedAt).toLocaleString()}
                {round.isBeyond ? ' — beyond its limit' : round.isReference ? ' — reference' : ''}
              </th>
              <td className="number">{percent(round.change)}</td>
              <td className="number">{percent(round.noise)}</td>
              <td className="number">{percent(round.limit)}</td>
              <td className="number">{percent(round.agreement)}</td>
              <td>{round.models.join(', ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}
