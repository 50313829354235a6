/** What became of one tool. */
export interface Outcome {
  readonly name: string;
  readonly version: string;
  /** What it wrote that came in, and what it took. */
  readonly came: readonly string[];
  readonly went: readonly string[];
  /** How many figures of both sides were compared. */
  readonly compared: number;
  /** A refused file, a failed program, or a figure that differs. */
  readonly failures: readonly string[];
  /** Why it did not run, or not to its end, null where it did. */
  readonly notRun: string | null;
}

const HEAD = ['tool', 'version', 'in', 'out', 'figures', 'result'] as const;

/** A line a tool, in columns. */
export function tableOf(outcomes: readonly Outcome[]): string {
  const rows = [
    HEAD,
    ...outcomes.map(({ name, version, came, went, compared, failures, notRun }) => [
      name,
      version,
      came.join('; ') || '–',
      went.join('; ') || '–',
      compared === 0 ? '–' : String(compared),
      notRun === null
        ? verdictOn(failures, compared)
        : `did not run${compared === 0 ? '' : ' to its end'}: ${notRun}`,
    ]),
  ];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function verdictOn(failures: readonly string[], compared: number): string {
  if (failures.length === 0) return 'all equal';
  return compared === 0 ? 'failed' : `failed: ${failures.length} of what was compared`;
}
