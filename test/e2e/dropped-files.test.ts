/** Whatever is dropped on a window goes where it belongs, or is told why not; a pack opens beside studies, never in them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { commandLine } from '../support/command-line.ts';
import { importText, jsonLines } from '../support/comparisons.ts';
import { expectAccessible } from '../support/expect-accessible.ts';
import { type HttpFixture, startHttpFixture } from '../support/http-fixture.ts';
import { openTestApp } from '../support/open-app.ts';
import { openWindow } from '../support/open-window.ts';
import { IDENTITY, makeTestPack, packOptions, rateInPack, vendorWith } from '../support/packs.ts';
import { qualityRows } from '../support/simulated-rater.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

interface DroppedFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** Drops files on the window, as a file manager does. */
async function drop(page: Page, files: readonly DroppedFile[]): Promise<void> {
  await page.evaluate(
    (dropped) => {
      const transfer = new DataTransfer();
      for (const { name, base64 } of dropped)
        transfer.items.add(new File([Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0))], name));
      document.body.dispatchEvent(
        new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }),
      );
    },
    files.map(({ name, bytes }) => ({ name, base64: bytes.toString('base64') })),
  );
}

/** Drops a folder: a browser shows its files only as entries, which a script can make in its own file system. */
async function dropFolder(page: Page, folder: string, files: readonly DroppedFile[]): Promise<void> {
  await page.evaluate(
    ([name, dropped]) => {
      const fileEntry = (file: File) => ({
        name: file.name,
        isFile: true,
        isDirectory: false,
        file: (resolve: (file: File) => void) => resolve(file),
      });
      let left = dropped.map(({ name: each, base64 }) =>
        fileEntry(new File([Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0))], each)),
      );
      const directory = {
        name,
        isFile: false,
        isDirectory: true,
        createReader: () => ({
          readEntries: (resolve: (entries: unknown[]) => void) => {
            resolve(left.slice(0, 2));
            left = left.slice(2);
          },
        }),
      };
      const event = new DragEvent('drop', { bubbles: true, cancelable: true });
      const dataTransfer = {
        types: ['Files'],
        files: [new File([], name)],
        items: [{ webkitGetAsEntry: () => directory }],
      };
      Object.defineProperty(event, 'dataTransfer', { value: dataTransfer });
      document.body.dispatchEvent(event);
    },
    [folder, files.map(({ name, bytes }) => ({ name, base64: bytes.toString('base64') }))] as const,
  );
}

async function lead(): Promise<{ fixture: HttpFixture; page: Page; studyId: string }> {
  const fixture = await startHttpFixture({ withPage: true });
  const { studyId } = await importText(fixture.app.context.store.path, jsonLines(qualityRows(12)));
  const { page } = await openWindow(browser, fixture);
  await page.goto(fixture.host.launchUrl());
  await page.getByRole('heading', { name: 'Studies' }).waitFor();
  return { fixture, page, studyId: studyId ?? '' };
}

async function packFile(): Promise<DroppedFile> {
  const maker = await openTestApp();
  const { studyId } = await importText(maker.storePath, jsonLines(qualityRows(6)));
  const { path } = await makeTestPack(maker, studyId ?? '', packOptions(['v1']));
  return { name: 'work.touchpack', bytes: readFileSync(path) };
}

describe('a pack that comes to a window with studies', () => {
  it('is opened in a store beside them, said before its secret is asked for, and the studies are as they were', async () => {
    const { fixture, page } = await lead();
    const before = await fixture.app.call('studies.list', {});
    await drop(page, [await packFile()]);
    await page.getByText('This store holds studies of its own, so the pack is opened').waitFor();
    await expectAccessible(page, 'pack-beside');
    await page.getByLabel('Its passphrase, or your age identity').fill('not it');
    await page.keyboard.press('Enter');
    await page.getByText('This passphrase does not open it').waitFor();
    await page.getByLabel('Its passphrase, or your age identity').fill(IDENTITY);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Packs' }).waitFor();
    expect(new URL(page.url()).origin).not.toBe(fixture.host.origin);
    await page.getByRole('button', { name: /^v1\b/u }).waitFor();
    expect(await fixture.app.call('studies.list', {})).toEqual(before);
    await page.getByRole('button', { name: 'Back to the studies' }).click();
    await page.getByRole('heading', { name: 'Studies' }).waitFor();
    expect(new URL(page.url()).origin).toBe(fixture.host.origin);
    // By the button it opens as well, and finds the store that is served already.
    await page.getByRole('button', { name: 'Open a pack …' }).click();
    await page.getByText('This store holds studies of its own, so the pack is opened').waitFor();
  });
});

describe('what is dropped on any screen', () => {
  it('goes where it belongs: a return to the merge of its study', async () => {
    const { fixture, page, studyId } = await lead();
    const { path } = await makeTestPack(
      { storePath: fixture.app.context.store.path },
      studyId,
      packOptions(['v1']),
    );
    const { vendor, packId } = await vendorWith(path);
    await rateInPack(vendor, packId, 'v1', 2);
    const { path: out } = await vendor.value('packs.makeReturn', { packId });
    await page.goto(`${fixture.host.origin}/#/settings`);
    await drop(page, [{ name: 'work.touchreturn', bytes: readFileSync(out ?? '') }]);
    await page.getByRole('heading', { name: 'Take returns in' }).waitFor();
    await page.getByText('work.touchreturn').waitFor();
    expect(page.url()).toContain(`#/packs/${studyId}`);
  });

  it('a folder of a calibration set to the import, by all of its files', async () => {
    const { folder, store, run } = commandLine();
    await run('study', 'sample', '--store', store);
    const out = join(folder, 'set');
    await run('export', '--study', 'Sample study (synthetic)', '--out', out, '--store', store);
    const files = readdirSync(out).map((name) => ({ name, bytes: readFileSync(join(out, name)) }));
    const { page } = await lead();
    await dropFolder(page, 'set', [...files, { name: '.DS_Store', bytes: Buffer.from('x') }]);
    await page.getByText('of a calibration set').first().waitFor();
    await page.getByLabel(/^Import into/u).fill('By its folder');
    await page.getByRole('main').getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByRole('heading', { name: /^Imported: 60 comparisons/u }).waitFor();
  });

  it('is told what it is not, and changes nothing', async () => {
    const { fixture, page, studyId } = await lead();
    const told = async (files: readonly DroppedFile[], text: string | RegExp) => {
      await drop(page, files);
      await page.getByRole('dialog').getByText(text).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    };
    const file = (name: string) => ({ name, bytes: Buffer.from('not what it says') });
    await told([file('a.touchreturn')], 'a.touchreturn is no return of a pack that was made in this store.');
    await told([file('a.touchreturn'), file('b.csv')], 'Drop one pack by itself');
    await told([file('a.touchpack'), file('b.touchpack')], 'Drop one pack by itself');
    await drop(page, [file('holiday.png')]);
    await page.getByText('holiday.png').first().waitFor();
    await page
      .getByText(/holiday\.png cannot be read: leave it out\.|columns to be chosen/u)
      .first()
      .waitFor();
    await page.goto(`${fixture.host.origin}/#/begin/${studyId}`);
    await page.getByLabel('Rate as (a pseudonym)').fill('ada');
    await page.keyboard.press('Enter');
    await page.locator('.pair[data-presentation=shown]').waitFor();
    await told([file('b.csv')], 'while pairs are rated, files wait');
    expect(page.url()).toContain('#/rate/');
  });
});
