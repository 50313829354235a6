/** What stands where on a rater's screen, and stays there, in a real Chromium. */
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VERDICT_SCALES } from '../../shared/study/verdict.ts';
import { accessibilityViolations } from '../support/accessibility.ts';
import { launchBrowser } from '../support/browser.ts';
import { importText, jsonLines } from '../support/comparisons.ts';
import { type HttpFixture, startHttpFixture } from '../support/http-fixture.ts';
import { openWindow } from '../support/open-window.ts';
import { pressUntil, shown, shownText, untilTakesKeys } from '../support/rater-page.ts';
import { tabTo } from '../support/tab-to.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const DESKTOP = { width: 1280, height: 800 };
const WIDE = { width: 1920, height: 1080 };
const PHONE = { width: 390, height: 844 };

const prose = (what: string, paragraphs: number) =>
  Array.from({ length: paragraphs }, (_, place) => `${what}, paragraph ${place + 1}, goes on for a while.`);

const turn = (role: string, content: string) => ({ role, content });

/** A conversation whose question is its last turn, far below the first. */
const talk = (index: number, earlier = 3) => [
  turn('system', 'Answer briefly.'),
  ...Array.from({ length: earlier }, (_, place) =>
    turn(place % 2 === 0 ? 'user' : 'assistant', prose(`Turn ${place} of ${index}`, 6).join('\n\n')),
  ),
  turn('user', `${prose(`The question ${index}`, 3).join(' ')} THE END.`),
];

const outputs = (index: number, paragraphs = 12) => ({
  a: { system: 'zq-one', text: prose(`First ${index}`, paragraphs).join('\n\n') },
  b: { system: 'zq-two', text: prose(`Other ${index}`, paragraphs).join('\n\n') },
});

const talks = (count = 6) =>
  Array.from({ length: count }, (_, index) => ({
    id: `t${index}`,
    messages: talk(index),
    ...outputs(index),
  }));

const plainPairs = (count = 12, paragraphs = 12) =>
  Array.from({ length: count }, (_, index) => ({
    id: `p${index}`,
    prompt: `Question ${index + 10}: which is better?`,
    ...outputs(index + 10, paragraphs),
  }));

interface Work {
  readonly fixture: HttpFixture;
  readonly studyId: string;
  readonly page: Page;
}

async function openStudy(
  rows: readonly unknown[],
  design: Record<string, unknown> = {},
  {
    language = 'en',
    viewport = DESKTOP,
  }: { readonly language?: string; readonly viewport?: typeof DESKTOP } = {},
): Promise<Work> {
  const fixture = await startHttpFixture({ withPage: true });
  const { studyId } = await importText(fixture.app.context.store.path, jsonLines(rows));
  if (studyId === null) throw new Error('nothing was imported');
  await value(fixture, 'studies.configure', { studyId, design: { minimumViewingMs: 0, ...design } });
  await value(fixture, 'settings.put', { language });
  const { page } = await openWindow(browser, fixture, viewport);
  await page.goto(fixture.host.launchUrl());
  const work = { fixture, studyId, page };
  await begin(work, 'ada');
  return work;
}

async function value(fixture: HttpFixture, method: string, input: unknown): Promise<unknown> {
  const reply = await fixture.app.call(method, input);
  if (!reply.ok) throw new Error(reply.error.message);
  return reply.value;
}

async function begin({ page, studyId }: Pick<Work, 'page' | 'studyId'>, rater: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#/study/${studyId}`);
  await page.locator('.inline-form input').first().fill(rater);
  await page.keyboard.press('Enter');
  await shown(page).waitFor();
  await untilTakesKeys(page);
}

/** Answers the pair on screen with a key, and waits for the next one. */
async function vote(page: Page, key = '1'): Promise<void> {
  const before = await shownText(page);
  await pressUntil(page, key, async () => (await shownText(page)) !== before);
  await untilTakesKeys(page);
}

/** Whether all of an element stands inside what scrolls it and on the screen, as far as a reader sees. */
function isInView(element: Locator): Promise<boolean> {
  return element.evaluate((node) => {
    const { left, right, top, bottom } = node.getBoundingClientRect();
    const box = node.closest('.task, .pane')?.getBoundingClientRect();
    if (box === undefined) return false;
    const isInBox = left >= box.left && right <= box.right && top >= box.top && bottom <= box.bottom + 1;
    return isInBox && top >= 0 && bottom <= innerHeight && left >= 0 && right <= innerWidth;
  });
}

const question = (page: Page) => shown(page).locator('.question p').last();
const notice = (page: Page) => page.locator('.save-state [role=status]');

describe('the question of a conversation', () => {
  it.each([DESKTOP, WIDE, PHONE])(
    'is in view at %o, and what came before it is one key away',
    async (viewport) => {
      const { page } = await openStudy(talks(), {}, { viewport });
      expect(await question(page).innerText()).toContain('THE END.');
      expect(await isInView(question(page))).toBe(true);
      expect(await shownText(page)).not.toContain('Turn 0 of');
      const fold = shown(page).getByRole('button', { name: 'Instructions and 3 earlier turns' });
      expect(await fold.getAttribute('aria-expanded')).toBe('false');
      await page.keyboard.press('t');
      await expect
        .poll(() => notice(page).innerText())
        .toContain('Unfolded: Instructions and 3 earlier turns.');
      expect(await fold.getAttribute('aria-expanded')).toBe('true');
      // Who unfolds it reads from its beginning.
      expect(await isInView(shown(page).getByText('Answer briefly.'))).toBe(true);
      // The next pair opens at its question, whatever is unfolded above it.
      await vote(page);
      expect(await shownText(page)).toContain('Turn 0 of');
      expect(await isInView(question(page))).toBe(true);
      // The way back by a button.
      await shown(page).getByRole('button', { name: 'Instructions and 3 earlier turns' }).click();
      await expect.poll(() => notice(page).innerText()).toContain('Folded:');
      expect(await shownText(page)).not.toContain('Turn 0 of');
      expect(await isInView(question(page))).toBe(true);
      // What is looked for is looked for in all turns.
      await page.keyboard.press('/');
      await page.keyboard.type('Turn 0 of');
      await page.locator('.find-bar').getByText(/^1 of/u).waitFor();
    },
  );

  it('leaves no half of the room for lines empty', async () => {
    const long = prose('The question', 8).join(' ');
    const rows = [{ id: 'a', prompt: long, ...outputs(1) }, ...plainPairs(1)].map((row) => ({
      ...row,
      a: { system: 'zq-one', text: long },
      b: { system: 'zq-two', text: long },
    }));
    const { page } = await openStudy(rows);
    for (const viewport of [DESKTOP, WIDE, { width: 1440, height: 900 }, PHONE]) {
      await page.setViewportSize(viewport);
      const used = await page.evaluate(() =>
        [...document.querySelectorAll('.pair[data-presentation=shown] :is(.task, .pane)')].map((box) => {
          const text = box.querySelector('.markdown p')?.getBoundingClientRect().width ?? 0;
          return text / box.clientWidth;
        }),
      );
      for (const share of used) expect(share, JSON.stringify(viewport)).toBeGreaterThan(0.7);
    }
  });
});

describe('the splitter between task and answers', () => {
  const splitter = (page: Page) => page.getByRole('separator', { name: 'Room for the task' });
  const now = async (page: Page) => Number(await splitter(page).getAttribute('aria-valuenow'));
  const taskBox = async (page: Page) =>
    (await shown(page).locator('.task').boundingBox()) ?? { width: 0, height: 0 };

  it('moves by keys and by hand, beside the answers and above them, votes nothing, and is remembered', async () => {
    const { page, fixture } = await openStudy(plainPairs());
    const height = (await taskBox(page)).height;
    expect(await now(page)).toBe(30);
    await tabTo(page, splitter(page));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('PageDown');
    await expect.poll(() => now(page)).toBe(42);
    expect((await taskBox(page)).height).toBeGreaterThan(height * 1.3);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Home');
    await expect.poll(() => now(page)).toBe(10);
    await page.keyboard.press('End');
    await expect.poll(() => now(page)).toBe(75);
    const box = await splitter(page).boundingBox();
    if (box === null) throw new Error('no splitter');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2, box.y - 200, { steps: 5 });
    await page.mouse.up();
    const dragged = await now(page);
    expect(dragged).toBeLessThan(60);
    await vote(page, '2');
    expect(await now(page)).toBe(dragged);
    await page.reload();
    await shown(page).waitFor();
    await expect.poll(() => now(page)).toBe(dragged);
    await splitter(page).dblclick();
    await expect.poll(() => now(page)).toBe(30);
    await page.setViewportSize(WIDE);
    await expect.poll(() => splitter(page).getAttribute('aria-orientation')).toBe('vertical');
    const width = (await taskBox(page)).width;
    await splitter(page).focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(async () => (await taskBox(page)).width).toBeGreaterThan(width);
    expect(await accessibilityViolations(page)).toEqual([]);
    const given = fixture.app.context.store
      .query<{ votes: number }>('SELECT count(*) AS votes FROM ratings WHERE presentation_id IS NOT NULL')
      .get();
    expect(given?.votes).toBe(1);
  });
});

describe('the row of actions', () => {
  it.each(['en', 'de', 'ar'])('is one at 1280 pixels in %s, on every scale', async (language) => {
    const { page, fixture, studyId } = await openStudy(
      plainPairs(),
      { rubric: { criteria: [{ name: 'true', about: '' }], reasonTags: [] }, marksSpans: true },
      { language },
    );
    for (const scale of VERDICT_SCALES) {
      await value(fixture, 'studies.configure', { studyId, design: { scale } });
      await begin({ page, studyId }, `rater ${scale}`);
      const tops = await page
        .locator('.action-bar')
        .getByRole('button')
        .evaluateAll((buttons) => [
          ...new Set(buttons.map((each) => Math.round(each.getBoundingClientRect().top))),
        ]);
      expect(tops, scale).toHaveLength(1);
      expect(await page.locator('.action-bar').getByRole('button').count(), scale).toBeGreaterThan(4);
      const isCut = await page
        .locator('.action-bar')
        .evaluate(
          (bar) => bar.scrollWidth > bar.clientWidth || bar.getBoundingClientRect().right > innerWidth,
        );
      expect(isCut, scale).toBe(false);
    }
    // What is not in the row is behind one key, and can be pressed there.
    await page.keyboard.press('?');
    const all = page.locator('dialog[open] .all-actions button');
    expect(await all.count()).toBeGreaterThan(15);
    expect(await accessibilityViolations(page)).toEqual([]);
    const differences = page.locator('dialog[open] .all-actions button', { hasText: 'X' });
    await differences.first().click();
    await page.locator('.differences-legend').waitFor();
  });
});

describe('between two pairs', () => {
  it.each([DESKTOP, WIDE, PHONE])('nothing moves at %o', async (viewport) => {
    const { page } = await openStudy(
      plainPairs(),
      { rubric: { criteria: [{ name: 'true', about: '' }], reasonTags: ['wrong'] }, asksConfidence: true },
      { viewport },
    );
    // The first vote brings what a rater is told from then on.
    await vote(page);
    const boxes = () =>
      page.evaluate(() =>
        [
          ...document.querySelectorAll(
            '.rate-head > *, .rate-progress > *, .pair[data-presentation=shown] :is(.task, .pane, h2), .task-splitter, .rate-actions, .action-bar button, .criterion label',
          ),
        ].map((each) => {
          const { x, y, height } = each.getBoundingClientRect();
          return `${each.className || each.tagName} ${Math.round(x)} ${Math.round(y)} ${Math.round(height)}`;
        }),
      );
    await page.evaluate(() => {
      const shifts: string[] = [];
      Object.assign(window, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as unknown as {
          value: number;
          sources: { node: Element | null }[];
        }[])
          shifts.push(
            `${entry.value} ${entry.sources.map(({ node }) => `${node?.nodeName} ${node?.className}`)}`,
          );
      }).observe({ type: 'layout-shift', buffered: false });
    });
    const before = await boxes();
    for (const key of ['1', '2', '3', '4', '1']) await vote(page, key);
    expect(await boxes()).toEqual(before);
    expect(await page.evaluate(() => (window as unknown as { shifts: string[] }).shifts)).toEqual([]);
  });
});

describe('a vote', () => {
  it('shows what was laid out before, draws no button anew, and asks for no layout on its way', async () => {
    const { page } = await openStudy(plainPairs());
    await vote(page);
    await shown(page).locator('+ .pair .pane').first().waitFor({ state: 'attached' });
    await page.evaluate(() => {
      const prepared = [...document.querySelectorAll('.pair[data-presentation=prepared] :is(.task, .pane)')];
      const now = [...document.querySelectorAll('.pair[data-presentation=shown] :is(.task, .pane)')];
      const boxes = (of: Element[]) => of.map((each) => JSON.stringify(each.getBoundingClientRect()));
      if (boxes(prepared).join() !== boxes(now).join()) throw new Error('the next pair is not laid out yet');
      const buttons = [...document.querySelectorAll('.action-bar button')];
      const changed: string[] = [];
      const observer = new MutationObserver((records) => {
        for (const { target, attributeName } of records)
          changed.push(`${(target as Element).className} ${attributeName ?? 'children'}`);
      });
      const bar = document.querySelector('.action-bar');
      if (bar !== null) observer.observe(bar, { subtree: true, childList: true, attributes: true });
      const scrolls: string[] = [];
      Element.prototype.scrollTo = () => {
        scrolls.push('an element was scrolled');
      };
      Object.assign(window, { kept: { prepared, buttons, changed, scrolls } });
    });
    await vote(page, '2');
    const found = await page.evaluate(() => {
      const { kept } = window as unknown as {
        kept: { prepared: Element[]; buttons: Element[]; changed: string[]; scrolls: string[] };
      };
      const now = [...document.querySelectorAll('.pair[data-presentation=shown] :is(.task, .pane)')];
      const buttons = [...document.querySelectorAll('.action-bar button')];
      return {
        isSamePair: now.length === 3 && now.every((each, place) => each === kept.prepared[place]),
        hasSameButtons: buttons.every((each, place) => each === kept.buttons[place]),
        changed: kept.changed,
        scrolls: kept.scrolls,
      };
    });
    expect(found).toEqual({ isSamePair: true, hasSameButtons: true, changed: [], scrolls: [] });
    // Nobody meets a pair that is only prepared.
    const prepared = page.locator('.pair[data-presentation=prepared] .pane').first();
    await prepared.waitFor({ state: 'attached' });
    expect(await prepared.isVisible()).toBe(false);
    await prepared.evaluate((pane) => (pane as HTMLElement).focus());
    expect(
      await page.evaluate(() => document.activeElement?.closest('[data-presentation=prepared]') === null),
    ).toBe(true);
  });
});

/** A finger that goes over an element from left to right. */
async function swipeRight(page: Page, over: Locator): Promise<void> {
  const { x, y } = (await over.boundingBox()) ?? { x: 0, y: 0 };
  const session = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: { x: number; y: number }[]) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints });
  await touch('touchStart', [{ x: x + 40, y: y + 150 }]);
  for (let moved = 0; moved <= 300; moved += 20)
    await touch('touchMove', [{ x: x + 40 + moved, y: y + 150 }]);
  await touch('touchEnd', []);
}

describe('on a phone', () => {
  it.each([
    ['en', 'Left', 'Right'],
    ['ar', 'اليسار', 'اليمين'],
  ])(
    'in %s one answer is read at a time under the question, by tab, key and finger',
    async (language, left, right) => {
      const { page } = await openStudy(plainPairs(12, 40), {}, { language, viewport: PHONE });
      const tab = (name: string) => page.getByRole('tab', { name, exact: true });
      const pane = (side: 0 | 1) => shown(page).locator('.pane').nth(side);
      const isSeen = (side: 0 | 1) =>
        pane(side).evaluate((element) => {
          const { left: from, right: to } = element.getBoundingClientRect();
          return from >= -1 && to <= innerWidth + 1;
        });
      expect(await isSeen(0)).toBe(true);
      expect(await isSeen(1)).toBe(false);
      // Left is left, whichever way the language runs.
      expect((await tab(left).boundingBox())?.x ?? 0).toBeLessThan((await tab(right).boundingBox())?.x ?? 0);
      expect(await tab(left).getAttribute('aria-selected')).toBe('true');
      expect(await tab(right).getAttribute('aria-controls')).toBe(await pane(1).getAttribute('id'));
      expect(await pane(1).getAttribute('role')).toBe('tabpanel');
      expect(await accessibilityViolations(page)).toEqual([]);
      const task = await shown(page).locator('.task').boundingBox();
      await page.keyboard.press('o');
      await expect.poll(() => isSeen(1)).toBe(true);
      await expect.poll(() => tab(right).getAttribute('aria-selected')).toBe('true');
      // The question stands where it was, and what is read on is the answer in view.
      expect(await shown(page).locator('.task').boundingBox()).toEqual(task);
      await page.keyboard.press('PageDown');
      await expect.poll(() => pane(1).evaluate((each) => each.scrollTop)).toBeGreaterThan(0);
      expect(await pane(0).evaluate((each) => each.scrollTop)).toBe(0);
      await tab(left).click();
      await expect.poll(() => isSeen(0)).toBe(true);
      await page.keyboard.press('ArrowRight');
      await expect.poll(() => tab(right).getAttribute('aria-selected')).toBe('true');
      await expect.poll(() => isSeen(1)).toBe(true);
      await swipeRight(page, shown(page).locator('.panes'));
      await expect.poll(() => tab(left).getAttribute('aria-selected')).toBe('true');
      await page.keyboard.press('o');
      await expect.poll(() => isSeen(1)).toBe(true);
      // Each pair begins with its left side.
      await vote(page);
      expect(await isSeen(0)).toBe(true);
      await expect.poll(() => tab(left).getAttribute('aria-selected')).toBe('true');
      expect(
        await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        ),
      ).toBe(0);
    },
  );
});

interface Given {
  readonly answer: string;
  readonly note: string | null;
  readonly details: string | null;
  readonly confidence: number | null;
}

/** Votes that count, about the screen, in the order they were given. */
function given({ fixture }: Work): Given[] {
  return fixture.app.context.store
    .query<Given & { verdict: string; left: string }>(
      `SELECT verdict, left_side AS left, note, details, confidence FROM ratings r
       WHERE presentation_id IS NOT NULL AND kind = 'vote'
         AND NOT EXISTS (SELECT 1 FROM ratings later WHERE later.supersedes = r.id) ORDER BY id`,
    )
    .all()
    .map(({ verdict, left, ...rest }) => ({
      ...rest,
      answer: ['first', 'second'].includes(verdict) ? (verdict === left ? 'left' : 'right') : verdict,
    }));
}

const RUBRIC = {
  criteria: [
    { name: 'correct', about: 'It is true.', required: true },
    { name: 'brief', about: 'No word too many.' },
  ],
  reasonTags: ['too long'],
};

const group = (page: Page, name: RegExp) => page.getByRole('group', { name });

describe('a criterion that is needed', () => {
  it.each(['en', 'de', 'ar'])('holds the vote back, in %s, and is where the focus goes', async (language) => {
    const work = await openStudy(plainPairs(), { rubric: RUBRIC }, { language });
    const { page } = work;
    const before = await shownText(page);
    const correct = group(page, /^correct/u);
    await page.keyboard.press('2');
    await expect
      .poll(() =>
        correct
          .locator('input')
          .first()
          .evaluate((each) => each === document.activeElement),
      )
      .toBe(true);
    expect(await notice(page).innerText()).toContain('correct');
    expect(await correct.locator('.field-problem').count()).toBe(1);
    expect(
      await group(page, /^brief/u)
        .locator('.field-problem')
        .count(),
    ).toBe(0);
    expect(await accessibilityViolations(page)).toEqual([]);
    expect([given(work), await shownText(page)]).toEqual([[], before]);
    // The hint is in sight while the focus is here, and number keys vote from a radio.
    expect(await page.locator('.keys-here').evaluate((each) => getComputedStyle(each).visibility)).toBe(
      'visible',
    );
    await page.keyboard.press('Space');
    await expect.poll(() => correct.locator('.field-problem').count()).toBe(0);
    await pressUntil(page, '2', async () => given(work).length === 1);
    expect(given(work)[0]?.answer).toBe('right');
    // A skip says why nothing is judged.
    await untilTakesKeys(page);
    await page.keyboard.press('s');
    await page.locator('dialog[open]').waitFor();
    await page.keyboard.press('1');
    await expect.poll(() => given(work).length).toBe(2);
  });
});

describe('an own vote', () => {
  it('is opened again with all that was said of it, changed or left, and the open pair goes on as it was', async () => {
    const work = await openStudy(plainPairs(), { rubric: RUBRIC, asksConfidence: true, blockSize: 3 });
    const { page } = work;
    const note = page.locator('.comment textarea');
    const say = async (words: string) => {
      await page.keyboard.press('c');
      await note.fill(words);
      await page.keyboard.press('Escape');
    };
    const first = await shownText(page);
    await say('Because of the end.');
    await group(page, /^correct/u)
      .getByRole('radio', { name: 'Right' })
      .check();
    await page.getByRole('checkbox', { name: 'too long' }).check();
    await page.getByRole('radio', { name: 'fairly sure' }).check();
    await vote(page, '2');
    const second = await shownText(page);
    await say('Half a thought');
    await page.keyboard.press('w');
    await page.locator('.own-vote').first().click();
    await page.getByText('One of your votes, open again: right is better.').waitFor();
    await untilTakesKeys(page);
    const isAsSaid = async () => {
      expect(await shownText(page)).toBe(first);
      expect(await note.inputValue()).toBe('Because of the end.');
      expect(
        await group(page, /^correct/u)
          .getByRole('radio', { name: 'Right' })
          .isChecked(),
      ).toBe(true);
      expect(
        await group(page, /^brief/u)
          .getByRole('radio', { checked: true })
          .count(),
      ).toBe(0);
      expect(await page.getByRole('checkbox', { name: 'too long' }).isChecked()).toBe(true);
      expect(await page.getByRole('radio', { name: 'fairly sure' }).isChecked()).toBe(true);
      expect(await page.locator('.action-bar [data-earlier]').allInnerTexts()).toEqual([
        expect.stringContaining('Right'),
      ]);
    };
    await isAsSaid();
    expect(await accessibilityViolations(page)).toEqual([]);
    // Left as it was: the open pair has its half thought.
    await page.keyboard.press('Escape');
    await expect.poll(() => shownText(page)).toBe(second);
    expect(await note.inputValue()).toBe('Half a thought');
    expect(given(work)).toHaveLength(1);
    // Changed: the answer is another, and what was said of it stays.
    await page.keyboard.press('w');
    await page.locator('.own-vote').first().click();
    await expect.poll(() => shownText(page)).toBe(first);
    await untilTakesKeys(page);
    await page.keyboard.press('z');
    await page.keyboard.press('3');
    await page.getByText('Changed to: tie').waitFor();
    await expect.poll(() => shownText(page)).toBe(second);
    expect(await note.inputValue()).toBe('Half a thought');
    expect(given(work)).toEqual([
      {
        answer: 'tie',
        note: 'Because of the end.',
        confidence: 2,
        details: expect.stringMatching(/"correct".*"too long"/u),
      },
    ]);
    // What is begun anew and not recorded is there at the next look, too, although a reload came between.
    await untilTakesKeys(page);
    await page.keyboard.press('w');
    await page.locator('.own-vote').first().click();
    await expect.poll(() => shownText(page)).toBe(first);
    await say('Because of the end, and the middle.');
    await page.reload();
    await shown(page).waitFor();
    await expect.poll(() => shownText(page)).toBe(second);
    await untilTakesKeys(page);
    await page.keyboard.press('w');
    await page.locator('.own-vote').first().click();
    await expect.poll(() => note.inputValue()).toBe('Because of the end, and the middle.');
    await page.getByText('open again: a tie.').waitFor();
    await page.keyboard.press('Escape');
    // Once its block is closed it is read, and no key changes it.
    for (const side of ['Left', 'Right']) {
      await untilTakesKeys(page);
      await group(page, /^correct/u)
        .getByRole('radio', { name: side })
        .check();
      const count = given(work).length;
      await pressUntil(page, '1', () => given(work).length > count);
    }
    await page.getByRole('button', { name: 'Close the block' }).click();
    await shown(page).waitFor();
    await untilTakesKeys(page);
    const open = await shownText(page);
    await page.keyboard.press('w');
    await page.locator('.own-vote').last().click();
    await page.getByText('so this vote is final').waitFor();
    await untilTakesKeys(page);
    await page.keyboard.press('1');
    await page.keyboard.press('c');
    expect(
      await group(page, /^correct/u)
        .getByRole('radio')
        .first()
        .isDisabled(),
    ).toBe(true);
    await page
      .getByRole('button', { name: /^Go on/u })
      .first()
      .click();
    await expect.poll(() => shownText(page)).toBe(open);
    expect(given(work).map(({ answer }) => answer)).toEqual(['tie', 'left', 'left']);
  });
});
