import type { Store, WriteStore } from '../store/engine/database.ts';
import { beginWhenFree } from './begin-when-free.ts';
import type { TaskControls } from './task-controls.ts';

/**
 * Runs work in one transaction, begun once other writers let it. What the work did is kept where `keeps` says so of its
 * result, and taken back otherwise and on an error.
 *
 * @throws ServiceError `store_busy`, `cancelled`, and whatever the work throws
 */
export async function inTransaction<Result>(
  store: Store,
  controls: TaskControls,
  work: (store: WriteStore) => Promise<Result>,
  keeps: (result: Result) => boolean = () => true,
): Promise<Result> {
  const writable = await beginWhenFree(store, controls);
  try {
    const result = await work(writable);
    if (keeps(result)) store.commit();
    else store.rollback();
    return result;
  } catch (error) {
    store.rollback();
    throw error;
  }
}
