import { setTimeout as sleep } from 'node:timers/promises';
import { ServiceError } from '../../../shared/errors/errors.ts';
import type { Store, WriteStore } from '../store/engine/database.ts';
import { type TaskControls, throwIfCancelled } from './task-controls.ts';

const LOCK_WAIT_MS = 10_000;

/**
 * Begins a transaction once other writers let it, without blocking the thread.
 *
 * @throws ServiceError `store_busy` after 10 s; `cancelled`
 */
export async function beginWhenFree(store: Store, controls: TaskControls): Promise<WriteStore> {
  const deadline = performance.now() + LOCK_WAIT_MS;
  for (;;) {
    throwIfCancelled(controls);
    try {
      return store.begin();
    } catch (error) {
      if (!(error instanceof ServiceError) || error.code !== 'store_busy' || performance.now() > deadline)
        throw error;
      await sleep(50);
    }
  }
}
