import { type FormEvent, useState } from 'react';
import type { SliceName } from '../../../shared/card/columns/comparison-filter.ts';
import type { JudgeJob } from '../../../shared/contract/job-methods.ts';
import { judgeEstimateLines } from '../../../shared/report/judge-estimate-lines.ts';
import { client } from '../../api/host.ts';
import { ErrorNote } from '../../components/ErrorNote.tsx';
import { FieldProblem } from '../../components/FieldProblem.tsx';
import { LabelledLines } from '../../components/LabelledLines.tsx';
import { SliceSelect } from '../../components/SliceSelect.tsx';
import { useJob } from '../../state/job.ts';
import { useQuery } from '../../state/query.ts';
import { EndpointKeyForm } from './EndpointKeyForm.tsx';
import { JudgeRunProgressView } from './JudgeRunProgressView.tsx';
import { ModelPriceForm } from './ModelPriceForm.tsx';

/** What a run would ask and cost, then the run itself. */
export function JudgeRunPanel({
  studyId,
  judge,
  onClose,
}: {
  readonly studyId: string;
  readonly judge: string;
  readonly onClose: () => void;
}) {
  const [limit, setLimit] = useState('');
  const [maxCost, setMaxCost] = useState('');
  const [concurrency, setConcurrency] = useState('8');
  const [acceptCutPrompts, setAcceptCutPrompts] = useState(false);
  const [which, setWhich] = useState<'missing' | 'failed'>('missing');
  const [slice, setSlice] = useState<SliceName | null>(null);
  const [jobId, setJobId] = useState<string | null>(null);
  const [problem, setProblem] = useState('');
  const job = useJob<JudgeJob>(jobId);
  const selection = { limit: limit === '' ? null : Number(limit), slice, which };
  const study = useQuery('studies.show', { studyId });
  const estimate = useQuery('judges.estimate', { studyId, judge, selection });

  const start = async (event: FormEvent) => {
    event.preventDefault();
    setProblem('');
    const reply = await client.call('judges.run', {
      studyId,
      judge,
      selection,
      maxCostUsd: maxCost === '' ? null : Number(maxCost),
      concurrency: Number(concurrency),
      acceptCutPrompts,
    });
    if (reply.ok) setJobId(reply.value.jobId);
    else setProblem(reply.error.message);
  };
  const isRunning = jobId !== null && (job === null || job.state === 'running');
  return (
    <section className="panel" aria-label={`Run ${judge}`}>
      <div className="panel-head">
        <h2>Run {judge}</h2>
        <button type="button" disabled={isRunning} onClick={onClose}>
          Close
        </button>
      </div>
      {estimate.error !== null && <ErrorNote error={estimate.error} onRetry={estimate.reload} />}
      {estimate.value !== null && <LabelledLines lines={judgeEstimateLines(estimate.value)} />}
      {estimate.value?.price === null && !isRunning && (
        <details>
          <summary>Set the price of {estimate.value.model}</summary>
          <ModelPriceForm model={estimate.value.model} onSet={estimate.reload} />
        </details>
      )}
      {estimate.value?.key === 'none' && !isRunning && (
        <details>
          <summary>The endpoint has no key yet</summary>
          <EndpointKeyForm endpoint={estimate.value.endpoint} onSet={estimate.reload} />
        </details>
      )}
      <form className="inline-form" onSubmit={(event) => void start(event)}>
        <label>
          Ask about
          <select value={which} onChange={(event) => setWhich(event.target.value as typeof which)}>
            <option value="missing">what was never judged</option>
            <option value="failed">what has no verdict, again</option>
          </select>
        </label>
        <SliceSelect
          label="Comparisons"
          slices={study.value?.slices ?? []}
          slice={slice}
          onSlice={setSlice}
        />
        <label>
          Pairs at most
          <input type="number" min={1} value={limit} onChange={(event) => setLimit(event.target.value)} />
        </label>
        <label>
          Dollars at most
          <input
            type="number"
            min={0.01}
            step={0.01}
            value={maxCost}
            onChange={(event) => setMaxCost(event.target.value)}
          />
        </label>
        <label>
          Requests at one time
          <input
            type="number"
            min={1}
            max={256}
            required
            value={concurrency}
            onChange={(event) => setConcurrency(event.target.value)}
          />
        </label>
        <label className="check">
          <input
            type="checkbox"
            checked={acceptCutPrompts}
            onChange={(event) => setAcceptCutPrompts(event.target.checked)}
          />
          Accept cut texts (where it is reported that less was read than was sent)
        </label>
        <button type="submit" className="primary" disabled={isRunning || estimate.value?.requests === 0}>
          {isRunning ? 'Running …' : 'Start'}
        </button>
      </form>
      <FieldProblem text={problem} />
      {job !== null && <JudgeRunProgressView job={job} />}
    </section>
  );
}
