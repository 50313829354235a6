/** Judging through batch files: what a command asks, made a task of. */
import type { ParsedInputOf, ReplyOf } from '../../../shared/contract/methods.ts';
import type { AppContext } from '../context/app-context.ts';
import { runInWorker } from '../work/run-in-worker.ts';
import type { TaskControls } from '../work/task-controls.ts';
import { judgeSecrets } from './judge-service.ts';
import type { BatchRoad } from './send-batch.ts';
import { BATCH_FILES, BATCH_RESULTS, BATCHES_CANCELLED, BATCHES_FETCHED, BATCHES_SENT } from './tasks.ts';

/** An upload of 200 MB over a slow line. */
const TIMEOUT_MS = 30 * 60_000;

export function createJudgeBatch(
  { store, ports, files }: AppContext,
  { studyId, judge, selection, folderId }: ParsedInputOf<'judges.createBatch'>,
  controls: TaskControls,
): Promise<ReplyOf<'judges.createBatch'>> {
  const request = {
    storePath: store.path,
    studyId,
    judge,
    selection,
    folder: files.place(folderId),
    newRunId: ports.entropy.hex(8),
    nowMs: ports.clock.nowMs(),
  };
  return runInWorker(BATCH_FILES, request, controls);
}

export function collectJudgeBatch(
  { store, ports, files }: AppContext,
  { studyId, judge, uploads, acceptCutPrompts }: ParsedInputOf<'judges.collectBatch'>,
  controls: TaskControls,
): Promise<ReplyOf<'judges.collectBatch'>> {
  const request = {
    storePath: store.path,
    studyId,
    judge,
    files: uploads.map((uploadId) => files.file(uploadId)),
    acceptCutPrompts,
    nowMs: ports.clock.nowMs(),
  };
  return runInWorker(BATCH_RESULTS, request, controls);
}

export async function sendJudgeBatches(
  context: AppContext,
  input: ParsedInputOf<'judges.sendBatches'>,
  controls: TaskControls,
): Promise<ReplyOf<'judges.sendBatches'>> {
  const files = input.uploads.map((uploadId) => context.files.file(uploadId));
  const request = { ...(await roadOf(context, input)), files, maxCostUsd: input.maxCostUsd };
  return runInWorker(BATCHES_SENT, request, controls);
}

export async function fetchJudgeBatches(
  context: AppContext,
  input: ParsedInputOf<'judges.fetchBatches'>,
  controls: TaskControls,
): Promise<ReplyOf<'judges.fetchBatches'>> {
  const { acceptCutPrompts, folderId } = input;
  const folder = folderId === undefined ? null : context.files.place(folderId);
  const request = { ...(await roadOf(context, input)), acceptCutPrompts, folder };
  return runInWorker(BATCHES_FETCHED, request, controls);
}

export async function cancelJudgeBatches(
  context: AppContext,
  input: ParsedInputOf<'judges.cancelBatches'>,
  controls: TaskControls,
): Promise<ReplyOf<'judges.cancelBatches'>> {
  return runInWorker(BATCHES_CANCELLED, await roadOf(context, input), controls);
}

/** The way to the Batch API of a judge's endpoint, with what it is to be shown. */
async function roadOf(
  context: AppContext,
  { studyId, judge }: { readonly studyId: string; readonly judge: string },
): Promise<BatchRoad> {
  const { store, ports } = context;
  const secrets = await judgeSecrets(context, { studyId, judge });
  return {
    storePath: store.path,
    studyId,
    judge,
    secrets,
    timeoutMs: TIMEOUT_MS,
    nowMs: ports.clock.nowMs(),
  };
}
