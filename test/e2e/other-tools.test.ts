/** A file of another tool, in and out through the screen, by keyboard. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { evalArchive } from '../support/eval-archive.ts';
import { expectAccessible } from '../support/expect-accessible.ts';
import { startHttpFixture } from '../support/http-fixture.ts';
import { openWindow } from '../support/open-window.ts';
import { tabTo } from '../support/tab-to.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const FILE = join(
  import.meta.dirname,
  '..',
  'formats',
  'fixtures',
  'label-studio',
  'no-selection-is-not-a-tie.json',
);

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

describe('a file of Label Studio', () => {
  it('is recognised, imported with what is left out, and written again', async () => {
    const fixture = await startHttpFixture({ withPage: true });
    const { page } = await openWindow(browser, fixture);
    await page.goto(fixture.host.launchUrl());
    const press = async (name: string) => {
      await tabTo(page, page.getByRole('main').getByRole('button', { name, exact: true }));
      await page.keyboard.press('Enter');
    };
    await press('Import comparisons');
    const choice = page.getByLabel('Choose files');
    await tabTo(page, choice);
    await choice.setInputFiles(FILE);
    await page.getByText('Recognised: it has data, and annotations or predictions beside it.').waitFor();
    expect(await page.getByRole('heading', { name: 'Mapping' }).count()).toBe(0);
    await tabTo(page, page.getByLabel(/^Import into/u));
    await page.keyboard.type('Trees');
    await press('Preview (writes nothing)');
    await page.getByText('answers without a selection: a tie and no answer look alike').waitFor();
    await expectAccessible(page, 'import-label-studio');
    await press('Import');
    await press('Open the study');
    await tabTo(page, page.getByRole('link', { name: 'Export', exact: true }));
    await page.keyboard.press('Enter');
    const format = page.getByLabel('Format');
    await tabTo(page, format);
    await format.selectOption('label-studio');
    await press('Export');
    const folder = page.locator('[role=status] code').first();
    await folder.waitFor();
    const [task] = JSON.parse(readFileSync(join(await folder.innerText(), 'tasks.json'), 'utf8')) as {
      annotations: { result: { from_name: string; value: { text?: string[] } }[] }[];
    }[];
    // Who voted stands in a control of its own: as authors Label Studio takes its own members only.
    const raters = task?.annotations.flatMap(({ result }) =>
      result.flatMap(({ from_name, value }) => (from_name === 'rater' ? (value.text ?? []) : [])),
    );
    expect(raters).toEqual(['user 4', 'user 5']);
    await expectAccessible(page, 'export-label-studio');
  });
});

describe('two logs of Inspect', () => {
  it('become comparisons with the scorer’s verdicts, and tables for DuckDB', async () => {
    const fixture = await startHttpFixture({ withPage: true });
    const { page } = await openWindow(browser, fixture);
    await page.goto(fixture.host.launchUrl());
    const folder = temporaryFolder();
    const logs = [
      ['first.eval', evalArchive('openai/first', ['Oak.', 'Elm.'])],
      ['second.eval', evalArchive('openai/second', ['Fir.', 'Larch.'])],
    ] as const;
    for (const [name, bytes] of logs) writeFileSync(join(folder, name), bytes);
    const press = async (name: string) => {
      await tabTo(page, page.getByRole('main').getByRole('button', { name, exact: true }));
      await page.keyboard.press('Enter');
    };
    await press('Import comparisons');
    const choice = page.getByLabel('Choose files');
    await tabTo(page, choice);
    await choice.setInputFiles(logs.map(([name]) => join(folder, name)));
    await page.getByText('Recognised: it has the version, eval and samples of a log.').first().waitFor();
    await tabTo(page, page.getByLabel(/^Import into/u));
    await page.keyboard.type('Trees');
    await press('Preview (writes nothing)');
    await page.getByText('openai/first').first().waitFor();
    await expectAccessible(page, 'import-inspect-logs');
    await press('Import');
    await press('Open the study');
    await tabTo(page, page.getByRole('link', { name: 'Export', exact: true }));
    await page.keyboard.press('Enter');
    const format = page.getByLabel('Format');
    await tabTo(page, format);
    await format.selectOption('parquet');
    await press('Export');
    const written = page.locator('[role=status] code').first();
    await written.waitFor();
    const names = readdirSync(await written.innerText()).sort();
    expect(names).toEqual(['card.sql', 'decisions', 'pairs', 'texts', 'verdicts', 'votes']);
    await expectAccessible(page, 'export-parquet');
  });
});
