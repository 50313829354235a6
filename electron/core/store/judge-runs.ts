import type { Store } from './database.ts';

export type RunKind = 'live' | 'batch' | 'probe' | 'anchor';
export type RunEnding = 'finished' | 'ceiling' | 'cancelled' | 'failed';

export function insertRun(
  store: Store,
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

export function endRun(store: Store, runId: number, ending: RunEnding, endedAt: number): void {
  store.run(
    'UPDATE judge_runs SET ended_at = ?, ending = ? WHERE id = ? AND ended_at IS NULL',
    endedAt,
    ending,
    runId,
  );
}

/** Notes that a request is about to be sent. */
export function insertRequest(store: Store, runId: number, key: string): void {
  store.run(
    'INSERT INTO judge_requests (run_id, request_key) VALUES (?, ?) ON CONFLICT DO NOTHING',
    runId,
    key,
  );
}

/** Forgets a request: its outcome is stored, or it was never sent. */
export function deleteRequest(store: Store, runId: number, key: string): void {
  store.run('DELETE FROM judge_requests WHERE run_id = ? AND request_key = ?', runId, key);
}

/** Requests of a judge that were noted and never answered, in runs that a crash or a kill cut off. */
export function uncertainRequests(store: Store, judgeId: number): number {
  const row = store
    .query<{ count: number }>(
      "SELECT count(*) AS count FROM judge_requests q JOIN judge_runs r ON r.id = q.run_id WHERE r.judge_id = ? AND r.kind <> 'batch'",
    )
    .get(judgeId);
  return row?.count ?? 0;
}

/** What the runs of a judge have cost so far, in dollars. */
export function costOf(store: Store, judgeId: number): number {
  return (
    store
      .query<{ cost: number | null }>('SELECT sum(cost_usd) AS cost FROM judge_replies WHERE judge_id = ?')
      .get(judgeId)?.cost ?? 0
  );
}
