/** A real Chromium for end-to-end tests: an installed one, else the one that comes from npm. */
import { existsSync } from 'node:fs';
import sparticuz from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';

const INSTALLED = [process.env.CHROME_PATH ?? '', '/usr/bin/chromium', '/usr/bin/google-chrome'];

export async function launchBrowser(): Promise<Browser> {
  const installed = INSTALLED.find((path) => path !== '' && existsSync(path));
  const executablePath = installed ?? (await sparticuz.executablePath());
  const args = [
    ...(installed === undefined ? sparticuz.args : []),
    '--no-sandbox',
    '--disable-background-networking',
  ];
  return chromium.launch({
    executablePath,
    args: args.filter((arg) => !arg.startsWith('--headless')),
    headless: true,
  });
}
