/** A report in words and tables. A terminal prints it, a screen draws it; both say the same. */
export interface Report {
  readonly sentences: readonly string[];
  readonly tables: readonly ReportTable[];
}

export interface ReportTable {
  readonly caption: string;
  readonly columns: readonly ReportColumn[];
  /** Cells in the order of the columns; the first is the row's head. */
  readonly rows: readonly (readonly string[])[];
}

export interface ReportColumn {
  readonly head: string;
  /** Whether its cells are numbers, which end at one edge. */
  readonly isNumber: boolean;
  /** What its cells say, one a row: a screen draws it and reads the cell aloud. Null where there is none. */
  readonly intervals?: readonly (ShareInterval | null)[];
}

/** A share with its interval, each from 0 to 1. */
export interface ShareInterval {
  readonly low: number;
  readonly share: number;
  readonly high: number;
}

/** A column of words. */
export function words(head: string): ReportColumn {
  return { head, isNumber: false };
}

/** A column of numbers. */
export function numbers(head: string): ReportColumn {
  return { head, isNumber: true };
}
