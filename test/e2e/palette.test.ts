/** Anything by a few letters of its name, and the keys of a screen, without a mouse. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityViolations } from '../support/accessibility.ts';
import { launchBrowser } from '../support/browser.ts';
import { type HttpFixture, startHttpFixture } from '../support/http-fixture.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { pressUntil } from '../support/rater-page.ts';

let fixture: HttpFixture;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  fixture = await startHttpFixture({ withPage: true });
  browser = await launchBrowser();
  page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(fixture.host.launchUrl());
  await page.getByRole('button', { name: 'Open the sample study' }).click();
  await page.getByRole('link', { name: 'Log', exact: true }).click();
  await page.getByText('Made the study').waitFor();
});

afterAll(async () => {
  await browser.close();
  await fixture.close();
});

const finder = () => page.getByRole('dialog', { name: 'Go to' });

/** Opens the finder by its key, types, and goes to what is found first. */
async function find(typed: string, first: string | RegExp): Promise<void> {
  await pressUntil(page, 'Control+k', () => finder().isVisible());
  await page.keyboard.type(typed);
  await finder().locator('[aria-selected=true]', { hasText: first }).waitFor();
}

describe('the palette', () => {
  it('goes to a judge, a rater, a pair by its number and a screen, and can be left', async () => {
    for (const [typed, first, address] of [
      ['judge-fi', 'sim-judge-first', /#\/agreement\/\w+\?judge=sim-judge-first$/u],
      ['cleo', 'sim-cleo', /#\/raters\/\w+\/sim-cleo$/u],
      ['7', 'Pair 7', /#\/pairs\/\w+\?pair=7$/u],
    ] as const) {
      await find(typed, first);
      await page.keyboard.press('Enter');
      await page.waitForURL(address);
      await finder().waitFor({ state: 'detached' });
      if (typed === '7') {
        await page.getByRole('dialog', { name: 'Pair 7' }).waitFor();
        await page.keyboard.press('Escape');
      }
      await page.locator('dialog').waitFor({ state: 'detached' });
    }
    await find('disa', 'Disagreements');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Disagreements', exact: true }).waitFor();
  });

  it('says the keys of the screen one is on', async () => {
    await pressUntil(page, '?', () => page.getByRole('dialog', { name: 'Keys of this screen' }).isVisible());
    await page.getByRole('dialog').getByText('Judge error').waitFor();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
  });

  it('is labelled for a screen reader, says when nothing is found, and leaves on Escape', async () => {
    await pressUntil(page, 'Control+k', () => finder().isVisible());
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.keyboard.type('zzzz');
    await finder().getByText('Nothing has such a name.').waitFor();
    await page.keyboard.press('Escape');
    await finder().waitFor({ state: 'detached' });
  });
});
