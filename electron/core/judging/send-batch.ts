/** Sends batch files to the Batch API of a judge's endpoint. */
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import type { SentBatch } from '../../../shared/contract/judge-batch-methods.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';
import { readBy } from '../../../shared/json/read-by-schema.ts';
import { clockFrom } from '../ports/clock-from.ts';
import { appendAudit } from '../store/engine/audit.ts';
import { type ReadStore, Store } from '../store/engine/database.ts';
import {
  batchesUnderWay,
  insertBatch,
  isInSentBatch,
  type SentBatchRow,
  updateBatch,
} from '../store/judging/judge-batches.ts';
import { batchRequest } from '../store/judging/judge-runs.ts';
import type { JudgeVersion } from '../store/judging/judge-versions.ts';
import type { TaskControls } from '../work/task-controls.ts';
import { BatchApi, type EndpointBatch } from './batch-api.ts';
import { BATCH_FILE_LIMITS } from './create-batch.ts';
import { EndpointFailure } from './endpoint-failure.ts';
import { type EndpointSecrets, originOf } from './endpoint-key.ts';
import { costUsd, priceOf, priceTable } from './price.ts';
import { requireJudge } from './require-version.ts';

export interface BatchRoad {
  readonly storePath: string;
  readonly studyId: string;
  readonly judge: string;
  readonly secrets: EndpointSecrets;
  readonly timeoutMs: number;
  /** When the call came: files that take long to send are sent later. */
  readonly nowMs: number;
  /** Shorter pauses, for tests of what is tried again. */
  readonly pauseShare?: number;
}

const lineSchema = z.object({
  custom_id: z.string().max(200),
  method: z.literal('POST'),
  url: z.literal('/v1/chat/completions'),
  body: z.object({
    model: z.string(),
    messages: z.array(z.object({ role: z.enum(['system', 'user']), content: z.string() })),
  }),
});

/** A batch file that was read and found to be one of this judge. */
interface CheckedFile {
  readonly name: string;
  readonly bytes: Buffer<ArrayBuffer>;
  readonly sha256: string;
  readonly requests: readonly { readonly runId: number; readonly key: string }[];
  readonly mostUsd: number | null;
}

/**
 * Sends every file, one after the other; one that was sent before is left alone. Nothing is sent before all were read, and
 * nothing where they may cost more than the ceiling. Killed anywhere, the same call goes on where it was.
 *
 * @throws ServiceError that names file and line, or what the endpoint said
 */
export async function sendBatch(
  road: BatchRoad & {
    readonly files: readonly { readonly path: string; readonly name: string }[];
    readonly maxCostUsd: number | null;
  },
  controls: Pick<TaskControls, 'isCancelled'>,
): Promise<readonly SentBatch[]> {
  const store = new Store(road.storePath, { readonly: false });
  const clock = clockFrom(road.nowMs);
  try {
    const { study, version } = requireJudge(store, road);
    const price = priceOf(priceTable(store), version.definition.model);
    if (road.maxCostUsd !== null && price === null)
      throw new ServiceError('invalid_input', {
        key: 'judge.price_unknown_for_batch',
        values: { model: version.definition.model },
      });
    const { promptTokens } = await import('./token-count.ts');
    const mostOf = (messages: Parameters<typeof promptTokens>[0]) =>
      costUsd(price, promptTokens(messages), version.definition.parameters.maxTokens);
    const files = road.files.map((file) => checkFile(store, version, file, mostOf));
    const isNew = ({ sha256 }: CheckedFile) =>
      !batchesUnderWay(store, version.judgeId).some((each) => each.fileSha256 === sha256);
    const mostUsd = files.filter(isNew).reduce((sum, each) => sum + (each.mostUsd ?? 0), 0);
    if (road.maxCostUsd !== null && mostUsd > road.maxCostUsd)
      throw new ServiceError('invalid_input', {
        key: 'batch.ceiling_passed',
        values: { most: `$${mostUsd.toFixed(2)}`, ceiling: `$${road.maxCostUsd.toFixed(2)}` },
      });
    const api = batchApi(road, version, controls);
    const sent: SentBatch[] = [];
    for (const file of files) {
      store.write((store) => {
        if (!isNew(file)) return;
        const at = clock.nowMs();
        const taken = file.requests.find(({ runId, key }) => isInSentBatch(store, runId, key));
        if (taken !== undefined)
          throw new ServiceError('conflict', {
            key: 'batch.requests_sent_before',
            values: { file: file.name },
          });
        insertBatch(store, {
          judgeId: version.judgeId,
          fileName: file.name,
          fileSha256: file.sha256,
          sentAt: at,
          requests: file.requests,
        });
        appendAudit(store, {
          at,
          studyId: study.id,
          actor: 'lead',
          action: 'judge_batch_sent',
          details: {
            judge: version.name,
            origin: originOf(version.definition.endpoint),
            sha256: file.sha256,
            requests: file.requests.length,
            maxCostUsd: road.maxCostUsd,
          },
        });
      });
      sent.push(await sendFile(store, version, api, file));
    }
    return sent;
  } catch (error) {
    throw asServiceError(error);
  } finally {
    store.close();
  }
}

/** The Batch API of a judge's endpoint. */
export function batchApi(
  { secrets, timeoutMs, pauseShare }: BatchRoad,
  { definition }: JudgeVersion,
  { isCancelled }: Pick<TaskControls, 'isCancelled'>,
): BatchApi {
  return new BatchApi(
    { judge: definition, secrets, timeoutMs },
    isCancelled,
    pauseShare === undefined ? {} : { pauseShare },
  );
}

/** What an endpoint did wrong, as commands say it. */
export function asServiceError(error: unknown): unknown {
  return error instanceof EndpointFailure
    ? new ServiceError('unreachable', { key: 'batch.endpoint_failed', values: { reason: error.message } })
    : error;
}

async function sendFile(
  store: Store,
  version: JudgeVersion,
  api: BatchApi,
  file: CheckedFile,
): Promise<SentBatch> {
  const row = () => {
    const found = batchesUnderWay(store, version.judgeId).find((each) => each.fileSha256 === file.sha256);
    if (found === undefined) throw new Error('a batch that was noted is gone');
    return found;
  };
  const note = (changes: Partial<SentBatchRow>) =>
    store.write((store) => updateBatch(store, row().id, changes));
  if (row().batchId !== null) return standingOf(row(), null, 'sent_before');
  if (row().inputFileId === null) note({ inputFileId: await api.upload(file.name, file.bytes) });
  const batch = await beginBatch(row(), api, note);
  note({ batchId: batch.id, status: batch.status });
  return standingOf(row(), batch, 'sent');
}

/** The batch that was asked for before, perhaps without an answer, else a new one. */
export async function beginBatch(
  { inputFileId, isAskedFor, fileSha256 }: SentBatchRow,
  api: BatchApi,
  note: (changes: Partial<SentBatchRow>) => void,
): Promise<EndpointBatch> {
  if (inputFileId === null) throw new Error('nothing was uploaded');
  const known = isAskedFor ? await api.find(inputFileId) : null;
  if (known !== null) return known;
  note({ isAskedFor: true });
  try {
    return await api.begin(inputFileId, fileSha256.slice(0, 40));
  } catch (error) {
    // Turned away: there is no batch to look for.
    if (error instanceof EndpointFailure && !error.mayBePaid && error.scope !== 'retry')
      note({ isAskedFor: false });
    throw error;
  }
}

/** How a batch stands, for whoever asked. */
export function standingOf(
  { fileName, batchId, status, requests }: SentBatchRow,
  batch: EndpointBatch | null,
  what: SentBatch['what'],
): SentBatch {
  return {
    file: fileName,
    batchId,
    status,
    what,
    requests,
    completed: batch?.request_counts?.completed ?? null,
    failed: batch?.request_counts?.failed ?? null,
    problems: (batch?.errors?.data ?? [])
      .slice(0, 5)
      .map(
        ({ message, line }) =>
          `${line == null ? '' : `line ${line}: `}${(message ?? 'no reason was given').slice(0, 300)}`,
      ),
    collected: null,
    unanswered: 0,
  };
}

function checkFile(
  store: ReadStore,
  version: JudgeVersion,
  { path, name }: { readonly path: string; readonly name: string },
  mostOf: (messages: readonly z.output<typeof lineSchema>['body']['messages'][number][]) => number | null,
): CheckedFile {
  const refuse = (reason: string) =>
    new ServiceError('invalid_input', { key: 'batch.file_refused', values: { file: name, reason } });
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) throw refuse(' is no file.');
  if (statSync(path).size > BATCH_FILE_LIMITS.bytes) throw refuse(' is larger than a batch file may be.');
  const bytes = Buffer.from(readFileSync(path));
  const requests: CheckedFile['requests'][number][] = [];
  const keys = new Set<string>();
  let mostUsd: number | null = 0;
  for (const [index, line] of bytes.toString('utf8').split('\n').entries()) {
    if (line.trim() === '') continue;
    const at = `, line ${index + 1}:`;
    const parsed = readBy(lineSchema, parseJson(line));
    if (!parsed.ok)
      throw refuse(`${at} is no request of “judge batch create” (${parsed.problems[0]?.field}).`);
    const { custom_id: key, body } = parsed.value;
    if (body.model !== version.definition.model)
      throw refuse(
        `${at} asks the model ${body.model.slice(0, 80)}, and ${version.name} is ${version.definition.model}.`,
      );
    if (keys.has(key)) throw refuse(`${at} its custom_id stands there twice.`);
    keys.add(key);
    const out = batchRequest(store, version.judgeId, key);
    if (out === undefined) throw refuse(`${at} is not out: it was collected before, or is another judge’s.`);
    requests.push({ runId: out.runId, key });
    const most = mostOf(body.messages);
    mostUsd = mostUsd === null || most === null ? null : mostUsd + most;
  }
  if (requests.length === 0) throw refuse(' holds no request.');
  return { name, bytes, sha256: createHash('sha256').update(bytes).digest('hex'), requests, mostUsd };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
