/** What a rater meets beside the plain vote, each by itself, in a real Chromium. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityViolations } from '../support/accessibility.ts';
import { launchBrowser } from '../support/browser.ts';
import { importText, jsonLines } from '../support/comparisons.ts';
import { startHttpFixture } from '../support/http-fixture.ts';
import { openWindow } from '../support/open-window.ts';
import { answer, pressUntil, shown, shownText, startStudy, untilTakesKeys } from '../support/rater-page.ts';

const PICTURES = process.env.TOUCHSTONE_PICTURES;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

async function closeExamples(page: Page): Promise<void> {
  await page.getByRole('dialog', { name: 'Worked examples' }).waitFor();
  await page.keyboard.press('Escape');
}

const picture = async (page: Page, name: string) => {
  if (PICTURES !== undefined) await page.screenshot({ path: `${PICTURES}/${name}.png` });
};

async function expectAccessible(page: Page, what: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await accessibilityViolations(page), `${what}, ${colorScheme}`).toEqual([]);
    await picture(page, `${what.replaceAll(' ', '-')}-${colorScheme}`);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

describe('a rater who is new', () => {
  it('is told plainly when the qualifying set was not passed', async () => {
    const { page } = await startStudy(browser, { training: { passMark: 1, attempts: 1 } });
    await closeExamples(page);
    for (let place = 0; place < 2; place++) {
      await answer(page, true);
      await page.keyboard.press('Enter');
    }
    for (let place = 0; place < 3; place++) await answer(page, false);
    await page.getByRole('heading', { name: 'The qualifying set was not passed' }).waitFor();
    await expectAccessible(page, 'not passed');
  });
});

describe('a graded scale', () => {
  it('has its steps on the digits and records by how much', async () => {
    const { fixture, page } = await startStudy(browser, { scale: 'graded_7' });
    await closeExamples(page);
    await shown(page).waitFor();
    await expectAccessible(page, 'seven steps');
    const rows = () =>
      fixture.app.context.store
        .query<{ verdict: string; strength: number | null; left: string }>(
          'SELECT verdict, strength, left_side AS left FROM ratings WHERE presentation_id IS NOT NULL ORDER BY id',
        )
        .all();
    for (const [count, key] of ['1', '4', '5'].entries())
      await pressUntil(page, key, () => rows().length === count + 1);
    // A key that was used often enough needs no hint any more, until somebody looks for it.
    await page.evaluate(() => localStorage.setItem('touchstone-key-uses', '{"left_3": 29}'));
    await page.reload();
    const hint = page.locator('.action-bar .answer').first().locator('.key');
    await hint.waitFor();
    await pressUntil(page, '1', async () => !(await hint.isVisible()));
    await page.locator('.action-bar .answer').first().hover();
    await expect.poll(() => hint.isVisible()).toBe(true);
    const [much, tie, little] = rows();
    expect([much?.strength, much?.verdict === much?.left]).toEqual([3, true]);
    expect([tie?.strength, tie?.verdict]).toEqual([null, 'tie']);
    expect([little?.strength, little?.verdict === little?.left]).toEqual([1, false]);
  });
});

describe('reading', () => {
  it('marks the words that differ, folds what is alike, and keeps what was marked as the reason', async () => {
    const { fixture, page } = await startStudy(browser, { marksSpans: true });
    await closeExamples(page);
    await shown(page).waitFor();
    const marked = (name: string) =>
      page.evaluate((which) => {
        const { highlights } = CSS as unknown as { highlights: Map<string, Set<Range>> };
        return [...(highlights.get(which) ?? [])].map((range) => range.toString());
      }, name);
    expect(await marked('only-left')).toEqual([]);
    await page.keyboard.press('x');
    await page.getByText('Differences are marked; words that moved are dotted.').waitFor();
    const [left = '', right = ''] = await shown(page).locator('.pane .markdown').allInnerTexts();
    await expect.poll(async () => (await marked('only-left')).join(' ')).toMatch(/\d+[ab]/u);
    const words = (text: string) => text.split(/\s+/u).filter((word) => word !== '');
    const withoutMarked = async (text: string, side: 'left' | 'right') => {
      let [rest, from] = ['', 0];
      const stretches = [...(await marked(`only-${side}`)), ...(await marked(`moved-${side}`))];
      for (const stretch of stretches.toSorted((one, other) => text.indexOf(one) - text.indexOf(other))) {
        const at = text.indexOf(stretch, from);
        expect(at, `${stretch} stands where it is marked`).toBeGreaterThanOrEqual(from);
        rest += `${text.slice(from, at)} `;
        from = at + stretch.length;
      }
      return words(rest + text.slice(from));
    };
    // What is left unmarked is what both sides have.
    const alike = await withoutMarked(left, 'left');
    expect(alike).toEqual(await withoutMarked(right, 'right'));
    expect(alike).toEqual(expect.arrayContaining(['Answer', 'of', 'quality']));
    await expectAccessible(page, 'differences');
    await page.keyboard.press('x');
    await page.getByText('Alike on both sides, folded').waitFor();
    await page.keyboard.press('x');
    await expect.poll(() => marked('only-left')).toEqual([]);

    // Once by a selection on the page, once by a sentence of the list, which needs no mouse.
    await page.evaluate(() => {
      const text = document.querySelector('.pair[data-presentation=shown] .pane .markdown p')?.firstChild;
      if (text === null || text === undefined) throw new Error('no text');
      const range = document.createRange();
      range.setStart(text, 0);
      range.setEnd(text, 6);
      getSelection()?.removeAllRanges();
      getSelection()?.addRange(range);
    });
    await page.keyboard.press('m');
    await expect.poll(() => marked('marked-reason')).toEqual(['Answer']);
    await page.keyboard.press('m');
    const dialog = page.getByRole('dialog', { name: 'Mark the reason' });
    await dialog.getByRole('group', { name: 'Right' }).getByRole('checkbox').first().focus();
    await page.keyboard.press('Space');
    await expectAccessible(page, 'mark the reason');
    await page.keyboard.press('Escape');
    await expect.poll(async () => (await marked('marked-reason')).length).toBe(2);
    await answer(page, true);
    const [row] = fixture.app.context.store
      .query<{ details: string; left: string }>(
        'SELECT details, left_side AS left FROM ratings WHERE presentation_id IS NOT NULL',
      )
      .all();
    const { spans } = JSON.parse(row?.details ?? '{}');
    const other = row?.left === 'first' ? 'second' : 'first';
    expect(spans).toEqual([
      { side: row?.left, from: 0, to: 6, quote: 'Answer' },
      {
        side: other,
        from: 0,
        to: spans[1].quote.length,
        quote: expect.stringMatching(/^Answer \d+[ab] of quality \d\./u),
      },
    ]);
    expect(await marked('marked-reason')).toEqual([]);
  });
});

describe('what an item holds', () => {
  it('shows embedded images, folds what tools said, and can be searched', async () => {
    const fixture = await startHttpFixture({ withPage: true });
    const png =
      'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    const output = (name: string) => ({
      system: `zq-${name}`,
      messages: [
        { role: 'assistant', content: `I look it up for ${name}.` },
        { role: 'tool', content: '{"query": "weather", "rows": [1, 2]}' },
        { role: 'assistant', content: `It is **sunny**, says ${name}.` },
      ],
    });
    await importText(
      fixture.app.context.store.path,
      jsonLines([
        {
          id: 'p',
          prompt: `What is this? ![a dot](${png}) ![far](https://example.org/x.png)`,
          a: output('one'),
          b: output('two'),
        },
      ]),
    );
    const { page } = await openWindow(browser, fixture);
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(fixture.host.launchUrl());
    await page.getByRole('button', { name: /Study/u }).last().click();
    await page.getByLabel('Rate as').fill('ada');
    await page.keyboard.press('Enter');
    await shown(page).waitFor();
    const image = shown(page).locator('img');
    await expect.poll(() => image.evaluate((element) => (element as HTMLImageElement).naturalWidth)).toBe(1);
    expect(await image.getAttribute('alt')).toBe('a dot');
    await shown(page).getByText('[image not loaded: far (https://example.org/x.png)]').waitFor();
    expect(asked.filter((url) => !url.startsWith(fixture.host.origin) && !url.startsWith('data:'))).toEqual(
      [],
    );
    const tool = shown(page).locator('.tool-turn').first();
    expect(await tool.locator('.tool-text').isVisible()).toBe(false);
    await tool.locator('summary').focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => tool.locator('.tool-text').innerText()).toContain('"query": "weather"');
    await expectAccessible(page, 'image and tools');
    await tool.locator('summary').blur();
    await page.keyboard.press('/');
    const bar = page.locator('.find-bar');
    await bar.getByRole('searchbox').fill('SUNNY');
    await bar.getByText('1 of 2').waitFor();
    await page.keyboard.press('Enter');
    await bar.getByText('2 of 2').waitFor();
    await expectAccessible(page, 'find');
    await bar.getByRole('searchbox').fill('rain');
    await bar.getByText('not there').waitFor();
    await bar.getByRole('searchbox').blur();
    await page.keyboard.press('/');
    await expect
      .poll(() => bar.getByRole('searchbox').evaluate((field) => field === document.activeElement))
      .toBe(true);
    await page.keyboard.press('Escape');
    await expect.poll(() => bar.count()).toBe(0);

    // Found about the last pair, the bar goes with it.
    await page.keyboard.press('/');
    await bar.getByRole('searchbox').fill('sunny');
    await bar.getByRole('searchbox').blur();
    await pressUntil(page, '1', async () => (await shown(page).count()) === 0);
    await page.keyboard.press('z');
    await shown(page).waitFor();
    expect(await bar.count()).toBe(0);
  });
});

describe('undo', () => {
  it('leaves the keys working when an earlier vote was changed before', async () => {
    const { fixture, page } = await startStudy(browser, {});
    await closeExamples(page);
    const first = await shownText(page);
    for (let place = 0; place < 3; place++) await answer(page, true);
    await page.keyboard.press('w');
    await page.locator('.own-vote').last().click();
    await page.getByText('One of your votes, open again').waitFor();
    await pressUntil(page, '4', async () => (await page.getByText('Changed to: both bad').count()) > 0);
    await untilTakesKeys(page);
    await page.keyboard.press('z');
    await expect.poll(() => shownText(page)).toBe(first);
    await page.keyboard.press('z');
    const counted = () =>
      fixture.app.context.store
        .query<{ votes: number }>("SELECT count(*) AS votes FROM ratings WHERE kind = 'vote'")
        .get()?.votes;
    const before = counted() ?? 0;
    await answer(page, true);
    expect(counted()).toBe(before + 1);
  });
});

describe('a vote that is changed later', () => {
  it('follows the guideline the rater has read, not one that came meanwhile', async () => {
    const { fixture, page } = await startStudy(browser, {});
    await closeExamples(page);
    await answer(page, true);
    const versions = () =>
      fixture.app.context.store
        .query<{ version: number }>('SELECT guideline_version AS version FROM ratings ORDER BY id')
        .all()
        .map(({ version }) => version);
    await expect.poll(() => versions().length).toBe(1);
    const [read = 0] = versions();
    const list = await fixture.app.call('studies.list', {});
    const [study] = list.ok ? (list.value as { studyId: string }[]) : [];
    expect(
      await fixture.app.call('studies.configure', {
        studyId: study?.studyId,
        design: { guideline: 'Shorter wins.' },
      }),
    ).toMatchObject({ ok: true });
    await page.keyboard.press('w');
    await page.locator('.own-vote').click();
    await page.getByText('One of your votes, open again').waitFor();
    await untilTakesKeys(page);
    await page.keyboard.press('4');
    await page.getByText('The guideline was changed.').waitFor();
    expect(versions()).toEqual([read, read]);
    await shown(page).waitFor();
    await answer(page, true);
    await expect.poll(versions).toEqual([read, read, read + 1]);
  });
});

describe('another language', () => {
  it.each([
    ['ar', 'rtl', 'تدريب', '✓ كما هو معروف.', 'بقيت 4 أزواج', 'عملي', 'صوت واحد'],
    ['de', 'ltr', 'Übung', '✓ Wie bekannt.', 'noch 4 Paare in diesem Block', 'Meine Arbeit', '1 Stimme'],
  ])(
    '%s is whole, its left stays left, and its keys do the same',
    async (language, direction, practice, asKnown, blockLeft, myWork, oneVote) => {
      const { fixture, page } = await startStudy(browser, {
        training: { passMark: 0, attempts: 1 },
        blockSize: 4,
        asksConfidence: true,
      });
      await page.getByRole('dialog', { name: 'Worked examples' }).waitFor();
      const reply = await fixture.app.call('settings.put', { language });
      expect(reply).toMatchObject({ ok: true });
      await page.reload();
      await page.locator('dialog[open]').waitFor();
      await page.keyboard.press('Escape');
      await page.getByText(practice).first().waitFor();
      const root = page.locator('html');
      expect([await root.getAttribute('lang'), await root.getAttribute('dir')]).toEqual([
        language,
        direction,
      ]);
      const [left, right] = await Promise.all(
        [0, 1].map((place) => shown(page).locator('.pane').nth(place).boundingBox()),
      );
      expect(left?.x ?? 0).toBeLessThan(right?.x ?? 0);
      const answers = page.locator('.action-bar .answer');
      expect((await answers.nth(0).boundingBox())?.x ?? 0).toBeLessThan(
        (await answers.nth(1).boundingBox())?.x ?? 0,
      );
      await answer(page, true);
      await page.getByText(asKnown).waitFor();
      await expectAccessible(page, `feedback in ${language}`);
      await page.keyboard.press('Enter');
      await answer(page, true);
      await page.keyboard.press('Enter');
      for (let place = 0; place < 3; place++) await answer(page, true);
      await page.getByText(blockLeft).waitFor();
      await answer(page, true);
      await expectAccessible(page, `pair in ${language}`);
      await page.keyboard.press('w');
      const mine = page.getByRole('dialog', { name: myWork });
      await mine.getByText(oneVote, { exact: true }).waitFor();
      await expectAccessible(page, `own votes in ${language}`);
      await page.keyboard.press('Escape');
      // No text of the screen is left in English: what letters are there belong to names and to the texts themselves.
      if (language === 'ar') {
        const words = await page.locator('.rate-head, .rate-actions, .rate-notes').allInnerTexts();
        const latin = words.join(' ').match(/[A-Za-z]{2,}/gu) ?? [];
        expect(latin.filter((word) => !['Study', 'ada'].includes(word))).toEqual([]);
      }
    },
  );
});
