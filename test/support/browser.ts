/** A real Chromium for end-to-end tests: an installed one, else the one that comes from npm. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import sparticuz, { inflate } from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';

const INSTALLED = [process.env.CHROME_PATH ?? '', '/usr/bin/chromium', '/usr/bin/google-chrome'];

/**
 * Only flags that a test machine needs. The npm package's own list is for serverless functions and would switch
 * off web security and put everything in one process.
 */
const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'];

/** Where the npm package was unpacked, and there the libraries, where the machine lacks them. */
const UNPACKED = 'TOUCHSTONE_BROWSER';
const LIBRARIES = 'TOUCHSTONE_BROWSER_LIBRARIES';

export async function launchBrowser(): Promise<Browser> {
  const executablePath = installedBrowser() ?? process.env[UNPACKED] ?? (await sparticuz.executablePath());
  const libraries = process.env[LIBRARIES];
  const env = {
    ...(existsSync('/etc/fonts/fonts.conf')
      ? {}
      : { FONTCONFIG_PATH: join(dirname(executablePath), 'fonts') }),
    ...process.env,
    ...(libraries === undefined ? {} : { LD_LIBRARY_PATH: libraries }),
  };
  return chromium.launch({
    executablePath,
    args: ARGUMENTS,
    headless: true,
    env,
  });
}

function installedBrowser(): string | undefined {
  return INSTALLED.find((path) => path !== '' && existsSync(path));
}

/**
 * Makes what tests launch ready: unpacked once, for two at a time would read what the other writes; with the libraries that it
 * needs, where the machine has none.
 *
 * @throws where it cannot be started, with what is missing
 */
export async function prepareBrowser(): Promise<void> {
  try {
    if (installedBrowser() === undefined) process.env[UNPACKED] = await sparticuz.executablePath();
    await (await launchBrowser()).close();
  } catch (error) {
    const missing = /error while loading shared libraries: .*/u.exec(String(error))?.[0];
    if (missing === undefined || process.env[LIBRARIES] !== undefined || installedBrowser() !== undefined)
      throw new Error(
        `Chromium cannot be started (${missing ?? String(error)}). Install one, or name it in CHROME_PATH.`,
      );
    const packed = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '..', 'bin');
    process.env[LIBRARIES] = join(await inflate(join(packed, 'al2023.tar.br')), 'lib');
    await prepareBrowser();
  }
}
