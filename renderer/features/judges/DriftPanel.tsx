import { useState } from 'react';
import type { JudgeJob } from '../../../shared/contract/job-methods.ts';
import { reportOfDrift } from '../../../shared/report/drift-report.ts';
import { countedText } from '../../../shared/report/number-texts.ts';
import { client } from '../../api/host.ts';
import { FieldProblem } from '../../components/FieldProblem.tsx';
import { ReportTableView } from '../../components/ReportTableView.tsx';
import { DriftPlot } from '../../plots/DriftPlot.tsx';
import { useJob } from '../../state/job.ts';
import { useQuery } from '../../state/query.ts';
import { JudgeRunProgressView } from './JudgeRunProgressView.tsx';

/** Rounds of a judge on its anchor pairs, and the next one. */
export function DriftPanel({ studyId, judge }: { readonly studyId: string; readonly judge: string }) {
  const { value: report } = useQuery('judges.drift', { studyId, judge });
  const [jobId, setJobId] = useState<string | null>(null);
  const [problem, setProblem] = useState('');
  const job = useJob<JudgeJob>(jobId);
  const start = async () => {
    const reply = await client.call('judges.runRound', { studyId, judge });
    if (reply.ok) setJobId(reply.value.jobId);
    else setProblem(reply.error.message);
  };
  if (report === null) return null;
  const { sentences, tables } = reportOfDrift(report, (time) => time.toLocaleString());
  return (
    <details className="drift">
      <summary>
        Drift: {report.rounds.length === 0 ? 'never looked for' : countedText(report.rounds.length, 'round')}
      </summary>
      <p>{sentences.join(' ')}</p>
      <DriftPlot report={report} />
      {report.rounds.length > 0 &&
        tables.map((table) => <ReportTableView key={table.caption} table={table} />)}
      <button type="button" disabled={job?.state === 'running'} onClick={() => void start()}>
        Run a round
      </button>
      <FieldProblem text={problem} />
      {job !== null && <JudgeRunProgressView job={job} />}
    </details>
  );
}
