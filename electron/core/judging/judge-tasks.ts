/** What a judge has still to be asked about a study, one request after the other. */
import { createHash } from 'node:crypto';
import { SPLIT_SLICE } from '../../../shared/card/columns/card-data.ts';
import type { RunSelection } from '../../../shared/contract/run-selection.ts';
import type { JudgeDefinition } from '../../../shared/judge/judge-definition.ts';
import { type ChatMessage, judgeMessages } from '../../../shared/judge/judge-prompt.ts';
import { leastPromptTokens } from '../../../shared/judge/least-tokens.ts';
import type { JudgeOrder } from '../../../shared/study/verdict.ts';
import type { ReadStore } from '../store/engine/database.ts';
import { conversationOf } from '../store/engine/stored-text.ts';
import { judgedPlaces, partsOf, type RequestPlace, scoreOfResponse } from '../store/judging/judge-replies.ts';
import type { JudgeVersion } from '../store/judging/judge-versions.ts';
import { type JudgedPair, judgedPairsFrom } from '../store/judging/judged-pairs.ts';
import { splitOf } from '../store/study/content-split.ts';
import type { StudyRow } from '../store/study/studies.ts';

/** One request to make. */
export interface JudgeTask {
  readonly place: RequestPlace;
  /** The texts to send, and a key that is the same for the same question. Worked out when asked for: counting needs neither. */
  readonly request: () => JudgeRequest;
  /** Nothing to ask: its scores are known from other pairs, or will be when those are answered. */
  readonly isKnown: boolean;
}

export interface JudgeRequest {
  readonly key: string;
  readonly messages: readonly ChatMessage[];
  /** See `leastPromptTokens`. */
  readonly leastTokens: number;
}

const PAGE = 200;

type Judged = ReturnType<typeof judgedPlaces>[number];

/** Requests in study order. Reads the store as it goes, so that memory does not grow with the study. */
export function* judgeTasks(
  store: ReadStore,
  study: StudyRow,
  version: JudgeVersion,
  selection: RunSelection,
): Generator<JudgeTask> {
  let pairs = 0;
  const asked = new Set<string>();
  const wanted = selection.pairs === null ? null : new Set(selection.pairs);
  for (let from = 0; ; ) {
    const page = judgedPairsFrom(store, study.id, from, PAGE);
    for (const pair of page) {
      if (!isSelected(pair, selection.slice, wanted)) continue;
      if (selection.limit !== null && pairs >= selection.limit) return;
      pairs++;
      yield* tasksOfPair(store, study, version, selection.which, pair, asked);
    }
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    from = last.ordinal + 1;
  }
}

function isSelected(
  pair: JudgedPair,
  slice: RunSelection['slice'],
  wanted: ReadonlySet<string> | null,
): boolean {
  if (wanted !== null && !wanted.has(pair.externalId)) return false;
  if (slice === null) return true;
  if (slice.name === SPLIT_SLICE) return splitOf(pair.prompt) === slice.value;
  const slices = JSON.parse(pair.slices) as Record<string, string>;
  return slices[slice.name] === slice.value;
}

function* tasksOfPair(
  store: ReadStore,
  study: StudyRow,
  version: JudgeVersion,
  which: RunSelection['which'],
  pair: JudgedPair,
  /** Outputs a judge that scores was asked about for another pair of this walk. */
  asked: Set<string>,
): Generator<JudgeTask> {
  const { definition, judgeId } = version;
  const judged = judgedPlaces(store, judgeId, pair.pairId);
  for (const order of ordersOf(definition)) {
    for (let sample = 0; sample < definition.samplesPerOrder; sample++) {
      const attempt = attemptFor(judged, order, sample, which);
      if (attempt === null) continue;
      const base = { pairId: pair.pairId, order, sample, attempt };
      const task = (shown: ShownOutputs, isKnown: boolean): JudgeTask => {
        const place = { ...base, part: shown.part, responseId: shown.responseId };
        const request = () => {
          const messages = messagesFor(study, definition, pair, shown);
          return {
            messages,
            key: requestKey(version, messages, place),
            leastTokens: leastPromptTokens(messages),
          };
        };
        return { place, request, isKnown };
      };
      const shownOutputs = outputsShown(definition, pair, order);
      if (definition.reply.form !== 'pointwise') {
        for (const shown of shownOutputs) yield task(shown, false);
        continue;
      }
      const parts = partsOf(store, judgeId, base);
      const missing = shownOutputs.filter(
        ({ part, responseId }) =>
          !parts.some((each) => each.part === part) &&
          scoreOfResponse(store, judgeId, responseId ?? 0, sample) === undefined,
      );
      const fresh = missing.filter(({ responseId }) => !asked.has(`${responseId} ${sample}`));
      for (const shown of fresh) {
        asked.add(`${shown.responseId} ${sample}`);
        yield task(shown, false);
      }
      const [first] = shownOutputs;
      if (fresh.length < missing.length || missing.length === 0) {
        if (first !== undefined) yield task(first, true);
      }
    }
  }
}

/** The outputs of one request, in the order they are shown. */
interface ShownOutputs {
  readonly part: RequestPlace['part'];
  readonly responseId: number | null;
  readonly outputs: readonly string[];
}

function outputsShown(
  { reply }: JudgeDefinition,
  pair: JudgedPair,
  order: RequestPlace['order'],
): readonly ShownOutputs[] {
  const { firstOutput, secondOutput, firstResponseId, secondResponseId } = pair;
  if (reply.form !== 'pointwise') {
    const outputs = order === 'b_first' ? [secondOutput, firstOutput] : [firstOutput, secondOutput];
    return [{ part: 0, responseId: null, outputs }];
  }
  return [
    { part: 1, responseId: firstResponseId, outputs: [firstOutput] },
    { part: 2, responseId: secondResponseId, outputs: [secondOutput] },
  ];
}

function messagesFor(
  { design }: StudyRow,
  definition: JudgeDefinition,
  { prompt, reference }: JudgedPair,
  { outputs }: ShownOutputs,
): readonly ChatMessage[] {
  return judgeMessages(definition, {
    prompt: conversationOf(prompt, 'user'),
    reference: reference === null ? null : [{ role: 'assistant', content: reference }],
    outputs: outputs.map((output) => conversationOf(output, 'assistant')),
    // Versions of before this was kept with them go by the study's guideline, whatever it is by now.
    guideline: definition.guideline ?? design.guideline,
  });
}

/** The requests one sample of a pair would take, whatever was asked before. */
export function requestsOfPair(
  study: StudyRow,
  definition: JudgeDefinition,
  pair: JudgedPair,
): { readonly messages: readonly ChatMessage[] }[] {
  return ordersOf(definition)
    .flatMap((order) => outputsShown(definition, pair, order))
    .map((shown) => ({ messages: messagesFor(study, definition, pair, shown) }));
}

/** Orders a judge is asked in; one that scores an output at a time sees no order. */
export function ordersOf({
  reply,
  orders,
}: JudgeVersion['definition']): readonly Exclude<JudgeOrder, 'unknown'>[] {
  if (reply.form === 'pointwise') return ['both'];
  return orders === 'both' ? ['a_first', 'b_first'] : [orders];
}

function attemptFor(
  judged: readonly Judged[],
  order: string,
  sample: number,
  which: RunSelection['which'],
): number | null {
  const last = judged.find((each) => each.order === order && each.sample === sample);
  if (last === undefined) return which === 'failed' ? null : 0;
  return last.isFailed && which !== 'missing' ? last.attempt + 1 : null;
}

/** Judge and attempt are part of it: an endpoint that knows the key again must not answer a new question with an old reply. */
function requestKey(
  { contentHash, judgeId }: JudgeVersion,
  messages: readonly ChatMessage[],
  { order, sample, attempt, part, pairId }: RequestPlace,
): string {
  const text = JSON.stringify([contentHash, judgeId, messages, pairId, order, sample, attempt, part]);
  return createHash('sha256').update(text).digest('hex').slice(0, 40);
}
