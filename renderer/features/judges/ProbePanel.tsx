import { useState } from 'react';
import type { JudgeJob } from '../../../shared/contract/job-methods.ts';
import { client } from '../../api/host.ts';
import { FieldProblem } from '../../components/FieldProblem.tsx';
import { useJob } from '../../state/job.ts';
import { JudgeRunProgressView } from './JudgeRunProgressView.tsx';

/** Asks the judge about the built-in probes. */
export function ProbePanel({
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
