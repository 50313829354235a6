import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import open from 'open';
import { productFolder } from '../../../core/ports/product.ts';
import { systemClock } from '../../../core/ports/system-ports.ts';
import { DESKTOP_READY } from '../../desktop-ready.ts';
import type { HttpHost } from '../../http/server.ts';
import type { CliCommand } from '../client/command.ts';
import { electronBinary, forgetFailure, remedyFor, rememberFailure } from '../launch/electron-binary.ts';
import { findAppBrowser, hasScreen } from '../launch/find-app-browser.ts';
import { makeLaunchPage } from '../launch/launch-page.ts';
import { ensureDesktop, ensurePage } from '../launch/page-build.ts';
import { option } from '../options/option.ts';
import { portNumber } from '../options/option-numbers.ts';
import { EXIT, type ExitCode, type Terminal } from '../terminal/terminal.ts';
import { runServe } from './serve.ts';

const OPENER_PATIENCE_MS = 3000;

export interface StartOptions {
  readonly desktop?: boolean;
  readonly browser?: boolean;
  readonly open?: boolean;
  readonly port?: number;
}

export const command: CliCommand<StartOptions, undefined> = {
  spec: {
    about: 'open the app: a desktop window where Electron runs, else a browser on loopback',
    options: [
      option('--desktop', 'insist on the desktop window'),
      option('--browser', 'do not try the desktop window'),
      option('--no-open', 'only print the address'),
      option('--port <number>', 'port of the loopback host', portNumber),
    ],
  },
  run: async () => undefined,
  text: () => '',
  next: ({ storePath, terminal }, given) => runStart(given, storePath, terminal),
};

/** The desktop window where Electron runs, else the same page in a browser on loopback. */
export async function runStart(
  options: StartOptions,
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  let reason = 'asked for with --browser';
  if (options.browser !== true) {
    if (options.desktop !== true && !hasScreen()) reason = 'there is no screen for a desktop window';
    else {
      const memory = join(dirname(storePath), 'electron-fetch.json');
      let binary = await electronBinary(memory, options.desktop === true, systemClock.nowMs(), terminal);
      if (binary.found) {
        const ended = await runDesktop(binary.path, storePath, terminal);
        if (ended.hasRun) {
          forgetFailure(memory);
          return ended.code === 0 ? EXIT.fine : EXIT.couldNotRun;
        }
        binary = { found: false, reason: `Electron's program ends at its start: ${ended.reason}` };
        rememberFailure(memory, systemClock.nowMs(), ended.reason);
        terminal.complain(
          `No desktop window: Electron's program ended at its start (${ended.reason}). ${remedyFor(ended.reason)}`,
        );
      } else if (options.desktop === true) terminal.complain(`No desktop window: ${binary.reason}.`);
      if (options.desktop === true) return EXIT.couldNotRun;
      reason = binary.reason;
    }
  }
  return runServe(
    {
      ...(options.port === undefined ? {} : { port: options.port }),
      onReady: async (host) => terminal.print(`${await showPage(host, options.open !== false)} (${reason}).`),
    },
    storePath,
    terminal,
  );
}

/** How a desktop window came to its end: once it had been there, or before. */
type Ended =
  | { readonly hasRun: true; readonly code: number | null }
  | { readonly hasRun: false; readonly reason: string };

/** What a program says that dies before it is ready is at the end of what it says. */
const KEPT_CHARACTERS = 4000;

/**
 * Runs Electron's program until it ends. The window says when it is there, over a channel of its own: a program that ends
 * before, and not by its own will, did not start.
 */
async function runDesktop(binary: string, storePath: string, terminal: Terminal): Promise<Ended> {
  await ensurePage(terminal);
  await ensureDesktop(terminal);
  terminal.print("Opening the desktop window: Electron's program is here.");
  const child = spawn(binary, [join(productFolder, 'dist', 'desktop', 'main.mjs')], {
    stdio: ['inherit', 'inherit', 'pipe', 'ipc'],
    env: { ...process.env, TOUCHSTONE_STORE: storePath },
  });
  let hasRun = false;
  let said = '';
  child.on('message', (message) => {
    hasRun ||= message === DESKTOP_READY;
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-KEPT_CHARACTERS);
    process.stderr.write(chunk);
  });
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ hasRun: false, reason: error.message }));
    child.on('close', (code, signal) => {
      if (hasRun || code === 0) resolve({ hasRun: true, code });
      else resolve({ hasRun: false, reason: reasonOf(said, signal ?? `exit code ${code}`) });
    });
  });
}

/** The line that says most, with how it ended. */
function reasonOf(said: string, ending: string): string {
  const lines = said.split('\n').map((line) => line.replace(/^\[[^\]]*\]\s*/u, '').trim());
  const telling =
    lines.find((line) => /FATAL|error|sandbox|cannot|failed/iu.test(line)) ??
    lines.find((line) => line !== '');
  return telling === undefined ? ending : `${ending}: ${telling.slice(0, 200)}`;
}

/** Opens the page in the best window there is and says which. */
async function showPage(host: HttpHost, mayOpen: boolean): Promise<string> {
  if (!mayOpen || !hasScreen()) return `Serving on loopback; open ${host.launchUrl()} in a browser`;
  const browser = findAppBrowser();
  try {
    const { url } = makeLaunchPage(host.launchUrl());
    if (browser !== null) {
      spawn(browser, [`--app=${url}`], { detached: true, stdio: 'ignore' })
        .on('error', () => undefined)
        .unref();
      return `Opened as an app window in ${browser}, served on loopback at ${host.origin}; if none comes, open ${host.launchUrl()} in a browser`;
    }
    if (await openInBrowser(url))
      return `Opened in the default browser, served on loopback at ${host.origin}; if it shows no page, open ${host.launchUrl()}`;
    return `No browser took the address; open ${host.launchUrl()} in one`;
  } catch {
    return `Serving on loopback; open ${host.launchUrl()} in a browser`;
  }
}

/** Whether the system's own opener took the address: one that cannot ends soon and says so by its exit code. */
async function openInBrowser(url: string): Promise<boolean> {
  const opener = await open(url);
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(true), OPENER_PATIENCE_MS);
    const settle = (isOpened: boolean) => {
      clearTimeout(timer);
      resolve(isOpened);
    };
    opener.once('error', () => settle(false));
    opener.once('exit', (code) => settle(code === 0));
  });
}
