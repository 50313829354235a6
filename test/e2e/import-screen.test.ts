/** The import screen with files as people have them: dropped, in another encoding, in long form, and one that is no data. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApp } from '../../electron/core/app.ts';
import { systemClock, systemEntropy } from '../../electron/core/ports/system-ports.ts';
import { ensurePage } from '../../electron/hosts/cli/launch/page-build.ts';
import { startHttpHost } from '../../electron/hosts/http/server.ts';
import { launchBrowser } from '../support/browser.ts';
import { commandLine } from '../support/command-line.ts';
import { archive } from '../support/eval-archive.ts';
import { expectAccessible } from '../support/expect-accessible.ts';
import { startHttpFixture } from '../support/http-fixture.ts';
import { openWindow } from '../support/open-window.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

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
  'Nr;Frage;Antwort A;Antwort B;Wer;Urteil;Sprache;Thema;Prüfer;Befund',
  '1;"Wie heißt der Fluss?";"Süd";"Nord";Zoë;A;de;Wasser;groß;A',
  '1;"Wie heißt der Fluss?";"Süd";"Nord";Jörg;B;de;Wasser;klein;B',
  '2;"Wie heißt der See?";"Ammersee";"Königssee";Zoë;gleich;de;Wasser;groß;A',
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
  // What was chosen stands there, also where nothing can be read by it.
  await reading.getByLabel('Encoding').selectOption('utf-8');
  await page.getByText('is not valid UTF-8').waitFor();
  expect(await reading.getByLabel('Encoding').inputValue()).toBe('utf-8');
  await expectAccessible(page, 'import-layout-refused');
  await reading.getByLabel('Encoding').selectOption({ label: 'as it is found' });
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
  await page.getByRole('button', { name: 'Add a judge’s column' }).click();
  const judge = page.getByRole('group', { name: 'Judge' });
  await judge.getByRole('combobox', { name: 'Column', exact: true }).selectOption('Befund');
  await judge.getByRole('combobox', { name: 'Judge’s name from' }).selectOption('Prüfer');
  // Read otherwise, the table has no such columns; read again as it was, it has all that was chosen.
  await reading.getByLabel('Cells are separated by').selectOption('|');
  await rater.waitFor({ state: 'detached' });
  await reading.getByLabel('Cells are separated by').selectOption({ label: 'as it is found' });
  await rater.waitFor();
  await expectAccessible(page, 'import-long-form');
  await page.getByRole('button', { name: 'Preview (writes nothing)' }).click();
  await page.getByText('Jörg, Zoë').waitFor();
  await page.getByText('groß, klein').waitFor();
  await page.getByRole('main').getByRole('button', { name: 'Import', exact: true }).click();
  const done = page.getByRole('heading', { name: 'Imported: 2 comparisons, 3 votes, 3 judges’ verdicts' });
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

/** Any file that has its own columns, of which none is guessed right. */
const TABLE = { name: 'Werte.csv', mimeType: 'text/csv', buffer: Buffer.from(LONG, 'latin1') };

it('takes an encoding that nothing in the file tells, once somebody says it', async () => {
  const fixture = await startHttpFixture({ withPage: true });
  const { page } = await openWindow(browser, fixture);
  await page.goto(fixture.host.launchUrl());
  await page.getByRole('button', { name: 'Import comparisons' }).click();
  // “Łódź, część” as Windows-1250 has it.
  const said = Buffer.from([0xa3, 0xf3, 0x64, 0x9f, 0x2c, 0x20, 0x63, 0x7a, 0xea, 0x9c, 0xe6]);
  const buffer = Buffer.concat([
    Buffer.from('prompt|a.system|a.text|b.system|b.text\n'),
    said,
    Buffer.from('|m|tak|n|nie\n'),
  ]);
  await page
    .getByLabel('Choose files or a ZIP archive')
    .setInputFiles({ name: 'Miasta.csv', mimeType: 'text/csv', buffer });
  await page.getByText('nothing in it says what else').waitFor();
  await page.getByText('Miasta.csv cannot be read: leave it out, or say how it is read.').waitFor();
  const reading = page.getByRole('group', { name: 'How Miasta.csv is read' });
  await reading.getByLabel('Encoding').selectOption('windows-1250');
  await page.getByText('CSV separated by bars, in windows-1250').waitFor();
  await page.getByRole('button', { name: 'Preview (writes nothing)' }).click();
  await page.getByText('The first rows as they will be stored').click();
  await page.getByText('"prompt": "Łódź, część"').waitFor();
});

it('keeps a half-mapped import over leaving, reload and a new start, and lets go of it when told or done', async () => {
  await ensurePage({ print: () => undefined, complain: () => undefined, progress: () => undefined });
  const storePath = join(temporaryFolder(), 'store.sqlite');
  const startHost = async (port: number) => {
    const app = await createApp({ storePath, clock: systemClock, entropy: systemEntropy, host: 'http' });
    const served = await startHttpHost(app, { port });
    return { ...served, close: () => served.close().then(() => app.close()) };
  };
  let host = await startHost(0);
  const { page, context } = await openWindow(browser, { close: () => host.close() });
  await page.goto(host.launchUrl());
  await page.getByRole('button', { name: 'Import comparisons' }).click();
  await page.getByLabel('Choose files or a ZIP archive').setInputFiles(TABLE);
  const field = (name: string) => page.getByRole('combobox', { name, exact: true });
  await field('Prompt').selectOption('Frage');
  await page.getByLabel(/^Import into/u).fill('Flüsse und Seen');
  const expectKept = async () => {
    await page.getByText('This is what you chose before; it is not imported yet.').waitFor();
    await page.getByText('Werte.csv').first().waitFor();
    expect(await field('Prompt').inputValue()).toBe('Frage');
    expect(await page.getByLabel(/^Import into/u).inputValue()).toBe('Flüsse und Seen');
  };

  await page.getByRole('button', { name: 'Studies', exact: true }).first().click();
  await page.getByRole('button', { name: 'Import comparisons' }).click();
  await expectKept();
  await page.reload();
  await expectKept();

  const { port } = host;
  await host.close();
  host = await startHost(port);
  const opened = await context.newPage();
  await opened.goto(host.launchUrl());
  await opened.getByRole('heading', { name: 'Studies' }).waitFor();
  await page.reload();
  await page.getByText('What you chose for Werte.csv is kept.').waitFor();
  await expectAccessible(page, 'import-file-gone');
  await page.getByLabel('Choose files or a ZIP archive').setInputFiles(TABLE);
  await field('Prompt').waitFor();
  await expectKept();
  await page.getByText('What you chose for Werte.csv is kept.').waitFor({ state: 'detached' });

  await page.getByRole('button', { name: 'Throw it away' }).click();
  await field('Prompt').waitFor({ state: 'detached' });
  await page.reload();
  await page.getByLabel('Choose files or a ZIP archive').setInputFiles(TABLE);
  expect(await field('Prompt').inputValue()).toBe('');
  expect(await page.getByLabel(/^Import into/u).inputValue()).toBe('Werte');

  for (const [name, column] of [
    ['Id', ''],
    ['Prompt', 'Frage'],
    ['Text of A', 'Antwort A'],
    ['Text of B', 'Antwort B'],
  ] as const)
    await field(name).selectOption(column);
  await page.getByRole('button', { name: 'Preview (writes nothing)' }).click();
  await page.getByText('The first rows as they will be stored').waitFor();
  await page.reload();
  await page.getByText('The first rows as they will be stored').waitFor();
  await page.getByRole('main').getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('heading', { name: /^Imported: / }).waitFor();
  await page.reload();
  await page.getByLabel('Choose files or a ZIP archive').waitFor();
  expect(await page.getByText('Werte.csv').count()).toBe(0);
  expect(await page.getByText('This is what you chose before').count()).toBe(0);
});

it('takes a calibration set as its folder, and as an archive of it', async () => {
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
  // What a system lays into a folder, and what is in hidden ones, is none of the set.
  writeFileSync(join(out, '.DS_Store'), 'not data');
  mkdirSync(join(out, '.git'));
  writeFileSync(join(out, '.git', 'config.json'), 'not data');
  await main.getByLabel('Choose a folder').setInputFiles(out);
  await page.getByText('of a calibration set').first().waitFor();
  await page
    .getByRole('button', { name: /^Leave out/u })
    .first()
    .waitFor();
  expect(await page.getByText(/DS_Store|config\.json/u).count()).toBe(0);
  // A set says what it was called; nobody has to type it.
  await main.getByRole('button', { name: 'Import', exact: true }).click();
  await page
    .getByRole('heading', { name: 'Imported: 60 comparisons, 180 votes, 240 judges’ verdicts' })
    .waitFor();
  await main
    .getByLabel('Choose files or a ZIP archive')
    .setInputFiles({ name: 'set.zip', mimeType: 'application/zip', buffer: packed });
  await page.getByText('set.zip').waitFor();
  await page.getByLabel(/^Import into/u).fill('By an archive');
  await main.getByRole('button', { name: 'Import', exact: true }).click();
  await page
    .getByRole('heading', { name: 'Imported: 60 comparisons, 180 votes, 240 judges’ verdicts' })
    .waitFor();
  await page.getByRole('button', { name: 'Studies', exact: true }).first().click();
  for (const name of ['Sample study (synthetic)', 'By an archive'])
    await page.getByText(name, { exact: true }).waitFor();
});
