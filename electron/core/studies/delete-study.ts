import { setTimeout as sleep } from 'node:timers/promises';
import type { ParsedInputOf, ReplyOf } from '../../../shared/contract/methods.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';
import type { AppContext } from '../context/app-context.ts';
import { listBackups } from '../store/engine/backup.ts';
import type { Store } from '../store/engine/database.ts';
import { requireStudy } from '../store/study/studies.ts';
import { forgetInWorker, runInWorker } from '../work/run-in-worker.ts';
import type { TaskControls } from '../work/task-controls.ts';
import { summaryOf } from './study-summary.ts';
import { DELETION } from './tasks.ts';

/** Deletes a study whose name was typed out, and says where else it still is. */
export async function deleteStudy(
  context: AppContext,
  { studyId, confirmName, losesOpenWork }: ParsedInputOf<'studies.delete'>,
  controls: TaskControls,
): Promise<ReplyOf<'studies.delete'>> {
  const { store, ports } = context;
  if (store.readOnlyOf !== null)
    throw new ServiceError('store_unavailable', {
      key: 'store.read_only',
      values: { path: store.readOnlyOf },
    });
  const { name, pairs, votes } = summaryOf(context, requireStudy(store, studyId));
  if (confirmName.trim() !== name)
    throw new ServiceError('invalid_input', { key: 'study.deletion_name_differs' });
  const request = { storePath: store.path, studyId, losesOpenWork, votes, nowMs: ports.clock.nowMs() };
  await runInWorker(DELETION, request, controls);
  await forgetInWorker();
  return { name, pairs, votes, isPending: !(await scrubbed(store)), backups: listBackups(store.path) };
}

/** How long is waited for readers of the journal that still holds what was deleted. */
const SCRUB_TRIES = 20;
const SCRUB_PAUSE_MS = 100;

async function scrubbed(store: Store): Promise<boolean> {
  for (let tried = 1; tried < SCRUB_TRIES; tried++) {
    if (store.scrub()) return true;
    await sleep(SCRUB_PAUSE_MS);
  }
  return store.scrub();
}
