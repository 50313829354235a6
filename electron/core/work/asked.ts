/** Who asks. */
export interface Asked {
  readonly nowMs: number;
  /** The store that is answered from, where that is a copy: it may only be read. */
  readonly readOnlyOf: string | null;
  /** Whether the answer goes to a page: while a study is blind, nothing there rests on few pairs. */
  readonly isForPage: boolean;
}
