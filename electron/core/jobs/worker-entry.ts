/** What runs inside a worker thread: one task after the other, as they are posted. */
import { parentPort } from 'node:worker_threads';
import { ServiceError } from '../../../shared/contract/errors.ts';
import type { TaskControls } from './task-controls.ts';
import { TASKS, type TaskName } from './tasks.ts';

export interface WorkerInput {
  readonly task: TaskName;
  readonly request: unknown;
  /** One integer, set to 1 by the owner to ask for a stop. */
  readonly cancelFlag: Int32Array;
}

export type WorkerMessage =
  | { readonly type: 'progress'; readonly progress: unknown }
  | { readonly type: 'partial'; readonly partial: unknown }
  | { readonly type: 'done'; readonly result: unknown }
  | {
      readonly type: 'failed';
      readonly code: string;
      readonly message: string;
      readonly details: Readonly<Record<string, unknown>> | undefined;
    };

const send = (message: WorkerMessage) => parentPort?.postMessage(message);

parentPort?.on('message', ({ task, request, cancelFlag }: WorkerInput) => {
  const controls: TaskControls<unknown> = {
    onProgress: (progress) => send({ type: 'progress', progress }),
    onPartial: (partial) => send({ type: 'partial', partial }),
    isCancelled: () => Atomics.load(cancelFlag, 0) === 1,
  };
  (TASKS[task] as () => Promise<(input: unknown, controls: TaskControls<unknown>) => unknown>)()
    .then((run) => run(request, controls))
    .then((result) => send({ type: 'done', result }))
    .catch((error: unknown) => {
      if (error instanceof ServiceError) {
        send({ type: 'failed', code: error.code, message: error.message, details: error.details });
      } else {
        const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
        send({ type: 'failed', code: 'internal', message, details: undefined });
      }
    });
});
