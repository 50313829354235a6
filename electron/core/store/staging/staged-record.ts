/** Where something stands that was said. */
export interface StagedPlace {
  readonly file: string;
  readonly line: number;
  /** Its number, where several may stand on one line. */
  readonly recordNumber?: number;
}

/** A sample of two runs, or what is said of a stored pair, as a native record; `line` is where it is first spoken of. */
export interface StagedRecord extends StagedPlace {
  readonly record: Readonly<Record<string, unknown>>;
}

export interface Unmatched {
  readonly what: string;
  readonly records: number;
}
