import { useEffect, useState } from 'react';
import type { Envelope } from '../../shared/contract/envelope.ts';
import type { FollowedJob } from '../../shared/contract/job-methods.ts';
import type { InputOf, ReplyOf } from '../../shared/contract/methods.ts';
import { client } from '../api/host.ts';
import { useJob } from './job.ts';

type FollowedMethod = 'packs.make' | 'packs.merge' | 'packs.open' | 'studies.delete';

/** What is over sooner shows no progress. */
const SHOWN_AFTER_MS = 400;

/** A call that may take long: its progress is shown after a moment, and it can be stopped. */
export function useFollowedCall() {
  const [jobId, setJobId] = useState<string | null>(null);
  const [shownId, setShownId] = useState<string | null>(null);
  const job = useJob<FollowedJob>(shownId);
  useEffect(() => {
    setShownId(null);
    if (jobId === null) return undefined;
    const timer = setTimeout(() => setShownId(jobId), SHOWN_AFTER_MS);
    return () => clearTimeout(timer);
  }, [jobId]);
  const call = async <Name extends FollowedMethod>(
    name: Name,
    input: InputOf<Name>,
  ): Promise<Envelope<ReplyOf<Name>>> => {
    const id = crypto.randomUUID();
    setJobId(id);
    try {
      return await client.call(name, { ...input, jobId: id } as InputOf<Name>);
    } finally {
      setJobId((current) => (current === id ? null : current));
    }
  };
  return { isRunning: jobId !== null, job: job?.state === 'running' ? job : null, call };
}
