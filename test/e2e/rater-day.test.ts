/** A lead's and a rater's day in a real Chromium against the loopback host. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { accessibilityViolations } from '../support/accessibility.ts';
import { launchBrowser } from '../support/browser.ts';
import { openAllParts } from '../support/card-screen.ts';
import { jsonLines, nativeRows, SECRET_SYSTEMS } from '../support/comparisons.ts';
import { type HttpFixture, startHttpFixture } from '../support/http-fixture.ts';
import { openWindow } from '../support/open-window.ts';
import { shownText, untilTakesKeys } from '../support/rater-page.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let browser: Browser;
let fixture: HttpFixture;
let context: BrowserContext;
let page: Page;
let complaints: string[];
let requests: string[];

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

beforeEach(async () => {
  fixture = await startHttpFixture({ withPage: true });
  ({ context, page } = await openWindow(browser, fixture));
  complaints = [];
  requests = [];
  watch(page);
});

function watch(each: Page): void {
  each.on('pageerror', (error) => complaints.push(error.message));
  each.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  each.on('request', (request) => requests.push(request.url()));
}

const open = async (each = page) => each.goto(fixture.host.launchUrl());
const shown = (each = page) => each.locator('.pair[data-presentation=shown]');
const votes = () =>
  fixture.app.context.store
    .query<{ verdict: string; left: string; note: string | null; kind: string }>(
      'SELECT verdict, left_side AS left, note, kind FROM ratings WHERE presentation_id IS NOT NULL ORDER BY id',
    )
    .all();

async function openSample(): Promise<void> {
  await open();
  await page.getByRole('button', { name: 'Open the sample study' }).click();
  await page.getByRole('heading', { name: 'Sample study (synthetic)' }).waitFor();
}

async function startRating(rater = 'ada'): Promise<void> {
  await page.getByLabel('Rate as').fill(rater);
  await page.keyboard.press('Enter');
  await shown().waitFor();
  await settle();
}

/** Lets everything that was pressed be taken, answered and painted. */
const settle = (each = page) => untilTakesKeys(each);

/** Presses a key until what it says of the pair on screen is taken, and another pair, or none, is there. */
async function pressAndWait(key: string, each = page): Promise<void> {
  const before = await shownText(each);
  expect(before).not.toBe('');
  await each.keyboard.press(key);
  await expect.poll(() => shownText(each)).not.toBe(before);
  await settle(each);
}

async function expectAccessible(what: string): Promise<void> {
  expect(await accessibilityViolations(page), what).toEqual([]);
}

describe('a rater with keys alone', () => {
  it('votes, comments, skips, undoes and finishes; each vote is on disk before the next pair', async () => {
    await openSample();
    await startRating();
    await pressAndWait('1');
    expect(votes()).toHaveLength(1);
    await page.getByText('Recorded: left · Z takes it back').waitFor();
    await pressAndWait('ArrowRight');
    await pressAndWait('3');
    await pressAndWait('4');
    expect(
      votes()
        .map(({ verdict }) => verdict)
        .slice(2),
    ).toEqual(['tie', 'both_bad']);

    await page.keyboard.press('c');
    await page.keyboard.type('1 and 2 are typed, not voted');
    await page.keyboard.press('Escape');
    await pressAndWait('2');
    expect(votes()[4]?.note).toBe('1 and 2 are typed, not voted');

    await page.keyboard.press('s');
    await page.getByRole('dialog').waitFor();
    const before = await shownText(page);
    await page.keyboard.press('2');
    await expect.poll(() => votes().length).toBe(6);
    expect(votes()[5]?.verdict).toBe('skipped');
    await settle();

    await page.keyboard.press('z');
    await expect.poll(() => shownText(page)).toBe(before);
    expect(
      votes()
        .map(({ kind }) => kind)
        .at(-1),
    ).toBe('retraction');
    await settle();
    await pressAndWait('1');
    expect(votes()).toHaveLength(8);
    expect(complaints).toEqual([]);
  });

  it('drops held keys, modified keys, keys in dialogs and keys pressed too soon', async () => {
    await openSample();
    await startRating();
    await pressAndWait('1');
    await page.keyboard.down('1');
    await page.keyboard.down('1');
    await page.keyboard.down('1');
    await page.keyboard.up('1');
    await expect.poll(() => votes().length).toBe(2);
    await settle();
    const count = 2;
    expect(votes()).toHaveLength(count);
    for (const key of ['Control+1', 'Alt+2', 'Shift+Digit3', 'Meta+1', 'Enter', 'Space'])
      await page.keyboard.press(key);
    await page.keyboard.press('g');
    await page.getByRole('dialog', { name: 'Guideline' }).waitFor();
    await page.keyboard.press('1');
    await settle();
    await page.keyboard.press('Escape');
    await page.evaluate(() => {
      for (const init of [{ isComposing: true }, { keyCode: 229 }]) {
        document.body.dispatchEvent(
          new KeyboardEvent('keydown', { key: '1', code: 'Digit1', bubbles: true, ...init }),
        );
      }
    });
    await settle();
    expect(votes()).toHaveLength(count);
    // Both before the first can have been saved.
    await page.evaluate(() => {
      for (const key of ['1', '2'])
        for (const type of ['keydown', 'keyup'])
          document.body.dispatchEvent(new KeyboardEvent(type, { key, code: `Digit${key}`, bubbles: true }));
    });
    await expect.poll(() => votes().length).toBe(count + 1);
    await settle();
    expect(votes()).toHaveLength(count + 1);
  });

  it('scrolls a pane with the arrows without voting', async () => {
    await openSample();
    await startRating();
    await page.getByRole('region', { name: 'Left answer' }).first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await settle();
    expect(votes()).toHaveLength(0);
    await pressAndWait('1');
    expect(votes()).toHaveLength(1);
  });

  it('can give keys of her own; collisions are refused', async () => {
    await openSample();
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Change the key for: The left answer is better' }).click();
    await page.keyboard.press('2');
    await page.getByRole('alert').getByText('already means “Right”').waitFor();
    await page.keyboard.press('q');
    await page.getByRole('cell', { name: 'Q', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Studies' }).click();
    await page.getByRole('button', { name: /Sample study/u }).click();
    await startRating();
    await page.keyboard.press('1');
    await settle();
    expect(votes()).toHaveLength(0);
    await pressAndWait('q');
    expect(votes()).toHaveLength(1);
  });

  it('can do all of it by mouse too', async () => {
    await openSample();
    await startRating();
    for (const name of [/^Left/u, /^Right/u, /^Tie/u, /^Both bad/u]) {
      const before = votes().length;
      await page.getByRole('toolbar').getByRole('button', { name }).click();
      await expect.poll(() => votes().length).toBe(before + 1);
      await settle();
    }
    await page.getByRole('toolbar').getByRole('button', { name: /^Undo/u }).click();
    await expect.poll(() => votes().at(-1)?.kind).toBe('retraction');
  });
});

describe('when things go wrong', () => {
  it('a reload while saving loses nothing and doubles nothing', async () => {
    await openSample();
    await startRating();
    await page.route('**/api/rating.submit', async (route) => {
      await route.fetch();
      // The vote is on disk; its reply never comes.
      await new Promise(() => undefined);
    });
    const before = await shownText(page);
    await page.keyboard.press('1');
    await expect.poll(() => votes().length).toBe(1);
    expect(await shownText(page)).toBe(before);
    await page.unroute('**/api/rating.submit');
    await page.reload();
    await shown().waitFor();
    await expect.poll(() => shownText(page)).not.toBe(before);
    await settle();
    await pressAndWait('2');
    expect(votes()).toHaveLength(2);
  });

  it('a vote that cannot be saved stays on screen and is retried under the same id', async () => {
    await openSample();
    await startRating();
    const bodies: { commandId: string }[] = [];
    let failures = 3;
    await page.route('**/api/rating.submit', async (route) => {
      bodies.push(route.request().postDataJSON() as { commandId: string });
      if (failures-- > 0) await route.abort();
      else await route.continue();
    });
    const before = await shownText(page);
    await page.keyboard.press('1');
    await page.getByText('Not recorded yet').waitFor();
    expect(await shownText(page)).toBe(before);
    await page.keyboard.press('2');
    await expect.poll(() => votes().length).toBe(1);
    await expect.poll(() => shownText(page)).not.toBe(before);
    expect(new Set(bodies.map(({ commandId }) => commandId)).size).toBe(1);
    expect(bodies).toHaveLength(4);
  });

  it('two tabs: the newer serves, the older says so and can take it back', async () => {
    await openSample();
    await startRating();
    await pressAndWait('1');
    const second = await context.newPage();
    watch(second);
    await open(second);
    await second.getByRole('button', { name: /Sample study/u }).click();
    await second.getByRole('button', { name: 'Continue as ada' }).click();
    await shown(second).waitFor();
    await settle(second);
    await pressAndWait('2', second);
    await page.keyboard.press('1');
    await page.getByRole('heading', { name: 'Continued elsewhere' }).waitFor();
    await page.getByRole('alert').getByText('Your last answer was not recorded.').waitFor();
    expect(votes()).toHaveLength(2);
    await page.getByRole('button', { name: 'Continue here' }).click();
    await shown().waitFor();
    await settle();
    await pressAndWait('1');
    expect(votes()).toHaveLength(3);
  });

  it('an address that was used before opens nothing, and says what to do', async () => {
    const url = fixture.host.launchUrl();
    await page.goto(url);
    await page.getByText('Nothing here yet').waitFor();
    const stranger = await browser.newContext();
    const other = await stranger.newPage();
    await other.goto(url);
    await other.getByText('Start Touchstone again').waitFor();
    await stranger.close();
  });
});

describe('the whole way', () => {
  it('from import through the screen to rating, agreement, unblinding and export', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'foreign.json');
    const rows = nativeRows(24).map((row, index) => ({
      idx: index,
      q: row.prompt,
      left: { m: (row.a as { system: string }).system, out: (row.a as { text: string }).text },
      right: { m: (row.b as { system: string }).system, out: (row.b as { text: string }).text },
      lang: index % 2 === 0 ? 'en' : 'de',
      r1: index % 3,
      gpt: ['1', '2', 'Tie', 'garbage'][index % 4],
    }));
    writeFileSync(file, JSON.stringify(rows, null, 2));
    await open();
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    await page.getByLabel('Choose files').setInputFiles(file);
    await page.getByLabel('Import into').fill('From the screen');
    await page.getByRole('combobox', { name: 'Prompt', exact: true }).selectOption('q');
    await page.getByRole('combobox', { name: 'System A', exact: true }).selectOption('left.m');
    await page.getByLabel('Text of A').selectOption('left.out');
    await page.getByRole('combobox', { name: 'System B', exact: true }).selectOption('right.m');
    await page.getByLabel('Text of B').selectOption('right.out');
    await page.getByLabel('Slice').selectOption('lang');
    await page.getByRole('button', { name: 'Add a rater’s column' }).click();
    await page
      .getByRole('group', { name: 'Rater' })
      .getByRole('combobox', { name: 'Column' })
      .selectOption('r1');
    await page.getByRole('button', { name: 'Add a judge’s column' }).click();
    const judge = page.getByRole('group', { name: 'Judge' });
    await judge.getByRole('combobox', { name: 'Column' }).selectOption('gpt');
    await judge.getByLabel('Order').selectOption('a_first');
    await judge.getByLabel('garbage means').selectOption('unparsed');
    await page.getByLabel('Save the choice below as').fill('my harness');
    await page.getByRole('button', { name: 'Save mapping' }).click();
    await page.getByRole('button', { name: 'Preview (writes nothing)' }).click();
    await page.getByText('24 new, 0 already known, of 12 new items').waitFor();
    expect(await page.getByText(SECRET_SYSTEMS[0]).count()).toBeGreaterThan(0);
    await expectAccessible('import');
    await page.getByRole('button', { name: 'Import', exact: true }).last().click();
    await page.getByRole('button', { name: 'Open the study' }).click();
    await page.getByRole('heading', { name: 'From the screen' }).waitFor();

    const beforeRating = requests.length;
    await startRating('ben');
    // What is said of a pair is decided by its texts: sides and order are drawn anew in each run.
    for (let vote = 0; vote < 24; vote++) {
      const [left = ''] = await shown().locator('.pane').allInnerTexts();
      const better = ['neither', 'One', 'Another'][Number(/answer to (\d+)/u.exec(left)?.[1]) % 3] ?? '';
      const key = better === 'neither' ? '3' : left.includes(`${better} answer`) ? '1' : '2';
      await pressAndWait(key);
    }
    await page.getByRole('heading', { name: 'All pairs are done' }).waitFor();
    expect(votes()).toHaveLength(24);
    expect(requests.length).toBeGreaterThan(beforeRating);
    await page.getByRole('button', { name: 'Back to the study' }).click();

    await page.getByRole('link', { name: 'Agreement', exact: true }).click();
    await openAllParts(page);
    await page.getByRole('heading', { name: 'Agreement with people' }).waitFor();
    expect(await page.locator('.standing').first().innerText()).toMatch(
      /agrees with people less than a human rater does.*2 raters/su,
    );
    await expectAccessible('agreement');
    const cell = page
      .getByRole('button', { name: /Open these comparisons/u })
      .and(page.locator(':enabled'))
      .first();
    await cell.click();
    await page.getByRole('dialog', { name: 'Unblind this study' }).waitFor();
    await page.getByLabel(/Type the study’s name/u).fill('From the screen');
    await page.getByRole('button', { name: 'Unblind', exact: true }).click();
    await page.locator('.comparison').first().waitFor();
    expect(await page.locator('.comparison').first().innerText()).toContain('zq-');
    await page.keyboard.press('Escape');

    await page.getByRole('link', { name: 'Overview' }).click();
    await page.getByRole('link', { name: 'Export', exact: true }).click();
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await page.getByText('24 rows written').waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save a copy' }).first().click();
    mkdirSync(join(folder, 'saved'));
    await (await download).saveAs(join(folder, 'saved', 'comparisons.jsonl'));
    expect(
      requests.filter((url) => !url.startsWith(fixture.host.origin) && !url.startsWith('blob:')),
    ).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

describe('blind and hostile', () => {
  it('the DOM never names a system while rating, and says nothing of the order', async () => {
    const rows = nativeRows(8).map((row) => ({
      ...row,
      judge: [{ judge: 'j', verdict: 'first', raw: 'zq-reason' }],
    }));
    const { runImport } = await import('../../electron/core/imports/run-import.ts');
    const path = join(temporaryFolder(), 'zq-file.jsonl');
    writeFileSync(path, jsonLines(rows));
    await runImport({
      files: [{ path, name: 'zq-file.jsonl' }],
      studyName: 'Blind',
      storePath: fixture.app.context.store.path,
      dryRun: false,
      nowMs: 0,
      newSeed: '0123456789abcdef',
      newStudyId: 'abc',
    });
    const bodies: Promise<string>[] = [];
    page.on('response', (response) => {
      if (response.url().includes('/api/')) bodies.push(response.text().catch(() => ''));
    });
    await open();
    await page.getByRole('button', { name: /Blind/u }).click();
    await startRating();
    for (let vote = 0; vote < 8; vote++) {
      const dom = await page.content();
      for (const secret of [...SECRET_SYSTEMS, 'zq-']) expect(dom).not.toContain(secret);
      // Ids of the import; parts of the page itself may be about pairs.
      expect(dom).not.toMatch(/pair-\d/u);
      await pressAndWait('1');
    }
    const text = (await Promise.all(bodies)).join('\n');
    for (const secret of [...SECRET_SYSTEMS, 'zq-', 'pair-']) expect(text).not.toContain(secret);
  });

  it('model output runs nothing, fetches nothing and links nowhere', async () => {
    const hostile = [
      '<img src="https://evil.example/a.png" onerror="window.pwned=1"><script>window.pwned=2</script>',
      '![leak](https://evil.example/b.png) [click](javascript:window.pwned=3) [go](https://evil.example/c)',
      '<iframe src="https://evil.example/d"></iframe><svg onload="window.pwned=4"></svg><style>*{display:none}</style>',
      '[ref]: https://evil.example/e\n![x][ref] <https://evil.example/f> www.evil.example',
      '$\\href{javascript:window.pwned=5}{x}$ $\\includegraphics{https://evil.example/g.png}$ $\\url{https://evil.example}$',
      '![svg](data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9IndpbmRvdy5wd25lZD02Ii8+) ![html](data:text/html;base64,PHA+)',
      '$$\\def\\a{\\a\\a}\\a$$',
      `${'> '.repeat(3000)}deep`,
      '‮reversed‬ and ⁦isolated⁩',
    ].join('\n\n');
    const path = join(temporaryFolder(), 'hostile.jsonl');
    writeFileSync(
      path,
      jsonLines([
        {
          id: '1',
          prompt: hostile,
          a: { system: 'm', text: hostile },
          b: { system: 'n', text: `${hostile} b` },
        },
      ]),
    );
    const { runImport } = await import('../../electron/core/imports/run-import.ts');
    await runImport({
      files: [{ path, name: 'hostile.jsonl' }],
      studyName: 'Hostile',
      storePath: fixture.app.context.store.path,
      dryRun: false,
      nowMs: 0,
      newSeed: '0123456789abcdef',
      newStudyId: 'abc',
    });
    await open();
    await page.getByRole('button', { name: /Hostile/u }).click();
    await startRating();
    expect(await page.evaluate(() => (window as { pwned?: number }).pwned)).toBeUndefined();
    // A worker made of the page's own text is no request to anywhere.
    const { origin } = fixture.host;
    const isOwn = (url: string) => url.startsWith(origin) || url.startsWith(`blob:${origin}/`);
    expect(requests.filter((url) => !isOwn(url))).toEqual([]);
    expect(await shown().locator('a, img, iframe, script, style, svg[onload]').count()).toBe(0);
    await pressAndWait('1');
    expect(votes()).toHaveLength(1);
  });
});

describe('every screen', () => {
  it.each(['light', 'dark'] as const)('is accessible in %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await open();
    await page.getByText('Nothing here yet').waitFor();
    await expectAccessible('empty');
    await page.getByRole('button', { name: 'Open the sample study' }).click();
    await page.getByRole('heading', { name: 'Sample study (synthetic)' }).waitFor();
    await expectAccessible('study');
    await startRating();
    await expectAccessible('rate');
    await page.keyboard.press('s');
    await page.getByRole('dialog').waitFor();
    await expectAccessible('skip');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: '← Leave' }).click();
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('heading', { name: 'Keys for rating' }).waitFor();
    await expectAccessible('settings');
  });
});
