import { useEffect, useState } from 'react';
import type { JobStatus } from '../../shared/contract/job-methods.ts';
import { client } from '../api/host.ts';

const POLL_MS = 400;

/** Follows a job until it ends. Events wake it early; polling covers a cut stream. */
export function useJob<Status extends JobStatus>(jobId: string | null): Status | null {
  const [status, setStatus] = useState<Status | null>(null);
  useEffect(() => {
    setStatus(null);
    if (jobId === null) return undefined;
    let isCurrent = true;
    const look = async () => {
      const reply = await client.call('jobs.get', { jobId });
      if (!isCurrent) return;
      if (reply.ok) setStatus(reply.value as Status);
      if (reply.ok && reply.value.state !== 'running') stop();
    };
    const timer = setInterval(() => void look(), POLL_MS);
    const unsubscribe = client.subscribe((event) => {
      if (event.type === 'job' && event.jobId === jobId && event.state !== 'running') void look();
    });
    const stop = () => {
      clearInterval(timer);
      unsubscribe();
    };
    void look();
    return () => {
      isCurrent = false;
      stop();
    };
  }, [jobId]);
  return status;
}
