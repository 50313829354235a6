import type { ReadStore, WriteStore } from '../engine/database.ts';

/** A batch file that was sent to an endpoint. */
export interface SentBatchRow {
  readonly id: number;
  readonly fileName: string;
  readonly fileSha256: string;
  readonly requests: number;
  readonly inputFileId: string | null;
  readonly isAskedFor: boolean;
  readonly batchId: string | null;
  readonly status: string;
}

interface Stored extends Omit<SentBatchRow, 'isAskedFor'> {
  readonly isAskedFor: number;
}

const SELECT = `SELECT id, file_name AS fileName, file_sha256 AS fileSha256, requests, input_file_id AS inputFileId,
    is_asked_for AS isAskedFor, batch_id AS batchId, status
  FROM judge_batches`;

/** Batches of a judge of which nothing is settled yet, first to last. */
export function batchesUnderWay(store: ReadStore, judgeId: number): readonly SentBatchRow[] {
  return store
    .query<Stored>(`${SELECT} WHERE judge_id = ? AND ended_at IS NULL ORDER BY id`)
    .all(judgeId)
    .map((row) => ({ ...row, isAskedFor: row.isAskedFor === 1 }));
}

/** Notes that a file is about to be sent, with the requests in it. */
export function insertBatch(
  store: WriteStore,
  batch: {
    readonly judgeId: number;
    readonly fileName: string;
    readonly fileSha256: string;
    readonly sentAt: number;
    readonly requests: readonly { readonly runId: number; readonly key: string }[];
  },
): void {
  const { lastId } = store.run(
    'INSERT INTO judge_batches (judge_id, file_name, file_sha256, requests, sent_at) VALUES (?, ?, ?, ?, ?)',
    batch.judgeId,
    batch.fileName,
    batch.fileSha256,
    batch.requests.length,
    batch.sentAt,
  );
  for (const { runId, key } of batch.requests)
    store.run(
      'UPDATE judge_requests SET batch_id = ? WHERE run_id = ? AND request_key = ?',
      lastId,
      runId,
      key,
    );
}

/** Notes how far a batch is. */
export function updateBatch(
  store: WriteStore,
  id: number,
  { inputFileId, isAskedFor, batchId, status }: Partial<Omit<SentBatchRow, 'id'>>,
): void {
  store.run(
    `UPDATE judge_batches SET input_file_id = coalesce(?, input_file_id), is_asked_for = coalesce(?, is_asked_for),
       batch_id = coalesce(?, batch_id), status = coalesce(?, status) WHERE id = ?`,
    inputFileId ?? null,
    isAskedFor === undefined ? null : isAskedFor ? 1 : 0,
    batchId ?? null,
    status ?? null,
    id,
  );
}

/** Whether a request is in a batch that was sent and is not settled. */
export function isInSentBatch(store: ReadStore, runId: number, key: string): boolean {
  return (
    store
      .query('SELECT 1 FROM judge_requests WHERE run_id = ? AND request_key = ? AND batch_id IS NOT NULL')
      .get(runId, key) !== undefined
  );
}

/**
 * Ends a batch. Requests that it left without a result are forgotten, so that they are asked in the next batch or run;
 * where the batch was never begun they stay out, and their file can be sent again. Says how many there were.
 */
export function endBatch(
  store: WriteStore,
  id: number,
  { endedAt, wasBegun }: { readonly endedAt: number; readonly wasBegun: boolean },
): number {
  store.run('UPDATE judge_batches SET ended_at = ? WHERE id = ?', endedAt, id);
  return store.run(
    wasBegun
      ? 'DELETE FROM judge_requests WHERE batch_id = ?'
      : 'UPDATE judge_requests SET batch_id = NULL WHERE batch_id = ?',
    id,
  ).changes;
}
