/** Takes in the results of a batch, in any order, output and error files alike. */
import { z } from 'zod';
import type { JudgeCollectResult } from '../../../shared/contract/judge-batch-methods.ts';
import { ServiceError } from '../../../shared/errors/errors.ts';
import { readBy } from '../../../shared/json/read-by-schema.ts';
import { isPromptCut } from '../../../shared/judge/least-tokens.ts';
import { PromptCap } from '../../../shared/judge/prompt-cap.ts';
import type { ImportFile } from '../imports/import-source.ts';
import { inspectFile } from '../imports/inspect-file.ts';
import { readRecords } from '../imports/read-records.ts';
import { Store, type WriteStore } from '../store/engine/database.ts';
import {
  batchRequest,
  deleteRequest,
  endCollectedBatches,
  openRequests,
} from '../store/judging/judge-runs.ts';
import { type JudgeVersion, judgeVersionByName } from '../store/judging/judge-versions.ts';
import { type StudyRow, studyByPublicId } from '../store/study/studies.ts';
import { NO_CONTROLS, type TaskControls, throwIfCancelled } from '../work/task-controls.ts';
import { inTransaction } from '../work/transaction.ts';
import { describeError, EndpointFailure, isFiltered } from './endpoint-failure.ts';
import { type EndpointReply, endpointReply, refusalReply } from './endpoint-reply.ts';
import { judgeTasks } from './judge-tasks.ts';
import { costUsd, type Price, priceOf, priceTable } from './price.ts';
import { type Answer, recordKnownScores, recordOutcome, type TaskOutcome } from './record-outcome.ts';
import { cappedPromptError, cutPromptError } from './request-sender.ts';

export interface CollectBatchRequest {
  readonly storePath: string;
  readonly studyId: string;
  readonly judge: string;
  readonly files: readonly ImportFile[];
  /** Count verdicts on prompts that the runner reports to have read only a part of. */
  readonly acceptCutPrompts?: boolean;
  readonly nowMs: number;
}

const resultSchema = z.object({
  custom_id: z.string().max(200),
  response: z
    .object({ status_code: z.number(), request_id: z.string().nullish(), body: z.unknown() })
    .nullish(),
  error: z
    .object({ code: z.union([z.string(), z.number()]).nullish(), message: z.string().nullish() })
    .nullish(),
});

/** All files land, or none. A line that is no result is an error that names file and line. */
export async function collectBatch(
  { storePath, studyId, judge, files, acceptCutPrompts = false, nowMs }: CollectBatchRequest,
  controls: TaskControls = NO_CONTROLS,
): Promise<JudgeCollectResult> {
  const counts = {
    lines: 0,
    read: 0,
    unparsed: 0,
    refused: 0,
    truncated: 0,
    error: 0,
    unknown: 0,
    promptsCut: 0,
  };
  const store = new Store(storePath, { readonly: false });
  try {
    const study = studyByPublicId(store, studyId);
    const version = study === undefined ? undefined : judgeVersionByName(store, study.id, judge);
    if (study === undefined || version === undefined)
      throw new ServiceError('not_found', { key: 'judge.not_runnable_here', values: { name: judge } });
    return await inTransaction(store, controls, async (store) => {
      const price = priceOf(priceTable(store), version.definition.model);
      const { definition, judgeId } = version;
      const cap = new PromptCap<string>();
      for await (const result of resultsOf(files)) {
        const leastTokens = batchRequest(store, judgeId, result.custom_id)?.leastTokens ?? 0;
        const reply = replyOf(result, definition.endpoint);
        if (typeof reply !== 'string') cap.add(leastTokens, reply.promptTokens, result.custom_id);
      }
      const capped = new Set(cap.cut);
      for await (const result of resultsOf(files)) {
        counts.lines++;
        throwIfCancelled(controls);
        const out = batchRequest(store, judgeId, result.custom_id);
        if (out === undefined) {
          counts.unknown++;
          continue;
        }
        const outcome = outcomeOf(replyOf(result, definition.endpoint), {
          price,
          leastTokens: out.leastTokens,
          cappedAt: capped.has(result.custom_id) ? cap.tokens : null,
          acceptCutPrompts,
        });
        if (('error' in outcome ? outcome.answer : outcome)?.isPromptCut === true) counts.promptsCut++;
        const run = { runId: out.runId, version, nowMs };
        counts[recordOutcome(store, run, out.place, outcome)]++;
        deleteRequest(store, out.runId, result.custom_id);
      }
      if (version.definition.reply.form === 'pointwise') recordSharedScores(store, study, version, nowMs);
      endCollectedBatches(store, version.judgeId, nowMs);
      const stillOut = openRequests(store, version.judgeId, 'in_batch');
      return { judge, ...counts, stillOut };
    });
  } finally {
    store.close();
  }
}

/** Judgments whose outputs were scored for other pairs: they take no request of their own. */
function recordSharedScores(store: WriteStore, study: StudyRow, version: JudgeVersion, nowMs: number): void {
  const selection = { limit: null, slice: null, pairs: null, which: 'missing' as const };
  for (const task of judgeTasks(store, study, version, selection)) {
    if (task.isKnown) recordKnownScores(store, { version, nowMs }, task.place);
  }
}

function badLine(file: string, line: number, reason: string): ServiceError {
  return new ServiceError('import_failed', { key: 'batch.line_refused', values: { file, line, reason } });
}

type BatchResult = z.output<typeof resultSchema>;

async function* resultsOf(files: readonly ImportFile[]): AsyncGenerator<BatchResult> {
  for (const file of files) {
    const layout = await inspectFile(file);
    for await (const batch of readRecords(file, layout)) {
      for (const record of batch) {
        if (!('value' in record)) throw badLine(file.name, record.line, 'is no JSON');
        const parsed = readBy(resultSchema, record.value);
        if (!parsed.ok)
          throw badLine(
            file.name,
            record.line,
            'is no result of a batch: it needs custom_id and response or error',
          );
        yield parsed.value;
      }
    }
  }
}

/** The reply that a result holds, or why it holds none. */
function replyOf({ response, error }: BatchResult, address: string): EndpointReply | string {
  if (response === null || response === undefined || response.status_code >= 400) {
    const said = describeError(response?.body) ?? describeError({ error });
    const message = said?.message ?? `The batch answered ${response?.status_code ?? 'nothing'}.`;
    return said !== null && isFiltered(response?.status_code ?? 400, said)
      ? refusalReply(message)
      : message.slice(0, 600);
  }
  try {
    return endpointReply(response.body, response.request_id ?? null, address);
  } catch (failure) {
    if (failure instanceof EndpointFailure) return failure.message;
    throw failure;
  }
}

function outcomeOf(
  reply: EndpointReply | string,
  {
    price,
    leastTokens,
    cappedAt,
    acceptCutPrompts,
  }: {
    readonly price: Price | null;
    readonly leastTokens: number;
    /** As how many tokens the longest prompts were read, where this is one of them and they were cut. */
    readonly cappedAt: number | null;
    readonly acceptCutPrompts: boolean;
  },
): TaskOutcome {
  if (typeof reply === 'string') return { error: reply, tries: 1 };
  const { promptTokens, completionTokens, readTokens } = reply;
  const isShort = isPromptCut(leastTokens, readTokens);
  const answer: Answer = {
    reply,
    costUsd: costUsd(price, promptTokens, completionTokens),
    latencyMs: null,
    isPromptCut: isShort || cappedAt !== null,
  };
  if (!answer.isPromptCut || acceptCutPrompts) return { ...answer, tries: 1 };
  const error = isShort ? cutPromptError(leastTokens, readTokens ?? 0) : cappedPromptError(cappedAt ?? 0);
  return { error, tries: 1, answer };
}
