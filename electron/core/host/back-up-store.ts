import type { ParsedInputOf, ReplyOf } from '../../../shared/contract/methods.ts';
import type { AppContext } from '../context/app-context.ts';
import { runInWorker } from '../work/run-in-worker.ts';
import type { TaskControls } from '../work/task-controls.ts';
import { BACKUP } from './tasks.ts';

/** A whole, checked copy of the store, made off this thread. */
export async function backUpStore(
  { store, files, ports }: AppContext,
  { placeId }: ParsedInputOf<'store.backup'>,
  controls: TaskControls,
): Promise<ReplyOf<'store.backup'>> {
  const request = {
    storePath: store.path,
    readOnlyOf: store.readOnlyOf,
    target: placeId === undefined ? null : files.place(placeId),
    nowMs: ports.clock.nowMs(),
  };
  const path = await runInWorker(BACKUP, request, controls);
  return { path, of: store.readOnlyOf ?? store.path };
}
