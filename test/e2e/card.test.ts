/** The agreement card on the screen: real data figure by figure, the comparisons behind it, and its controls. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import {
  type ExpectedCard,
  expectedGuanaco,
  expectedLlmBar,
  expectedPandaLm,
} from '../support/expected-figures.ts';
import { type HttpFixture, startHttpFixture } from '../support/http-fixture.ts';
import { realDataFolder } from '../support/real-data.ts';
import { importGuanaco, importLlmBar, importPandaLm } from '../support/real-studies.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let fixture: HttpFixture;
let browser: Browser;

beforeAll(async () => {
  fixture = await startHttpFixture({ withPage: true });
  browser = await launchBrowser();
}, 60_000);

afterAll(async () => {
  await browser.close();
  await fixture.close();
});

async function openCard(study: string, viewport = { width: 1280, height: 900 }): Promise<Page> {
  const context = await browser.newContext({ viewport, bypassCSP: true });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: fixture.host.origin });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(fixture.host.launchUrl());
  await page.getByRole('button', { name: new RegExp(study, 'u') }).click();
  await page.getByRole('button', { name: 'Agreement' }).click();
  await settled(page);
  return page;
}

/** Every part is there and none is being worked out anew. */
async function settled(page: Page): Promise<void> {
  await page.locator('[data-part=judges] h2').waitFor();
  await page.waitForTimeout(100);
  await page.waitForFunction(
    () => document.querySelector('.card-part[aria-busy=true], .card-part .waiting') === null,
  );
}

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
  it.runIf(folder !== null)(
    'shows every figure its file of expected values has a place for',
    async () => {
      const { app } = fixture;
      const studyId = await importSet(app.context.store.path, folder ?? '');
      await app.call('studies.unblind', { studyId, confirmName: study });
      const page = await openCard(study);
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
    },
    120_000,
  );
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
    const page = await openCard(name.slice(0, 12));
    const openAndClose = async (button: ReturnType<Page['locator']>) => {
      await button.focus();
      await page.keyboard.press('Enter');
      await page.locator('.comparison').first().waitFor();
      expect(await page.locator('dialog .quiet').first().innerText()).toMatch(/^1 to \d+ of \d+/u);
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
    expect(csv).toMatch(/^part,row,measure,label,n,counted,value,low,high,level,interval_method,seed/u);
    expect(csv).toContain('agreement,people,kappa,Cohen’s kappa,');

    await page.locator('[data-part=agreement] .measure-button').first().click();
    await page.getByRole('dialog', { name: /is computed/u }).waitFor();
    expect(await page.getByRole('dialog').innerText()).toContain('None: nothing in it is random.');
    await page.keyboard.press('Escape');

    for (const [width, scheme] of [
      [1280, 'light'],
      [640, 'dark'],
      [390, 'dark'],
    ] as const) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme: scheme });
      await page.waitForTimeout(200);
      await page.evaluate(axe);
      const result = await page.evaluate(() =>
        (
          window as unknown as {
            axe: {
              run: (o: unknown) => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
            };
          }
        ).axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }),
      );
      expect(
        result.violations.map(({ id, nodes }) => `${width} ${scheme}: ${id}: ${nodes[0]?.html}`),
      ).toEqual([]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow, `${width} px`).toBeLessThanOrEqual(0);
    }
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.card-controls').isVisible()).toBe(false);
    expect(await page.locator('.standing-sentence').isVisible()).toBe(true);
    await page.context().close();
  }, 90_000);
});
