/** The agreement card on the screen: the comparisons behind it, and its controls. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityViolations } from '../support/accessibility.ts';
import { launchBrowser } from '../support/browser.ts';
import { openCard, settled, untilDrawn } from '../support/card-screen.ts';
import { importText, jsonLines, nativeRows } from '../support/comparisons.ts';
import { type HttpFixture, startHttpFixture } from '../support/http-fixture.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { tabTo } from '../support/tab-to.ts';

let fixture: HttpFixture;
let browser: Browser;

beforeAll(async () => {
  fixture = await startHttpFixture({ withPage: true });
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser.close();
  await fixture.close();
});

describe('the sample study', () => {
  it('opens the comparisons behind a cell, a slice and a bias, copies CSV, and passes axe narrow and in the dark', async () => {
    const { app } = fixture;
    const { value } = (await app.call('studies.addSample', {})) as unknown as {
      value: { studyId: string; name: string };
    };
    const shownStudy = (await app.call('studies.show', { studyId: value.studyId })) as unknown as {
      value: { name: string };
    };
    const { name } = shownStudy.value;
    expect(await app.call('studies.unblind', { studyId: value.studyId, confirmName: name })).toMatchObject({
      ok: true,
    });
    const page = await openCard(browser, fixture, name.slice(0, 12));
    const openAndClose = async (button: ReturnType<Page['locator']>) => {
      await button.focus();
      await page.keyboard.press('Enter');
      await page.locator('.comparison').first().waitFor();
      expect(await page.locator('dialog [role=status]').first().innerText()).toMatch(/^1 of \d+/u);
      await page.keyboard.press('Escape');
      await page.locator('dialog').waitFor({ state: 'detached' });
    };
    await openAndClose(page.locator('[data-part=agreement] .matrix button:enabled').first());
    await openAndClose(page.locator('[data-part=slices] .figure-button').first());
    await openAndClose(page.locator('.figure-button:has([data-figure="bias/longer output/people_share"])'));
    await page
      .locator('[data-part=agreement] .plot-dots .pickable, [data-part=agreement] .pickable')
      .first()
      .click();
    await page.locator('.comparison').first().waitFor();
    await page.keyboard.press('Escape');

    // Those that part come first; what is said of one by key goes on to the next, and one that is alike is far behind.
    await page.locator('.figure-button:has([data-figure="agreement/people/agreement"])').first().click();
    await page.locator('.comparison .badge-apart').waitFor();
    const readOf = () => page.locator('.comparison h3 code').innerText();
    const first = await readOf();
    await page.keyboard.press('4');
    await page.locator('dialog [role=status]', { hasText: /^2 of \d+.* Judge error\./u }).waitFor();
    await page.locator('.comparison h3 code', { hasNotText: first }).waitFor();
    await page.keyboard.press('q');
    await page.locator('dialog [role=status]', { hasText: 'Queued for adjudicators.' }).waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.locator('.comparison h3 code', { hasText: first }).waitFor();
    await page.locator('.class-keys button[aria-pressed=true]', { hasText: 'Judge error' }).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });

    // The page's own policy forbids reading the clipboard, so what is written to it is noted on the way.
    await page.evaluate(() => {
      const write = navigator.clipboard.writeText.bind(navigator.clipboard);
      navigator.clipboard.writeText = (text) => {
        document.body.dataset.copied = text;
        return write(text);
      };
    });
    await page.locator('[data-part=agreement] .copy-button').click();
    await page.getByText('Copied').waitFor();
    const csv = await page.evaluate(() => document.body.dataset.copied ?? '');
    expect(csv).toMatch(/^part,row,measure,label,n,counted,split,value,low,high,level,interval_method,seed/u);
    expect(csv).toContain('agreement,people,kappa,Cohen’s kappa,');

    await page.locator('[data-part=agreement] .measure-button').first().click();
    await page.getByRole('dialog', { name: /is computed/u }).waitFor();
    expect(await page.getByRole('dialog').innerText()).toContain('None: nothing in it is random.');
    await page.keyboard.press('Escape');

    // What was said of a pair has the card worked out anew, and figures of before are dimmed until then.
    await settled(page);
    for (const [width, scheme] of [
      [1280, 'light'],
      [640, 'dark'],
      [390, 'dark'],
    ] as const) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme: scheme });
      await untilDrawn(page);
      expect(await accessibilityViolations(page), `${width} ${scheme}`).toEqual([]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow, `${width} px`).toBeLessThanOrEqual(0);
    }
    await page.emulateMedia({ media: 'print' });
    // What was chosen is printed with it; what can be pressed is not.
    expect(await page.locator('.card-controls').isVisible()).toBe(false);
    const head = await page.locator('.printed-head').innerText();
    for (const said of [name, 'sim-judge-even', 'label by majority · adjudicated', 'UTC', 'rows, head '])
      expect(head).toContain(said);
    expect(await page.locator('.title-actions').isVisible()).toBe(false);
    expect(await page.locator('.standing-sentence').isVisible()).toBe(true);
    await page.context().close();
  });
});

type Verdicts = readonly (string | null)[];

/** Votes and verdicts by rater or judge, one entry per comparison, null for none. */
function rowsWith(
  raters: Readonly<Record<string, Verdicts>>,
  judges: Readonly<Record<string, Verdicts>>,
  pairs = 8,
) {
  return nativeRows(pairs).map((row, index) => ({
    ...row,
    human: Object.entries(raters).flatMap(([rater, verdicts]) =>
      verdicts[index] === null ? [] : [{ rater, verdict: verdicts[index] }],
    ),
    judge: Object.entries(judges).flatMap(([judge, verdicts]) =>
      verdicts[index] === null ? [] : [{ judge, order: 'both', verdict: verdicts[index] }],
    ),
  }));
}

const MIXED = ['first', 'second', 'first', 'tie', 'second', 'first', 'second', 'first'];
const NONE = MIXED.map(() => null);
const ALL_FIRST = MIXED.map(() => 'first');
const EARLY = MIXED.map((verdict, index) => (index < 4 ? verdict : null));
const LATE = MIXED.map((verdict, index) => (index < 4 ? null : verdict));

describe('a study of which little can be said', () => {
  it.each([
    ['no votes at all', {}, {}, 'Nothing to compare yet'],
    ['no judge', { ada: MIXED, ben: MIXED }, {}, 'No judge yet'],
    ['one rater', { ada: MIXED }, { j: MIXED }, 'fewer than two raters'],
    [
      'no overlap',
      { ada: EARLY, ben: LATE },
      { j: MIXED },
      'no pair has a judge’s verdict and two raters’ votes',
    ],
    [
      'judge elsewhere',
      { ada: EARLY, ben: EARLY },
      { j: LATE },
      'no pair has a judge’s verdict and two raters’ votes',
    ],
    [
      'one category',
      { ada: ALL_FIRST, ben: ALL_FIRST },
      { j: ALL_FIRST },
      'raters say the same of every pair',
    ],
    [
      'one pair',
      { ada: ['first', ...NONE], ben: ['first', ...NONE] },
      { j: ['first', ...NONE] },
      'raters say the same of every pair',
    ],
    [
      'unreadable judge',
      { ada: MIXED, ben: MIXED },
      { j: MIXED.map(() => 'unparsed') },
      'cannot be compared',
    ],
  ] as const)('%s: says so and why', async (name, raters, judges, says) => {
    const study = `Little: ${name}`;
    const rows = jsonLines(rowsWith(raters as never, judges as never));
    await importText(fixture.app.context.store.path, rows, { study });
    const context = await browser.newContext({ viewport: { width: 1000, height: 800 } });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    await page.goto(fixture.host.launchUrl());
    await page.getByRole('button', { name: new RegExp(study, 'u') }).click();
    await page.getByRole('link', { name: 'Agreement', exact: true }).click();
    await page.getByText(says).first().waitFor();
    if (Object.keys(judges).length > 0) await settled(page);
    const text = await page.locator('main').innerText();
    expect(text).not.toMatch(/NaN|Infinity|\[object/u);
    expect(await accessibilityViolations(page)).toEqual([]);
    await context.close();
  });
});

describe('the keyboard alone', () => {
  it('reaches the card, changes judge, ties and people’s label, and opens how a figure is computed', async () => {
    const study = 'Keys alone';
    // Enough pairs for a blind study to show its figures.
    const votes = [...MIXED, ...MIXED];
    const other = votes.map((verdict, index) => (index === 3 ? 'first' : verdict));
    const judges = { careful: votes, hasty: votes.toReversed() };
    await importText(
      fixture.app.context.store.path,
      jsonLines(rowsWith({ ada: votes, ben: other, cyd: votes }, judges, votes.length)),
      {
        study,
      },
    );
    const page = await openCard(browser, fixture, study);
    const kappa = () =>
      page.locator('[data-part=standing] [data-figure="agreement/people/kappa"]').getAttribute('value');
    const choose = async (label: string, start: string) => {
      await tabTo(page, page.getByRole('combobox', { name: label, exact: true }));
      await page.keyboard.type(start);
      await settled(page);
    };
    await page.locator('h1').click();
    const first = await kappa();
    expect(Number(first)).toBeCloseTo(1, 12);
    await choose('Judge', 'hasty');
    await page.waitForFunction(
      (before) =>
        document.querySelector<HTMLDataElement>('[data-part=standing] [data-figure="agreement/people/kappa"]')
          ?.value !== before,
      first,
    );
    const separate = await kappa();
    await tabTo(page, page.locator('summary', { hasText: 'ties count' }));
    await page.keyboard.press('Enter');
    await choose('Ties', 'left');
    await page.locator('summary', { hasText: 'ties left out' }).waitFor();
    await page.waitForFunction(
      (before) =>
        document.querySelector<HTMLDataElement>('[data-part=standing] [data-figure="agreement/people/kappa"]')
          ?.value !== before,
      separate,
    );
    await tabTo(page, page.locator('[data-part=standing] .measure-button').first());
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: /is computed/u }).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
    expect(await page.locator('[data-part=standing] .measure-button:focus').count()).toBe(1);
    // What was chosen is in the address, and what the window shows in its title.
    const without = await kappa();
    await page.reload();
    await settled(page);
    expect(await page.getByRole('combobox', { name: 'Judge', exact: true }).inputValue()).toBe('hasty');
    await page.locator('summary', { hasText: 'ties left out' }).waitFor();
    expect(await kappa()).toBe(without);
    expect(await page.title()).toBe(`Agreement – ${study} – Touchstone`);
    await page.context().close();
  });
});
