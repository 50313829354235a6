/** What a command prints: results on standard output, progress and errors on standard error. */
import { fstatSync } from 'node:fs';
import { diskProblem } from '../../../core/files/disk-problem.ts';
import { writeAll } from '../../../core/files/write-all.ts';

export const EXIT = { fine: 0, failed: 1, couldNotRun: 2 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export interface Terminal {
  print(text: string): void;
  complain(text: string): void;
  /** One line that is drawn over; nothing when standard error is no terminal. */
  progress(text: string): void;
}

export const systemTerminal: Terminal = {
  print: (text) => printWhole(`${text}\n`),
  complain: (text) => {
    process.stderr.write(`${text}\n`);
  },
  progress: (text) => {
    if (process.stderr.isTTY) process.stderr.write(text === '' ? '\r\u001b[K' : `\r\u001b[K${text}`);
  },
};

/** What goes into a file goes there whole, or the command fails: Node's own stream does not look at what was taken. */
function printWhole(text: string): void {
  if (!isPlainOutput()) {
    process.stdout.write(text);
    return;
  }
  try {
    writeAll(process.stdout.fd, Buffer.from(text, 'utf8'));
  } catch (error) {
    throw diskProblem(error, 'standard output');
  }
}

function isPlainOutput(): boolean {
  try {
    const output = fstatSync(process.stdout.fd);
    return output.isFile() || (output.isCharacterDevice() && !process.stdout.isTTY);
  } catch {
    return false;
  }
}

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
