/** A pack as one HTML file, from a folder, in a real Chromium: nothing installed, nothing fetched, nothing readable before. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { htmlPack } from '../../electron/core/packs/html-pack.ts';
import { makePack } from '../../electron/core/packs/make-pack.ts';
import { ensurePackPage } from '../../electron/hosts/cli/launch/page-build.ts';
import { launchBrowser } from '../support/browser.ts';
import { importText, jsonLines } from '../support/comparisons.ts';
import { expectAccessible } from '../support/expect-accessible.ts';
import { openTestApp } from '../support/open-app.ts';
import { mergeFiles, packOptions } from '../support/packs.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { pressUntil, shown, shownText } from '../support/rater-page.ts';
import { qualityRows } from '../support/simulated-rater.ts';
import { tabTo } from '../support/tab-to.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const SECRET = 'a passphrase for the page';
const SILENT = { print: () => undefined, complain: () => undefined, progress: () => undefined };

let browser: Browser;
let page: string;
beforeAll(async () => {
  page = readFileSync(await ensurePackPage(SILENT), 'utf8');
  browser = await launchBrowser();
});
afterAll(() => browser.close());

async function packPage(raters: readonly string[], rows: readonly unknown[] = qualityRows(9, 2)) {
  const lead = await openTestApp();
  const { studyId } = await importText(lead.storePath, jsonLines(rows));
  const id = studyId ?? '';
  await lead.value('design.addKnownAnswers', {
    studyId: id,
    answers: [{ pair: 'pair-0', stage: 'practice', verdict: 'first', explanation: 'It **is** better.' }],
  });
  await lead.value('studies.configure', {
    studyId: id,
    design: { minimumViewingMs: 0, marksSpans: true, training: { passMark: 0, attempts: 1 } },
  });
  const options = packOptions(raters);
  const target = join(temporaryFolder(), 'work.touchpack');
  const made = await makePack({
    storePath: lead.storePath,
    studyId: id,
    name: 'page',
    options: { ...options, acceptance: { ...options.acceptance, charactersPerSecond: 100_000 } },
    isTopUp: false,
    audience: { passphrase: SECRET, recipients: [], workFactor: 10 },
    target,
    nowMs: Date.now(),
  });
  const html = htmlPack(page, readFileSync(target));
  const path = join(temporaryFolder(), 'work.html');
  writeFileSync(path, html);
  return { lead, studyId: id, made, html, address: pathToFileURL(path).href };
}

async function open(address: string): Promise<{ context: BrowserContext; tab: Page; requests: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  context.setDefaultTimeout(PATIENCE_MS);
  onTestFinished(() => context.close());
  const tab = await context.newPage();
  const requests: string[] = [];
  tab.on('request', (request) => requests.push(request.url()));
  await tab.goto(address);
  return { context, tab, requests };
}

async function unlock(tab: Page, secret: string): Promise<void> {
  await tabTo(tab, tab.getByLabel(/^Its passphrase/u));
  await tab.keyboard.press('ControlOrMeta+a');
  await tab.keyboard.type(secret);
  await tab.keyboard.press('Enter');
}

async function enter(tab: Page, rater: string, word: string): Promise<void> {
  await tabTo(tab, tab.getByRole('button', { name: new RegExp(`^${rater}\\b`, 'u') }));
  await tab.keyboard.press('Enter');
  await tabTo(tab, tab.getByLabel(/passphrase/iu));
  await tab.keyboard.type(word);
  await tab.keyboard.press('Enter');
}

async function rate(tab: Page, most = Number.POSITIVE_INFINITY): Promise<number> {
  for (let count = 0; ; count++) {
    await tab.locator('.pair[data-presentation=shown], .rate-message').first().waitFor();
    if (count === most || (await shown(tab).count()) === 0) return count;
    const before = await shownText(tab);
    const isTaken = async () =>
      (await tab.locator('.practice-feedback').count()) > 0 || (await shownText(tab)) !== before;
    await pressUntil(tab, count % 2 === 0 ? '1' : '2', isTaken);
    if ((await tab.locator('.practice-feedback').count()) > 0)
      await pressUntil(tab, 'Enter', async () => (await tab.locator('.practice-feedback').count()) === 0);
  }
}

describe('an HTML pack from a folder', () => {
  it('is opened, worked on by keys, survives a reload, and makes the same return', async () => {
    const { lead, studyId, html, address, made } = await packPage(['h1', 'h2']);
    // Before the passphrase there is nothing to read in it.
    for (const words of ['Question 1', 'of quality', 'zq-system']) expect(html.includes(words)).toBe(false);
    const { tab, requests } = await open(address);
    const problems: string[] = [];
    tab.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    await expectAccessible(tab, 'html-locked');
    await unlock(tab, 'some other passphrase');
    await tab.getByText(/does not open it/u).waitFor();
    await unlock(tab, SECRET);
    await tab.getByRole('heading', { name: 'Who are you?' }).waitFor();
    expect(await tab.locator('.pack .key-words').first().innerText()).toBe(made.words);
    await expectAccessible(tab, 'html-who');
    await enter(tab, 'h1', 'word of h1');
    expect(await rate(tab, 4)).toBe(4);
    await expectAccessible(tab, 'html-rating');

    // Half a comment outlives the reload, and goes back with no vote of somebody else's.
    await pressUntil(tab, 'c', async () => (await tab.locator('.comment textarea').count()) > 0);
    await tab.locator('.comment textarea').fill('Half a thought of h1');
    await tab.reload();
    await unlock(tab, SECRET);
    await tab.locator('.pair[data-presentation=shown], .rate-choice, .rater-choice').first().waitFor();
    if ((await shown(tab).count()) === 0) await enter(tab, 'h1', 'word of h1');
    await expect.poll(() => tab.locator('.comment textarea').inputValue()).toBe('Half a thought of h1');
    await tab.locator('.rate-head h1').click();
    expect(await rate(tab)).toBe(5);
    await tabTo(tab, tab.getByRole('button', { name: '← Leave', exact: true }));
    await tab.keyboard.press('Enter');
    await enter(tab, 'h2', 'word of h2');
    await shown(tab).waitFor();
    expect(await tab.locator('.comment').count()).toBe(0);
    expect(await rate(tab, 3)).toBe(3);
    await tabTo(tab, tab.getByRole('button', { name: '← Leave', exact: true }));
    await tab.keyboard.press('Enter');
    await tabTo(tab, tab.getByRole('button', { name: 'Make the return file' }));
    const [download] = await Promise.all([tab.waitForEvent('download'), tab.keyboard.press('Enter')]);
    const path = join(temporaryFolder(), download.suggestedFilename());
    await download.saveAs(path);
    const words = await tab.locator('.made-return .key-words').innerText();
    await expectAccessible(tab, 'html-returned');

    const merged = await mergeFiles(lead, studyId, [path], { trusts: [words] });
    expect(merged.files[0]).toMatchObject({
      state: 'whole',
      rows: [],
      isComplete: false,
      raters: ['h1', 'h2'],
    });
    expect(merged.taken).toBe(12);
    const [pack] = await lead.value('packs.list', { studyId });
    expect(pack?.raters).toEqual([
      { name: 'h1', answered: 9, presentations: 9 },
      { name: 'h2', answered: 3, presentations: 9 },
    ]);
    expect(
      requests.filter(
        (url) => !url.startsWith('file:') && !url.startsWith('data:') && !url.startsWith('blob:'),
      ),
    ).toEqual([]);
    expect(problems.filter((text) => /Content Security Policy|TrustedHTML/u.test(text))).toEqual([]);
  });

  it('sets formulas, colours code and lays tables out with what the file holds itself, wide or narrow, light or dark', async () => {
    const text = [
      'Inline $E = mc^2$ and $\\sqrt{x}$.',
      '$$\\int_0^1 x^2\\,dx = \\frac{1}{3} \\qquad \\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix} \\qquad \\mathcal{L} \\in \\mathbb{R} \\qquad a + b + c + d + e + f + g$$',
      '| Name | Value | A comment that is rather long |\n|:--|--:|---|\n| one | 12.50 | some words of it |',
      '```python\ndef fibonacci(number: int) -> int:  # a comment that makes this line longer than a narrow pane is\n    return 1\n```',
    ].join('\n\n');
    const rows = [0, 1, 2].map((index) => ({
      id: `pair-${index}`,
      prompt: 'Which is right?',
      a: { system: 'zq-system-1', text },
      b: { system: 'zq-system-2', text: `${text} ` },
    }));
    const { address } = await packPage(['h1'], rows);
    const { tab, requests } = await open(address);
    const problems: string[] = [];
    tab.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    tab.on('pageerror', (error) => problems.push(error.message));
    await unlock(tab, SECRET);
    await enter(tab, 'h1', 'word of h1');
    const pane = shown(tab).locator('.pane').first();
    await pane.locator('.display-formula .katex').waitFor();
    await pane.locator('.hljs-keyword').first().waitFor();
    await pane.locator('td').first().waitFor();
    await expectAccessible(tab, 'html-formulas');
    const fonts = await tab.evaluate(async () => {
      await document.fonts.ready;
      return [...document.fonts].map(({ family, status }) => `${family}: ${status}`);
    });
    for (const family of ['KaTeX_Main', 'KaTeX_Math', 'KaTeX_AMS', 'KaTeX_Caligraphic'])
      expect(fonts).toContain(`${family}: loaded`);
    expect(fonts.filter((font) => font.endsWith('error'))).toEqual([]);
    expect(requests.filter((url) => !/^(?:file|data|blob):/u.test(url))).toEqual([]);
    expect(problems).toEqual([]);
  });

  it('cannot be made to fetch, run or send anything', async () => {
    const { address } = await packPage(['h1']);
    const { tab, requests } = await open(address);
    await tab.getByLabel(/^Its passphrase/u).waitFor();
    const outcome = await tab.evaluate(async () => {
      const fetched = await fetch('https://example.org/').then(
        () => 'fetched',
        () => 'refused',
      );
      const script = document.createElement('script');
      let inserted = 'refused';
      try {
        script.textContent = 'window.ran = true';
        document.body.append(script);
        inserted = 'ran' in window ? 'ran' : 'refused';
      } catch {
        inserted = 'refused';
      }
      return { fetched, inserted };
    });
    expect(outcome).toEqual({ fetched: 'refused', inserted: 'refused' });
    expect(requests.filter((url) => url.startsWith('http'))).toEqual([]);
  });
});
