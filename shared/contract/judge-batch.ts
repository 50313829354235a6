/** Batch files that were written. */
export interface JudgeBatchResult {
  readonly runId: string;
  readonly judge: string;
  readonly files: readonly {
    readonly name: string;
    readonly bytes: number;
    readonly sha256: string;
    readonly rows: number;
  }[];
  readonly requests: number;
  /** Left out, because they are in an earlier batch that was not collected. */
  readonly alreadyOut: number;
}

/** A batch file that was sent to an endpoint, and what came of it. */
export interface SentBatch {
  readonly file: string;
  /** As the endpoint knows it; null until it has been begun. */
  readonly batchId: string | null;
  /** As the endpoint said it last. */
  readonly status: string;
  readonly what: 'sent' | 'sent_before' | 'not_sent' | 'at_work' | 'failed' | 'collected';
  readonly requests: number;
  /** As the endpoint counts them; null where it does not. */
  readonly completed: number | null;
  readonly failed: number | null;
  /** Why it failed as a whole. */
  readonly problems: readonly string[];
  /** What was taken in. */
  readonly collected: JudgeCollectResult | null;
  /** Requests that it left without a result, which are asked again in the next batch or run. */
  readonly unanswered: number;
}

/** What came of collecting results. */
export interface JudgeCollectResult {
  readonly judge: string;
  readonly lines: number;
  readonly read: number;
  readonly unparsed: number;
  readonly refused: number;
  readonly truncated: number;
  readonly error: number;
  /** Replies to prompts that the runner read only a part of. */
  readonly promptsCut: number;
  /** Lines whose request is not out: collected before, or of another judge. */
  readonly unknown: number;
  /** Requests that are still out. */
  readonly stillOut: number;
}
