/** Who asks. */
export interface Asked {
  /** Whether the answer goes to a page: while a study is blind, nothing there rests on few pairs. */
  readonly isForPage: boolean;
}
