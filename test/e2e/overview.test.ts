/** A study's overview: one line a step, the next thing to do, and what came since the last visit. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityViolations } from '../support/accessibility.ts';
import { launchBrowser } from '../support/browser.ts';
import { importText, jsonLines, nativeRows } from '../support/comparisons.ts';
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
});

afterAll(async () => {
  await browser.close();
  await fixture.close();
});

const step = (name: string) => page.locator(`[data-step=${name}]`);
const next = () => page.locator('.steps [aria-current=step]').getAttribute('data-step');

describe('the overview', () => {
  it('leads from pairs without a vote to rating, tells how far labels are, and what came since', async () => {
    await importText(fixture.app.context.store.path, jsonLines(nativeRows(20)), { study: 'Afternoon' });
    await page.goto(fixture.host.launchUrl());
    await page.getByRole('button', { name: /Afternoon/u }).click();
    await step('labels').getByText('0 % labelled').waitFor();
    expect(await next()).toBe('labels');
    expect(await page.locator('.since-last-visit').count()).toBe(0);
    await page.locator('.steps a.primary').focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('Rate as').and(page.locator(':focus')).waitFor();
    await page.keyboard.type('ada');
    await page.keyboard.press('Enter');
    await page.locator('.pair[data-presentation=shown]').waitFor();
    await pressUntil(page, '1', () =>
      page
        .getByText(/^Recorded/u)
        .first()
        .isVisible(),
    );
    // Other windows may have gone on meanwhile.
    await page.evaluate(() => {
      location.hash = '#/studies';
    });
    await page.getByRole('button', { name: /Afternoon/u }).click();
    await page.getByText(/^Since .*: 1 vote, 1 rater more\.$/u).waitFor();
    await step('labels').getByText('5 % labelled').waitFor();
    expect(await step('labels').locator('.day-bars rect').count()).toBeGreaterThan(0);
    await page.reload();
    await step('labels').locator('.day-bars').waitFor();
    expect(await page.locator('.since-last-visit').count()).toBe(0);
  });

  it('answers for the judge of the sample, is whole at 390 px, in the dark, in German and Arabic', async () => {
    await fixture.app.call('studies.addSample', {});
    await page.evaluate(() => {
      location.hash = '#/studies';
    });
    await page.getByRole('button', { name: /Sample study/u }).click();
    await step('agreement').getByText('Not yet: 58 pairs are too few').waitFor();
    expect(await next()).toBe('agreement');
    for (const language of ['en', 'de', 'ar']) {
      await fixture.app.call('settings.put', { language });
      await page.reload();
      await step('agreement').getByText('Not yet').waitFor();
      for (const [width, colorScheme] of [
        [1280, 'light'],
        [390, 'dark'],
      ] as const) {
        await page.setViewportSize({ width, height: 800 });
        await page.emulateMedia({ colorScheme });
        expect(await accessibilityViolations(page), `${language} ${width}`).toEqual([]);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(overflow, `${language} ${width}`).toBeLessThanOrEqual(0);
      }
    }
    await fixture.app.call('settings.put', { language: 'en' });
  });
});
