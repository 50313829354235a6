import { type ChildProcess, spawn, spawnSync } from 'node:child_process';

export interface Ran {
  /** Null where it was ended, or could not be started. */
  readonly code: number | null;
  /** Whether it was ended for taking longer than it might. */
  readonly isTooLong: boolean;
  readonly out: string;
  readonly complaint: string;
}

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) endWithAll(child);
});

/**
 * Runs a program to its end, or ends it with all that it started after `limitMs`. What it prints is kept.
 *
 * @param options.limitMs whole milliseconds, at least one
 */
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
      // A group of its own, so that what it starts is ended with it.
      detached: process.platform !== 'win32',
    });
    running.add(child);
    const printed: Buffer[] = [];
    const complained: Buffer[] = [];
    const settle = (code: number | null, isTooLong: boolean, last: string) => {
      clearTimeout(timer);
      running.delete(child);
      resolve({
        code,
        isTooLong,
        out: Buffer.concat(printed).toString('utf8'),
        complaint: Buffer.concat(complained).toString('utf8') + last,
      });
    };
    const timer = setTimeout(() => {
      endWithAll(child);
      // Whoever holds its output open all the same is not waited for.
      child.stdout.destroy();
      child.stderr.destroy();
      settle(null, true, `\nended after ${Math.round(options.limitMs / 1000)} seconds`);
    }, options.limitMs);
    child.stdout.on('data', (part: Buffer) => printed.push(part));
    child.stderr.on('data', (part: Buffer) => complained.push(part));
    // A program that ends without reading what it was given is no failure of this one.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
    child.on('error', (error) => settle(null, false, error.message));
    child.on('close', (code, signal) => settle(code, false, signal === null ? '' : `\nended by ${signal}`));
  });
}

function endWithAll(child: ChildProcess): void {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f']);
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
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
