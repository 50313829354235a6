import { Worker } from 'node:worker_threads';
import { type ErrorCode, ServiceError } from '../../../shared/contract/errors.ts';
import { NO_CONTROLS, type TaskControls } from './task-controls.ts';
import type { TaskName, TaskRequest, TaskResult } from './tasks.ts';
import type { WorkerInput, WorkerMessage } from './worker-entry.ts';

const CANCEL_POLL_MS = 50;

/** Runs one task in a thread of its own. Rejects with the task's own ServiceError. */
export function runInWorker<Name extends TaskName>(
  task: Name,
  request: TaskRequest<Name>,
  controls: TaskControls = NO_CONTROLS,
): Promise<TaskResult<Name>> {
  const cancelFlag = new Int32Array(new SharedArrayBuffer(4));
  const input: WorkerInput = { task, request, cancelFlag };
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'mjs';
  const worker = new Worker(new URL(`./worker-entry.${extension}`, import.meta.url), { workerData: input });
  const poll = setInterval(() => {
    if (controls.isCancelled()) Atomics.store(cancelFlag, 0, 1);
  }, CANCEL_POLL_MS);
  return new Promise<TaskResult<Name>>((resolve, reject) => {
    worker.on('message', (message: WorkerMessage) => {
      if (message.type === 'progress') controls.onProgress(message.progress);
      else if (message.type === 'done') resolve(message.result as TaskResult<Name>);
      else if (message.code === 'internal') reject(new Error(message.message));
      else reject(new ServiceError(message.code as ErrorCode, message.message, message.details));
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`the worker for ${task} ended early with code ${code}`)));
  }).finally(() => clearInterval(poll));
}
