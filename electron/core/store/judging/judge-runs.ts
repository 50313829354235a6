import { appendAudit } from '../engine/audit.ts';
import type { ReadStore, WriteStore } from '../engine/database.ts';
import { sealRecords } from '../rating/record-seal.ts';
import type { RequestPlace } from './judge-replies.ts';

export type RunKind = 'live' | 'batch' | 'probe' | 'anchor';
export type RunEnding = 'finished' | 'ceiling' | 'cancelled' | 'failed';

export function insertRun(
  store: WriteStore,
  run: { publicId: string; judgeId: number; kind: RunKind; plan: unknown; startedAt: number },
): number {
  return store.run(
    'INSERT INTO judge_runs (public_id, judge_id, kind, plan, started_at) VALUES (?, ?, ?, ?, ?)',
    run.publicId,
    run.judgeId,
    run.kind,
    JSON.stringify(run.plan),
    run.startedAt,
  ).lastId;
}

export function endRun(store: WriteStore, runId: number, ending: RunEnding, endedAt: number): void {
  const { changes } = store.run(
    'UPDATE judge_runs SET ended_at = ?, ending = ? WHERE id = ? AND ended_at IS NULL',
    endedAt,
    ending,
    runId,
  );
  if (changes > 0) sealVerdicts(store, { runId, ending }, endedAt);
}

/** The log gets a row that stands for the verdicts that came, where any did. */
function sealVerdicts(
  store: WriteStore,
  run: { readonly runId: number; readonly ending: RunEnding },
  at: number,
): void {
  const records = sealRecords(store);
  if (records.judgments.to < records.judgments.from) return;
  const owner = store
    .query<{ studyId: number; judge: string }>(
      'SELECT j.study_id AS studyId, j.name AS judge FROM judge_runs r JOIN judges j ON j.id = r.judge_id WHERE r.id = ?',
    )
    .get(run.runId);
  appendAudit(store, {
    at,
    studyId: owner?.studyId ?? null,
    actor: 'lead',
    action: 'judge.run_ended',
    details: { judge: owner?.judge ?? null, ending: run.ending, records },
  });
}

/** Notes that a request is about to be sent, or went out in a batch file. */
export function insertRequest(
  store: WriteStore,
  runId: number,
  key: string,
  place: RequestPlace,
  leastTokens: number,
): void {
  store.run(
    `INSERT INTO judge_requests (run_id, request_key, pair_id, judge_order, sample, attempt, part, response_id, least_tokens)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    runId,
    key,
    place.pairId,
    place.order,
    place.sample,
    place.attempt,
    place.part,
    place.responseId,
    leastTokens,
  );
}

/** A request that is out in a batch of this judge, by its key. */
export function batchRequest(
  store: ReadStore,
  judgeId: number,
  key: string,
): { readonly runId: number; readonly place: RequestPlace; readonly leastTokens: number } | undefined {
  const row = store
    .query<{ runId: number; leastTokens: number } & RequestPlace>(
      `SELECT q.run_id AS runId, q.pair_id AS pairId, q.judge_order AS "order", q.sample AS sample, q.attempt AS attempt,
              q.part AS part, q.response_id AS responseId, q.least_tokens AS leastTokens
       FROM judge_requests q JOIN judge_runs r ON r.id = q.run_id
       WHERE q.request_key = ? AND r.judge_id = ? AND r.kind = 'batch' LIMIT 1`,
    )
    .get(key, judgeId);
  if (row === undefined) return undefined;
  const { runId, leastTokens, ...place } = row;
  return { runId, place, leastTokens };
}

/** Closes batch runs of a judge of which nothing is out any more. */
export function endCollectedBatches(store: WriteStore, judgeId: number, endedAt: number): void {
  store.run(
    `UPDATE judge_runs SET ended_at = ?, ending = 'finished' WHERE judge_id = ? AND kind = 'batch' AND ended_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM judge_requests WHERE run_id = judge_runs.id)`,
    endedAt,
    judgeId,
  );
  const { runId } =
    store
      .query<{ runId: number | null }>(
        "SELECT max(id) AS runId FROM judge_runs WHERE judge_id = ? AND kind = 'batch'",
      )
      .get(judgeId) ?? {};
  if (typeof runId === 'number') sealVerdicts(store, { runId, ending: 'finished' }, endedAt);
}

/** Forgets a request: its outcome is stored, or it was never sent. */
export function deleteRequest(store: WriteStore, runId: number, key: string): void {
  store.run('DELETE FROM judge_requests WHERE run_id = ? AND request_key = ?', runId, key);
}

/**
 * Requests of a judge that were noted and have no outcome: sent in runs that a crash or a kill cut off, so that they were
 * perhaps paid, or out in batches that were not collected.
 */
export function openRequests(store: ReadStore, judgeId: number, where: 'sent' | 'in_batch'): number {
  const row = store
    .query<{ count: number }>(
      `SELECT count(*) AS count FROM judge_requests q JOIN judge_runs r ON r.id = q.run_id
       WHERE r.judge_id = ? AND (r.kind = 'batch') = ?`,
    )
    .get(judgeId, where === 'in_batch' ? 1 : 0);
  return row?.count ?? 0;
}
