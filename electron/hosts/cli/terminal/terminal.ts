/** What a command prints: results on standard output, progress and errors on standard error. */
import { fstatSync, readFileSync } from 'node:fs';
import { diskProblem } from '../../../core/files/disk-problem.ts';
import { writeAll } from '../../../core/files/write-all.ts';

export const EXIT = { fine: 0, failed: 1, couldNotRun: 2 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** What is told while something is made ready. */
export interface Output {
  print(text: string): void;
  complain(text: string): void;
  /** One line that is drawn over; nothing when standard error is no terminal. */
  progress(text: string): void;
}

export interface Terminal extends Output {
  /** All of standard input. */
  input(): string;
}

export const systemTerminal: Terminal = {
  print: (text) => printWhole(`${text}\n`),
  complain: (text) => {
    process.stderr.write(`${text}\n`);
  },
  progress: (text) => {
    if (process.stderr.isTTY) process.stderr.write(text === '' ? '\r\u001b[K' : `\r\u001b[K${text}`);
  },
  input: () => readFileSync(0, 'utf8'),
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
