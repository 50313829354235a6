import type { JudgeOrder } from '../../../../shared/study/verdict.ts';
import type { ReadStore, WriteStore } from '../engine/database.ts';

/** What was asked: one request of a judge about one pair. */
export interface RequestPlace {
  readonly pairId: number;
  readonly order: Exclude<JudgeOrder, 'unknown'>;
  readonly sample: number;
  readonly attempt: number;
  /** 0 where both outputs are shown; 1 and 2 where only the first or the second is. */
  readonly part: 0 | 1 | 2;
  /** The one output that is shown; null where both are. */
  readonly responseId: number | null;
}

/** What came of a request. */
export interface StoredReply {
  readonly outcome: 'read' | 'unparsed' | 'refused' | 'truncated' | 'error';
  readonly score: number | null;
  readonly strength: number | null;
  readonly probabilityFirst: number | null;
  readonly criteria: string | null;
  readonly isContradictory: boolean;
  readonly raw: string | null;
  readonly error: string | null;
  readonly model: string | null;
  readonly requestId: string | null;
  readonly finishReason: string | null;
  readonly promptTokens: number | null;
  readonly completionTokens: number | null;
  /** The endpoint read less of the prompt than was sent. */
  readonly isPromptCut: boolean;
  readonly costUsd: number | null;
  readonly latencyMs: number | null;
  readonly tries: number;
  readonly repliedAt: number;
}

/** Stores a reply; false where there is one of the same request, from a run or a batch that was quicker. */
export function insertReply(
  store: WriteStore,
  { runId, judgeId }: { readonly runId: number; readonly judgeId: number },
  place: RequestPlace,
  reply: StoredReply,
): boolean {
  const { changes } = store.run(
    `INSERT INTO judge_replies (run_id, pair_id, judge_id, judge_order, sample, attempt, part, response_id, outcome, score,
       strength, probability_first, criteria, is_contradictory, raw, error, model, request_id, finish_reason,
       prompt_tokens, completion_tokens, is_prompt_cut, cost_usd, latency_ms, tries, replied_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (pair_id, judge_id, judge_order, sample, attempt, part) DO NOTHING`,
    runId,
    place.pairId,
    judgeId,
    place.order,
    place.sample,
    place.attempt,
    place.part,
    place.responseId,
    reply.outcome,
    reply.score,
    reply.strength,
    reply.probabilityFirst,
    reply.criteria,
    reply.isContradictory ? 1 : 0,
    reply.raw,
    reply.error,
    reply.model,
    reply.requestId,
    reply.finishReason,
    reply.promptTokens,
    reply.completionTokens,
    reply.isPromptCut ? 1 : 0,
    reply.costUsd,
    reply.latencyMs,
    reply.tries,
    reply.repliedAt,
  );
  return changes === 1;
}

/** Judgments a judge has given on a pair: the last attempt of each order and sample. */
export function judgedPlaces(
  store: ReadStore,
  judgeId: number,
  pairId: number,
): readonly {
  readonly order: JudgeOrder;
  readonly sample: number;
  readonly attempt: number;
  readonly isFailed: boolean;
}[] {
  return store
    .query<{ order: JudgeOrder; sample: number; attempt: number; failed: number }>(
      `SELECT judge_order AS "order", sample, attempt, verdict IN ('unparsed', 'error') AS failed
       FROM current_judgments WHERE pair_id = ? AND judge_id = ?`,
    )
    .all(pairId, judgeId)
    .map(({ failed, ...place }) => ({ ...place, isFailed: failed === 1 }));
}

/** Part replies of a pointwise judgment that is not complete. */
export function partsOf(
  store: ReadStore,
  judgeId: number,
  { pairId, order, sample, attempt }: Omit<RequestPlace, 'part' | 'responseId'>,
): readonly {
  readonly part: number;
  readonly outcome: StoredReply['outcome'];
  readonly score: number | null;
}[] {
  return store
    .query<{ part: number; outcome: StoredReply['outcome']; score: number | null }>(
      `SELECT part, outcome, score FROM judge_replies
       WHERE pair_id = ? AND judge_id = ? AND judge_order = ? AND sample = ? AND attempt = ? ORDER BY part`,
    )
    .all(pairId, judgeId, order, sample, attempt);
}

/**
 * A score this judge gave this output for the same sample in another pair: it need not be asked for again. One that was
 * taken back, because its prompt had been cut, is none.
 */
export function scoreOfResponse(
  store: ReadStore,
  judgeId: number,
  responseId: number,
  sample: number,
): number | undefined {
  return store
    .query<{ score: number }>(
      `SELECT score FROM judge_replies r
       WHERE response_id = ? AND judge_id = ? AND sample = ? AND outcome = 'read'
         AND NOT EXISTS (SELECT 1 FROM judge_replies later
           WHERE later.response_id = r.response_id AND later.judge_id = r.judge_id AND later.sample = r.sample
             AND later.is_prompt_cut = 1 AND later.outcome = 'error' AND later.id > r.id)
       ORDER BY id LIMIT 1`,
    )
    .get(responseId, judgeId, sample)?.score;
}

/** Whether there is a judgment of exactly this attempt. */
export function hasJudgment(
  store: ReadStore,
  judgeId: number,
  { pairId, order, sample, attempt }: Omit<RequestPlace, 'part' | 'responseId'>,
): boolean {
  return (
    store
      .query(
        'SELECT 1 FROM judgments WHERE pair_id = ? AND judge_id = ? AND judge_order = ? AND sample = ? AND attempt = ?',
      )
      .get(pairId, judgeId, order, sample, attempt) !== undefined
  );
}
