/** What a command prints: results on standard output, progress and errors on standard error. */

export const EXIT = { fine: 0, failed: 1, couldNotRun: 2 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export interface Terminal {
  print(text: string): void;
  complain(text: string): void;
  /** One line that is drawn over; nothing when standard error is no terminal. */
  progress(text: string): void;
}

export const systemTerminal: Terminal = {
  print: (text) => {
    process.stdout.write(`${text}\n`);
  },
  complain: (text) => {
    process.stderr.write(`${text}\n`);
  },
  progress: (text) => {
    if (process.stderr.isTTY) process.stderr.write(text === '' ? '\r\u001b[K' : `\r\u001b[K${text}`);
  },
};

/** A table of text columns, right-aligned where a cell is a number. */
export function tableText(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) =>
        /^[-–<]?\d/u.test(cell) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [line(header), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
