import { SHARE_ENV, Worker } from 'node:worker_threads';
import { ServiceError } from '../../../shared/errors/errors.ts';
import type { TaskControls } from './task-controls.ts';
import type { TaskEnd, WorkerInput, WorkerMessage } from './worker-message.ts';
import type { ProgressOf, RequestOf, ResultOf, TaskFunction, WorkerTask } from './worker-task.ts';

/** Where a thread begins: in the sources, or beside the bundle. */
const ENTRY = import.meta.url.endsWith('.ts') ? '../worker-entry.ts' : './worker-entry.mjs';

const CANCEL_POLL_MS = 50;

/** What a thread may hold after a task that fills memory, and be kept: one with all modules of a judge's run, and little else. */
const MOST_KEPT_BYTES = 144 * 1024 ** 2;

/**
 * What a thread may hold that was made just now. Half of what it would be otherwise: large tasks are many small ones, and take
 * a quarter less memory for it.
 */
const YOUNG_GENERATION_MIB = 24;

/**
 * The one thread that is kept when it has nothing to do: starting one takes longer than most tasks. It does not keep the
 * process alive.
 */
let idle: Worker | null = null;

/** Threads that were ended in the middle of a task: until they are gone, they may hold a store open. */
const ending = new Set<Promise<unknown>>();

interface Running {
  readonly name: string;
  readonly isCancelled: () => boolean;
  /** Never rejects. */
  readonly ended: Promise<unknown>;
}

/** Tasks at work. */
const running = new Set<Running>();

/** How often threads were told to forget: one that was at work then is told once it has nothing to do. */
let forgets = 0;

/** Runs one task in a thread of its own. Rejects with the task's own ServiceError. */
export async function runInWorker<Run extends TaskFunction>(
  task: WorkerTask<Run>,
  request: RequestOf<Run>,
  controls: TaskControls<ProgressOf<Run>>,
): Promise<ResultOf<Run>> {
  const { name } = task;
  const givingWay =
    idle === null ? [...running].find((each) => each.name === name && each.isCancelled()) : null;
  // A task that is being stopped leaves its thread, and what that keeps, to the next of its kind sooner than one is started.
  if (givingWay != null) await givingWay.ended;
  const result = runInThread(task, request, controls);
  const entry = { name, isCancelled: controls.isCancelled, ended: result.catch(() => undefined) };
  running.add(entry);
  return result.finally(() => running.delete(entry));
}

function runInThread<Run extends TaskFunction>(
  { name, onlyReads, fillsMemory }: WorkerTask<Run>,
  request: RequestOf<Run>,
  { onProgress, onPartial, isCancelled }: TaskControls<ProgressOf<Run>>,
): Promise<ResultOf<Run>> {
  const cancelFlag = new Int32Array(new SharedArrayBuffer(4));
  const worker = idleOrNewWorker();
  const forgetsBefore = forgets;
  let poll: NodeJS.Timeout | undefined;
  return new Promise<ResultOf<Run>>((resolve, reject) => {
    poll = setInterval(() => {
      if (!isCancelled()) return;
      Atomics.store(cancelFlag, 0, 1);
      if (onlyReads !== true) return;
      endThread(worker);
      reject(stoppedError());
    }, CANCEL_POLL_MS);
    const finish = (end: TaskEnd) => {
      if (end.type === 'done' && onlyReads === true && isCancelled()) reject(stoppedError());
      else if (end.type === 'done') resolve(end.result as ResultOf<Run>);
      else if (end.type === 'broken') reject(new Error(end.stack));
      else reject(new ServiceError(end.code, end.said, end.details));
    };
    worker.on('message', (message: WorkerMessage) => {
      if (message.type === 'progress') onProgress(message.progress as ProgressOf<Run>);
      else if (message.type === 'partial') onPartial(message.partial);
      else {
        const isFull = fillsMemory === true && message.heldBytes > MOST_KEPT_BYTES;
        if (idle === null && !isFull) keep(worker, forgets !== forgetsBefore);
        else endThread(worker);
        finish(message);
      }
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`the worker for ${name} ended early with code ${code}`)));
    worker.postMessage({ task: name, request, cancelFlag } satisfies WorkerInput);
  }).finally(() => clearInterval(poll));
}

/**
 * Has threads forget what they keep for the next task: the store it is of is closed. Resolves once those that were ended
 * are gone.
 */
export async function forgetInWorker(): Promise<void> {
  forgets++;
  idle?.postMessage('forget' satisfies WorkerInput);
  await Promise.all(ending);
}

function endThread(worker: Worker): void {
  worker.removeAllListeners();
  const ended = worker.terminate().finally(() => ending.delete(ended));
  ending.add(ended);
}

function stoppedError(): ServiceError {
  return new ServiceError('cancelled', { key: 'call.cancelled' });
}

function idleOrNewWorker(): Worker {
  const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_GENERATION_MIB };
  const worker = idle ?? new Worker(new URL(ENTRY, import.meta.url), { env: SHARE_ENV, resourceLimits });
  idle = null;
  worker.removeAllListeners();
  worker.ref();
  return worker;
}

function keep(worker: Worker, isToForget: boolean): void {
  worker.removeAllListeners();
  idle = worker;
  if (isToForget) worker.postMessage('forget' satisfies WorkerInput);
  worker.unref();
  // A thread that dies while it has nothing to do is simply not used again.
  const forget = () => {
    if (idle === worker) idle = null;
  };
  worker.once('error', forget);
  worker.once('exit', forget);
}
