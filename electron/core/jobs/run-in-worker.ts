import { Worker } from 'node:worker_threads';
import { type ErrorCode, ServiceError } from '../../../shared/contract/errors.ts';
import { NO_CONTROLS, type TaskControls } from './task-controls.ts';
import type { TaskName, TaskProgress, TaskRequest, TaskResult } from './tasks.ts';
import type { WorkerInput, WorkerMessage } from './worker-entry.ts';

const CANCEL_POLL_MS = 50;

/**
 * The one thread that is kept when it has nothing to do: starting one takes longer than most tasks. It does not keep the
 * process alive.
 */
let idle: Worker | null = null;

/** After these a thread holds memory that nothing needs again. */
const NOT_KEPT_AFTER: ReadonlySet<TaskName> = new Set<TaskName>(['import', 'export', 'judge']);

/** These change nothing, so that their thread may be ended at any point. */
const ONLY_READS: ReadonlySet<TaskName> = new Set<TaskName>(['report']);

/** Runs one task in a thread of its own. Rejects with the task's own ServiceError. */
export function runInWorker<Name extends TaskName>(
  task: Name,
  request: TaskRequest<Name>,
  { onProgress, onPartial, isCancelled }: TaskControls<TaskProgress<Name>> = NO_CONTROLS,
): Promise<TaskResult<Name>> {
  const cancelFlag = new Int32Array(new SharedArrayBuffer(4));
  const worker = idleOrNewWorker();
  let poll: NodeJS.Timeout | undefined;
  return new Promise<TaskResult<Name>>((resolve, reject) => {
    poll = setInterval(() => {
      if (!isCancelled()) return;
      Atomics.store(cancelFlag, 0, 1);
      if (!ONLY_READS.has(task)) return;
      worker.removeAllListeners();
      void worker.terminate();
      reject(new ServiceError('cancelled', 'Stopped. Nothing was changed.'));
    }, CANCEL_POLL_MS);
    const settle = (finish: () => void) => {
      worker.removeAllListeners();
      if (!NOT_KEPT_AFTER.has(task) && idle === null) keep(worker);
      else void worker.terminate();
      finish();
    };
    worker.on('message', (message: WorkerMessage) => {
      if (message.type === 'progress') onProgress(message.progress as TaskProgress<Name>);
      else if (message.type === 'partial') onPartial(message.partial);
      else if (message.type === 'done') settle(() => resolve(message.result as TaskResult<Name>));
      else if (message.code === 'internal') settle(() => reject(new Error(message.message)));
      else {
        settle(() => reject(new ServiceError(message.code as ErrorCode, message.message, message.details)));
      }
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`the worker for ${task} ended early with code ${code}`)));
    worker.postMessage({ task, request, cancelFlag } satisfies WorkerInput);
  }).finally(() => clearInterval(poll));
}

function idleOrNewWorker(): Worker {
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'mjs';
  const worker = idle ?? new Worker(new URL(`./worker-entry.${extension}`, import.meta.url));
  idle = null;
  worker.removeAllListeners();
  worker.ref();
  return worker;
}

function keep(worker: Worker): void {
  idle = worker;
  worker.unref();
  // A thread that dies while it has nothing to do is simply not used again.
  const forget = () => {
    if (idle === worker) idle = null;
  };
  worker.once('error', forget);
  worker.once('exit', forget);
}
