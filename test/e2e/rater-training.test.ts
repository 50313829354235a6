/** From the first example to a closed block, with keys alone, in a real Chromium. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityViolations } from '../support/accessibility.ts';
import { launchBrowser } from '../support/browser.ts';
import { importText, jsonLines } from '../support/comparisons.ts';
import { type HttpFixture, startHttpFixture } from '../support/http-fixture.ts';
import { openWindow } from '../support/open-window.ts';
import { qualityRows, trueAnswer } from '../support/simulated-rater.ts';

const PICTURES = process.env.TOUCHSTONE_PICTURES;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

async function startStudy(design: Record<string, unknown>): Promise<{ fixture: HttpFixture; page: Page }> {
  const fixture = await startHttpFixture({ withPage: true });
  const { studyId } = await importText(fixture.app.context.store.path, jsonLines(qualityRows(40)));
  const store = fixture.app;
  const call = async (name: string, input: unknown) => {
    const reply = await store.call(name, input);
    if (!reply.ok) throw new Error(reply.error.message);
  };
  await call('design.addKnownAnswers', {
    studyId,
    answers: ['example', 'practice', 'practice', 'qualifying', 'qualifying', 'qualifying'].map(
      (stage, index) => ({
        pair: `pair-${index}`,
        stage,
        verdict: verdictOf(index),
        explanation: `The **quality** decides (${index}).`,
      }),
    ),
  });
  await call('studies.configure', { studyId, design: { minimumViewingMs: 0, ...design } });
  const { page } = await openWindow(browser, fixture);
  await page.goto(fixture.host.launchUrl());
  await page.getByRole('button', { name: /Study/u }).last().click();
  await page.getByLabel('Rate as').fill('ada');
  await page.keyboard.press('Enter');
  return { fixture, page };
}

function verdictOf(index: number): 'first' | 'second' | 'tie' {
  const row = qualityRows(40)[index];
  const quality = (side: unknown) => Number(/quality (\d)/u.exec(JSON.stringify(side))?.[1]);
  const [one, two] = [quality(row?.a), quality(row?.b)];
  return one === two ? 'tie' : one > two ? 'first' : 'second';
}

const shown = (page: Page) => page.locator('.pair[data-presentation=shown]');

/** The key of the true answer about the pair on screen, or of a wrong one. */
async function keyFor(page: Page, isRight: boolean): Promise<string> {
  const texts = await shown(page).locator('.pane').allInnerTexts();
  const side = (text = '') => [{ role: 'assistant' as const, content: text }];
  const truth = trueAnswer({ task: [], left: side(texts[0]), right: side(texts[1]) });
  const answer = isRight ? truth : truth === 'left' ? 'right' : 'left';
  return { left: '1', right: '2', tie: '3', both_bad: '4', skipped: 's' }[answer];
}

async function closeExamples(page: Page): Promise<void> {
  await page.getByRole('dialog', { name: 'Worked examples' }).waitFor();
  await page.keyboard.press('Escape');
}

/**
 * Presses a key until it was taken: keys are dropped until the pair is painted, which no element tells, and on a busy
 * machine that takes its time. A key that comes while the first one is being saved is dropped, too.
 */
async function pressUntil(page: Page, key: string, isDone: () => boolean | Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt++) {
    await page.waitForTimeout(60);
    await page.keyboard.press(key);
    const until = Date.now() + 1500;
    while (Date.now() < until) {
      if (await isDone()) return;
      await page.waitForTimeout(30);
    }
  }
  throw new Error(`the key ${key} was not taken`);
}

/** What the pair on screen shows; nothing where none is. Unlike a locator it does not wait for one to come. */
function shownText(page: Page): Promise<string> {
  return page.evaluate(
    () => document.querySelector<HTMLElement>('.pair[data-presentation=shown]')?.innerText ?? '',
  );
}

async function answer(page: Page, isRight: boolean): Promise<void> {
  await page.waitForFunction(() => document.querySelector('.practice-feedback') === null);
  const before = await shownText(page);
  await pressUntil(
    page,
    await keyFor(page, isRight),
    async () => (await page.locator('.practice-feedback').count()) > 0 || (await shownText(page)) !== before,
  );
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
  it('reads examples, practises, fails, retries, qualifies, works a block and revises a vote', {
    timeout: 120_000,
  }, async () => {
    const { fixture, page } = await startStudy({
      training: { passMark: 0.6, attempts: 2 },
      blockSize: 4,
      rubric: {
        criteria: [
          { name: 'correct', about: 'It is true.' },
          { name: 'brief', about: 'It is as short as can be.' },
        ],
        reasonTags: ['too long', 'off topic'],
      },
      asksConfidence: true,
      checks: { repeatShare: 0.3, catchShare: 0.3, goldShare: 0, repeatGap: 2 },
    });
    const examples = page.getByRole('dialog', { name: 'Worked examples' });
    await examples.getByText('Example 1 of 1').waitFor();
    await examples.getByText(/^Answer: /u).waitFor();
    await expectAccessible(page, 'worked examples');
    await page.keyboard.press('Escape');
    await page.getByText('Practice 1 of 2').waitFor();
    await answer(page, true);
    await page.getByText('✓ As known.').waitFor();
    await expectAccessible(page, 'practice feedback');
    await page.keyboard.press('Enter');
    await page.getByText('Practice 2 of 2').waitFor();
    await answer(page, false);
    await page.getByText('✗ Known otherwise.').waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('Qualifying 1 of 3').waitFor();
    for (const isRight of [false, true, false]) await answer(page, isRight);
    await page.getByText('1 of 3 were as known, which is not enough yet.').waitFor();
    await page.getByText('this is the last attempt').waitFor();
    for (const isRight of [true, true, false]) await answer(page, isRight);
    await page.getByText('4 pairs left in this block').waitFor();

    // Criteria, reasons and sureness by keyboard: D goes to them, Escape back.
    await page.keyboard.press('d');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.getByRole('checkbox', { name: 'too long' }).focus();
    await page.keyboard.press('Space');
    await page.getByRole('radio', { name: 'sure', exact: true }).focus();
    await page.keyboard.press('Space');
    await expectAccessible(page, 'a vote with details');
    await page.keyboard.press('Escape');
    await answer(page, true);
    const details = () =>
      fixture.app.context.store
        .query<{ details: string | null; confidence: number | null; role: string; version: number }>(
          "SELECT details, confidence, role, guideline_version AS version FROM ratings WHERE role <> 'training' ORDER BY id",
        )
        .all();
    await expect.poll(() => details().length).toBe(1);
    expect(details()[0]).toMatchObject({ confidence: 3, version: 2 });
    expect(JSON.parse(details()[0]?.details ?? '{}')).toMatchObject({
      criteria: { correct: expect.any(String) },
      reasonTags: ['too long'],
    });

    await page.keyboard.press('p');
    await page.getByRole('dialog', { name: 'Paused' }).waitFor();
    await page.keyboard.press('Escape');
    for (let vote = 0; vote < 3; vote++) await answer(page, true);
    await page.getByRole('heading', { name: 'This block is done' }).waitFor();
    await expectAccessible(page, 'block end');

    await page.keyboard.press('w');
    const mine = page.getByRole('dialog', { name: 'My work' });
    await mine.getByText('4 votes, newest first').waitFor();
    await expectAccessible(page, 'my work');
    await mine.getByLabel(/^Words of/u).fill('no such words at all');
    await page.keyboard.press('Enter');
    await mine.getByText('No vote of yours has these words.').waitFor();
    await mine.getByLabel(/^Words of/u).fill('Question');
    await page.keyboard.press('Enter');
    await mine.getByText('4 votes, newest first').waitFor();
    await mine.locator('.own-vote').first().focus();
    await page.keyboard.press('Enter');
    const one = page.getByRole('dialog', { name: 'One of your votes' });
    await one.getByRole('button', { name: 'Both bad' }).focus();
    await expectAccessible(page, 'one of my votes');
    await page.keyboard.press('Enter');
    await mine.getByText('changed 1×').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Close the block' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('4 pairs left in this block').waitFor();
    await page.keyboard.press('w');
    await mine.getByText('final').first().waitFor();
    await page.keyboard.press('Escape');

    // Larger texts and focus, and back.
    const size = () =>
      page
        .locator('.pane .markdown')
        .first()
        .evaluate((element) => getComputedStyle(element).fontSize);
    const before = await size();
    await page.keyboard.press('=');
    await expect.poll(size).not.toBe(before);
    await page.keyboard.press('f');
    await expect.poll(() => page.locator('.rate-head h1').isVisible()).toBe(false);
    await expectAccessible(page, 'focus');
    await page.keyboard.press('f');
    await expect.poll(() => page.locator('.rate-head h1').isVisible()).toBe(true);
  });

  it('is told plainly when the qualifying set was not passed', { timeout: 60_000 }, async () => {
    const { page } = await startStudy({ training: { passMark: 1, attempts: 1 } });
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
  it('has its steps on the digits and records by how much', { timeout: 60_000 }, async () => {
    const { fixture, page } = await startStudy({ scale: 'graded_7' });
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
  it('marks the words that differ, folds what is alike, and keeps what was marked as the reason', {
    timeout: 60_000,
  }, async () => {
    const { fixture, page } = await startStudy({ marksSpans: true });
    await closeExamples(page);
    await shown(page).waitFor();
    const marked = (name: string) =>
      page.evaluate((which) => {
        const { highlights } = CSS as unknown as { highlights: Map<string, Set<Range>> };
        return [...(highlights.get(which) ?? [])].map((range) => range.toString());
      }, name);
    expect(await marked('only-left')).toEqual([]);
    await page.keyboard.press('x');
    await page.getByText('Words that only one side has are marked.').waitFor();
    const [left = '', right = ''] = await shown(page).locator('.pane .markdown').allInnerTexts();
    const words = (text: string) => text.split(/\s+/u);
    await expect.poll(async () => (await marked('only-left')).join(' ')).toMatch(/\d+[ab]/u);
    for (const [name, own, other] of [
      ['only-left', left, right],
      ['only-right', right, left],
    ] as const) {
      for (const stretch of await marked(name)) {
        expect(own).toContain(stretch.trim());
        if (stretch.trim().includes(' ')) continue;
        const count = (text: string) => words(text).filter((word) => word === stretch.trim()).length;
        expect(count(own)).toBeGreaterThan(count(other) - 1);
      }
    }
    await expectAccessible(page, 'differences');
    await page.keyboard.press('x');
    await page.getByText('What both sides have alike is folded.').waitFor();
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
  it('shows embedded images, folds what tools said, and can be searched', { timeout: 60_000 }, async () => {
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
    expect(await tool.locator('pre').isVisible()).toBe(false);
    await tool.locator('summary').focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => tool.locator('pre').innerText()).toContain('"query": "weather"');
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
    await page.keyboard.press('Escape');
    await expect.poll(() => bar.count()).toBe(0);
  });
});

describe('undo', () => {
  it('leaves the keys working when an earlier vote was changed before', { timeout: 60_000 }, async () => {
    const { fixture, page } = await startStudy({});
    await closeExamples(page);
    const first = await shownText(page);
    for (let place = 0; place < 3; place++) await answer(page, true);
    await page.keyboard.press('w');
    await page.locator('.own-vote').last().click();
    const old = page.getByRole('dialog', { name: 'One of your votes' });
    await old.getByRole('button', { name: 'Both bad' }).click();
    await page.getByText('changed 1×').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('z');
    await expect.poll(() => shownText(page)).toBe(first);
    await page.keyboard.press('z');
    const counted = () =>
      fixture.app.context.store
        .query<{ votes: number }>("SELECT count(*) AS votes FROM ratings WHERE kind = 'vote'")
        .get()?.votes;
    const before = counted() ?? 0;
    await page.waitForTimeout(400);
    await answer(page, true);
    expect(counted()).toBe(before + 1);
  });
});

describe('another language', () => {
  it.each([
    ['ar', 'rtl', 'تدريب', '✓ كما هو معروف.', 'بقيت 4 أزواج', 'عملي', 'صوت واحد'],
    ['de', 'ltr', 'Übung', '✓ Wie bekannt.', 'noch 4 Paare in diesem Block', 'Meine Arbeit', '1 Stimme'],
  ])(
    '%s is whole, its left stays left, and its keys do the same',
    { timeout: 60_000 },
    async (language, direction, practice, asKnown, blockLeft, myWork, oneVote) => {
      const { fixture, page } = await startStudy({
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
      const root = page.locator('.rate');
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
