import type { JudgeJob } from '../../../shared/contract/job-methods.ts';
import { judgeRunLine, judgeRunOutcomes, judgeRunSentences } from '../../../shared/report/judge-run-lines.ts';
import { countText } from '../../../shared/report/number-texts.ts';
import { client } from '../../api/host.ts';
import { ErrorNote } from '../../components/ErrorNote.tsx';

/** How far a run is, what came of it, and a way to stop it. */
export function JudgeRunProgressView({ job }: { readonly job: JudgeJob }) {
  const { progress, result, state } = job;
  const now = result ?? progress;
  const isRunning = state === 'running';
  return (
    <div role="status" className="judge-run">
      <div className="job">
        <progress max={Math.max(1, now.total)} value={now.done} aria-label="Progress" />
        <span>{judgeRunLine(now, isRunning)}</span>
        {isRunning && (
          <button type="button" onClick={() => void client.call('jobs.cancel', { jobId: job.jobId })}>
            Stop
          </button>
        )}
      </div>
      {now.pausedUntil !== null && isRunning && (
        <p>The endpoint asked for a pause until {new Date(now.pausedUntil).toLocaleTimeString()}.</p>
      )}
      <ul className="outcomes">
        {judgeRunOutcomes(now).map(({ label, count }) => (
          <li key={label} className={count === 0 && label !== 'read' ? 'quiet' : ''}>
            <b>{countText(count)}</b> {label}
          </li>
        ))}
      </ul>
      {job.error !== undefined && <ErrorNote error={job.error} />}
      {result !== undefined && judgeRunSentences(result).map((sentence) => <p key={sentence}>{sentence}</p>)}
    </div>
  );
}
