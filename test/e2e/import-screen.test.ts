/** The import screen with files as people have them: dropped, in another encoding, in long form, and one that is no data. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { commandLine } from '../support/command-line.ts';
import { archive } from '../support/eval-archive.ts';
import { expectAccessible } from '../support/expect-accessible.ts';
import { startHttpFixture } from '../support/http-fixture.ts';
import { openWindow } from '../support/open-window.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** Drops files on the window, as a file manager does. */
async function drop(page: Page, files: readonly { readonly name: string; readonly bytes: Buffer }[]) {
  await page.evaluate(
    (dropped) => {
      const transfer = new DataTransfer();
      for (const { name, base64 } of dropped)
        transfer.items.add(new File([Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0))], name));
      const target = document.querySelector('main') ?? document.body;
      target.dispatchEvent(
        new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }),
      );
    },
    files.map(({ name, bytes }) => ({ name, base64: bytes.toString('base64') })),
  );
}

const LONG = [
  'Nr;Frage;Antwort A;Antwort B;Wer;Urteil;Sprache;Thema',
  '1;"Wie heißt der Fluss?";"Süd";"Nord";Zoë;A;de;Wasser',
  '1;"Wie heißt der Fluss?";"Süd";"Nord";Jörg;B;de;Wasser',
  '2;"Wie heißt der See?";"Ammersee";"Königssee";Zoë;gleich;de;Wasser',
].join('\r\n');

it('takes a spreadsheet in long form, tells what it cannot read beside it, and says when it is done', async () => {
  const fixture = await startHttpFixture({ withPage: true });
  const { page } = await openWindow(browser, fixture);
  await page.goto(fixture.host.launchUrl());
  await page.getByRole('button', { name: 'Import comparisons' }).click();
  await drop(page, [
    { name: 'Bewertung.csv', bytes: Buffer.from(LONG, 'latin1') },
    { name: 'logs.eval', bytes: Buffer.from('version https://git-lfs.github.com/spec/v1\noid x\n') },
  ]);
  await page.getByText('CSV separated by semicolons, in windows-1252').waitFor();
  await page.getByText('is a Git LFS pointer').waitFor();
  await expectAccessible(page, 'import-problem');
  await page.getByText('logs.eval cannot be read: leave it out.').waitFor();
  await page.getByRole('button', { name: 'Leave out logs.eval' }).click();
  await page.getByText('is a Git LFS pointer').waitFor({ state: 'detached' });

  const reading = page.getByRole('group', { name: 'How Bewertung.csv is read' });
  await reading.getByLabel('Encoding').selectOption('macintosh');
  await page.getByText('in macintosh').waitFor();
  await reading.getByLabel('Encoding').selectOption('windows-1252');
  await page.getByText('in windows-1252').waitFor();

  expect(await page.getByLabel(/^Import into/u).inputValue()).toBe('Bewertung');
  const choose = (name: string, column: string) =>
    page.getByRole('combobox', { name, exact: true }).selectOption(column);
  await choose('Id', 'Nr');
  await choose('Prompt', 'Frage');
  await choose('Text of A', 'Antwort A');
  await choose('Text of B', 'Antwort B');
  await choose('Slice', 'Sprache');
  await choose('Another slice', 'Thema');
  await page.getByRole('button', { name: 'Add a rater’s column' }).click();
  const rater = page.getByRole('group', { name: 'Rater' });
  await rater.getByRole('combobox', { name: 'Column', exact: true }).selectOption('Urteil');
  await rater.getByRole('combobox', { name: 'Rater’s name from' }).selectOption('Wer');
  await rater.getByLabel('gleich means').selectOption('tie');
  await expectAccessible(page, 'import-long-form');
  await page.getByRole('button', { name: 'Preview (writes nothing)' }).click();
  await page.getByText('Jörg, Zoë').waitFor();
  await page.getByRole('main').getByRole('button', { name: 'Import', exact: true }).click();
  const done = page.getByRole('heading', { name: 'Imported: 2 comparisons, 3 votes' });
  await done.waitFor();
  expect(await done.evaluate((heading) => heading === document.activeElement)).toBe(true);
  expect(
    await done.evaluate((heading) => {
      const { top, bottom } = heading.getBoundingClientRect();
      return top >= 0 && bottom <= window.innerHeight;
    }),
  ).toBe(true);
  await expectAccessible(page, 'import-done');
  await page.getByRole('button', { name: 'See agreement' }).waitFor();
  await page.getByRole('button', { name: 'Rate', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Open the study' }).click();
  await page.getByRole('heading', { name: 'Bewertung' }).waitFor();
});

it('takes what is dropped on any screen, one record over several lines in UTF-16, and shows what looks wrong', async () => {
  const fixture = await startHttpFixture({ withPage: true });
  const { page } = await openWindow(browser, fixture);
  await page.goto(fixture.host.launchUrl());
  await page.getByRole('button', { name: 'Import comparisons' }).waitFor();
  const row = { prompt: 'Why?', a: { system: 'm', text: '' }, b: { system: 'n', text: '' } };
  await drop(page, [
    { name: 'pairs.json', bytes: Buffer.from(`\ufeff${JSON.stringify(row, null, 2)}`, 'utf16le') },
  ]);
  await page.getByText('JSON objects one after the other, in utf-16le, native format').waitFor();
  await page.getByRole('button', { name: 'Preview (writes nothing)' }).click();
  await page.getByText('1 comparison is of two outputs that are both empty.').waitFor();
});

it('takes a calibration set by all files of its folder, and by an archive of it', async () => {
  const { folder, store, run } = commandLine();
  await run('study', 'sample', '--store', store);
  const out = join(folder, 'set');
  await run('export', '--study', 'Sample study (synthetic)', '--out', out, '--store', store);
  const files = readdirSync(out).map((name) => ({ name, bytes: readFileSync(join(out, name)) }));
  const packed = archive(
    files.map(({ name, bytes }) => ({ name: `set/${name}`, text: bytes.toString(), method: 'deflated' })),
  );
  const fixture = await startHttpFixture({ withPage: true });
  const { page } = await openWindow(browser, fixture);
  await page.goto(fixture.host.launchUrl());
  const main = page.getByRole('main');
  await page.getByRole('button', { name: 'Import comparisons' }).click();
  const choose = async (chosen: readonly { readonly name: string; readonly bytes: Buffer }[]) =>
    main
      .locator('input[type=file]')
      .setInputFiles(
        chosen.map(({ name, bytes }) => ({ name, mimeType: 'application/octet-stream', buffer: bytes })),
      );
  await choose(files);
  await page.getByText('of a calibration set').first().waitFor();
  await page.getByLabel(/^Import into/u).fill('By its files');
  await main.getByRole('button', { name: 'Import', exact: true }).click();
  await page
    .getByRole('heading', { name: 'Imported: 60 comparisons, 180 votes, 240 judges’ verdicts' })
    .waitFor();
  await choose([{ name: 'set.zip', bytes: packed }]);
  await page.getByText('set.zip').waitFor();
  await page.getByLabel(/^Import into/u).fill('By an archive');
  await main.getByRole('button', { name: 'Import', exact: true }).click();
  await page
    .getByRole('heading', { name: 'Imported: 60 comparisons, 180 votes, 240 judges’ verdicts' })
    .waitFor();
});
