/** A lead's way from votes to labels that can be defended, by keyboard alone, in a real Chromium. */
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { importText, jsonLines } from '../support/comparisons.ts';
import { expectAccessible } from '../support/expect-accessible.ts';
import { startHttpFixture } from '../support/http-fixture.ts';
import { openTestApp } from '../support/open-app.ts';
import { openWindow } from '../support/open-window.ts';
import { pressUntil, shown, shownText } from '../support/rater-page.ts';
import { qualityRows, workSession } from '../support/simulated-rater.ts';
import { FAULTS, HONEST } from '../support/simulated-raters.ts';
import { tabTo } from '../support/tab-to.ts';

/** What stands for systems, pairs and verdicts in the study's files. */
const LEAKS = /zq-|pair-\d|the judge|"(?:first|second)"|better\*\*/u;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

async function press(page: Page, target: Locator, key = 'Enter'): Promise<void> {
  await tabTo(page, target, 200);
  await page.keyboard.press(key);
}

const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name });

/** Goes to a place of the study by its rail, which stands before what is on screen. */
async function visit(page: Page, name: string): Promise<void> {
  await tabTo(page, page.getByRole('link', { name, exact: true }), 200, 'Shift+Tab');
  await page.keyboard.press('Enter');
}

/** A study of 60 pairs by three careful raters and one who clicks, with a judge who always says first. */
async function openStudy() {
  const fixture = await startHttpFixture({ withPage: true });
  const app = await openTestApp(fixture.app.context.store.path);
  const rows = qualityRows(60, 2).map((row) => ({
    ...row,
    judge: [{ judge: 'the judge', order: 'both', verdict: 'first', raw: 'It is **better**.' }],
  }));
  const { studyId } = await importText(app.storePath, jsonLines(rows));
  const id = studyId ?? '';
  await app.value('studies.configure', { studyId: id, design: { systemGuesses: 4, minimumViewingMs: 0 } });
  for (const rater of ['ada', 'ben', 'cyd']) await workSession(app, id, rater, 1000, HONEST);
  await workSession(app, id, 'eve', 1000, FAULTS.clicks.habits);
  const { page } = await openWindow(browser, fixture);
  await page.goto(fixture.host.launchUrl());
  await press(page, button(page, /^Study/u).and(page.locator('.card')));
  await page.getByRole('heading', { name: 'Study', exact: true }).waitFor();
  return { fixture, page, app, id };
}

/** Answers the pair on screen by key, reads what comes after it, and goes on; says whether there was a pair. */
async function adjudicateOne(page: Page): Promise<boolean> {
  await page.locator('.pair[data-presentation=shown], .rate-message').first().waitFor();
  if ((await shown(page).count()) === 0) return false;
  const before = await shownText(page);
  const isRead = async () =>
    (await page.locator('.practice-feedback').count()) > 0 || (await shownText(page)) !== before;
  await pressUntil(page, '1', isRead);
  if ((await page.locator('.practice-feedback').count()) > 0) {
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('.practice-feedback') === null);
  }
  return true;
}

describe('a lead', () => {
  it('leaves a bad rater out and back in, classes, adjudicates, audits and unblinds, by keyboard alone', async () => {
    const { fixture, page, app, id } = await openStudy();

    // Whose work does not follow the texts, and what it does to the figures.
    await visit(page, 'Raters');
    await page.getByText(/labels contradict another rater/u).waitFor();
    await press(page, page.locator('summary', { hasText: 'How labels come about' }));
    await page.getByRole('region', { name: /^eve, \d+ votes/u }).waitFor();
    await expectAccessible(page, 'raters-consensus');
    await press(page, button(page, 'eve').first());
    await page.getByRole('heading', { name: 'eve', exact: true }).waitFor();
    const effect = page.getByRole('region', { name: 'Judge the judge' });
    await effect.waitFor();
    await expectAccessible(page, 'rater-one');
    await press(page, button(page, 'Take the warnings as the reason'));
    await expect.poll(() => page.getByLabel('Reason, as it can be read').inputValue()).toMatch(/contradict/u);
    await press(page, button(page, 'Leave the votes out'));
    await page.getByRole('heading', { name: 'eve (left out)' }).waitFor();
    await page.getByText('The figures as they are now stand under “without”.').waitFor();
    const alpha = effect.locator('tr', { hasText: 'Alpha, nominal' }).first();
    const [, withEve = '', without = ''] = await alpha.locator('td').allInnerTexts();
    expect(Number.parseFloat(without)).toBeGreaterThan(Number.parseFloat(withEve) + 0.2);
    await press(page, button(page, 'All raters'));
    await visit(page, 'Agreement');
    await page.getByText('Left out by the lead: the votes of eve.').waitFor();
    await visit(page, 'Raters');
    await press(page, button(page, 'eve').first());
    await tabTo(page, page.getByLabel('Reason, as it can be read'));
    await page.keyboard.type('Talked with eve: the votes count while we look closer.');
    await press(page, button(page, 'Count the votes again'));
    await page.getByRole('heading', { name: 'eve', exact: true }).waitFor();
    expect(await page.getByLabel('Decisions so far').locator('li').count()).toBe(2);

    // Disagreements: found by rater, ten of them classed by key.
    await press(page, button(page, 'All raters'));
    await visit(page, 'Disagreements');
    const reader = page.getByRole('region', { name: 'Where people part' });
    await reader.locator('.comparison').waitFor();
    await press(page, page.locator('summary', { hasText: 'Filters' }));
    await tabTo(page, page.getByLabel('Rater against the others'));
    await page.keyboard.type('eve');
    await reader.getByText(/^1 of \d+, 0 of them classified/u).waitFor();
    await reader.locator('.reader[aria-busy=false]').waitFor();
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    for (let number = 1; number <= 10; number++) {
      await page.keyboard.press(String(1 + (number % 5)));
      await reader
        .getByText(new RegExp(`^${number + 1} of \\d+, ${number} of them classified`, 'u'))
        .waitFor();
      await reader.locator('.reader[aria-busy=false]').waitFor();
    }
    await page.keyboard.press('ArrowLeft');
    await reader.getByText(/^10 of \d+/u).waitFor();
    await expect.poll(() => reader.locator('[aria-pressed=true]').innerText()).toMatch(/^Ambiguous item/u);
    await expectAccessible(page, 'disagreements');
    await tabTo(page, page.getByLabel(/^Class/u));
    await page.keyboard.type('guide');
    await reader.getByText(/^1 of 2, 2 of them classified/u).waitFor();
    await page.getByText('Version 1: 2 pairs show a gap.').waitFor();

    // An adjudication, blind, with what raters said once it is decided.
    const adjudication = page.getByRole('form', { name: 'Adjudication' });
    await tabTo(page, adjudication.getByLabel('Pairs at most'), 200);
    await page.keyboard.press('Control+A');
    await page.keyboard.type('3');
    await press(page, adjudication.getByRole('button'));
    await page.getByText('3 pairs wait for an adjudicator.').waitFor();
    // What the host replies is what the page gets; a browser may let go of a reply before it is asked for it.
    const received: string[] = [];
    const { call } = fixture.app;
    Object.assign(fixture.app, {
      call: async (name: string, input: unknown) => {
        const reply = await call(name, input);
        if (/^(?:rating|guess)\./u.test(name)) received.push(JSON.stringify(reply));
        return reply;
      },
    });
    await tabTo(page, page.getByLabel(/^Adjudicate as/u), 200);
    await page.keyboard.type('judy');
    await page.keyboard.press('Enter');
    await shown(page).waitFor();
    expect(await page.locator('.rate').innerText()).not.toMatch(/eve|ada/u);
    expect(await page.content()).not.toMatch(LEAKS);
    const before = await shownText(page);
    await pressUntil(page, '2', async () => (await page.locator('.practice-feedback').count()) > 0);
    expect(await page.locator('.revealed-votes li').count()).toBe(4);
    await expectAccessible(page, 'adjudication-revealed');
    // A slip: the decision is taken back, and given again.
    await page.keyboard.press('z');
    await page.waitForFunction(() => document.querySelector('.practice-feedback') === null);
    expect(await shownText(page)).toBe(before);
    for (let pair = 0; pair < 3; pair++) expect(await adjudicateOne(page)).toBe(true);
    await page.getByRole('heading', { name: 'All pairs are done' }).waitFor();
    await press(page, button(page, 'Back to the study'));

    // An audit of the judge's disagreements, mixed with agreements.
    await visit(page, 'Disagreements');
    await page.getByText(/^Adjudication, .* 3 of 3 decided/u).waitFor();
    const audit = page.getByRole('form', { name: 'Audit' });
    for (const label of ['Drawn where it disagrees with people', 'Drawn where it agrees']) {
      await tabTo(page, audit.getByLabel(label), 200);
      await page.keyboard.press('Control+A');
      await page.keyboard.type('5');
    }
    await press(page, audit.getByRole('button'));
    await page.getByText('10 pairs wait for an adjudicator.').waitFor();
    await tabTo(page, page.getByLabel(/^Adjudicate as/u), 200);
    await page.keyboard.type('judy');
    await page.keyboard.press('Enter');
    for (let pair = 0; pair < 10; pair++) expect(await adjudicateOne(page)).toBe(true);
    await page.getByRole('heading', { name: 'All pairs are done' }).waitFor();
    expect(await page.locator('.practice-feedback').count()).toBe(0);
    expect(await page.content()).not.toMatch(LEAKS);
    await press(page, button(page, 'Back to the study'));
    await visit(page, 'Disagreements');
    const result = page.getByRole('region', { name: 'What the audit says' });
    await result.waitFor();
    expect(await result.locator('tbody tr').first().innerText()).toMatch(/\d+ %\s+\d+–\d+ %/u);
    await expectAccessible(page, 'audit');

    // The blinding audit, as a rater whose work is done.
    await visit(page, 'Overview');
    await press(page, button(page, 'Continue as ada'));
    await press(page, button(page, 'Answer 4 last questions'));
    await page.getByText('4 questions left').waitFor();
    expect(await page.content()).not.toMatch(LEAKS);
    await expectAccessible(page, 'last-question');
    for (const [index, key] of ['1', '2', '3', '1'].entries()) {
      await page.keyboard.press(key);
      const left = 3 - index;
      await (left === 0
        ? page.getByText('That was the last question.')
        : page.getByText(left === 1 ? '1 question left' : `${left} questions left`)
      ).waitFor();
    }
    await press(page, button(page, 'Done'));
    await page.getByRole('heading', { name: 'All pairs are done' }).waitFor();
    await press(page, button(page, 'Back to the study'));
    await visit(page, 'Raters');
    const blinding = page.getByRole('region', { name: 'Blinding audit' });
    await blinding.getByText(/^1 rater is not counted while the study is blind/u).waitFor();
    await expectAccessible(page, 'blinding-audit');

    expect(received.length).toBeGreaterThan(15);
    expect(received.join('\n')).not.toMatch(LEAKS);

    // Unblinding: now the judge's part can be read, too.
    await visit(page, 'Overview');
    await press(page, button(page, 'Unblind …'));
    await page.keyboard.type('Study');
    await page.keyboard.press('Enter');
    await page.getByText(/unblinded \d/u).waitFor();
    await visit(page, 'Raters');
    await blinding.getByText(/of 3 guesses were right/u).waitFor();
    await visit(page, 'Disagreements');
    await press(page, page.locator('summary', { hasText: 'Filters' }));
    await tabTo(page, page.getByLabel('Who parts'));
    await page.keyboard.type('a judge');
    await reader.locator('h3', { hasText: 'zq-system' }).first().waitFor();
    await press(page, reader.locator('summary', { hasText: 'Its reply' }).first());
    await reader.getByText('It is **better**.').waitFor();
    await expectAccessible(page, 'disagreements-unblinded');
    expect((await app.value('audit.verify', {})).broken).toBeNull();

    // The same on the screen, as the terminal says it.
    await page.evaluate(() => {
      location.hash = '#/';
    });
    await press(page, button(page, 'Check the log'));
    await page.getByText(/^[\d,]+ rows, each bound to the one before it\. Head: [0-9a-f]{64}$/u).waitFor();
    await expectAccessible(page, 'audit-log');
    expect((await app.value('reviews.list', { studyId: id })).map(({ answered }) => answered)).toEqual([
      3, 10,
    ]);
  });

  it('hands the window to a rater, who agrees, is paused and resumed, and the lead takes it back', async () => {
    const { page, app, id } = await openStudy();
    await app.value('studies.configure', {
      studyId: id,
      design: { consent: '## What is kept\n\nYour votes, under a **pseudonym**.' },
    });
    await press(page, button(page, 'Hand this window over …'));
    await tabTo(page, page.getByRole('dialog').getByLabel(/pseudonym/u));
    await page.keyboard.type('new rater');
    await tabTo(page, page.getByRole('dialog').getByLabel(/Passphrase/u));
    await page.keyboard.type('open sesame');
    await page.keyboard.press('Enter');
    // The window goes straight to the rater's work.
    await page.getByRole('heading', { name: 'Before you begin' }).waitFor();
    await expectAccessible(page, 'consent');
    await press(page, button(page, 'I agree'));
    await shown(page).waitFor();
    await page.reload();
    await shown(page).waitFor();
    await app.value('quality.decide', {
      studyId: id,
      rater: 'new rater',
      about: 'pause',
      isOn: true,
      reason: 'a test',
    });
    const before = await shownText(page);
    await pressUntil(page, '1', async () => (await shownText(page)) !== before);
    await page.getByRole('heading', { name: 'Your work is paused' }).waitFor();
    await expectAccessible(page, 'paused');
    await app.value('quality.decide', {
      studyId: id,
      rater: 'new rater',
      about: 'pause',
      isOn: false,
      reason: 'a test',
    });
    await press(page, button(page, 'Look again'));
    await shown(page).waitFor();
    await press(page, button(page, '← Leave'));
    await page.getByText('This window is for new rater, in the study “Study”.').waitFor();
    expect(await button(page, 'Studies').count()).toBe(0);
    // No address leads to a lead's screen.
    await page.evaluate((study) => {
      location.hash = `#/agreement/${study}`;
    }, id);
    await page.getByText('This window is for new rater').waitFor();
    await expectAccessible(page, 'seat');
    await press(page, page.locator('summary', { hasText: 'For whoever runs the study' }));
    await tabTo(page, page.getByLabel('Passphrase'));
    await page.keyboard.type('wrong');
    await page.keyboard.press('Enter');
    await page.getByText('This is not the passphrase.').waitFor();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('open sesame');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Disagreements', exact: true }).waitFor();
  });

  it('erases a rater’s notes once the pseudonym was typed', async () => {
    const { page, app, id } = await openStudy();
    const { session, queue } = await app.value('rating.begin', { studyId: id, rater: 'dan' });
    await app.value('rating.submit', {
      session,
      commandId: crypto.randomUUID(),
      presentationId: queue[0]?.presentationId ?? '',
      answer: 'left',
      viewedMs: 900,
      note: 'My home is in Ulm.',
    });
    await visit(page, 'Raters');
    await press(page, button(page, 'dan').first());
    await press(page, button(page, 'Erase the notes …'));
    const dialog = page.getByRole('dialog');
    await dialog.getByText('This cannot be undone.').waitFor();
    await expectAccessible(page, 'erase-notes');
    await page.keyboard.type('dan');
    await page.keyboard.press('Enter');
    await page.getByText('One note was erased.').waitFor();
    expect(app.app.context.store.query('SELECT 1 FROM ratings WHERE note IS NOT NULL').all()).toEqual([]);
  });
});
