/** A rater's whole way, from the first example to the last pair, with keys alone, in a real Chromium, in two languages. */

import i18next from 'i18next';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import '../../renderer/language/language.ts';
import { ERROR_TEXTS } from '../../renderer/language/failure-text.ts';
import { accessibilityViolations } from '../support/accessibility.ts';
import { launchBrowser } from '../support/browser.ts';
import { answer, pressUntil, shown, shownText, startStudy, untilTakesKeys } from '../support/rater-page.ts';
import { tabTo } from '../support/tab-to.ts';

const PICTURES = process.env.TOUCHSTONE_PICTURES;

const TASK_END = '\n\n![far](https://example.org/x.png)\n\n| one | two |\n|---|---|\n| 1 | 2 |';

/** Names, which no language has words of its own for, and what is printed on a key. */
const NAMES = new Set([
  'ada',
  'Study',
  'Tab',
  'Touchstone',
  'Hugging',
  'Face',
  'TRL',
  'Parquet',
  'DuckDB',
  'Spark',
  'BigQuery',
]);

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** Words in Latin letters outside texts of the study, which say their own direction. */
function latinWords(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const words: string[] = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
      const parent = node.parentElement;
      if (
        parent === null ||
        parent.closest('[dir=auto], bdi, option[lang], code, kbd, .key, script, style, [hidden]') !== null
      )
        continue;
      words.push(...((node.textContent ?? '').match(/[A-Za-z]{2,}/gu) ?? []));
    }
    for (const element of document.querySelectorAll(
      '.rate [aria-label]:not([dir=auto]), .rate [title]:not([dir=auto])',
    )) {
      const named = `${element.getAttribute('aria-label') ?? ''} ${element.getAttribute('title') ?? ''}`;
      words.push(...(named.match(/[A-Za-z]{2,}/gu) ?? []));
    }
    return [...new Set(words)];
  });
}

describe.each(['en', 'ar'] as const)('in %s, a rater', (language) => {
  const t = i18next.getFixedT(language, 'rater');
  const number = (value: number) => value.toLocaleString(language);

  it('trains, fails, retries, qualifies, works blocks with checks, marks, rests, revises and finishes', async () => {
    const looksWell = async (page: Page, what: string) => {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        expect(await accessibilityViolations(page), `${what}, ${colorScheme}`).toEqual([]);
        if (PICTURES !== undefined) {
          const name = `walk-${language}-${what.replaceAll(' ', '-')}-${colorScheme}`;
          await page.screenshot({ path: `${PICTURES}/${name}.png` });
        }
      }
      await page.emulateMedia({ colorScheme: 'light' });
      if (language !== 'ar') return;
      const words = await latinWords(page);
      expect(
        words.filter((word) => !NAMES.has(word)),
        what,
      ).toEqual([]);
    };
    const { fixture, page } = await startStudy(
      browser,
      {
        training: { passMark: 0.6, attempts: 2 },
        blockSize: 6,
        rubric: {
          criteria: [
            { name: 'correct', about: 'It is true.' },
            { name: 'brief', about: 'It is as short as can be.' },
          ],
          reasonTags: ['too long', 'off topic'],
        },
        asksConfidence: true,
        marksSpans: true,
        checks: { repeatShare: 0.25, catchShare: 0.25, goldShare: 0.2, repeatGap: 2 },
      },
      { pairs: 16, gold: 3, isSynthetic: true, language, belowTask: TASK_END, onScreen: looksWell },
    );
    const { store } = fixture.app.context;
    const dialog = (name: string) => page.getByRole('dialog', { name, exact: true });
    const press = async (button: string) => {
      await tabTo(page, page.getByRole('button', { name: button, exact: true }));
      await page.keyboard.press('Enter');
    };

    const examples = dialog(t('examples.title'));
    await examples.getByText(t('examples.place', { place: number(1), total: number(1) })).waitFor();
    await looksWell(page, 'worked examples');
    await press(t('examples.toPairs'));
    await page.getByText(t('shown.synthetic')).waitFor();
    const image = shown(page).locator('.inert-image');
    expect(await image.innerText()).toBe(t('shown.noImageOf', { what: 'far (https://example.org/x.png)' }));
    await shown(page)
      .getByRole('region', { name: t('shown.table') })
      .waitFor();

    for (const [isRight, verdict] of [
      [true, t('training.asKnown')],
      [false, t('training.otherwise')],
    ] as const) {
      await answer(page, isRight);
      await page.getByText(verdict).waitFor();
      await looksWell(page, `practice ${isRight ? 'right' : 'wrong'}`);
      await page.keyboard.press('Enter');
    }
    for (const isRight of [false, true, false]) await answer(page, isRight);
    await page.getByText(t('training.notEnough', { correct: number(1), answered: number(3) })).waitFor();
    await page.getByText(t('training.lastAttempt')).waitFor();
    await looksWell(page, 'the last attempt');
    for (const isRight of [true, true, false]) await answer(page, isRight);
    const left = (count: number) => page.getByText(t('head.blockLeft', { count, number: number(count) }));
    await left(6).waitFor();

    // Criteria, reasons and sureness: D goes to them, Escape back to the keys.
    await page.keyboard.press('d');
    await page.keyboard.press('ArrowDown');
    await tabTo(page, page.getByRole('checkbox', { name: 'too long' }));
    await page.keyboard.press('Space');
    await tabTo(page, page.getByRole('radio', { name: t('details.guess'), exact: true }));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Escape');
    await page.keyboard.press('m');
    await tabTo(
      page,
      dialog(t('mark.title'))
        .getByRole('group', { name: t('pair.right') })
        .getByRole('checkbox')
        .first(),
    );
    await page.keyboard.press('Space');
    await looksWell(page, 'mark the reason');
    await page.keyboard.press('Escape');
    await page.keyboard.press('x');
    await page.getByText(t('notice.differencesShown')).waitFor();
    await looksWell(page, 'a vote with details');
    await page.keyboard.press('x');
    await page.getByText(t('notice.differencesFolded')).waitFor();
    await page.keyboard.press('x');
    await page.keyboard.press('g');
    await dialog(t('action.guideline.label')).waitFor();
    await page.keyboard.press('Escape');
    await answer(page, true);
    await expect
      .poll(() =>
        store
          .query<{ details: string; confidence: number; version: number }>(
            "SELECT details, confidence, guideline_version AS version FROM ratings WHERE role <> 'training'",
          )
          .all()
          .map(({ details, ...rest }) => ({ ...JSON.parse(details), ...rest })),
      )
      .toEqual([
        {
          criteria: { correct: expect.any(String) },
          reasonTags: ['too long'],
          spans: [
            expect.objectContaining({ quote: expect.stringMatching(/^Answer \d+[ab] of quality \d\./u) }),
          ],
          confidence: 3,
          version: 2,
        },
      ]);

    // A pause hides the pair.
    await page.keyboard.press('p');
    await dialog(t('pause.title')).waitFor();
    expect(await shown(page).isVisible()).toBe(false);
    await looksWell(page, 'a pause');
    await page.keyboard.press('Enter');
    await expect.poll(() => shown(page).isVisible()).toBe(true);

    // A skip, with its reason on a digit; a vote that is not taken at once; an undo.
    const before = await shownText(page);
    await page.keyboard.press('s');
    await dialog(t('skip.title')).waitFor();
    await looksWell(page, 'a skip');
    await page.keyboard.press('1');
    await expect.poll(() => shownText(page)).not.toBe(before);
    await untilTakesKeys(page);
    await page.keyboard.press('z');
    await expect.poll(() => shownText(page)).toBe(before);
    let failures = 3;
    await page.route('**/api/rating.submit', (route) => (failures-- > 0 ? route.abort() : route.continue()));
    const answering = answer(page, true);
    if (language === 'ar') {
      const reason = ERROR_TEXTS[language].call.no_answer;
      await page.getByText(t('state.retrying', { reason })).waitFor();
    }
    await answering;
    await page.unroute('**/api/rating.submit');

    while ((await page.getByRole('heading', { name: t('block.done') }).count()) === 0)
      await answer(page, true);
    await looksWell(page, 'a finished block');
    await page.keyboard.press('w');
    const mine = dialog(t('work.title'));
    const found = (count: number) =>
      mine.getByText(t('work.found', { count, number: number(count) }), { exact: true });
    await found(6).waitFor();
    await looksWell(page, 'my work');
    const words = mine.getByRole('textbox', { name: t('work.words') });
    await tabTo(page, words);
    await page.keyboard.type('no such words at all');
    await page.keyboard.press('Enter');
    await mine.getByText(t('work.none')).waitFor();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('QUESTION');
    await page.keyboard.press('Enter');
    await found(6).waitFor();
    await tabTo(page, mine.locator('.own-vote').first());
    await page.keyboard.press('Enter');
    await page.getByText(t('action.go_on.label'), { exact: true }).first().waitFor();
    await untilTakesKeys(page);
    await looksWell(page, 'one of my votes');
    await page.keyboard.press('4');
    await page.getByText(t('notice.changed', { answer: t('recorded.both_bad') })).waitFor();
    await pressUntil(page, 'w', async () => (await mine.count()) > 0);
    const changed = new RegExp(
      `${t('answer.both_bad')}.*${t('work.changed', { count: 1, number: number(1) })}`,
      'u',
    );
    await mine.locator('.own-vote').first().getByText(changed).waitFor();
    await page.keyboard.press('Escape');
    await press(t('block.close'));
    // Keys are dropped for a moment where Tab went once round the window.
    await pressUntil(page, 'w', async () => (await mine.count()) > 0);
    await mine.getByText(t('work.notAll')).waitFor();
    await looksWell(page, 'older votes');
    await page.keyboard.press('Escape');

    await page.keyboard.press('f');
    await expect.poll(() => page.locator('.rate-head h1').isVisible()).toBe(false);
    await looksWell(page, 'focus');
    await page.keyboard.press('f');
    const size = () =>
      shown(page)
        .locator('.pane .markdown')
        .first()
        .evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
    const normal = await size();
    await page.keyboard.press('=');
    await expect.poll(size).toBeGreaterThan(normal);
    await page.keyboard.press('-');
    await expect.poll(size).toBe(normal);
    await page.keyboard.press('?');
    await dialog(t('state.allActions')).waitFor();
    await looksWell(page, 'all keys');
    await page.keyboard.press('Escape');

    for (let votes = 0; votes < 60; votes++) {
      if ((await page.getByRole('heading', { name: t('state.finished') }).count()) > 0) break;
      const done = page.getByRole('heading', { name: t('block.done') });
      if ((await done.count()) > 0) {
        await press(t('block.close'));
        // Else it might be pressed once more, on its way out.
        await done.waitFor({ state: 'detached' });
      } else await answer(page, true);
      await page.waitForFunction(
        () => document.querySelector('.rate')?.getAttribute('data-phase') !== 'saving',
      );
    }
    await page.getByRole('heading', { name: t('state.finished') }).waitFor();
    await looksWell(page, 'the end');

    const kinds = store
      .query<{ kind: string }>(
        "SELECT DISTINCT p.kind FROM ratings r JOIN presentations p ON p.id = r.presentation_id WHERE r.kind = 'vote'",
      )
      .all()
      .map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['ordinary', 'repeat', 'gold', 'practice', 'qualifying']));
    expect(kinds.some((kind) => kind === 'identical' || kind === 'off_topic')).toBe(true);
    expect(
      store
        .query<{ kind: string; open: number }>(
          'SELECT kind, sum(is_open) AS open FROM presentations GROUP BY kind',
        )
        .all()
        .filter(({ open }) => open > 0),
    ).toEqual([]);
    const revised = store
      .query<{ verdict: string; version: number }>(
        `SELECT verdict, guideline_version AS version FROM ratings r WHERE kind = 'vote'
           AND (SELECT kind FROM ratings was WHERE was.id = r.supersedes) = 'vote'`,
      )
      .all();
    expect(revised).toEqual([{ verdict: 'both_bad', version: 2 }]);
  });
});
