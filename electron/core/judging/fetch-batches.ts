/** Fetches what the Batch API of a judge's endpoint has made of the files that were sent. */
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SentBatch } from '../../../shared/contract/judge-batch-methods.ts';
import { clockFrom } from '../ports/clock-from.ts';
import type { Clock } from '../ports/ports.ts';
import { Store } from '../store/engine/database.ts';
import { batchesUnderWay, endBatch, type SentBatchRow, updateBatch } from '../store/judging/judge-batches.ts';
import { endCollectedBatches } from '../store/judging/judge-runs.ts';
import type { JudgeVersion } from '../store/judging/judge-versions.ts';
import type { TaskControls } from '../work/task-controls.ts';
import type { BatchApi, EndpointBatch } from './batch-api.ts';
import { collectBatch } from './collect-batch.ts';
import { requireJudge } from './require-version.ts';
import { asServiceError, type BatchRoad, batchApi, beginBatch, standingOf } from './send-batch.ts';

/** States after which nothing more comes, of batches that were begun. Whatever they got to is in their files. */
const OVER: ReadonlySet<string> = new Set(['completed', 'expired', 'cancelled', 'canceled']);

export interface FetchRequest extends BatchRoad {
  readonly acceptCutPrompts: boolean;
  /** Where the results are kept beside the store; null to keep none. */
  readonly folder: string | null;
}

/**
 * Looks at every batch that is under way and takes in the results of those that are over, each whole or not at all. What
 * was taken in before is not looked at again. Killed anywhere, the same call goes on where it was.
 *
 * @throws ServiceError with what the endpoint said, or what is wrong with a result
 */
export async function fetchBatches(
  request: FetchRequest,
  controls: Pick<TaskControls, 'isCancelled'>,
): Promise<readonly SentBatch[]> {
  const clock = clockFrom(request.nowMs);
  return withBatches(request, controls, async (store, version, api, row) => {
    const note = (changes: Partial<SentBatchRow>) =>
      store.write((store) => updateBatch(store, row.id, changes));
    // Noted, and killed before it was sent or before the answer came.
    if (row.inputFileId === null) return standingOf(row, null, 'not_sent');
    const batch = row.batchId === null ? await beginBatch(row, api, note) : await api.look(row.batchId);
    note({ batchId: batch.id, status: batch.status });
    const now = { ...row, batchId: batch.id, status: batch.status };
    if (batch.status === 'failed') {
      store.write((store) => endBatch(store, row.id, { endedAt: clock.nowMs(), wasBegun: false }));
      return standingOf(now, batch, 'failed');
    }
    if (!OVER.has(batch.status)) return standingOf(now, batch, 'at_work');
    const collected = await collectResults(request, clock, api, batch);
    const unanswered = store.write((store) => {
      const endedAt = clock.nowMs();
      const left = endBatch(store, row.id, { endedAt, wasBegun: true });
      endCollectedBatches(store, version.judgeId, endedAt);
      return left;
    });
    return { ...standingOf(now, batch, 'collected'), collected, unanswered };
  });
}

/** Asks the endpoint to stop the batches that are under way. What they got to is fetched like any other result. */
export async function cancelBatches(
  request: BatchRoad,
  controls: Pick<TaskControls, 'isCancelled'>,
): Promise<readonly SentBatch[]> {
  return withBatches(request, controls, async (store, _version, api, row) => {
    if (row.batchId === null) return standingOf(row, null, 'not_sent');
    const batch = await api.cancel(row.batchId);
    store.write((store) => updateBatch(store, row.id, { status: batch.status }));
    return standingOf({ ...row, status: batch.status }, batch, 'at_work');
  });
}

async function withBatches(
  road: BatchRoad,
  controls: Pick<TaskControls, 'isCancelled'>,
  work: (store: Store, version: JudgeVersion, api: BatchApi, row: SentBatchRow) => Promise<SentBatch>,
): Promise<readonly SentBatch[]> {
  const store = new Store(road.storePath, { readonly: false });
  try {
    const { version } = requireJudge(store, road);
    const api = batchApi(road, version, controls);
    const standings: SentBatch[] = [];
    for (const row of batchesUnderWay(store, version.judgeId))
      standings.push(await work(store, version, api, row));
    return standings;
  } catch (error) {
    throw asServiceError(error);
  } finally {
    store.close();
  }
}

async function collectResults(
  { storePath, studyId, judge, acceptCutPrompts, folder }: FetchRequest,
  clock: Pick<Clock, 'nowMs'>,
  api: BatchApi,
  batch: EndpointBatch,
): Promise<SentBatch['collected']> {
  if (folder !== null) mkdirSync(folder, { recursive: true });
  const place = folder ?? mkdtempSync(join(tmpdir(), 'touchstone-batch-'));
  try {
    const files: { path: string; name: string; mayBeEmpty: true }[] = [];
    for (const [kind, fileId] of [
      ['results', batch.output_file_id],
      ['errors', batch.error_file_id],
    ] as const) {
      if (fileId === null || fileId === undefined) continue;
      const name = `${batch.id.replace(/[^\w-]+/gu, '-').slice(0, 80)}-${kind}.jsonl`;
      const path = join(place, name);
      await api.download(fileId, path);
      if (statSync(path).size > 0) files.push({ path, name, mayBeEmpty: true });
    }
    return await collectBatch({ storePath, studyId, judge, files, acceptCutPrompts, nowMs: clock.nowMs() });
  } finally {
    if (folder === null) rmSync(place, { recursive: true, force: true });
  }
}
