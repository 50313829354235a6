/** A lead looks through the pairs of a study, by keyboard, in a real Chromium. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { importText, jsonLines, nativeRows, SECRET_SYSTEMS } from '../support/comparisons.ts';
import { expectAccessible } from '../support/expect-accessible.ts';
import { startHttpFixture } from '../support/http-fixture.ts';
import { openWindow } from '../support/open-window.ts';
import { tabTo } from '../support/tab-to.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** The screen of a study that was imported, with the grid of its pairs. */
async function pairsOf(rows: readonly unknown[]) {
  const fixture = await startHttpFixture({ withPage: true });
  const { studyId } = await importText(fixture.app.context.store.path, jsonLines(rows));
  const { page } = await openWindow(browser, fixture);
  await page.goto(fixture.host.launchUrl());
  await tabTo(page, page.getByRole('button', { name: /^Study/u }));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('link', { name: 'Pairs', exact: true }));
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Pairs', exact: true }).waitFor();
  const grid = page.getByRole('grid', { name: 'Pairs' });
  await grid.getByRole('row').nth(2).waitFor();
  return { page, grid, fixture, studyId };
}

/** What the row says that keys act on, once it says something. */
async function currentRow(page: Page): Promise<{ place: string | null; text: string }> {
  const row = page.locator('.data-grid-row.current:not([aria-busy])');
  await row.waitFor();
  return { place: await row.getAttribute('aria-rowindex'), text: await row.innerText() };
}

const addressOf = (page: Page) => decodeURIComponent(page.url().split('?')[1] ?? '');

describe('the pairs of a study', () => {
  it('are all in reach of keys, and few of them in the page', async () => {
    const { page, grid } = await pairsOf(nativeRows(10_400));
    expect(await grid.getAttribute('aria-rowcount')).toBe('10001');
    await page.getByText('The first 10,000, and there may be more, of 10,400 pairs.').waitFor();
    await tabTo(page, grid);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('PageDown');
    await page.keyboard.press('ArrowUp');
    expect(await currentRow(page)).toMatchObject({
      place: '12',
      text: expect.stringContaining('Question 5 of'),
    });
    await page.keyboard.press('End');
    await grid.locator('[aria-rowindex="10001"]').waitFor();
    expect(await currentRow(page)).toMatchObject({
      place: '10001',
      text: expect.stringContaining('4999 of'),
    });
    expect(await grid.getByRole('row').count()).toBeLessThan(60);
    expect(await grid.getAttribute('aria-activedescendant')).toBe(
      await page.locator('.data-grid-row.current').getAttribute('id'),
    );
    await page.keyboard.press('Home');
    expect((await currentRow(page)).place).toBe('2');
    await tabTo(page, page.getByRole('button', { name: 'Go on from pair 10,001' }));
    await page.keyboard.press('Enter');
    await page.getByText('400 from pair 10,001 on, of 10,400 pairs.').waitFor();
    expect(addressOf(page)).toBe('from=10001');
    await page.getByText('Question 5000 of pair?').first().waitFor();
  });

  it('are found by text, opened and left, and the address brings all of it back', async () => {
    const rows = nativeRows(40).map((row) => ({
      ...row,
      human: [{ rater: 'ada', verdict: 'first', note: 'a note' }],
    }));
    const { page, grid } = await pairsOf(rows);
    await expectAccessible(page, 'pairs');
    await tabTo(page, page.getByRole('searchbox'));
    await page.keyboard.type('ANSWER TO 3');
    await page.keyboard.press('Enter');
    await page.getByText('11 of 40 pairs.').waitFor();
    await tabTo(page, grid);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Pair 31' });
    await dialog.getByText('One answer to 30.').waitFor();
    await dialog.getByText('“a note”').waitFor();
    await expectAccessible(page, 'an open pair');
    expect(addressOf(page)).toBe('filter={"text":"ANSWER+TO+3"}&pair=31');
    const shown = await page.content();
    for (const system of SECRET_SYSTEMS) expect(shown).not.toContain(system);
    expect(shown).not.toContain('pair-30');
    await page.keyboard.press('ArrowRight');
    await page.getByRole('dialog', { name: 'Pair 32' }).getByText('One answer to 31.').waitFor();
    await page.reload();
    await page.getByRole('dialog', { name: 'Pair 32' }).getByText('One answer to 31.').waitFor();
    await page.getByText('11 of 40 pairs.').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(addressOf(page)).toBe('filter={"text":"ANSWER+TO+3"}');
  });

  it('are left out with a reason that a refusal does not swallow, and taken back', async () => {
    const { page, grid, fixture, studyId } = await pairsOf(nativeRows(12));
    const choose = async () => {
      await tabTo(page, grid);
      await page.keyboard.press('Home');
      await page.keyboard.press(' ');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press(' ');
    };
    await choose();
    await tabTo(page, page.getByRole('button', { name: 'Count again …' }));
    await page.keyboard.press('Enter');
    await page.keyboard.type('They are whole.');
    await page.keyboard.press('Enter');
    await page.getByText('Pair 1 is not left out. Nothing was changed.').waitFor();
    expect(await page.getByLabel('Reason').inputValue()).toBe('They are whole.');
    await page.getByRole('button', { name: 'Leave out …' }).click();
    await page.keyboard.type('The task is cut off.');
    await page.keyboard.press('Enter');
    await page.getByText('2 pairs left out.').waitFor();
    await grid.getByText('left out', { exact: false }).nth(1).waitFor();
    const reply = await fixture.app.call('pairs.find', { studyId, filter: { isLeftOut: true } });
    expect(reply).toMatchObject({ ok: true, value: { numbers: [1, 2] } });
    await tabTo(page, grid);
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Pair 1' });
    await dialog.getByText('“The task is cut off.”').waitFor();
    await dialog.getByRole('button', { name: 'Count again …' }).click();
    await page.keyboard.type('It is whole.');
    await page.keyboard.press('Enter');
    await dialog.getByText('It counts again.').waitFor();
    await dialog.getByRole('button', { name: 'Its answer is known …' }).click();
    await dialog.getByLabel('The answer, as it stands here').selectOption('left');
    await dialog.getByRole('button', { name: 'Keep the answer' }).click();
    await dialog.getByText('Known answer (gold):').waitFor();
  });
});
