/** The agreement card's first look: the answer without scrolling, parts closed until they are wanted, and all of them on paper. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PART_NAMES } from '../../shared/card/figures/figure.ts';
import { accessibilityViolations } from '../support/accessibility.ts';
import { launchBrowser } from '../support/browser.ts';
import { settled, untilDrawn } from '../support/card-screen.ts';
import { type HttpFixture, startHttpFixture } from '../support/http-fixture.ts';
import { PATIENCE_MS } from '../support/patience.ts';

let fixture: HttpFixture;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  fixture = await startHttpFixture({ withPage: true });
  browser = await launchBrowser();
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(fixture.host.launchUrl());
  await page.getByRole('button', { name: 'Open the sample study' }).click();
  await page.getByRole('link', { name: 'Agreement', exact: true }).click();
  await settled(page);
});

afterAll(async () => {
  await browser.close();
  await fixture.close();
});

const bodies = () => page.locator('.card-parts .part-body').count();

describe('the first look at a card', () => {
  it.each([
    [1280, 800],
    [390, 844],
  ])('answers without scrolling at %i × %i', async (width, height) => {
    await page.setViewportSize({ width, height });
    await untilDrawn(page);
    await page.locator('[data-part=standing] .plot').waitFor();
    const look = await page.evaluate(() => {
      const bottomOf = (selector: string) =>
        document.querySelector(selector)?.getBoundingClientRect().bottom ?? Number.POSITIVE_INFINITY;
      return {
        scrolled: scrollY,
        answer: document.querySelector('.standing-answer')?.textContent ?? '',
        bottoms: ['.standing-answer', '[data-part=standing] .plot', '.stand-outs'].map(bottomOf),
        wider: document.documentElement.scrollWidth - innerWidth,
      };
    });
    expect(look.scrolled).toBe(0);
    expect(look.answer).toMatch(/^Not yet: \d+ pairs are too few/u);
    for (const bottom of look.bottoms) expect(bottom).toBeLessThanOrEqual(height);
    expect(look.wider).toBeLessThanOrEqual(0);
    expect(await accessibilityViolations(page)).toEqual([]);
  });

  it('keeps parts closed with a finding each, opens one where something stands out, and remembers it', async () => {
    await page.setViewportSize({ width: 1280, height: 800 });
    expect(await bodies()).toBe(0);
    const findings = await page.locator('.finding').allInnerTexts();
    expect(findings).toHaveLength(PART_NAMES.length - 1);
    for (const finding of findings) expect(finding).toMatch(/\.$/u);
    await page.getByRole('combobox', { name: 'Judge', exact: true }).selectOption('sim-judge-first');
    await settled(page);
    await page
      .locator('.stand-outs li', { hasText: 'It favours the first place' })
      .getByRole('button')
      .click();
    await page.locator('[data-part=bias] .part-body').waitFor();
    expect(await page.locator('[data-part=bias] summary:focus').count()).toBe(1);
    await page.reload();
    await settled(page);
    expect(await bodies()).toBe(1);
    await page.keyboard.press('Tab');
    await page.locator('[data-part=bias] summary').focus();
    await page.keyboard.press('Enter');
    await page.locator('[data-part=bias] .part-body').waitFor({ state: 'detached' });
  });

  it('prints every part, and closes them again', async () => {
    await page.emulateMedia({ media: 'print' });
    await page.locator('[data-part=judges] .part-body').waitFor();
    expect(await bodies()).toBe(PART_NAMES.length - 1);
    await page.emulateMedia({ media: 'screen' });
    await page.locator('[data-part=judges] .part-body').waitFor({ state: 'detached' });
    expect(await bodies()).toBe(0);
  });
});
