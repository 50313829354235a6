/** Gets Electron's own program when it can be had, and remembers when it could not. */
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeWholeFile } from '../../../core/files/whole-file.ts';
import { electronBinaryPath } from '../../../core/ports/electron-binary-path.ts';
import { productFolder } from '../../../core/ports/product.ts';
import type { Output } from '../terminal/terminal.ts';

/** How long a download may take before the browser is used instead. */
const FETCH_LIMIT_MS = 5 * 60 * 1000;
/** How long a failure is remembered. */
const FAILURE_LIFETIME_MS = 7 * 24 * 60 * 60 * 1000;

interface RememberedFailure {
  readonly electron: string;
  readonly at: number;
  readonly reason: string;
  /** `start`: it is there and ended before a window was; else it could not be fetched. */
  readonly kind?: 'start';
}

export type ElectronBinary =
  | { readonly found: true; readonly path: string }
  | { readonly found: false; readonly reason: string };

/**
 * Electron's program, fetched on first use. A failure is remembered for a week, so that the next start is
 * quick; `insist` tries again.
 *
 * @param memoryFile where a failure is remembered
 */
export async function electronBinary(
  memoryFile: string,
  insist: boolean,
  nowMs: number,
  terminal: Output,
  limitMs = FETCH_LIMIT_MS,
): Promise<ElectronBinary> {
  const present = electronBinaryPath();
  const version = electronVersion();
  const remembered = readFailure(memoryFile);
  const isFresh = remembered?.electron === version && nowMs - (remembered?.at ?? 0) < FAILURE_LIFETIME_MS;
  if (present !== null) {
    if (insist || !isFresh || remembered?.kind !== 'start') return { found: true, path: present };
    return {
      found: false,
      reason: `Electron's program ended at its start before (${remembered.reason}); --desktop tries again`,
    };
  }
  if (version === null) return { found: false, reason: 'Electron is not installed' };
  if (!insist && isFresh && remembered?.kind !== 'start') {
    return {
      found: false,
      reason: `fetching Electron failed before (${remembered?.reason}); --desktop tries again`,
    };
  }
  const reason = await fetchElectron(version, limitMs, terminal);
  const fetched = electronBinaryPath();
  if (fetched !== null) return { found: true, path: fetched };
  keepFailure(memoryFile, { electron: version, at: nowMs, reason });
  return { found: false, reason: `Electron could not be fetched (${reason})` };
}

/** Remembers that Electron's program ended at its start, so that the next start goes to the browser at once. */
export function rememberFailure(memoryFile: string, nowMs: number, reason: string): void {
  keepFailure(memoryFile, { electron: electronVersion() ?? '', at: nowMs, reason, kind: 'start' });
}

/** A window was there: what failed before is forgotten. */
export function forgetFailure(memoryFile: string): void {
  rmSync(memoryFile, { force: true });
}

function keepFailure(memoryFile: string, failure: RememberedFailure): void {
  try {
    writeWholeFile(memoryFile, JSON.stringify(failure));
  } catch {
    // Then it is tried again the next time.
  }
}

/** What mends a start that failed so. */
export function remedyFor(reason: string): string {
  const remedies: readonly (readonly [RegExp, string])[] = [
    [
      /sandbox|namespace/iu,
      "On Linux its sandbox helper must be root's and may then run: sudo chown root:root node_modules/electron/dist/chrome-sandbox && sudo chmod 4755 node_modules/electron/dist/chrome-sandbox.",
    ],
    [/root/iu, 'It does not run as root: start Touchstone as an ordinary user.'],
    [/shared librar|cannot open shared object/iu, 'Install the library it names.'],
    [/display|wayland|x server|ozone/iu, 'It found no screen it can use.'],
  ];
  const known = remedies.find(([about]) => about.test(reason))?.[1] ?? 'What it said stands above.';
  return `${known} touchstone start --desktop tries again.`;
}

function electronVersion(): string | null {
  try {
    const manifest = JSON.parse(
      readFileSync(join(productFolder, 'node_modules', 'electron', 'package.json'), 'utf8'),
    ) as { version: string };
    return manifest.version;
  } catch {
    return null;
  }
}

function readFailure(file: string): RememberedFailure | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as RememberedFailure;
  } catch {
    return null;
  }
}

/** Runs Electron's own installer. Resolves with why it failed, or an empty text. */
function fetchElectron(version: string, limitMs: number, terminal: Output): Promise<string> {
  return new Promise((resolve) => {
    const script = join(productFolder, 'node_modules', 'electron', 'install.js');
    const child = spawn(process.execPath, [script], { stdio: ['ignore', 'ignore', 'pipe'] });
    let complaint = '';
    let seconds = 0;
    const ticker = setInterval(() => {
      seconds++;
      terminal.progress(`Fetching Electron ${version} for the desktop window … ${seconds} s`);
      if (seconds * 1000 >= limitMs) child.kill();
    }, 1000);
    const finish = (reason: string) => {
      clearInterval(ticker);
      terminal.progress('');
      resolve(reason);
    };
    child.stderr.on('data', (chunk: Buffer) => {
      complaint = (complaint + chunk.toString()).slice(0, 4000);
    });
    child.on('error', (error) => finish(error.message));
    child.on('close', (code) => {
      if (code === 0) finish('');
      else if (seconds * 1000 >= limitMs) finish(`no result within ${Math.round(limitMs / 1000)} s`);
      else
        finish(
          complaint
            .split('\n')[0]
            ?.replace(/^\w*Error: /u, '')
            .slice(0, 120) || `installer ended with ${code}`,
        );
    });
  });
}
