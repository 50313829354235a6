/** Real data on the screen, figure by figure. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { openCard, settled } from '../support/card-screen.ts';
import {
  type ExpectedCard,
  expectedGuanaco,
  expectedLlmBar,
  expectedPandaLm,
} from '../support/expected-figures.ts';
import { type HttpFixture, startHttpFixture } from '../support/http-fixture.ts';
import { realDataFolder } from '../support/real-data.ts';
import { importGuanaco, importLlmBar, importPandaLm } from '../support/real-studies.ts';

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

const CONTROLS = {
  ties: 'Ties',
  unparsed: 'Unparsed',
  inconsistent: 'Inconsistent',
  consensus: 'People’s label',
} as const;

async function setUp(page: Page, { judge, options, slice }: ExpectedCard): Promise<void> {
  const choose = (label: string, value: string) =>
    page.getByRole('combobox', { name: label, exact: true }).selectOption(value);
  await choose('Comparisons', slice === null ? '' : JSON.stringify(slice));
  await choose('Judge', judge);
  const policies = page.locator('details.policies');
  if ((await policies.getAttribute('open')) === null) await policies.locator('summary').click();
  const defaults = {
    ties: 'separate',
    unparsed: 'drop',
    inconsistent: 'class',
    consensus: 'majority',
  } as const;
  for (const key of Object.keys(CONTROLS) as (keyof typeof CONTROLS)[]) {
    await choose(CONTROLS[key], options[key] ?? defaults[key]);
  }
  await settled(page);
}

/** Figures as the page holds them, by id. */
function shownFigures(page: Page): Promise<Record<string, number>> {
  return page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll<HTMLDataElement>('data[data-figure]')].map((element) => [
        element.dataset.figure ?? '',
        Number(element.value),
      ]),
    ),
  );
}

const SETS = [
  ['PandaLM', realDataFolder('pandalm'), importPandaLm, expectedPandaLm, 130, 20],
  ['Guanaco', realDataFolder('guanaco-vicuna'), importGuanaco, expectedGuanaco, 60, 20],
  ['LLMBar', realDataFolder('llmbar'), importLlmBar, expectedLlmBar, 75, 5],
] as const;

describe.each(SETS)('%s on the screen', (study, folder, importSet, expectedOf, fewest, mostCards) => {
  it.runIf(folder !== null)('shows every figure its file of expected values has a place for', async () => {
    const { app } = fixture;
    const studyId = await importSet(app.context.store.path, folder ?? '');
    await app.call('studies.unblind', { studyId, confirmName: study });
    const page = await openCard(browser, fixture, study);
    let compared = 0;
    const cards = expectedOf(folder ?? '');
    // All runs of LLMBar are compared through --json; the screen is read for every fifteenth.
    const step = Math.max(1, Math.floor(cards.length / mostCards));
    for (const card of cards.filter((_card, index) => index % step === 0)) {
      await setUp(page, card);
      const shown = await shownFigures(page);
      for (const { id, value } of card.figures) {
        const got = shown[id];
        if (got === undefined || Number.isNaN(value)) continue;
        expect(got, `${study} ${card.judge} ${id}`).toBeCloseTo(value, 10);
        compared++;
      }
    }
    expect(compared).toBeGreaterThanOrEqual(fewest);
    expect(await page.locator('body').innerText()).not.toMatch(/NaN|Infinity/u);
    await page.context().close();
  });
});
