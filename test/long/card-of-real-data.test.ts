/** The cards of the real data sets, from a fresh import to `--json`, against the figures published or recomputed for them. */
import { describe, expect, it } from 'vitest';
import type { AgreementCard } from '../../shared/contract/agreement-methods.ts';
import { figuresById } from '../support/card-figures.ts';
import { commandLine } from '../support/command-line.ts';
import {
  type ExpectedCard,
  expectedGuanaco,
  expectedLlmBar,
  expectedPandaLm,
} from '../support/expected-figures.ts';
import { openTestApp } from '../support/open-app.ts';
import { realDataFolder } from '../support/real-data.ts';
import { importGuanaco, importLlmBar, importPandaLm } from '../support/real-studies.ts';

/** What `touchstone agreement --json` prints. */
async function printed(storePath: string, study: string, expected: ExpectedCard): Promise<string> {
  const { judge, options, slice } = expected;
  const policies = Object.entries(options).flatMap(([name, value]) => [
    `--${name.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)}`,
    String(value),
  ]);
  const part = slice === null ? [] : ['--slice', `${slice.name}=${slice.value}`];
  const { code, out, complaint } = await commandLine().run(
    'agreement',
    ...['--study', study, '--judge', judge, ...policies, ...part, '--json', '--store', storePath],
  );
  expect(code, complaint).toBe(0);
  return out;
}

async function expectFigures(
  storePath: string,
  study: string,
  cards: readonly ExpectedCard[],
): Promise<number> {
  let compared = 0;
  for (const expected of cards) {
    const [card] = (JSON.parse(await printed(storePath, study, expected)) as { cards: AgreementCard[] })
      .cards;
    const figures = figuresById(card?.parts ?? []);
    for (const { id, value, n, interval } of expected.figures) {
      const got = figures.get(id);
      const what = `${expected.judge} ${JSON.stringify(expected.options)} ${expected.slice?.value ?? ''} ${id}`;
      if (!Number.isNaN(value)) expect(got?.value, what).toBeCloseTo(value, 10);
      if (n !== undefined) expect(got?.n, what).toBe(n);
      if (interval !== undefined) {
        expect(got?.interval?.low, what).toBeCloseTo(interval[0], 9);
        expect(got?.interval?.high, what).toBeCloseTo(interval[1], 9);
      }
      compared++;
    }
  }
  return compared;
}

const SETS = [
  ['PandaLM', realDataFolder('pandalm'), importPandaLm, expectedPandaLm, 230],
  ['Guanaco', realDataFolder('guanaco-vicuna'), importGuanaco, expectedGuanaco, 80],
  ['LLMBar', realDataFolder('llmbar'), importLlmBar, expectedLlmBar, 75 * 16],
] as const;

describe.each(SETS)('%s', (study, folder, importSet, expectedOf, fewest) => {
  it.runIf(folder !== null)('shows every figure its file of expected values has', async () => {
    const { storePath, value } = await openTestApp();
    const studyId = await importSet(storePath, folder ?? '');
    await value('studies.unblind', { studyId, confirmName: study });
    const cards = expectedOf(folder ?? '');
    expect(await expectFigures(storePath, study, cards)).toBeGreaterThanOrEqual(fewest);
    const [first] = cards;
    if (first === undefined) throw new Error('no card');
    expect(await printed(storePath, study, first)).toBe(await printed(storePath, study, first));
  });
});
