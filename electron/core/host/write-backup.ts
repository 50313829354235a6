import { copyVerified, makeBackup } from '../store/engine/backup.ts';
import { Store } from '../store/engine/database.ts';
import { type TaskControls, throwIfCancelled } from '../work/task-controls.ts';

export interface BackupRequest {
  readonly storePath: string;
  /** The store that the one at the path is a copy of, where that one may only be read. */
  readonly readOnlyOf: string | null;
  /** Beside the store where it is null. */
  readonly target: string | null;
  readonly nowMs: number;
}

/** Copies the store, also while it is open, and checks the copy. @returns where it is */
export async function writeBackup(
  { storePath, readOnlyOf, target, nowMs }: BackupRequest,
  controls: TaskControls,
): Promise<string> {
  const store = new Store(storePath, { readonly: true, readOnlyOf });
  const look = () => throwIfCancelled(controls);
  try {
    if (target === null) return await makeBackup(store, nowMs, look);
    await copyVerified(store, target, look);
    return target;
  } finally {
    store.close();
  }
}
