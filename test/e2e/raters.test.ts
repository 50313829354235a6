/** A lead looks at how raters work, by keyboard, in a real Chromium. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { expectAccessible } from '../support/expect-accessible.ts';
import { startHttpFixture } from '../support/http-fixture.ts';
import { openTestApp } from '../support/open-app.ts';
import { openWindow } from '../support/open-window.ts';
import { FAULTS, HONEST, ratedStudy } from '../support/simulated-raters.ts';
import { tabTo } from '../support/tab-to.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

describe('the raters of a study', () => {
  it('stand with their figures, and with words for what chance does not explain', async () => {
    const fixture = await startHttpFixture({ withPage: true });
    const app = await openTestApp(fixture.app.context.store.path);
    await ratedStudy(
      { ada: HONEST, ben: HONEST, cyd: HONEST, eve: FAULTS.clicks.habits },
      { pairs: 120, seed: 'screen', app },
    );
    const { page } = await openWindow(browser, fixture);
    await page.goto(fixture.host.launchUrl());
    await tabTo(page, page.getByRole('button', { name: /^Study screen/u }));
    await page.keyboard.press('Enter');
    await tabTo(page, page.getByRole('link', { name: 'Raters', exact: true }));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Raters', exact: true }).waitFor();
    const warnings = page.getByRole('region', { name: 'Warnings' });
    await warnings.getByText(/\d+ of \d+ labels contradict another rater/u).waitFor();
    expect(await warnings.locator('dt').allInnerTexts()).toEqual(['eve']);
    const rows = page.getByRole('region', { name: 'Figures of each rater' }).locator('tbody tr');
    expect(await rows.locator('th').allInnerTexts()).toEqual(['ada', 'ben', 'cyd', 'eve']);
    expect(await rows.nth(0).innerText()).toMatch(/\d+ %\s*\d+–\d+ %\s*n \d+/u);
    await expectAccessible(page, 'raters');
    await tabTo(page, page.getByRole('link', { name: 'Overview' }));
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Change the design' }).waitFor();
    // Where somebody begins, the name is asked for first, and only then.
    await tabTo(page, page.getByRole('link', { name: 'Rate', exact: true }));
    await page.keyboard.press('Enter');
    const name = page.getByLabel(/^Rate as/u);
    await page.waitForFunction(() => document.activeElement instanceof HTMLInputElement);
    expect(await name.evaluate((field) => field === document.activeElement)).toBe(true);
    await page.keyboard.type('fay');
    const role = page.getByRole('combobox', { name: 'As', exact: true });
    await tabTo(page, role);
    await page.keyboard.type('an adj');
    expect(await role.inputValue()).toBe('adjudicator');
    expect(await role.evaluate((field) => field === document.activeElement)).toBe(true);
  });

  it('are nobody before the first vote', async () => {
    const fixture = await startHttpFixture({ withPage: true });
    await fixture.app.call('studies.create', { name: 'Empty' });
    const { page } = await openWindow(browser, fixture);
    await page.goto(fixture.host.launchUrl());
    await page.getByRole('button', { name: /^Empty/u }).click();
    await page.getByRole('link', { name: 'Raters', exact: true }).click();
    await page.getByText('Nobody has voted yet').waitFor();
    await expectAccessible(page, 'raters-empty');
  });
});
