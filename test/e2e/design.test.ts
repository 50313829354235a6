/** A lead designs a study on the screen: rules, plan, draws, known answers, number of labels. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { importText, jsonLines } from '../support/comparisons.ts';
import { expectAccessible } from '../support/expect-accessible.ts';
import { startHttpFixture } from '../support/http-fixture.ts';
import { openWindow } from '../support/open-window.ts';
import { qualityRows } from '../support/simulated-rater.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

async function openDesign(pairs: number) {
  const fixture = await startHttpFixture({ withPage: true });
  const { studyId } = await importText(fixture.app.context.store.path, jsonLines(qualityRows(pairs)));
  const { page } = await openWindow(browser, fixture);
  await page.goto(fixture.host.launchUrl());
  await page.getByRole('button', { name: /Study/u }).last().click();
  await page.getByRole('button', { name: 'Change the design' }).click();
  await page.getByRole('heading', { name: 'Design', exact: true }).waitFor();
  const design = async () => {
    const reply = await fixture.app.call('studies.show', { studyId });
    if (!reply.ok) throw new Error(reply.error.message);
    return reply.value as { design: Record<string, unknown>; guidelineVersion: number };
  };
  return { fixture, page, design, studyId };
}

describe('the design of a study', () => {
  it('keeps what is typed over leaving and reload, until it is saved or thrown away', async () => {
    const { page, design, studyId } = await openDesign(8);
    const guideline = page.getByLabel('Guideline (Markdown)');
    const { design: before } = await design();
    await page.getByText(/^Raters read a guideline/u).click();
    await guideline.fill('Rather short than long.');
    await page.getByRole('button', { name: 'Studies', exact: true }).click();
    await page.goto(`${new URL(page.url()).origin}/#/design/${studyId}`);
    await page.reload();
    await page.getByText('This is what you typed before; it is not saved yet.').waitFor();
    expect(await guideline.inputValue()).toBe('Rather short than long.');
    expect((await design()).design.guideline).toBe(before.guideline);
    await page.getByRole('button', { name: 'Throw it away' }).click();
    expect(await guideline.inputValue()).toBe(before.guideline);
    await page.getByText(/^Raters read a guideline/u).click();
    await guideline.fill('Rather long than short.');
    await page.getByRole('button', { name: 'Save the design' }).click();
    await page.getByText('Saved.').waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Design', exact: true }).waitFor();
    await expect.poll(() => guideline.inputValue()).toBe('Rather long than short.');
    expect(await page.getByRole('button', { name: 'Throw it away' }).count()).toBe(0);
  });

  it('is filled by a preset, read in sentences, put back, and saved only when that is asked for', async () => {
    const { page, design } = await openDesign(8);
    const { design: before } = await design();
    const sentences = () => page.locator('.design-part > summary').allInnerTexts();
    const save = page.getByRole('button', { name: 'Save the design' });
    const asSaved = await sentences();
    expect(asSaved).toHaveLength(5);
    expect(await page.locator('.design-part[open]').count()).toBe(0);
    expect(await save.count()).toBe(0);

    await page.getByRole('button', { name: 'Certify a judge' }).click();
    await page.getByText('“Certify a judge” is filled in').waitFor();
    expect(await sentences()).toContain('3 raters see each pair, 5 where those before were split.');
    await expectAccessible(page, 'design-preset');
    await page.getByRole('button', { name: 'Put back what was there' }).click();
    expect(await sentences()).toEqual(asSaved);
    expect(await save.count()).toBe(0);

    await page.getByRole('button', { name: 'Rank systems' }).click();
    await page.getByRole('button', { name: 'Throw it away' }).click();
    expect(await sentences()).toEqual(asSaved);
    await page.getByRole('button', { name: 'A vendor’s job' }).click();
    expect((await design()).design).toEqual(before);

    // The bar goes along, up and down.
    for (const place of ['Analysis plan', 'Rules']) {
      await page.getByRole('region', { name: place }).evaluate((panel) => panel.scrollIntoView());
      await expect
        .poll(() =>
          save.evaluate((button) => {
            const { top, bottom } = button.getBoundingClientRect();
            return top >= 0 && bottom <= innerHeight;
          }),
        )
        .toBe(true);
    }

    // A number out of its bounds is shown, though its part was closed again.
    await page.getByText(/^2 raters see each pair/u).click();
    await page.getByLabel(/^Raters per pair \(empty/u).fill('0');
    await page.getByText(/^0 raters see each pair/u).click();
    await save.click();
    await expect.poll(() => page.locator('input:invalid').first().isVisible()).toBe(true);
    await page.getByLabel(/^Raters per pair \(empty/u).fill('4');
    await save.click();
    await page.getByText('Saved.').waitFor();
    expect((await design()).design).toMatchObject({
      ratersPerPair: 4,
      ratersWhereSplit: 3,
      training: { passMark: 0.8, attempts: 2 },
      guideline: before.guideline,
    });
    expect(await save.count()).toBe(0);
  });

  it('is set, planned, drawn and told', async () => {
    const { fixture, page, design, studyId } = await openDesign(80);
    await page.getByText(/votes on .* pairs/u).waitFor();
    await expectAccessible(page, 'design');

    await page.getByRole('button', { name: 'Everything by hand' }).click();
    await expectAccessible(page, 'design-open');
    await page.getByLabel('Scale').selectOption('graded_5');
    await page.getByLabel(/^Raters per pair \(empty/u).fill('2');
    await page.getByLabel(/seen by every rater/u).fill('20');
    await page.getByLabel(/^Pairs in a block/u).fill('25');
    await page.getByLabel('Earlier pairs again, sides swapped').fill('5');
    await page.getByLabel('Raters practise and qualify first').check();
    await page.getByLabel(/^Pass mark/u).fill('75');
    await page.getByLabel(/^Criteria/u).fill('correct: It is true.\nbrief: No word too many.');
    await page.getByLabel('A vote needs “brief”').check();
    await page.getByLabel(/^Reasons a rater may tick/u).fill('too long\noff topic');
    await page.getByRole('button', { name: 'Save the design' }).click();
    await page.getByText('Saved.').waitFor();
    expect(await design()).toMatchObject({
      guidelineVersion: 2,
      design: {
        scale: 'graded_5',
        ratersPerPair: 2,
        overlapShare: 0.2,
        blockSize: 25,
        checks: { repeatShare: 0.05, catchShare: 0, goldShare: 0, repeatGap: 20 },
        training: { passMark: 0.75, attempts: 2 },
        rubric: {
          criteria: [
            { name: 'correct', about: 'It is true.' },
            { name: 'brief', about: 'No word too many.', required: true },
          ],
          reasonTags: ['too long', 'off topic'],
        },
      },
    });

    const draws = page.getByRole('region', { name: 'Pairs to rate' });
    const planner = draws.locator('.label-planner');
    const needed = planner.locator('summary');
    await needed.click();
    const votes = async () =>
      Number(/([\d,]+) votes/u.exec(await needed.innerText())?.[1]?.replaceAll(',', ''));
    const before = await votes();
    await planner.getByLabel(/^Width of its interval/u).fill('0.1');
    await expect.poll(votes).toBeGreaterThan(3 * before);
    await planner.getByText('This study has 80 pairs: import more').waitFor();
    await planner.getByLabel(/^Width of its interval/u).fill('0.5');
    await expect.poll(votes).toBeLessThan(80);
    const pairs = /on ([\d,]+) pairs/u.exec(await needed.innerText())?.[1]?.replaceAll(',', '');
    await planner.getByRole('button', { name: 'Draw so many' }).click();
    expect(await draws.getByLabel('Draw', { exact: true }).inputValue()).toBe(pairs);
    await planner.getByLabel('To', { exact: false }).first().selectOption('difference');
    await planner.getByText('Connor').waitFor();
    await planner.getByLabel('Agreement of the second judge').fill('0.75');
    await planner.getByText('No number: two judges').waitFor();

    const plan = page.getByRole('region', { name: 'Analysis plan' });
    await plan.getByLabel('At least').fill('0.6');
    await plan.getByLabel(/^Who or what is left out/u).fill('Nobody.');
    await plan.getByRole('button', { name: 'Store the plan' }).click();
    await plan.getByText('before the first vote; sha256').waitFor();
    await plan.getByLabel('Primary coefficient').selectOption('ac1');
    await plan.getByRole('button', { name: 'Store as the new plan' }).click();
    await expect.poll(() => plan.getByLabel('Primary coefficient').inputValue()).toBe('ac1');
    expect(await plan.getByLabel('What', { exact: true }).inputValue()).toBe('Gwet’s AC1');

    // A plan from elsewhere, of which the screen changes one thing.
    const stored = {
      primaryCoefficient: 'kappa',
      judge: 'strict judge',
      options: { ties: 'half', orders: 'mean_probability', unparsed: 'class', level: 0.9 },
      thresholds: [
        { what: 'kappa of experts', atLeast: 0.55 },
        { what: 'consistency over orders', atLeast: 0.8 },
      ],
      exclusionRules: 'Nobody.',
      note: 'Settled with the team.',
    };
    expect(await fixture.app.call('design.storePlan', { studyId, plan: stored })).toMatchObject({ ok: true });
    await expect.poll(() => plan.getByLabel('Note').inputValue()).toBe('Settled with the team.');
    await plan.getByLabel(/^Who or what is left out/u).fill('Raters under 0.4.');
    await plan.getByRole('button', { name: 'Store as the new plan' }).click();
    const current = async () => {
      const reply = await fixture.app.call('design.plan', { studyId });
      return reply.ok ? (reply.value as { current: { plan: unknown } }).current.plan : reply.error;
    };
    await expect.poll(current).toMatchObject({ ...stored, exclusionRules: 'Raters under 0.4.' });
    await plan.getByRole('button', { name: 'Leave out' }).first().click();
    await plan.getByRole('button', { name: 'Add another' }).click();
    await plan.getByLabel('What', { exact: true }).nth(1).fill('raters');
    await plan.getByLabel('At least').nth(1).fill('3');
    await plan.getByRole('button', { name: 'Store as the new plan' }).click();
    await expect.poll(current).toMatchObject({
      thresholds: [stored.thresholds[1], { what: 'raters', atLeast: 3 }],
    });

    const known = page.getByRole('region', { name: 'Known answers' });
    const file = join(temporaryFolder(), 'known.jsonl');
    writeFileSync(file, '{"pair": "pair-3", "stage": "gold", "verdict": "first"}\n{"pair": \n');
    await known.locator('input[type=file]').setInputFiles(file);
    await known.getByRole('alert').getByText('known.jsonl, line 2').waitFor();
    writeFileSync(file, '{"pair": "pair-3", "stage": "gold", "verdict": "first"}\n');
    await known.locator('input[type=file]').setInputFiles(file);
    await known.getByText('1 gold pairs').waitFor();

    await draws.getByLabel('Draw', { exact: true }).fill('30');
    await draws.locator('form select').first().selectOption('rare_slice');
    await draws.getByLabel(/^Slice/u).selectOption('part');
    await draws.getByRole('button', { name: 'Draw', exact: true }).click();
    await draws.getByRole('cell', { name: 'rather from rare values of a slice' }).waitFor();
    expect(await draws.locator('tbody tr').innerText()).toMatch(/30\s+79\s+[\d.]+ % to [\d.]+ %/u);
    await expectAccessible(page, 'design-drawn');
    await page.getByRole('link', { name: 'Overview' }).click();
    await page.getByText('20 % of pairs').waitFor();
    await page.getByText('version 2').waitFor();
  });
});
