/** How a judge run stands. */
export interface JudgeRunProgress {
  /** Requests the run is about, without those that need not be made again. */
  readonly total: number;
  readonly done: number;
  readonly read: number;
  readonly unparsed: number;
  readonly refused: number;
  readonly truncated: number;
  readonly error: number;
  /** Null where no price is known. */
  readonly costUsd: number | null;
  readonly perSecond: number;
  readonly secondsLeft: number | null;
  /** The endpoint asked to be left alone until then, in milliseconds since 1970; null else. */
  readonly pausedUntil: number | null;
}

export interface JudgeRunResult extends JudgeRunProgress {
  readonly runId: string;
  readonly judge: string;
  readonly ending: 'finished' | 'ceiling' | 'cancelled' | 'failed';
  /** Why it ended before its end; null where it did not. */
  readonly message: string | null;
  /** Requests of this judge that were sent, now or before, and whose fate is unknown: perhaps paid. */
  readonly uncertain: number;
  /** Models that said they answered, other than the one asked for. */
  readonly otherModels: readonly string[];
  /** What whoever reads the figures should know of how the endpoint was asked and what it did, a sentence each. */
  readonly notes: readonly string[];
}
