import { type TaskControls, throwIfCancelled } from './task-controls.ts';

const LOOK_MS = 50;

/**
 * Waits for work that others may wait for, too: whoever is stopped waits no longer, and the work goes on.
 *
 * @throws ServiceError `cancelled`, and whatever the work throws
 */
export async function unlessCancelled<Result>(
  work: Promise<Result>,
  controls: Pick<TaskControls, 'isCancelled'>,
): Promise<Result> {
  const stopped = Promise.withResolvers<never>();
  const timer = setInterval(() => {
    try {
      throwIfCancelled(controls);
    } catch (error) {
      stopped.reject(error);
    }
  }, LOOK_MS);
  try {
    const result = await Promise.race([work, stopped.promise]);
    // Who was stopped gets nothing, however soon the work was done.
    throwIfCancelled(controls);
    return result;
  } finally {
    clearInterval(timer);
  }
}
