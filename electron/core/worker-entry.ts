/** What runs inside a worker thread: one task after the other, as they are posted. */
import { getHeapStatistics } from 'node:v8';
import { parentPort } from 'node:worker_threads';
import { ServiceError } from '../../shared/errors/errors.ts';
import { forgetKept, startKeeping } from './store/engine/kept-in-thread.ts';
import { TASKS } from './tasks.ts';
import type { TaskControls } from './work/task-controls.ts';
import type { TaskEnd, WorkerInput, WorkerMessage } from './work/worker-message.ts';

const send = (message: WorkerMessage) => parentPort?.postMessage(message);

/** Says how a task ended, and how much memory it leaves behind. */
function end(how: TaskEnd): void {
  const { total_heap_size: heapBytes, external_memory: externalBytes } = getHeapStatistics();
  send({ heldBytes: heapBytes + externalBytes, ...how });
}

startKeeping();
parentPort?.on('message', (input: WorkerInput) => {
  if (input === 'forget') {
    forgetKept();
    return;
  }
  const { task, request, cancelFlag } = input;
  const controls: TaskControls<unknown> = {
    onProgress: (progress) => send({ type: 'progress', progress }),
    onPartial: (partial) => send({ type: 'partial', partial }),
    isCancelled: () => Atomics.load(cancelFlag, 0) === 1,
  };
  Promise.resolve(TASKS.get(task)?.())
    .then((run) => {
      if (run === undefined) throw new Error(`no task ${task}`);
      return run(request, controls);
    })
    .then((result) => end({ type: 'done', result }))
    .catch((error: unknown) => {
      if (error instanceof ServiceError) {
        end({ type: 'failed', code: error.code, said: error.said, details: error.details });
      } else {
        end({
          type: 'broken',
          stack: error instanceof Error ? (error.stack ?? error.message) : String(error),
        });
      }
    });
});
