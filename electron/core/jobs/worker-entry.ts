/** What runs inside a worker thread: one task, then the end. */
import { parentPort, workerData } from 'node:worker_threads';
import { ServiceError } from '../../../shared/contract/errors.ts';
import type { JobProgress } from '../../../shared/contract/job-methods.ts';
import { TASKS, type TaskName } from './tasks.ts';

export interface WorkerInput {
  readonly task: TaskName;
  readonly request: unknown;
  /** One integer, set to 1 by the owner to ask for a stop. */
  readonly cancelFlag: Int32Array;
}

export type WorkerMessage =
  | { readonly type: 'progress'; readonly progress: JobProgress }
  | { readonly type: 'done'; readonly result: unknown }
  | {
      readonly type: 'failed';
      readonly code: string;
      readonly message: string;
      readonly details: Readonly<Record<string, unknown>> | undefined;
    };

const { task, request, cancelFlag } = workerData as WorkerInput;
const send = (message: WorkerMessage) => parentPort?.postMessage(message);
const controls = {
  onProgress: (progress: JobProgress) => send({ type: 'progress', progress }),
  isCancelled: () => Atomics.load(cancelFlag, 0) === 1,
};

try {
  const run = TASKS[task] as (input: unknown, controls: unknown) => Promise<unknown>;
  send({ type: 'done', result: await run(request, controls) });
} catch (error) {
  if (error instanceof ServiceError) {
    send({ type: 'failed', code: error.code, message: error.message, details: error.details });
  } else {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    send({ type: 'failed', code: 'internal', message, details: undefined });
  }
}
