import type { FollowedJob, ImportJob } from '../../shared/contract/job-methods.ts';
import { client } from '../api/host.ts';

/** A running job: how far, where that is known, how long still, and a way to stop it. */
export function JobProgressView({
  job,
  recordsText = (records) => `${records.toLocaleString('en')} records`,
  stopText = 'Stop',
  label = 'Progress',
}: {
  readonly job: ImportJob | FollowedJob | null;
  readonly recordsText?: (records: number) => string;
  readonly stopText?: string;
  readonly label?: string;
}) {
  const progress = job?.progress;
  const isKnown = progress !== undefined && progress.bytesTotal > 0;
  const share = isKnown ? progress.bytesDone / progress.bytesTotal : 0;
  const elapsed = job === null ? 0 : (Date.now() - job.startedAt) / 1000;
  return (
    <div className="job" role="status">
      <progress max={1} {...(isKnown ? { value: share } : {})} aria-label={label} />
      <span>
        {progress === undefined ? '' : recordsText(progress.records)}
        {share > 0.02 && ` · about ${Math.max(1, Math.round((elapsed / share) * (1 - share)))} s left`}
      </span>
      <button
        type="button"
        disabled={job === null}
        onClick={() => job !== null && void client.call('jobs.cancel', { jobId: job.jobId })}
      >
        {stopText}
      </button>
    </div>
  );
}
