import type { JudgeJob } from '../../../shared/contract/job-methods.ts';
import { client } from '../../api/host.ts';
import { ErrorNote } from '../ErrorNote.tsx';

/** How far a run is, what came of it, and a way to stop it. */
export function JudgeRunProgressView({ job }: { readonly job: JudgeJob }) {
  const { progress, result, state } = job;
  const {
    total,
    done,
    read,
    unparsed,
    refused,
    truncated,
    error,
    costUsd,
    perSecond,
    secondsLeft,
    pausedUntil,
  } = result ?? progress;
  return (
    <div role="status" className="judge-run">
      <div className="job">
        <progress max={Math.max(1, total)} value={done} aria-label="Progress" />
        <span>
          {done.toLocaleString('en')} of {total.toLocaleString('en')}
          {state === 'running' &&
            secondsLeft !== null &&
            ` · ${perSecond.toFixed(1)} a second · about ${Math.ceil(secondsLeft)} s left`}
          {costUsd !== null && ` · $${costUsd.toFixed(4)}`}
        </span>
        {state === 'running' && (
          <button type="button" onClick={() => void client.call('jobs.cancel', { jobId: job.jobId })}>
            Stop
          </button>
        )}
      </div>
      {pausedUntil !== null && state === 'running' && (
        <p>The endpoint asked for a pause until {new Date(pausedUntil).toLocaleTimeString()}.</p>
      )}
      <ul className="outcomes">
        <li>
          <b>{read.toLocaleString('en')}</b> read
        </li>
        {(
          [
            ['unparsed', unparsed],
            ['refused', refused],
            ['cut off', truncated],
            ['errors', error],
          ] as const
        ).map(([label, count]) => (
          <li key={label} className={count === 0 ? 'quiet' : ''}>
            <b>{count.toLocaleString('en')}</b> {label}
          </li>
        ))}
      </ul>
      {job.error !== undefined && <ErrorNote error={job.error} />}
      {result !== undefined && (
        <>
          <p>
            {ENDINGS[result.ending]}
            {result.message !== null && ` ${result.message}`}
          </p>
          {result.notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
          {result.otherModels.length > 0 && (
            <p>Answered by another model: {result.otherModels.join(', ')}.</p>
          )}
          {result.uncertain > 0 && (
            <p>
              {result.uncertain.toLocaleString('en')} requests were sent and their fate is unknown: the
              provider may have charged for them.
            </p>
          )}
        </>
      )}
    </div>
  );
}

const ENDINGS = {
  finished: 'Finished.',
  ceiling: 'Stopped at the ceiling.',
  cancelled: 'Stopped.',
  failed: 'Ended before its end.',
} as const;
