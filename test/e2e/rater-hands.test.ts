/** What hands do to keys and buttons, in a real Chromium: held, pressed twice, pressed to read on, typed and left. */
import { mkdirSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startHttpHost } from '../../electron/hosts/http/server.ts';
import { accessibilityViolations } from '../support/accessibility.ts';
import { launchBrowser } from '../support/browser.ts';
import { importText, jsonLines } from '../support/comparisons.ts';
import { type HttpFixture, startHttpFixture } from '../support/http-fixture.ts';
import { openWindow } from '../support/open-window.ts';
import { pauseInPage, shown, untilTakesKeys } from '../support/rater-page.ts';
import { tabTo } from '../support/tab-to.ts';

const PICTURES = process.env.TOUCHSTONE_PICTURES;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
  if (PICTURES !== undefined) mkdirSync(PICTURES, { recursive: true });
});
afterAll(() => browser.close());

/** How long a study waits before a pair may be answered, unless a test is about something else. */
const MINIMUM_MS = 250;

const long = (what: string) =>
  Array.from({ length: 60 }, (_, line) => `${what}, paragraph ${line + 1}, goes on for a while.`).join(
    '\n\n',
  );

interface Work {
  readonly fixture: HttpFixture;
  readonly studyId: string;
  readonly page: Page;
}

/** A study of long texts. */
async function openStudy(design: Record<string, unknown> = {}, rows = 12): Promise<Work> {
  const fixture = await startHttpFixture({ withPage: true });
  const { studyId = '' } = await importText(
    fixture.app.context.store.path,
    jsonLines(
      Array.from({ length: rows }, (_, index) => ({
        id: `p${index}`,
        prompt: `Question ${index}: which answer is better?`,
        a: { system: 'zq-one', text: long(`First ${index}`) },
        b: { system: 'zq-two', text: long(`Second ${index}`) },
      })),
    ),
  );
  const reply = await fixture.app.call('studies.configure', {
    studyId,
    design: { minimumViewingMs: MINIMUM_MS, ...design },
  });
  expect(reply).toMatchObject({ ok: true });
  const { page } = await openWindow(browser, fixture);
  await page.goto(fixture.host.launchUrl());
  return { fixture, studyId: studyId ?? '', page };
}

/** Opens a study and begins as somebody. */
async function rate(design: Record<string, unknown> = {}, rater = 'ada'): Promise<Work> {
  const work = await openStudy(design);
  await begin(work, rater);
  return work;
}

async function begin({ page, studyId }: Work, rater: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#/study/${studyId}`);
  await page.getByLabel('Rate as').fill(rater);
  await page.keyboard.press('Enter');
  await isReadable(page);
}

interface Pressed {
  readonly code: string;
  readonly key: string;
  readonly location?: number;
  readonly shiftKey?: boolean;
  readonly isComposing?: boolean;
  readonly repeat?: boolean;
}

interface Vote {
  readonly kind: 'vote' | 'retraction';
  readonly verdict: string | null;
  readonly left: string | null;
  readonly note: string | null;
  readonly details: string | null;
  readonly confidence: number | null;
  readonly skipReason: string | null;
}

function votes({ fixture }: Work): Vote[] {
  return fixture.app.context.store
    .query<Vote>(
      `SELECT kind, verdict, left_side AS left, note, details, confidence, skip_reason AS skipReason
       FROM ratings WHERE presentation_id IS NOT NULL ORDER BY id`,
    )
    .all();
}

/** What was answered about the screen, each in one word. */
function answers(work: Work): string[] {
  return votes(work).map(({ kind, verdict, left }) => {
    if (kind === 'retraction') return 'undone';
    return verdict === 'first' || verdict === 'second' ? (verdict === left ? 'left' : 'right') : `${verdict}`;
  });
}

const shownTask = (page: Page) => shown(page).locator('.task').innerText();

async function isReadable(page: Page): Promise<void> {
  await shown(page).waitFor();
  await untilTakesKeys(page);
}

/** Lets everything that was pressed be taken, answered and painted. */
async function settle(page: Page): Promise<void> {
  await pauseInPage(page, MINIMUM_MS);
  await isReadable(page);
}

/** Holds a key as an operating system repeats it. */
async function hold(page: Page, key: string, repeats = 25): Promise<void> {
  await page.keyboard.down(key);
  for (let count = 0; count < repeats; count++) {
    await page.waitForTimeout(40);
    await page.keyboard.down(key);
  }
  await page.keyboard.up(key);
}

const button = (page: Page, name: RegExp) => page.getByRole('toolbar').getByRole('button', { name });

/** How far a text is scrolled once it is at rest: pages scroll over several frames. */
const scrolled = (page: Page, place: 'left' | 'right') =>
  shown(page)
    .locator('.pane')
    .nth(place === 'left' ? 0 : 1)
    .evaluate(async (pane) => {
      let top = pane.scrollTop;
      for (let still = 0; still < 8; still++) {
        await new Promise(requestAnimationFrame);
        if (pane.scrollTop !== top) still = -1;
        top = pane.scrollTop;
      }
      return top;
    });

describe('a vote needs a press of its own', () => {
  it('whatever is held, pressed twice, or meant for reading', async () => {
    const work = await rate();
    const { page } = work;
    // Clicked, and then Enter and Space, held and pressed.
    await button(page, /^Left/u).click();
    await expect.poll(() => answers(work)).toEqual(['left']);
    await settle(page);
    await hold(page, 'Enter');
    await hold(page, 'Space');
    await page.keyboard.press('Enter');
    await settle(page);
    expect(answers(work)).toEqual(['left']);

    // Reached by Tab: one Enter, however long, is one vote; the next is one more. Space reads on.
    await tabTo(page, button(page, /^Right/u));
    await hold(page, 'Enter');
    await settle(page);
    expect(answers(work)).toEqual(['left', 'right']);
    await page.keyboard.press('Space');
    await hold(page, 'Space', 5);
    await settle(page);
    expect(answers(work)).toEqual(['left', 'right']);
    await page.keyboard.press('Enter');
    await expect.poll(() => answers(work).length).toBe(3);
    await settle(page);
    // Who turns to a button and presses Space means it.
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await expect.poll(() => answers(work)).toEqual(['left', 'right', 'right', 'tie']);
    await settle(page);

    // Double and treble clicks, and a press that began over another pair.
    await button(page, /^Both bad/u).dblclick({ delay: 30 });
    await settle(page);
    expect(answers(work)).toHaveLength(5);
    await button(page, /^Both bad/u).click({ clickCount: 3, delay: 250 });
    await settle(page);
    expect(answers(work)).toHaveLength(6);
    await button(page, /^Left/u).hover();
    await page.mouse.down();
    await page.keyboard.press('2');
    await expect.poll(() => answers(work).length).toBe(7);
    await settle(page);
    await page.mouse.up();
    await settle(page);
    expect(answers(work).slice(4)).toEqual(['both_bad', 'both_bad', 'right']);

    // Held on the way through the skip dialog.
    await tabTo(page, button(page, /^Skip/u));
    await hold(page, 'Enter');
    await settle(page);
    await page.getByRole('dialog', { name: 'Why skip this pair?' }).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
    await hold(page, 's');
    await page.getByRole('dialog', { name: 'Why skip this pair?' }).waitFor();
    await hold(page, '1');
    await settle(page);
    expect(answers(work).slice(7)).toEqual(['skipped']);
  });

  it('by every way only once the pair can have been read', async () => {
    const work = await rate({ minimumViewingMs: 60_000 });
    const { page } = work;
    for (const press of [
      () => page.keyboard.press('1'),
      () => button(page, /^Tie/u).click(),
      async () => {
        await page.keyboard.press('s');
        await page.getByRole('dialog').waitFor();
        await page.keyboard.press('2');
      },
      async () => {
        await page.keyboard.press('s');
        await page.getByRole('dialog').getByRole('button', { name: 'I cannot judge this' }).click();
      },
    ]) {
      // On a slow machine, too, each has all of the minute.
      await page.reload();
      await isReadable(page);
      await press();
      await page.getByText('Too soon after the pair appeared').waitFor();
    }
    await settle(page);
    expect(votes(work)).toEqual([]);
  });

  it('on the number pad with and without Num Lock, on other layouts, and where no code is told', async () => {
    const work = await rate();
    const { page } = work;
    const press = async (init: Pressed, wanted: string | null) => {
      const before = answers(work).length;
      await page.evaluate((each) => {
        document.body.dispatchEvent(
          new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...each }),
        );
      }, init);
      if (wanted !== null) await expect.poll(() => answers(work).length).toBe(before + 1);
      await settle(page);
      expect(answers(work).slice(before)).toEqual(wanted === null ? [] : [wanted]);
    };
    await press({ code: 'Numpad2', key: 'ArrowDown', location: 3 }, 'right');
    await press({ code: 'Numpad4', key: 'ArrowLeft', location: 3 }, 'both_bad');
    await press({ code: 'Numpad6', key: 'ArrowRight', location: 3 }, null);
    await press({ code: '', key: 'End', location: 3 }, 'left');
    await press({ code: 'Numpad3', key: '3', location: 3 }, 'tie');
    await press({ code: '', key: '1' }, 'left');
    await press({ code: 'Digit2', key: '2', shiftKey: true }, 'right');
    await press({ code: 'Digit1', key: '&' }, 'left');
    await press({ code: 'Digit3', key: '#', shiftKey: true }, null);
    await press({ code: 'Digit3', key: '٣' }, 'tie');
    await press({ code: 'Digit1', key: 'Process', isComposing: true }, null);
    await press({ code: 'Digit1', key: '1', repeat: true }, null);
  });
});

describe('keys that read on', () => {
  it('scroll the text under the pointer or last read, and never answer', async () => {
    const work = await rate();
    const { page } = work;
    // Nobody has turned to a text yet: the first that goes on is read.
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => scrolled(page, 'left')).toBeGreaterThan(0);
    expect(await scrolled(page, 'right')).toBe(0);
    await page.keyboard.press('Home');
    await expect.poll(() => scrolled(page, 'left')).toBe(0);

    await shown(page).locator('.pane').nth(1).hover();
    await page.mouse.wheel(0, 120);
    await expect.poll(() => scrolled(page, 'right')).toBeGreaterThan(0);
    for (const [key, isDown] of [
      ['ArrowDown', true],
      ['ArrowUp', false],
      ['PageDown', true],
      ['PageUp', false],
      ['Space', true],
      ['Shift+Space', false],
      ['End', true],
      ['Home', false],
    ] as const) {
      const before = await scrolled(page, 'right');
      await page.keyboard.press(key);
      await expect
        .poll(async () => (await scrolled(page, 'right')) - before, { message: key })
        [isDown ? 'toBeGreaterThan' : 'toBeLessThan'](0);
    }
    expect(await scrolled(page, 'left')).toBe(0);
    await hold(page, 'ArrowDown', 10);
    await expect.poll(() => scrolled(page, 'right')).toBeGreaterThan(300);

    // The next pair is read on in the same place, also with the focus on a button.
    await page.keyboard.press('1');
    await expect.poll(() => answers(work).length).toBe(1);
    await settle(page);
    await page.keyboard.press('Space');
    await expect.poll(() => scrolled(page, 'right')).toBeGreaterThan(0);
    await tabTo(page, shown(page).locator('.pane').first());
    await page.keyboard.press('PageDown');
    await expect.poll(() => scrolled(page, 'left')).toBeGreaterThan(0);
    // On its way to the button the focus may have been in the other text: that one is then read on.
    await tabTo(page, button(page, /^Guideline/u));
    const both = async () => (await scrolled(page, 'left')) + (await scrolled(page, 'right'));
    const before = await both();
    await page.keyboard.press('ArrowUp');
    await expect.poll(both).toBeLessThan(before);
    await settle(page);
    expect(answers(work)).toEqual(['left']);
  });

  it('do so where somebody had given them to answers before', async () => {
    const work = await openStudy();
    const { page, fixture } = work;
    const keys = { left: ['arrowup'], tie: ['arrowdown', 'q'], both_bad: ['space'] };
    expect(await fixture.app.call('settings.put', { keys })).toMatchObject({ ok: true });
    await page.reload();
    await begin(work, 'ada');
    await shown(page).locator('.pane').first().hover();
    for (const key of ['ArrowDown', 'ArrowDown', 'Space']) await page.keyboard.press(key);
    await expect.poll(() => scrolled(page, 'left')).toBeGreaterThan(100);
    await page.keyboard.press('ArrowUp');
    await settle(page);
    expect(votes(work)).toEqual([]);
    await page.keyboard.press('q');
    await expect.poll(() => answers(work)).toEqual(['tie']);
  });
});

const RUBRIC = {
  criteria: [
    { name: 'correct', about: 'It is true.' },
    { name: 'brief', about: 'It is short.' },
  ],
  reasonTags: ['too long', 'off topic'],
};

describe('what is said of a vote', () => {
  it('is what was recorded, each time anew, to eyes and to a screen reader', async () => {
    const work = await rate();
    const { page } = work;
    await page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(window, { heard });
      const live = document.querySelector('.save-state [role=status]');
      if (live === null) throw new Error('nothing is said');
      new MutationObserver(() => {
        const said = live.textContent?.trim() ?? '';
        if (said.startsWith('Recorded')) heard.push(said);
      }).observe(live, { childList: true, subtree: true, characterData: true });
    });
    for (const key of ['3', '3', '1', '4']) {
      const before = answers(work).length;
      await page.keyboard.press(key);
      await expect.poll(() => answers(work).length).toBe(before + 1);
      await settle(page);
    }
    await page.keyboard.press('s');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('1');
    await page.getByText('Recorded: skipped · Z takes it back').waitFor();
    const heard = await page.evaluate(() => (window as unknown as { heard: string[] }).heard);
    expect(heard).toEqual(
      ['tie', 'tie', 'left', 'both bad', 'skipped'].map((said) => `Recorded: ${said} · Z takes it back`),
    );
    expect(await accessibilityViolations(page)).toEqual([]);
  });

  it.each([
    ['de', 'Gespeichert: gleich · Z nimmt es zurück'],
    ['ar', 'حُفظ: تعادل · المفتاح Z للتراجع'],
  ])('is said in %s', async (language, said) => {
    const work = await openStudy();
    const { page, fixture } = work;
    await fixture.app.call('settings.put', { language });
    await page.evaluate((hash) => {
      location.hash = hash;
    }, `#/study/${work.studyId}`);
    await page.reload();
    await page.locator('.inline-form input').first().fill('ada');
    await page.keyboard.press('Enter');
    await isReadable(page);
    await page.keyboard.press('3');
    await page.getByText(said).waitFor();
  });

  it('goes after a while unless somebody points at it, and covers nothing', async () => {
    const work = await rate();
    const { page } = work;
    await page.clock.install();
    await page.keyboard.press('/');
    await page.locator('.find-bar').getByRole('searchbox').fill('while');
    await page.locator('.find-bar').getByRole('searchbox').blur();
    for (const width of [1280, 390, 320]) {
      await page.setViewportSize({ width, height: 800 });
      await page.keyboard.press('x');
      const notice = page.locator('.save-state');
      await expect.poll(() => notice.innerText()).not.toBe('');
      // Nothing of the screen lies under it: what is hit at its corners is itself or its own frame.
      const covered = await notice.evaluate((element) => {
        const { left, right, top, bottom } = element.getBoundingClientRect();
        const others = [
          ...document.querySelectorAll(
            '.find-bar, .pair[data-presentation=shown] :is(.task, .pane), .rate-actions button',
          ),
        ];
        return others
          .filter((other) => other.getClientRects().length > 0)
          .filter((other) => {
            const box = other.getBoundingClientRect();
            return box.left < right && left < box.right && box.top < bottom && top < box.bottom;
          })
          .map(({ className }) => className);
      });
      // A bar that sticks to the end of a narrow page is no notice.
      expect(covered).toEqual([]);
      const next = page.locator('.find-bar').getByRole('button', { name: 'Next' });
      await next.click();
      await notice.hover();
      await page.clock.runFor(10_000);
      expect(await notice.innerText(), 'pointed at').not.toBe('');
      await page.mouse.move(5, 790);
      await page.clock.runFor(5000);
      await expect.poll(() => notice.innerText()).toBe('');
    }
  });
});

describe('what a rater typed', () => {
  it('comes back with an undo, with the answer that was given', async () => {
    const work = await rate({ rubric: RUBRIC, asksConfidence: true, marksSpans: true });
    const { page } = work;
    const task = await shownTask(page);
    await page.keyboard.press('d');
    await page.keyboard.press('Space');
    await page.getByRole('checkbox', { name: 'too long' }).check();
    await page.getByRole('radio', { name: 'fairly sure' }).check();
    await page.keyboard.press('m');
    await page.getByRole('dialog').getByRole('checkbox').first().check();
    await page.keyboard.press('Escape');
    await page.keyboard.press('c');
    await page.keyboard.type('Because 1 and 2 agree.');
    await page.keyboard.press('Escape');
    await page.keyboard.press('3');
    await expect.poll(() => answers(work)).toEqual(['tie']);
    await settle(page);
    expect(await shownTask(page)).not.toBe(task);
    expect(await page.locator('.comment').count()).toBe(0);
    await page.keyboard.press('ControlOrMeta+z');
    await expect.poll(() => shownTask(page)).toBe(task);
    const isBack = async () => {
      await expect.poll(() => page.locator('.comment textarea').inputValue()).toBe('Because 1 and 2 agree.');
      expect(await page.locator('.criterion.sides').first().getByRole('radio').first().isChecked()).toBe(
        true,
      );
      expect(await page.getByRole('checkbox', { name: 'too long' }).isChecked()).toBe(true);
      expect(await page.getByRole('radio', { name: 'fairly sure' }).isChecked()).toBe(true);
      expect(await page.locator('.action-bar [data-earlier]').innerText()).toMatch(/^Tie/u);
    };
    await isBack();
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.reload();
    await isReadable(page);
    await isBack();
    await settle(page);
    // A vote from a radio that has the focus.
    await page.locator('.criterion.sides').first().getByRole('radio').first().focus();
    await page.keyboard.press('2');
    await expect.poll(() => answers(work)).toEqual(['tie', 'undone', 'right']);
    const [first, , last] = votes(work);
    expect(last).toMatchObject({ note: first?.note, details: first?.details, confidence: first?.confidence });
    expect(JSON.parse(last?.details ?? '{}')).toMatchObject({
      criteria: { correct: expect.any(String) },
      reasonTags: ['too long'],
      spans: [expect.objectContaining({ quote: expect.any(String) })],
    });
    await settle(page);
    // Nothing of it is said of the next pair.
    expect(await page.locator('.comment').count()).toBe(0);
    expect(await page.locator('.vote-details :checked').count()).toBe(0);
    expect(await page.locator('[data-earlier]').count()).toBe(0);
  });

  it('outlives reload, leaving and a lost host, for that person alone, until it is recorded', async () => {
    const work = await rate({ rubric: RUBRIC });
    const { page } = work;
    const comment = page.locator('.comment textarea');
    const task = await shownTask(page);
    await page.keyboard.press('c');
    await page.keyboard.type('Half a thought');
    await page.reload();
    await isReadable(page);
    await expect.poll(() => comment.inputValue()).toBe('Half a thought');
    await page.getByRole('button', { name: '← Leave' }).click();
    await begin(work, 'ben');
    expect(await comment.count()).toBe(0);
    await page.getByRole('button', { name: '← Leave' }).click();
    await page.getByRole('button', { name: 'Continue as ada' }).click();
    await isReadable(page);
    await expect.poll(() => comment.inputValue()).toBe('Half a thought');

    // The host is lost, and another one comes at another address, where the browser has kept nothing.
    await expect
      .poll(() => work.fixture.app.context.store.query('SELECT draft FROM vote_drafts').all().length)
      .toBe(1);
    const second = await startHttpHost(work.fixture.app);
    onTestFinished(() => second.close());
    const other = await page.context().newPage();
    await other.goto(second.launchUrl());
    await other.evaluate((hash) => {
      location.hash = hash;
    }, `#/study/${work.studyId}`);
    await other.getByRole('button', { name: 'Continue as ada' }).click();
    await isReadable(other);
    await expect.poll(() => other.locator('.comment textarea').inputValue()).toBe('Half a thought');
    await other.close();
    await page.reload();
    await isReadable(page);

    // The host does not answer, and the page is reloaded meanwhile: the answer stands there as given before.
    await page.route('**/api/rating.submit', (route) => route.abort());
    await page.locator('.rate-head h1').click();
    await page.keyboard.press('1');
    await page.getByText('Not recorded yet').waitFor();
    // What is said of the vote takes a row, and the pair keeps the whole width.
    expect((await page.locator('.text-frame').boundingBox())?.width).toBe(
      (await page.locator('.rate').boundingBox())?.width,
    );
    await page.unroute('**/api/rating.submit');
    await page.reload();
    await isReadable(page);
    if ((await shownTask(page)) === task && votes(work).length === 0) {
      await expect.poll(() => comment.inputValue()).toBe('Half a thought');
      await expect.poll(() => page.locator('[data-earlier]').count()).toBe(1);
      await page.keyboard.press('1');
    }
    await expect.poll(() => votes(work).map(({ note }) => note)).toEqual(['Half a thought']);
    await settle(page);
    expect(
      await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('draft'))),
    ).toEqual([]);
    expect(work.fixture.app.context.store.query('SELECT draft FROM vote_drafts').all()).toEqual([]);
  });

  it('is asked for where another reason is why a pair is skipped', async () => {
    const work = await rate();
    const { page } = work;
    await page.keyboard.press('s');
    const dialog = page.getByRole('dialog', { name: 'Why skip this pair?' });
    await dialog.waitFor();
    await page.keyboard.press('5');
    const reason = dialog.getByRole('textbox', { name: /What is the reason/u });
    await dialog.getByRole('button', { name: 'Skip the pair' }).click();
    expect(votes(work)).toEqual([]);
    await reason.focus();
    await page.keyboard.type('1 of 2 tables is cut');
    expect(await accessibilityViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.reload();
    await isReadable(page);
    await page.keyboard.press('s');
    await dialog.waitFor();
    await page.keyboard.press('5');
    await expect.poll(() => reason.inputValue()).toBe('1 of 2 tables is cut');
    await dialog.getByRole('button', { name: 'Skip the pair' }).click();
    await expect
      .poll(() => votes(work).map(({ skipReason, note }) => [skipReason, note]))
      .toEqual([['other', '1 of 2 tables is cut']]);
  });
});

describe('a pseudonym that is refused', () => {
  it('is refused beside the field, on the study and among the disagreements', async () => {
    const work = await openStudy();
    const { page, studyId } = work;
    await page.evaluate((hash) => {
      location.hash = hash;
    }, `#/study/${studyId}`);
    const name = page.getByLabel('Rate as');
    await name.fill('anna@example.com');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('Choose a pseudonym').waitFor();
    expect(await name.inputValue()).toBe('anna@example.com');
    expect(await name.getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
    expect(await accessibilityViolations(page)).toEqual([]);
    await name.fill('anna');
    await page.keyboard.press('Enter');
    await shown(page).waitFor();
  });
});

describe('at 400 % zoom', () => {
  it('leaves the texts the screen, and the keyboard reaches everything in sight', async () => {
    const work = await rate({ rubric: RUBRIC, asksConfidence: true });
    const { page } = work;
    await page.setViewportSize({ width: 320, height: 256 });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await accessibilityViolations(page)).toEqual([]);
      if (PICTURES !== undefined) await page.screenshot({ path: `${PICTURES}/zoom-${colorScheme}.png` });
    }
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
    ).toBeLessThanOrEqual(0);
    // Read on to the texts: nothing sticks over them.
    await shown(page)
      .locator('.pane')
      .first()
      .evaluate((pane) => pane.scrollIntoView({ block: 'start' }));
    const share = await page.evaluate(() => {
      let rows = 0;
      for (let y = 0; y < innerHeight; y += 4)
        if (document.elementFromPoint(innerWidth / 2, y)?.closest('.pane') !== null) rows++;
      return (4 * rows) / innerHeight;
    });
    expect(share).toBeGreaterThan(0.85);
    const top = await page.evaluate(() => scrollY);
    await page.keyboard.press('PageDown');
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(top);
    expect(votes(work)).toEqual([]);

    for (const size of [
      { width: 320, height: 256 },
      { width: 390, height: 844 },
      { width: 640, height: 512 },
    ]) {
      await page.setViewportSize(size);
      await page.evaluate(() => scrollTo(0, 0));
      for (const target of [
        page.getByRole('radio').first(),
        page.getByRole('radio', { name: 'a guess' }),
        button(page, /^Both bad/u),
        button(page, /^More/u),
      ]) {
        await tabTo(page, target);
        const isSeen = () =>
          target.evaluate((element) => {
            const { left, top: from, width, height } = element.getBoundingClientRect();
            const hit = document.elementFromPoint(left + width / 2, from + height / 2);
            return hit !== null && (hit === element || element.contains(hit) || hit.contains(element));
          });
        await expect.poll(isSeen, { message: `${target} at ${size.width}` }).toBe(true);
      }
    }
    await page.setViewportSize({ width: 320, height: 256 });
    await tabTo(page, button(page, /^More/u));
    await page.keyboard.press('Enter');
    const all = page.getByRole('dialog', { name: 'Everything that can be done' });
    await tabTo(page, all.getByRole('button', { name: 'Show the guideline' }));
    await page.keyboard.press('Enter');
    const guideline = page.getByRole('dialog', { name: 'Guideline' });
    await guideline.waitFor();
    const box = await guideline.boundingBox();
    expect(box?.height ?? 0).toBeLessThanOrEqual(256);
    await page.keyboard.press('Escape');
    await tabTo(page, button(page, /^Left/u));
    expect(await page.evaluate(() => scrollY)).toBeGreaterThan(0);
    await page.keyboard.press('Enter');
    await expect.poll(() => answers(work)).toEqual(['left']);
    // The next pair begins at its beginning, where it is said what was recorded.
    await expect.poll(() => page.evaluate(() => scrollY)).toBe(0);
  });
});
