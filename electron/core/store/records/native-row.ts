import type { Conversation } from '../../../../shared/study/conversation.ts';
import type { Side } from '../../../../shared/study/verdict.ts';
import type { VoteDetails } from '../../../../shared/study/vote-details.ts';
import type { ReadStore } from '../engine/database.ts';
import { conversationOf } from '../engine/stored-text.ts';
import { judgmentsOfPairs, type StoredJudgment } from '../judging/judgments.ts';
import { type StoredVote, votesOfPairs } from '../rating/ratings.ts';
import { type Decision, decisionsOnPairs } from '../review/reviews.ts';
import type { FullPair } from '../study/comparisons.ts';

/** A record of the native format, as it is written. */
export type NativeRow = Readonly<Record<string, unknown>>;

/** Stored pairs as records of the native format, in a fixed order of fields. */
export function nativeRows(store: ReadStore, pairs: readonly FullPair[]): NativeRow[] {
  const ids = pairs.map(({ pairId }) => pairId);
  const votes = votesOfPairs(store, ids);
  const judgments = judgmentsOfPairs(store, ids);
  const decisions = decisionsOnPairs(store, ids);
  return pairs.map((pair) => {
    const row: Record<string, unknown> = { id: pair.externalId };
    addText(row, pair.prompt, 'prompt');
    if (pair.reference !== null) row.reference = pair.reference;
    row.a = nativeResponse(pair.firstSystem, pair.firstOutput, pair.firstMeta);
    row.b = nativeResponse(pair.secondSystem, pair.secondOutput, pair.secondMeta);
    if (pair.slices !== '{}') row.slices = JSON.parse(pair.slices);
    addAll(row, 'human', votes(pair.pairId), nativeVote);
    addAll(row, 'judge', judgments(pair.pairId), nativeJudgment);
    addAll(row, 'adjudicated', decisions(pair.pairId), nativeDecision);
    return row;
  });
}

function addAll<Value>(
  row: Record<string, unknown>,
  name: string,
  values: readonly Value[],
  native: (value: Value) => NativeRow,
): void {
  if (values.length > 0) row[name] = values.map(native);
}

/** The conversations of a stored pair. */
export function conversationsOf(pair: FullPair): {
  prompt: Conversation;
  first: Conversation;
  second: Conversation;
} {
  return {
    prompt: conversationOf(pair.prompt, 'user'),
    first: conversationOf(pair.firstOutput, 'assistant'),
    second: conversationOf(pair.secondOutput, 'assistant'),
  };
}

function addText(row: Record<string, unknown>, stored: string, textField: 'prompt' | 'text'): void {
  const value = JSON.parse(stored) as unknown;
  row[typeof value === 'string' ? textField : 'messages'] = value;
}

function nativeResponse(system: string, output: string, meta: string | null): NativeRow {
  const row: Record<string, unknown> = { system };
  addText(row, output, 'text');
  if (meta !== null) row.meta = JSON.parse(meta);
  return row;
}

function nativeVote(vote: StoredVote): NativeRow {
  const row: Record<string, unknown> = { rater: vote.rater, verdict: vote.verdict };
  if (vote.strength !== null) row.strength = vote.strength;
  if (vote.leftSide !== null) row.shown = shownOf(vote.leftSide);
  if (vote.recordedAt !== null) row.at = timeOf(vote.recordedAt);
  if (vote.note !== null) row.note = vote.note;
  if (vote.skipReason !== null) row.reason = vote.skipReason;
  if (vote.viewedMs !== null) row.viewed_ms = vote.viewedMs;
  if (vote.idleMs !== null) row.idle_ms = vote.idleMs;
  if (vote.confidence !== null) row.confidence = vote.confidence;
  if (vote.details !== null) Object.assign(row, nativeDetails(vote.details));
  if (vote.guidelineVersion !== null) row.guideline = vote.guidelineVersion;
  if (vote.afterUnblinding !== 0) row.after_unblinding = true;
  return row;
}

function nativeDecision(decision: Decision): NativeRow {
  const row: Record<string, unknown> = { by: decision.by, verdict: decision.verdict };
  if (decision.leftSide !== null) row.shown = shownOf(decision.leftSide);
  if (decision.recordedAt !== null) row.at = timeOf(decision.recordedAt);
  if (decision.note !== null) row.note = decision.note;
  if (decision.isChanged !== 0) row.changed = true;
  if (decision.afterUnblinding !== 0) row.after_unblinding = true;
  return row;
}

function nativeJudgment(judgment: StoredJudgment): NativeRow {
  const row: Record<string, unknown> = {
    judge: judgment.judge,
    order: judgment.order,
    verdict: judgment.verdict,
  };
  if (judgment.failure !== null) row.failure = judgment.failure;
  if (judgment.sample !== 0) row.sample = judgment.sample;
  if (judgment.score !== null) row.score = judgment.score;
  if (judgment.raw !== null) row.raw = judgment.raw;
  if (judgment.judgedAt !== null) row.at = timeOf(judgment.judgedAt);
  return row;
}

function shownOf(leftSide: Side): 'a_left' | 'b_left' {
  return leftSide === 'first' ? 'a_left' : 'b_left';
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}

function nativeDetails(stored: string): NativeRow {
  const { criteria, reasonTags, spans } = JSON.parse(stored) as VoteDetails;
  return {
    ...(criteria === undefined ? {} : { criteria }),
    ...(reasonTags === undefined ? {} : { reasons: reasonTags }),
    ...(spans === undefined
      ? {}
      : {
          spans: spans.map(({ side, from, to, quote }) => ({
            side: side === 'first' ? 'a' : 'b',
            from,
            to,
            quote,
          })),
        }),
  };
}
