/** Counts behind a judge report. */
import type { JudgeReport } from '../../../../shared/contract/judge-methods.ts';
import { loggedActs } from '../engine/audit.ts';
import type { ReadStore } from '../engine/database.ts';
import { openRequests } from './judge-runs.ts';

export function testLooks(store: ReadStore, studyId: number, judge: string): number {
  return loggedActs(store, ['judge_test_split_looked_at'], studyId).filter(
    ({ details }) => details.judge === judge,
  ).length;
}

/** Judgments of a judge, the last attempt of each, and how many of them failed. */
export function judgedCounts(
  store: ReadStore,
  judgeId: number,
): { readonly judged: number; readonly failed: number } {
  const row = store
    .query<{ judged: number; failed: number | null }>(
      `SELECT count(*) AS judged, sum(verdict IN ('unparsed', 'error')) AS failed FROM current_judgments WHERE judge_id = ?`,
    )
    .get(judgeId);
  return { judged: row?.judged ?? 0, failed: row?.failed ?? 0 };
}

/** What a judgment of a judge has cost on average; null where nothing is known of its cost. */
export function costPerJudgmentUsd(store: ReadStore, judgeId: number): number | null {
  const { cost = null } =
    store
      .query<{ cost: number | null }>('SELECT sum(cost_usd) AS cost FROM judge_replies WHERE judge_id = ?')
      .get(judgeId) ?? {};
  const { judged } = judgedCounts(store, judgeId);
  return cost === null || judged === 0 ? null : cost / judged;
}

/** The most tokens that one reply of a judge was charged for; 0 without any. */
export function longestReplyTokens(store: ReadStore, judgeId: number): number {
  return (
    store
      .query<{ longest: number | null }>(
        'SELECT max(completion_tokens) AS longest FROM judge_replies WHERE judge_id = ?',
      )
      .get(judgeId)?.longest ?? 0
  );
}

export function judgeReportCounts(
  store: ReadStore,
  judgeId: number,
): Omit<JudgeReport, 'judge' | 'pairs' | 'costPerJudgmentUsd' | 'testLooks' | 'probes' | 'mostTokens'> {
  const outcomes = { read: 0, unparsed: 0, refused: 0, truncated: 0, error: 0 };
  const counted = store
    .query<{ outcome: keyof typeof outcomes; count: number }>(
      `SELECT coalesce(failure, CASE verdict WHEN 'unparsed' THEN 'unparsed' WHEN 'error' THEN 'error' ELSE 'read' END)
         AS outcome, count(*) AS count FROM current_judgments WHERE judge_id = ? GROUP BY 1`,
    )
    .all(judgeId);
  for (const { outcome, count } of counted) outcomes[outcome] = count;
  const pairs = store
    .query<{ judged: number; both: number | null }>(
      `SELECT count(*) AS judged, sum(orders > 1) AS "both" FROM (
         SELECT count(DISTINCT judge_order) AS orders FROM judgments WHERE judge_id = ? GROUP BY pair_id)`,
    )
    .get(judgeId);
  const replies = store
    .query<{
      attempts: number;
      contradictory: number | null;
      cost: number | null;
      prompt: number | null;
      completion: number | null;
      cut: number | null;
      longest: number | null;
    }>(
      `SELECT count(*) AS attempts, sum(is_contradictory) AS contradictory, sum(cost_usd) AS cost,
              sum(prompt_tokens) AS prompt, sum(completion_tokens) AS completion, sum(is_prompt_cut) AS cut,
              max(completion_tokens) AS longest
       FROM judge_replies WHERE judge_id = ?`,
    )
    .get(judgeId);
  return {
    judgedPairs: pairs?.judged ?? 0,
    judgedBothOrders: pairs?.both ?? 0,
    outcomes,
    attempts: replies?.attempts ?? 0,
    contradictory: replies?.contradictory ?? 0,
    models: store
      .query<{ model: string; replies: number }>(
        `SELECT model, count(*) AS replies FROM judge_replies WHERE judge_id = ? AND model IS NOT NULL
         GROUP BY model ORDER BY replies DESC, model`,
      )
      .all(judgeId),
    costUsd: replies?.cost ?? null,
    latencyMs: latencyOf(store, judgeId),
    promptTokens: replies?.prompt ?? 0,
    completionTokens: replies?.completion ?? 0,
    longestTokens: replies?.longest ?? 0,
    promptsCut: replies?.cut ?? 0,
    uncertain: openRequests(store, judgeId, 'sent'),
    inBatches: openRequests(store, judgeId, 'in_batch'),
    runs: store
      .query<{ runId: string; kind: string; startedAt: number; ending: string | null; replies: number }>(
        `SELECT r.public_id AS runId, r.kind AS kind, r.started_at AS startedAt, r.ending AS ending,
                (SELECT count(*) FROM judge_replies WHERE run_id = r.id) AS replies
         FROM judge_runs r WHERE r.judge_id = ? ORDER BY r.id DESC LIMIT 50`,
      )
      .all(judgeId),
    criteria: store
      .query<JudgeReport['criteria'][number]>(
        `SELECT c.key AS name, count(*) AS verdicts, sum(c.value = 'tie') AS ties, sum(c.value = j.verdict) AS asOverall
         FROM current_judgments j JOIN judge_replies r ON r.pair_id = j.pair_id AND r.judge_id = j.judge_id
           AND r.judge_order = j.judge_order AND r.sample = j.sample AND r.attempt = j.attempt
         JOIN json_each(r.criteria) c
         WHERE j.judge_id = ? AND j.verdict NOT IN ('unparsed', 'error') GROUP BY c.key ORDER BY min(c.id), c.key`,
      )
      .all(judgeId),
    errors: store
      .query<{ message: string; count: number }>(
        `SELECT error AS message, count(*) AS count FROM judge_replies WHERE judge_id = ? AND error IS NOT NULL
         GROUP BY error ORDER BY count DESC, message LIMIT 10`,
      )
      .all(judgeId),
  };
}

/** Of the replies that came live; those of a batch have none. */
function latencyOf(
  store: ReadStore,
  judgeId: number,
): { readonly median: number; readonly p95: number } | null {
  const at = store.query<{ latency: number }>(
    'SELECT latency_ms AS latency FROM judge_replies WHERE judge_id = ? AND latency_ms IS NOT NULL ORDER BY latency_ms LIMIT 1 OFFSET ?',
  );
  const { count = 0 } =
    store
      .query<{ count: number }>(
        'SELECT count(*) AS count FROM judge_replies WHERE judge_id = ? AND latency_ms IS NOT NULL',
      )
      .get(judgeId) ?? {};
  if (count === 0) return null;
  const of = (share: number) => at.get(judgeId, Math.floor(share * (count - 1)))?.latency ?? 0;
  return { median: of(0.5), p95: of(0.95) };
}

/** Replies that argue for one output and choose the other, in study order. */
export function contradictions(
  store: ReadStore,
  judgeId: number,
  offset: number,
  limit: number,
): {
  readonly total: number;
  readonly replies: { pair: string; order: string; sample: number; verdict: string; raw: string }[];
} {
  const { total = 0 } =
    store
      .query<{ total: number }>(
        'SELECT count(*) AS total FROM judge_replies WHERE judge_id = ? AND is_contradictory = 1',
      )
      .get(judgeId) ?? {};
  const replies = store
    .query<{ pair: string; order: string; sample: number; verdict: string; raw: string }>(
      `SELECT p.external_id AS pair, r.judge_order AS "order", r.sample AS sample, j.verdict AS verdict, r.raw AS raw
       FROM judge_replies r JOIN pairs p ON p.id = r.pair_id
       JOIN judgments j ON j.pair_id = r.pair_id AND j.judge_id = r.judge_id AND j.judge_order = r.judge_order
         AND j.sample = r.sample AND j.attempt = r.attempt
       WHERE r.judge_id = ? AND r.is_contradictory = 1 ORDER BY p.ordinal, r.judge_order, r.sample LIMIT ? OFFSET ?`,
    )
    .all(judgeId, limit, offset);
  return { total, replies };
}
