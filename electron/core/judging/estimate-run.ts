import type { JudgeEstimate } from '../../../shared/contract/judge-methods.ts';
import type { RunSelection } from '../../../shared/contract/run-selection.ts';
import type { ChatMessage } from '../../../shared/judge/judge-prompt.ts';
import type { ReadStore } from '../store/engine/database.ts';
import { longestReplyTokens } from '../store/judging/judge-report.ts';
import type { JudgeVersion } from '../store/judging/judge-versions.ts';
import { readStudy, type StudyAddress } from '../store/study/read-study.ts';
import type { StudyRow } from '../store/study/studies.ts';
import { judgeTasks, ordersOf } from './judge-tasks.ts';
import { costUsd, priceOf, priceTable } from './price.ts';
import { requireVersion } from './require-version.ts';

/** Tokens are counted on this many requests, spread evenly over the run, and scaled up. */
const COUNTED = 200;

/** What a run would ask for, and what it would cost at most. */
export async function estimateRun({
  judge,
  selection,
  ...address
}: StudyAddress & { readonly judge: string; readonly selection: RunSelection }): Promise<
  Omit<JudgeEstimate, 'key'>
> {
  const { promptTokens } = await import('./token-count.ts');
  return readStudy(address, (store, study) =>
    estimateOf(store, study, requireVersion(store, study, judge), selection, promptTokens),
  );
}

function estimateOf(
  store: ReadStore,
  study: StudyRow,
  version: JudgeVersion,
  selection: RunSelection,
  promptTokens: (messages: readonly ChatMessage[]) => number,
): Omit<JudgeEstimate, 'key'> {
  const { definition, name } = version;
  const pairs = new Set<number>();
  let requests = 0;
  for (const { place, isKnown } of judgeTasks(store, study, version, selection)) {
    pairs.add(place.pairId);
    if (!isKnown) requests++;
  }
  const step = Math.max(1, Math.ceil(requests / COUNTED));
  let [place, counted, tokens] = [0, 0, 0];
  for (const task of judgeTasks(store, study, version, selection)) {
    if (task.isKnown || place++ % step !== 0) continue;
    counted++;
    tokens += promptTokens(task.request().messages);
  }
  const price = priceOf(priceTable(store), definition.model);
  const estimated = counted === 0 ? 0 : Math.round((tokens / counted) * requests);
  // Thoughts that are charged apart are held to no limit; what they came to says how much they may.
  const longest = longestReplyTokens(store, version.judgeId);
  const mostCompletionTokens = requests * Math.max(definition.parameters.maxTokens, longest);
  return {
    judge: name,
    endpoint: definition.endpoint,
    model: definition.model,
    pairs: pairs.size,
    orders: ordersOf(definition).length,
    samples: definition.samplesPerOrder,
    requests,
    promptTokens: estimated,
    mostCompletionTokens,
    mostUsd: costUsd(price, estimated, mostCompletionTokens),
    price,
  };
}
