/** One sealed file out, one signed file back: lead and vendor in windows and data folders of their own, by keyboard. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Store } from '../../electron/core/store/engine/database.ts';
import { launchBrowser } from '../support/browser.ts';
import { importText, jsonLines } from '../support/comparisons.ts';
import { expectAccessible } from '../support/expect-accessible.ts';
import { type HttpFixture, startHttpFixture } from '../support/http-fixture.ts';
import { openWindow } from '../support/open-window.ts';
import { pressUntil, shown, shownText } from '../support/rater-page.ts';
import { qualityRows } from '../support/simulated-rater.ts';
import { tabTo } from '../support/tab-to.ts';

const LEAKS = /zq-|pair-\d|"(?:first|second)"/u;
const PACK_SECRET = 'a passphrase for the pack';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

async function press(page: Page, target: Locator, key = 'Enter'): Promise<void> {
  await tabTo(page, target, 200);
  await page.keyboard.press(key);
}

async function type(page: Page, target: Locator, text: string): Promise<void> {
  await tabTo(page, target, 200);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
}

const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name });

/** Hands a file to the input that has the focus, as its dialog would. */
async function chooseFile(page: Page, target: Locator, path: string): Promise<void> {
  await tabTo(page, target, 200);
  await target.setInputFiles(path);
  // The name stands beside it; what the browser says, that nothing is chosen, is not seen.
  expect(await target.evaluate((input) => getComputedStyle(input).color)).toBe('rgba(0, 0, 0, 0)');
}

/** Drops a file on the page as a person would, and sees that the browser was kept from opening it. */
async function dropFile(page: Page, name: string, bytes: Buffer): Promise<void> {
  const isPrevented = await page.evaluate(
    ([fileName, data]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))], fileName));
      const dispatch = (type: string) =>
        !document.body.dispatchEvent(
          new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: transfer }),
        );
      return dispatch('dragover') && dispatch('drop');
    },
    [name, bytes.toString('base64')] as const,
  );
  expect(isPrevented, `the browser would have opened ${name}`).toBe(true);
}

async function leadWindow(): Promise<{ fixture: HttpFixture; page: Page; studyId: string }> {
  const fixture = await startHttpFixture({ withPage: true });
  const call = async (name: string, input: unknown) => {
    const reply = await fixture.app.call(name, input);
    if (!reply.ok) throw new Error(reply.error.message);
  };
  const { studyId } = await importText(fixture.app.context.store.path, jsonLines(qualityRows(14, 2)));
  await call('design.addKnownAnswers', {
    studyId,
    answers: [
      { pair: 'pair-0', stage: 'example', verdict: 'first', explanation: 'The **quality** decides.' },
      { pair: 'pair-1', stage: 'practice', verdict: 'first', explanation: 'The quality decides.' },
      { pair: 'pair-2', stage: 'gold', verdict: 'first', explanation: '' },
    ],
  });
  await call('studies.configure', {
    studyId,
    design: {
      minimumViewingMs: 0,
      consent: 'You agree to **be asked**.',
      training: { passMark: 0.5, attempts: 1 },
      checks: { repeatShare: 0, catchShare: 0, goldShare: 0.3, repeatGap: 2 },
    },
  });
  const { page } = await openWindow(browser, fixture);
  await page.goto(fixture.host.launchUrl());
  await press(page, button(page, /^Study/u).and(page.locator('.card')));
  await press(page, page.getByRole('link', { name: 'Packs', exact: true }));
  await page.getByRole('heading', { name: 'Make a pack' }).waitFor();
  return { fixture, page, studyId: studyId ?? '' };
}

/** Answers pairs by key until there is none, or as many as asked for. */
async function rate(page: Page, most = Number.POSITIVE_INFINITY): Promise<number> {
  let count = 0;
  for (; count < most; count++) {
    await page.locator('.pair[data-presentation=shown], .rate-message').first().waitFor();
    if ((await shown(page).count()) === 0) break;
    const before = await shownText(page);
    const isTaken = async () =>
      (await page.locator('.practice-feedback').count()) > 0 || (await shownText(page)) !== before;
    await pressUntil(page, count % 2 === 0 ? '1' : '2', isTaken);
    if ((await page.locator('.practice-feedback').count()) > 0) {
      await pressUntil(page, 'Enter', async () => (await page.locator('.practice-feedback').count()) === 0);
    }
  }
  return count;
}

async function enter(page: Page, rater: string, isFirst: boolean): Promise<void> {
  await press(page, button(page, new RegExp(`^${rater}\\b`, 'u')));
  await type(
    page,
    page.getByLabel(isFirst ? /^Choose a passphrase/u : /^Your passphrase/u),
    `word of ${rater}`,
  );
  await page.keyboard.press('Enter');
}

async function makeReturn(page: Page, fixture: HttpFixture): Promise<{ path: string; words: string }> {
  await button(page, 'Make the return file').waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    press(page, button(page, 'Make the return file')),
  ]);
  const path = join(fixture.folder, download.suggestedFilename());
  await download.saveAs(path);
  const words = await page.locator('.made-return .key-words').innerText();
  return { path, words };
}

describe('a pack', () => {
  it('is made, opened, worked on, returned in parts, merged and accepted', async () => {
    const lead = await leadWindow();
    const { page } = lead;
    await expectAccessible(page, 'packs-empty');
    await type(page, page.getByLabel(/^Name, for you/u), 'acme');
    await type(page, page.getByLabel('Title, for the raters'), 'Which answer is better?');
    await type(page, page.getByLabel(/^Pseudonyms/u), 'v1, v2');
    await type(page, page.getByLabel(/^Passphrase that opens it/u), PACK_SECRET);
    await press(page, page.getByText('When the work is accepted'));
    // Keys of a test are faster than anybody reads.
    await type(page, page.getByLabel(/^Fastest reading/u), '100000');
    // Somebody else writes until Stop is pressed: else the pack may be made before the keyboard is there.
    const other = new Store(lead.fixture.app.context.store.path, { readonly: false });
    other.begin();
    await press(page, button(page, 'Make the pack'));
    await press(page, button(page, 'Stop'));
    other.rollback();
    other.close();
    await page.getByText('Stopped. Nothing was changed.').waitFor();
    expect(await page.getByRole('heading', { name: 'Packs of this study' }).count()).toBe(0);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      press(page, button(page, 'Make the pack')),
    ]);
    const packPath = join(lead.fixture.folder, 'acme.touchpack');
    await download.saveAs(packPath);
    const leadWords = await page.locator('.made-return .key-words').innerText();
    await expectAccessible(page, 'packs-made');

    const vendor = await startHttpFixture({ withPage: true });
    const { page: window } = await openWindow(browser, vendor);
    await window.goto(vendor.host.launchUrl());
    // Whatever is dropped on the window, the page stays; a pack that is dropped is opened, and anything else goes to the import.
    await button(window, 'Open a pack …').waitFor();
    await dropFile(window, 'notes.txt', Buffer.from('no pack'));
    await window.getByText('notes.txt').first().waitFor();
    await press(window, button(window, 'Studies'));
    await button(window, 'Open a pack …').waitFor();
    await dropFile(window, 'acme.touchpack', readFileSync(packPath));
    await window.getByRole('dialog').getByText('acme.touchpack').waitFor();
    expect(new URL(window.url()).origin).toBe(vendor.host.origin);
    await window.keyboard.press('Escape');
    await press(window, button(window, 'Open a pack …'));
    await chooseFile(window, window.getByLabel(/^The pack you were sent/u), packPath);
    await window.getByText('acme.touchpack').waitFor();
    await type(window, window.getByLabel(/^Its passphrase/u), 'some other passphrase');
    await window.keyboard.press('Enter');
    await window.getByText(/does not open it/u).waitFor();
    await expectAccessible(window, 'pack-wrong-secret');
    await type(window, window.getByLabel(/^Its passphrase/u), PACK_SECRET);
    await window.keyboard.press('Enter');
    await window.getByRole('heading', { name: 'Who are you?' }).waitFor();
    expect(await window.locator('.pack .key-words').first().innerText()).toBe(leadWords);
    await expectAccessible(window, 'pack-who');
    for (const address of [
      '#/import',
      `#/study/${lead.studyId}`,
      `#/agreement/${lead.studyId}`,
      '#/packs/x',
    ]) {
      await window.evaluate((hash) => {
        location.hash = hash;
      }, address);
      await window.getByRole('heading', { name: 'Who are you?' }).waitFor();
    }

    await enter(window, 'v1', true);
    await expectAccessible(window, 'pack-consent');
    await press(window, button(window, 'I agree'));
    await window.getByRole('dialog').waitFor();
    await window.keyboard.press('Escape');
    expect(await rate(window, 6)).toBe(6);
    expect(await window.content()).not.toMatch(LEAKS);
    await window.reload();
    await shown(window).waitFor();
    await press(window, button(window, '← Leave'));
    const first = await makeReturn(window, vendor);
    await expectAccessible(window, 'pack-returned');

    await press(page, page.getByLabel(/^Returns/u), 'Tab');
    await chooseFile(page, page.getByLabel(/^Returns/u), first.path);
    await page.getByText('from an unknown key').first().waitFor();
    expect(await page.locator('.file-diff .key-words').innerText()).toBe(first.words);
    await expectAccessible(page, 'merge-unknown-key');
    await press(page, page.getByLabel(/The vendor told me/u), 'Space');
    await press(page, button(page, /^Take \d+ votes/u));
    await page.getByText(/votes and retractions were taken/u).waitFor();

    await enter(window, 'v1', false);
    expect(await rate(window)).toBeGreaterThan(6);
    await press(window, button(window, '← Leave'));
    await enter(window, 'v2', true);
    await press(window, button(window, 'I agree'));
    await window.getByRole('dialog').waitFor();
    await window.keyboard.press('Escape');
    await rate(window);
    await press(window, button(window, '← Leave'));
    await press(window, button(window, 'Check before sending'));
    await window.getByText(/^Nothing failed yet|^Not accepted: /u).waitFor();
    await expectAccessible(window, 'pack-check');
    await window.keyboard.press('Escape');
    const last = await makeReturn(window, vendor);
    expect(last.words).toBe(first.words);

    await chooseFile(page, page.getByLabel(/^Returns/u), last.path);
    await page.getByText('already known').waitFor();
    await expectAccessible(page, 'merge-diff');
    const take = button(page, /^Take \d+ votes/u);
    await press(page, take);
    await page.getByText(/votes and retractions were taken/u).waitFor();
    await press(page, button(page, 'Acceptance of acme'));
    await page.locator('.acceptance').waitFor();
    await expectAccessible(page, 'acceptance');
    const packs = await lead.fixture.app.call('packs.list', { studyId: lead.studyId });
    expect(packs).toMatchObject({ ok: true, value: [{ name: 'acme', aside: 0 }] });
    const [pack] = (
      packs as unknown as { value: { raters: { answered: number; presentations: number }[] }[] }
    ).value;
    for (const rater of pack?.raters ?? []) expect(rater.answered).toBe(rater.presentations);
  });
});
