import type { ParsedInputOf, ReplyOf, ReportName } from '../../../shared/contract/methods.ts';
import type { Asked } from '../work/asked.ts';
import { runInWorker } from '../work/run-in-worker.ts';
import type { TaskControls } from '../work/task-controls.ts';
import { workerTask } from '../work/worker-task.ts';
import type { AppContext } from './app-context.ts';

export interface ReportRequest extends Asked {
  readonly name: ReportName;
  readonly input: unknown;
  readonly storePath: string;
}

export const REPORT = workerTask<(request: ReportRequest) => Promise<unknown>>('report', { onlyReads: true });

/** Answers a method in a thread of its own. */
export async function runReport<Name extends ReportName>(
  { store, ports }: Pick<AppContext, 'store' | 'ports'>,
  name: Name,
  { jobId: _, ...input }: ParsedInputOf<Name>,
  controls: TaskControls,
): Promise<ReplyOf<Name>> {
  const request = {
    name,
    input,
    storePath: store.path,
    readOnlyOf: store.readOnlyOf,
    durability: store.durability,
    isForPage: ports.host !== 'in_process',
    nowMs: ports.clock.nowMs(),
  };
  return (await runInWorker(REPORT, request, controls)) as ReplyOf<Name>;
}
