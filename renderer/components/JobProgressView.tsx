import type { ImportJob } from '../../shared/contract/job-methods.ts';
import { client } from '../api/host.ts';

/** A running job: how far, how long still, and a way to stop it. */
export function JobProgressView({ job }: { readonly job: ImportJob | null }) {
  const progress = job?.progress;
  const share =
    progress === undefined || progress.bytesTotal === 0 ? 0 : progress.bytesDone / progress.bytesTotal;
  const elapsed = job === null ? 0 : (Date.now() - job.startedAt) / 1000;
  return (
    <div className="job" role="status">
      <progress max={1} value={share} aria-label="Progress" />
      <span>
        {progress === undefined ? '' : `${progress.records.toLocaleString('en')} records`}
        {share > 0.02 && ` · about ${Math.max(1, Math.round((elapsed / share) * (1 - share)))} s left`}
      </span>
      <button
        type="button"
        disabled={job === null}
        onClick={() => job !== null && void client.call('jobs.cancel', { jobId: job.jobId })}
      >
        Stop
      </button>
    </div>
  );
}
