import { spawn } from 'node:child_process';

export interface Ran {
  /** Null where it was ended for taking too long, or could not be started. */
  readonly code: number | null;
  readonly out: string;
  readonly complaint: string;
}

/** Runs a program to its end, or ends it after `limitMs`. What it prints is kept. */
export function runProgram(
  command: string,
  args: readonly string[],
  options: {
    readonly folder: string;
    readonly limitMs: number;
    readonly input?: string;
    readonly environment?: NodeJS.ProcessEnv;
  },
): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.folder,
      env: options.environment ?? process.env,
      // Node takes whole milliseconds only.
      timeout: Math.ceil(options.limitMs),
      killSignal: 'SIGKILL',
    });
    const printed: Buffer[] = [];
    const complained: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => printed.push(part));
    child.stderr.on('data', (part: Buffer) => complained.push(part));
    // A program that ends without reading what it was given is no failure of this one.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
    child.on('error', (error) => resolve({ code: null, out: '', complaint: error.message }));
    child.on('close', (code, signal) =>
      resolve({
        code,
        out: Buffer.concat(printed).toString('utf8'),
        complaint:
          Buffer.concat(complained).toString('utf8') + (signal === null ? '' : `\nended by ${signal}`),
      }),
    );
  });
}

const MOST_LINES = 12;
const LONGEST_LINE = 400;

/** The end of what a program complained of, for a person. */
export function lastLines(text: string): string {
  const lines = text.trimEnd().split('\n').slice(-MOST_LINES);
  return lines
    .map((line) => (line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line))
    .join('\n');
}
