/** A rater's screen in a browser: a study of texts that tell how good they are, and keys that answer it. */
import i18next from 'i18next';
import type { Browser, Page } from 'playwright-core';
import '../../renderer/language/language.ts';
import { importText, jsonLines } from './comparisons.ts';
import { type HttpFixture, startHttpFixture } from './http-fixture.ts';
import { openWindow } from './open-window.ts';
import { patience } from './patience.ts';
import { qualityRows, trueAnswer } from './simulated-rater.ts';
import { tabTo } from './tab-to.ts';

const TRAINING = ['example', 'practice', 'practice', 'qualifying', 'qualifying', 'qualifying'] as const;

interface StudySetup {
  readonly pairs?: number;
  /** How many pairs after those of the training are gold. */
  readonly gold?: number;
  readonly isSynthetic?: boolean;
  readonly language?: 'en' | 'de' | 'ar';
  /** Stands below every task. */
  readonly belowTask?: string;
  /** Called where the rater comes by before rating begins. */
  readonly onScreen?: (page: Page, name: string) => Promise<void>;
}

/** Imports a study with training pairs, designs it, and begins to rate it as ada, without a mouse. */
export async function startStudy(
  browser: Browser,
  design: Record<string, unknown>,
  { pairs = 40, gold = 0, isSynthetic = false, language = 'en', belowTask = '', onScreen }: StudySetup = {},
): Promise<{ fixture: HttpFixture; page: Page }> {
  const fixture = await startHttpFixture({ withPage: true });
  const { store } = fixture.app.context;
  const rows = qualityRows(pairs).map((row) => ({ ...row, prompt: `${row.prompt}${belowTask}` }));
  const { studyId } = await importText(store.path, jsonLines(rows));
  if (isSynthetic) store.write((store) => store.run('UPDATE studies SET is_synthetic = 1'));
  const call = async (name: string, input: unknown) => {
    const reply = await fixture.app.call(name, input);
    if (!reply.ok) throw new Error(reply.error.message);
  };
  const stages = [...TRAINING, ...Array.from({ length: gold }, () => 'gold' as const)];
  await call('design.addKnownAnswers', {
    studyId,
    answers: stages.map((stage, index) => ({
      pair: `pair-${index}`,
      stage,
      verdict: verdictOf(rows[index]),
      explanation: `The **quality** decides (${index}).`,
    })),
  });
  await call('studies.configure', { studyId, design: { minimumViewingMs: 0, ...design } });
  await call('settings.put', { language });
  const { page } = await openWindow(browser, fixture);
  await page.goto(fixture.host.launchUrl());
  const card = page.getByRole('button', { name: /^Study/u }).and(page.locator('.card'));
  await card.waitFor();
  const t = i18next.getFixedT(language, 'rater');
  await onScreen?.(page, 'studies');
  if (onScreen !== undefined) {
    await tabTo(page, page.getByRole('button', { name: t('nav.settings'), exact: true }));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: t('settings.keys') }).waitFor();
    await onScreen(page, 'settings');
    await page.goBack();
  }
  await tabTo(page, card);
  await page.keyboard.press('Enter');
  const name = page.getByLabel(t('study.rateAs'));
  await name.waitFor();
  await onScreen?.(page, 'study');
  await tabTo(page, name);
  await page.keyboard.type('ada');
  await page.keyboard.press('Enter');
  return { fixture, page };
}

function verdictOf(row: Record<string, unknown> | undefined): 'first' | 'second' | 'tie' {
  const quality = (side: unknown) => Number(/quality (\d)/u.exec(JSON.stringify(side))?.[1]);
  const [one, two] = [quality(row?.a), quality(row?.b)];
  return one === two ? 'tie' : one > two ? 'first' : 'second';
}

export const shown = (page: Page) => page.locator('.pair[data-presentation=shown]');

/** What the pair on screen shows; nothing where none is. Unlike a locator it does not wait for one to come. */
export function shownText(page: Page): Promise<string> {
  return page.evaluate(
    () => document.querySelector<HTMLElement>('.pair[data-presentation=shown]')?.innerText ?? '',
  );
}

/** The key of the true answer about the pair on screen, or of a wrong one. */
async function keyFor(page: Page, isRight: boolean): Promise<string> {
  const texts = await shown(page).locator('.pane').allInnerTexts();
  const side = (text = '') => [{ role: 'assistant' as const, content: text }];
  const truth = trueAnswer({ task: [], left: side(texts[0]), right: side(texts[1]) });
  const answer = isRight ? truth : truth === 'left' ? 'right' : 'left';
  return { left: '1', right: '2', tie: '3', both_bad: '4', skipped: 's' }[answer];
}

/** Time that passes by the page's own clock, after everything that the page has yet to do. */
export function pauseInPage(page: Page, ms: number): Promise<void> {
  return page.evaluate((waitMs) => new Promise<void>((resolve) => setTimeout(resolve, waitMs)), ms);
}

/** Waits while the pair on screen, where there is one, is being painted, or a vote on it saved. */
async function untilPainted(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const rate = document.querySelector('.rate');
    const isSaving = rate?.getAttribute('data-phase') === 'saving';
    const isThere = rate?.querySelector('.pair[data-presentation=shown]') != null;
    return !isSaving && (!isThere || rate?.hasAttribute('data-painted'));
  });
}

/** Longer than a pair must have been seen here, and than keys are dropped for after a window came to the front. */
const SEEN_MS = 320;

/** Waits until the pair on screen takes keys: it was painted, and then seen for a while by the clock of the page itself. */
export async function untilTakesKeys(page: Page): Promise<void> {
  await untilPainted(page);
  await pauseInPage(page, SEEN_MS);
}

const LOOKS = 40;

/**
 * Presses a key until it was taken: until the pair is painted, while a vote is being saved, and where a window has just come to
 * the front, keys are dropped.
 */
export async function pressUntil(
  page: Page,
  key: string,
  isDone: () => boolean | Promise<boolean>,
): Promise<void> {
  for (const lasts = patience(); lasts(); ) {
    await untilPainted(page);
    await page.keyboard.press(key);
    for (let look = 0; look < LOOKS; look++) {
      if (await isDone()) return;
      await page.waitForTimeout(30);
    }
    await untilPainted(page);
    if (await isDone()) return;
  }
  throw new Error(`the key ${key} was not taken`);
}

/** Answers the pair on screen by key, and waits until another one, or feedback, is there. */
export async function answer(page: Page, isRight: boolean): Promise<void> {
  await page.waitForFunction(() => document.querySelector('.practice-feedback') === null);
  const before = await shownText(page);
  await pressUntil(
    page,
    await keyFor(page, isRight),
    async () => (await page.locator('.practice-feedback').count()) > 0 || (await shownText(page)) !== before,
  );
}
