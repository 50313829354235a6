import type { ParsedInputOf, ReplyOf, ReportName } from '../../../shared/contract/methods.ts';
import type { AppContext } from '../app-context.ts';
import { runInWorker } from './run-in-worker.ts';

/** Answers a method in a thread of its own, as a job where the caller names one. */
export async function runReport<Name extends ReportName>(
  { store, jobs, ports }: Pick<AppContext, 'store' | 'jobs' | 'ports'>,
  name: Name,
  { jobId, ...input }: ParsedInputOf<Name>,
): Promise<ReplyOf<Name>> {
  const request = { name, input, storePath: store.path, isForPage: ports.host !== 'in_process' };
  return (await jobs.follow(jobId, (controls) => runInWorker('report', request, controls))) as ReplyOf<Name>;
}
