import type { ParsedInputOf, ReplyOf, ReportName } from '../../../shared/contract/methods.ts';
import type { Asked } from '../work/asked.ts';
import { runInWorker } from '../work/run-in-worker.ts';
import { workerTask } from '../work/worker-task.ts';
import type { AppContext } from './app-context.ts';

export interface ReportRequest extends Asked {
  readonly name: ReportName;
  readonly input: unknown;
  readonly storePath: string;
}

export const REPORT = workerTask<(request: ReportRequest) => Promise<unknown>>('report', { onlyReads: true });

/** Answers a method in a thread of its own, as a job where the caller names one. */
export async function runReport<Name extends ReportName>(
  { store, jobs, ports }: Pick<AppContext, 'store' | 'jobs' | 'ports'>,
  name: Name,
  { jobId, ...input }: ParsedInputOf<Name>,
): Promise<ReplyOf<Name>> {
  const request = { name, input, storePath: store.path, isForPage: ports.host !== 'in_process' };
  return (await jobs.follow(jobId, (controls) => runInWorker(REPORT, request, controls))) as ReplyOf<Name>;
}
