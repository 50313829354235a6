/** The real desktop window, driven through Playwright. Runs where Electron's program and a screen are. */
import { join } from 'node:path';
import { _electron } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { electronBinaryPath } from '../../electron/core/ports/electron-binary-path.ts';
import { productFolder } from '../../electron/core/ports/product.ts';
import { hasScreen } from '../../electron/hosts/cli/launch/find-app-browser.ts';
import { ensureDesktop, ensurePage } from '../../electron/hosts/cli/launch/page-build.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { untilTakesKeys } from '../support/rater-page.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const SILENT = { print: () => undefined, complain: () => undefined, progress: () => undefined };
const executablePath = electronBinaryPath();
const canRun = executablePath !== null && hasScreen();
if (!canRun) {
  const why = executablePath === null ? 'Electron’s program is not here' : 'there is no screen';
  console.warn(`NOT RUN: the desktop window was not opened, because ${why}.`);
}

async function launch() {
  await ensurePage(SILENT);
  await ensureDesktop(SILENT);
  const electron = await _electron.launch({
    timeout: PATIENCE_MS,
    executablePath: executablePath ?? '',
    args: [join(productFolder, 'dist', 'desktop', 'main.mjs')],
    env: { ...process.env, TOUCHSTONE_STORE: join(temporaryFolder(), 'store.sqlite') } as Record<
      string,
      string
    >,
  });
  onTestFinished(() => electron.close());
  const page = await electron.firstWindow({ timeout: PATIENCE_MS });
  page.setDefaultTimeout(PATIENCE_MS);
  return { electron, page };
}

describe.runIf(canRun)('the desktop window', () => {
  it('shows the page from its own scheme and lets a rater vote', async () => {
    const { page } = await launch();
    expect(page.url()).toBe('touchstone://app/');
    await page.getByRole('button', { name: 'Open the sample study' }).click();
    await page.getByLabel('Rate as').fill('ada');
    await page.keyboard.press('Enter');
    await page.locator('.pair[data-presentation=shown]').waitFor();
    await untilTakesKeys(page);
    await page.keyboard.press('1');
    await page.getByText('1 of 60').waitFor();
  });

  it('gives the page two functions and nothing of Node', async () => {
    const { page } = await launch();
    const surface = await page.evaluate(() => ({
      exposed: Object.keys((window as unknown as { touchstone: object }).touchstone).sort(),
      node: ['require', 'process', 'module', 'Buffer'].filter((name) => name in window),
    }));
    expect(surface).toEqual({ exposed: ['call', 'subscribe'], node: [] });
  });

  it('opens no window and leaves for no other address', async () => {
    const { electron, page } = await launch();
    await page.evaluate(() => window.open('https://example.com/'));
    await page.evaluate(() => {
      location.href = 'https://example.com/';
    });
    await page.waitForTimeout(500);
    expect(electron.windows()).toHaveLength(1);
    expect(page.url()).toMatch(/^touchstone:\/\/app\//u);
  });
});
