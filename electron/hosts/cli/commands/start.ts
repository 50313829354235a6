import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import open from 'open';
import { productFolder } from '../../../core/product.ts';
import { systemClock } from '../../../core/system-ports.ts';
import type { HttpHost } from '../../http/server.ts';
import { electronBinary } from '../electron-binary.ts';
import { findAppBrowser, hasScreen } from '../find-app-browser.ts';
import { ensureDesktop, ensurePage } from '../page-build.ts';
import { EXIT, type ExitCode, type Terminal } from '../terminal.ts';
import { serveCommand } from './serve.ts';

const OPENER_PATIENCE_MS = 3000;

export interface StartOptions {
  readonly desktop?: boolean;
  readonly browser?: boolean;
  readonly open?: boolean;
  readonly port?: number;
}

/** `touchstone start`: the desktop window where Electron runs, else the same page in a browser on loopback. */
export async function startCommand(
  options: StartOptions,
  storePath: string,
  terminal: Terminal,
): Promise<ExitCode> {
  let reason = 'asked for with --browser';
  if (options.browser !== true) {
    if (options.desktop !== true && !hasScreen()) reason = 'there is no screen for a desktop window';
    else {
      const memory = join(dirname(storePath), 'electron-fetch.json');
      const binary = await electronBinary(memory, options.desktop === true, systemClock.nowMs(), terminal);
      if (binary.found) return runDesktop(binary.path, storePath, terminal);
      if (options.desktop === true) {
        terminal.complain(`No desktop window: ${binary.reason}.`);
        return EXIT.couldNotRun;
      }
      reason = binary.reason;
    }
  }
  return serveCommand(
    {
      ...(options.port === undefined ? {} : { port: options.port }),
      onReady: async (host) => terminal.print(`${await showPage(host, options.open !== false)} (${reason}).`),
    },
    storePath,
    terminal,
  );
}

async function runDesktop(binary: string, storePath: string, terminal: Terminal): Promise<ExitCode> {
  await ensurePage(terminal);
  await ensureDesktop(terminal);
  terminal.print("Opening the desktop window: Electron's program is here.");
  const child = spawn(binary, [join(productFolder, 'dist', 'desktop', 'main.mjs')], {
    stdio: 'inherit',
    env: { ...process.env, TOUCHSTONE_STORE: storePath },
  });
  return new Promise((resolve) => {
    child.on('error', (error) => {
      terminal.complain(`Electron did not start: ${error.message}`);
      resolve(EXIT.couldNotRun);
    });
    child.on('close', (code) => resolve(code === 0 ? EXIT.fine : EXIT.couldNotRun));
  });
}

/** Opens the page in the best window there is and says which. */
async function showPage(host: HttpHost, mayOpen: boolean): Promise<string> {
  const url = host.launchUrl();
  if (!mayOpen || !hasScreen()) return `Serving on loopback; open ${url} in a browser`;
  const browser = findAppBrowser();
  try {
    if (browser !== null) {
      spawn(browser, [`--app=${url}`], { detached: true, stdio: 'ignore' })
        .on('error', () => undefined)
        .unref();
      return `Opened as an app window in ${browser}, served on loopback at ${host.origin}`;
    }
    if (await openedByDefault(url))
      return `Opened in the default browser, served on loopback at ${host.origin}`;
    return `No browser took the address; open ${host.launchUrl()} in one`;
  } catch {
    return `Serving on loopback; open ${url} in a browser`;
  }
}

/** Whether the system's own opener took the address: one that cannot ends soon and says so by its exit code. */
async function openedByDefault(url: string): Promise<boolean> {
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
