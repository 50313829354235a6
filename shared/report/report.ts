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
}

/** A column of words. */
export function words(head: string): ReportColumn {
  return { head, isNumber: false };
}

/** A column of numbers. */
export function numbers(head: string): ReportColumn {
  return { head, isNumber: true };
}
