import type { Conversation } from '../../../../shared/study/conversation.ts';
import type { VoteDetails } from '../../../../shared/study/vote-details.ts';
import type { Store } from '../engine/database.ts';
import { conversationOf } from '../engine/stored-text.ts';
import { judgmentsOfPair, type StoredJudgment } from '../judging/judgments.ts';
import { type StoredVote, votesOfPair } from '../rating/ratings.ts';
import { type Decision, decisionsOnPair } from '../review/reviews.ts';
import type { FullPair } from '../study/comparisons.ts';

/** A stored pair as one record of the native format, in a fixed order of fields. */
export function nativeRowOf(store: Store, pair: FullPair): Record<string, unknown> {
  const slices = JSON.parse(pair.slices) as Record<string, string>;
  const human = votesOfPair(store, pair.pairId).map(nativeVote);
  const judge = judgmentsOfPair(store, pair.pairId).map(nativeJudgment);
  const adjudicated = decisionsOnPair(store, pair.pairId).map(nativeDecision);
  return {
    id: pair.externalId,
    ...textOrMessages(pair.prompt, 'prompt'),
    ...(pair.reference === null ? {} : { reference: pair.reference }),
    a: nativeResponse(pair.firstSystem, pair.firstOutput, pair.firstMeta),
    b: nativeResponse(pair.secondSystem, pair.secondOutput, pair.secondMeta),
    ...(Object.keys(slices).length === 0 ? {} : { slices }),
    ...(human.length === 0 ? {} : { human }),
    ...(judge.length === 0 ? {} : { judge }),
    ...(adjudicated.length === 0 ? {} : { adjudicated }),
  };
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

function textOrMessages(stored: string, textField: 'prompt' | 'text'): Record<string, unknown> {
  const value = JSON.parse(stored) as unknown;
  return typeof value === 'string' ? { [textField]: value } : { messages: value };
}

function nativeResponse(system: string, output: string, meta: string | null): Record<string, unknown> {
  return {
    system,
    ...textOrMessages(output, 'text'),
    ...(meta === null ? {} : { meta: JSON.parse(meta) as unknown }),
  };
}

function nativeVote(vote: StoredVote): Record<string, unknown> {
  return {
    rater: vote.rater,
    verdict: vote.verdict,
    ...(vote.strength === null ? {} : { strength: vote.strength }),
    ...(vote.leftSide === null ? {} : { shown: vote.leftSide === 'first' ? 'a_left' : 'b_left' }),
    ...(vote.recordedAt === null ? {} : { at: new Date(vote.recordedAt).toISOString() }),
    ...(vote.note === null ? {} : { note: vote.note }),
    ...(vote.skipReason === null ? {} : { reason: vote.skipReason }),
    ...(vote.viewedMs === null ? {} : { viewed_ms: vote.viewedMs }),
    ...(vote.idleMs === null ? {} : { idle_ms: vote.idleMs }),
    ...(vote.confidence === null ? {} : { confidence: vote.confidence }),
    ...nativeDetails(vote.details),
    ...(vote.guidelineVersion === null ? {} : { guideline: vote.guidelineVersion }),
    ...(vote.afterUnblinding === 0 ? {} : { after_unblinding: true }),
  };
}

function nativeDecision(decision: Decision): Record<string, unknown> {
  const { by, verdict, note, recordedAt, leftSide, isChanged, afterUnblinding } = decision;
  return {
    by,
    verdict,
    ...(leftSide === null ? {} : { shown: leftSide === 'first' ? 'a_left' : 'b_left' }),
    ...(recordedAt === null ? {} : { at: new Date(recordedAt).toISOString() }),
    ...(note === null ? {} : { note }),
    ...(isChanged === 0 ? {} : { changed: true }),
    ...(afterUnblinding === 0 ? {} : { after_unblinding: true }),
  };
}

function nativeDetails(stored: string | null): Record<string, unknown> {
  if (stored === null) return {};
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

function nativeJudgment(judgment: StoredJudgment): Record<string, unknown> {
  return {
    judge: judgment.judge,
    order: judgment.order,
    verdict: judgment.verdict,
    ...(judgment.failure === null ? {} : { failure: judgment.failure }),
    ...(judgment.sample === 0 ? {} : { sample: judgment.sample }),
    ...(judgment.score === null ? {} : { score: judgment.score }),
    ...(judgment.raw === null ? {} : { raw: judgment.raw }),
    ...(judgment.judgedAt === null ? {} : { at: new Date(judgment.judgedAt).toISOString() }),
  };
}
