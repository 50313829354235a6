/** The judge screens in a real browser, against a real endpoint: write, preview, run, stop, read, change, compare. */
import { mkdirSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { accessibilityViolations } from '../support/accessibility.ts';
import { launchBrowser } from '../support/browser.ts';
import { type ChatServer, startChatServer } from '../support/chat-server.ts';
import { importText, jsonLines, nativeRows } from '../support/comparisons.ts';
import { type HttpFixture, startHttpFixture } from '../support/http-fixture.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { tabTo } from '../support/tab-to.ts';

let fixture: HttpFixture;
let browser: Browser;
let endpoint: ChatServer;

/** Where to leave pictures for people to look at; nowhere unless asked. */
const PICTURES = process.env.TOUCHSTONE_PICTURES;

beforeAll(async () => {
  fixture = await startHttpFixture({ withPage: true });
  browser = await launchBrowser();
  endpoint = await startChatServer({ latencyMs: 5 });
  if (PICTURES !== undefined) mkdirSync(PICTURES, { recursive: true });
});

afterAll(async () => {
  await browser.close();
  await endpoint.close();
  await fixture.close();
});

beforeEach(() => endpoint.misbehave(undefined));

async function openJudges(study: string, pairs: number): Promise<Page> {
  const votes = (index: number) =>
    ['ada', 'ben'].map((rater) => ({ rater, verdict: index % 3 === 0 ? 'second' : 'first' }));
  const rows = nativeRows(pairs, study).map((row, index) => ({ ...row, human: votes(index) }));
  await importText(fixture.app.context.store.path, jsonLines(rows), { study });
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(fixture.host.launchUrl());
  await page.getByRole('button', { name: new RegExp(study, 'u') }).click();
  await page.getByRole('link', { name: 'Judges', exact: true }).click();
  await page.getByRole('heading', { name: 'Judges', exact: true }).waitFor();
  return page;
}

async function writeJudge(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'New judge' }).click();
  await page.getByLabel('Template').selectOption('pairwise-with-tie');
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Model').fill('synthetic-1');
  await page.getByLabel(/^Endpoint/u).fill(endpoint.endpoint);
}

const picture = async (page: Page, name: string) => {
  if (PICTURES !== undefined) await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true });
};

describe('the judges of a study', () => {
  it('are written beside their exact prompt, run, read, changed and compared', async () => {
    const page = await openJudges('Judge study', 30);
    await page.getByText('Nothing leaves this machine').waitFor();
    await picture(page, 'judges-empty');
    expect(await accessibilityViolations(page)).toEqual([]);
    await writeJudge(page, 'careful');
    const sent = page.getByRole('region', { name: 'Preview' });
    await sent.getByText('2 requests for each sample').waitFor();
    expect(await sent.innerText()).toMatch(/<<<OUTPUT A \w{8}>>>/u);
    expect(await sent.innerText()).not.toContain('zq-');
    await page.getByRole('button', { name: 'Next pair' }).click();
    await sent.getByText('Pair 2 of 30').waitFor();
    await picture(page, 'judge-editor');
    expect(await accessibilityViolations(page)).toEqual([]);
    expect(endpoint.asked).toHaveLength(0);
    await page.getByRole('button', { name: 'Keep', exact: true }).click();
    await page.getByText('careful@1 is kept.').waitFor();
    await page.getByText('60 requests: 30 pairs × 2 orders × 1 sample').waitFor();
    await page.getByText('Set the price of synthetic-1').click();
    await page.getByLabel('Dollars per million tokens in').fill('1');
    await page.getByLabel('… and out').fill('10');
    await page.getByRole('button', { name: 'Keep the price' }).click();
    await page.getByText(/^at most \$\d/u).waitFor();
    expect(endpoint.asked).toHaveLength(0);
    await page.getByLabel(/^Comparisons/u).selectOption({ label: 'dev' });
    await page.getByText(/^(?:[2-9]|[1-4]\d) requests: /u).waitFor();
    await page.getByLabel(/^Comparisons/u).selectOption({ label: 'all' });
    await page.getByText('60 requests: 30 pairs').waitFor();
    endpoint.misbehave((_asked, count) =>
      count % 10 === 0 ? { kind: 'reply', content: 'I am not able to compare these.' } : undefined,
    );
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByText('Finished.').waitFor();
    await picture(page, 'judge-run');
    expect(await page.locator('.outcomes').innerText()).toMatch(/54\s+read[\s\S]*6\s+refused/u);
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.getByLabel('Ask about').selectOption('failed');
    await page.getByText(/^6 requests on/u).waitFor();
    endpoint.misbehave(undefined);
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByText('nothing: all of it is there').waitFor();
    await page.getByRole('button', { name: 'Close' }).click();

    await page.getByRole('button', { name: 'Change careful@1' }).click();
    await page
      .getByRole('textbox', { name: 'Prompt', exact: true })
      .fill('Which is longer?\n\n{{output_a}}\n\n{{output_b}}\n\nEnd with [[A]], [[B]] or [[C]].');
    await page.getByRole('button', { name: 'Keep', exact: true }).click();
    await page.getByText('careful@2 is kept.').waitFor();
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByText('Finished.').waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    await page
      .getByRole('region', { name: 'Compare two judges' })
      .getByText('of 30 pairs both judged')
      .waitFor();
    await page.getByText('What differs in their definitions: prompt').waitFor();
    const prompt = page.getByRole('textbox', { name: 'Prompt', exact: true });
    await page.getByRole('button', { name: 'Change careful@1' }).click();
    await expect.poll(() => prompt.inputValue()).not.toContain('Which is longer?');
    await page.getByRole('button', { name: 'Change careful@2' }).click();
    await expect.poll(() => prompt.inputValue()).toContain('Which is longer?');
    await page.getByRole('button', { name: 'Report of careful@1' }).click();
    await page.getByText('30 of 30 pairs, 30 in both orders').waitFor();
    await page.getByRole('button', { name: 'Probe it' }).click();
    await page.getByText(/fell for \d+ of \d+ probes/u).waitFor();
    await page.getByText('Drift: never looked for').click();
    for (let round = 1; round <= 3; round++) {
      await page.getByRole('button', { name: 'Run a round' }).click();
      await page
        .locator('.drift tbody tr')
        .nth(round - 1)
        .waitFor();
      await page.waitForFunction(
        () => document.querySelector('.drift [role=status]')?.textContent?.includes('Finished.') === true,
      );
    }
    await page.getByText(/No change of .* is shown\./u).waitFor();
    await page.getByText('Make a panel of judges').click();
    await page.getByRole('checkbox', { name: 'careful@1' }).check();
    await page.getByRole('checkbox', { name: 'careful@2' }).check();
    await page.getByLabel('Name of the panel').fill('both');
    await page.getByRole('button', { name: 'Make the panel' }).click();
    await page.getByText('Panels: both (careful@1, careful@2)').waitFor();
    await picture(page, 'judges');
    await page.getByRole('button', { name: 'Its agreement card' }).click();
    await page.locator('[data-part=standing] h2').waitFor();
    expect(await page.getByRole('combobox', { name: 'Judge', exact: true }).inputValue()).toBe('careful@1');
    await page.goBack();
    await page.getByRole('button', { name: 'Report of careful@1' }).click();
    await page.getByText('30 of 30 pairs, 30 in both orders').waitFor();
    for (const [width, colorScheme] of [
      [1280, 'dark'],
      [390, 'light'],
    ] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.emulateMedia({ colorScheme });
      await picture(page, `judges-${width}-${colorScheme}`);
      expect(await accessibilityViolations(page)).toEqual([]);
      const wide = await page.evaluate(() =>
        [...document.querySelectorAll('main *')]
          .filter(
            (element) =>
              element.closest('.table-scroll') === null &&
              element.getBoundingClientRect().right > innerWidth + 1,
          )
          .map((element) => `${element.tagName}.${element.className}`),
      );
      expect(wide).toEqual([]);
    }
    await page.context().close();
  });

  it('say what is wrong with a judge, keep its key from the page, and can be stopped', async () => {
    const slow = await startChatServer({ latencyMs: 60 });
    const page = await openJudges('Slow study', 80);
    await writeJudge(page, 'slow');
    await page.getByRole('textbox', { name: 'Prompt', exact: true }).fill('Only {{output_a}}');
    await page.getByText('a pairwise judge needs {{output_a}} and {{output_b}}').first().waitFor();
    await page.getByRole('textbox', { name: 'Prompt', exact: true }).fill('{{output_a}} {{output_b}}');
    await page.getByLabel(/^Endpoint/u).fill('http://example.org/v1');
    await page.getByRole('button', { name: 'Keep', exact: true }).click();
    await page.getByText('without TLS only this machine and private networks').waitFor();
    await picture(page, 'judge-editor-error');
    await page.getByLabel(/^Endpoint/u).fill(slow.endpoint);
    await page.getByRole('button', { name: 'Keep', exact: true }).click();
    await page.getByText('slow@1 is kept.').waitFor();
    await page.getByText('The endpoint has no key yet').click();
    await page.getByLabel(/^Key for/u).fill('sk-typed-once');
    await page.getByRole('button', { name: 'Keep the key' }).click();
    await page.getByText('with the key that is kept').waitFor();
    expect(await page.content()).not.toContain('sk-typed-once');
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByRole('button', { name: 'Stop' }).waitFor();
    await picture(page, 'judge-running');
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('What was judged is kept').waitFor();
    expect(slow.asked.length).toBeLessThan(160);
    expect(slow.asked.every(({ authorization }) => authorization === 'Bearer sk-typed-once')).toBe(true);
    await page.context().close();
    await slow.close();
  });

  it('work with the keyboard alone', async () => {
    const page = await openJudges('Key study', 4);
    await tabTo(page, page.getByRole('button', { name: 'New judge' }));
    await page.keyboard.press('Enter');
    await tabTo(page, page.getByLabel('Template'));
    await page.keyboard.type('pairwise with');
    await tabTo(page, page.getByLabel('Name'));
    await page.keyboard.type('keys');
    await page.keyboard.press('Tab');
    await page.keyboard.type('synthetic-1');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Control+A');
    await page.keyboard.type(endpoint.endpoint);
    await page.keyboard.press('Enter');
    await page.getByText('keys@1 is kept.').waitFor();
    await page.getByText('8 requests').waitFor();
    await tabTo(page, page.getByRole('button', { name: 'Start', exact: true }));
    await page.keyboard.press('Enter');
    await page.getByText('Finished.').waitFor();
    await page.context().close();
  });
});
