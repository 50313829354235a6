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
