/** Draws of pairs: what raters see of them, and figures that weigh each pair by what it stands for. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportTo } from '../../electron/core/exports/export-service.ts';
import { loadCardData } from '../../electron/core/store/columns/card-columns.ts';
import { Store } from '../../electron/core/store/engine/database.ts';
import { studyByPublicId } from '../../electron/core/store/study/studies.ts';
import { importFiles, importText, jsonLines } from '../support/comparisons.ts';
import { openTestApp } from '../support/open-app.ts';
import { qualityRows, workSession } from '../support/simulated-rater.ts';
import { SIMULATED_METHODS, selectionBias } from '../support/simulated-selection.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { tries } from '../support/tries.ts';

async function plainStudy(pairs: number) {
  const test = await openTestApp();
  const rows = qualityRows(pairs).map((row, index) => ({
    ...row,
    judge: (['a_first', 'b_first'] as const).map((order) => ({
      judge: 'j',
      order,
      // Every fifth pair contradicts itself.
      verdict: index % 5 === 0 && order === 'b_first' ? 'second' : 'first',
    })),
  }));
  const { studyId } = await importText(test.storePath, jsonLines(rows));
  return { test, studyId: studyId ?? '' };
}

function questionsOf(shown: readonly { readonly task: readonly { readonly content: string }[] }[]): number[] {
  return shown.map(({ task }) => Number(/\d+/u.exec(task[0]?.content ?? '')?.[0]));
}

function weightsOf(storePath: string, studyId: string) {
  const store = new Store(storePath, { readonly: true });
  try {
    const study = studyByPublicId(store, studyId);
    if (study === undefined) throw new Error('no study');
    return store.read(() => loadCardData(store, study)).weights;
  } finally {
    store.close();
  }
}

describe('a draw', () => {
  it('is all that raters see, wave after wave, and weighs what they say', async () => {
    const { test, studyId } = await plainStudy(200);
    const first = await test.value('design.draw', {
      studyId,
      method: {
        kind: 'prioritised',
        pairs: 30,
        emphasis: 6,
        by: { what: 'judge_inconsistent', judge: 'j' },
      },
    });
    expect(first).toMatchObject({ wave: 0, pairs: 30, candidates: 200 });
    // 40 of 200 pairs have six times the chance of the rest.
    expect(first.lowestProbability).toBeCloseTo(30 / 400, 9);
    expect(first.highestProbability).toBeCloseTo(180 / 400, 9);
    const ada = questionsOf((await workSession(test, studyId, 'ada', 500, { skill: 0.8 })).shown);
    const card = await test.value('agreement.card', { studyId, judge: 'j' });
    const kappa = card.parts
      .find(({ name }) => name === 'agreement')
      ?.figures.find(({ row, measure }) => row === 'people' && measure === 'agreement');
    expect(kappa?.n).toBe(30);
    expect(card.isWeighted).toBe(true);
    const ben = questionsOf((await workSession(test, studyId, 'ben', 500, { skill: 0.8 })).shown);
    expect(new Set(ada).size).toBe(30);
    expect([...ada].sort()).toEqual([...ben].sort());
    expect(ada).not.toEqual(ben);
    expect(ada.filter((question) => question % 5 === 0).length).toBeGreaterThan(9);
    const weights = weightsOf(test.storePath, studyId);
    const positive = [...(weights ?? [])].filter((weight) => weight > 0);
    expect(positive).toHaveLength(30);
    expect(positive.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(30, 9);
    expect(Math.max(...positive) / Math.min(...positive)).toBeCloseTo(6, 9);
    const second = await test.value('design.draw', { studyId, method: { kind: 'random', pairs: 20 } });
    expect(second).toMatchObject({ wave: 1, pairs: 20, candidates: 170 });
    const more = questionsOf((await workSession(test, studyId, 'ada', 500, { skill: 0.8 })).shown);
    expect(more).toHaveLength(20);
    expect(more.filter((question) => ada.includes(question))).toEqual([]);
    expect(await test.value('design.selections', { studyId })).toHaveLength(2);
    const folder = temporaryFolder();
    await exportTo(test.app.context, studyId, 'native', folder);
    const rows = readFileSync(join(folder, 'comparisons.jsonl'), 'utf8').trimEnd().split('\n');
    const draws = rows.flatMap((row) => JSON.parse(row).draw ?? []) as {
      wave: number;
      probability: number;
    }[];
    expect(draws.filter(({ wave }) => wave === 0)).toHaveLength(30);
    expect(draws.filter(({ wave }) => wave === 1).map(({ probability }) => probability)).toEqual(
      Array(20).fill(20 / 170),
    );
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
    expect(manifest.draws).toMatchObject([
      { wave: 0, pairs: 30, candidates: 200, method: { kind: 'prioritised' } },
      { wave: 1, pairs: 20, candidates: 170, method: { kind: 'random' } },
    ]);
    // Another store that takes the set in weighs the same pairs by the same chances, and says the same of them.
    await test.value('design.storePlan', { studyId, plan: { primaryCoefficient: 'kappa', options: {} } });
    await exportTo(test.app.context, studyId, 'native', folder);
    const other = await openTestApp(join(temporaryFolder(), 'other.sqlite'));
    const { studyId: again } = await importFiles(
      other.storePath,
      [{ path: join(folder, 'manifest.json'), name: 'manifest.json' }],
      { study: 'Study' },
    );
    expect(weightsOf(other.storePath, again ?? '')).toEqual(weightsOf(test.storePath, studyId));
    const copy = temporaryFolder();
    await exportTo(other.app.context, again ?? '', 'native', copy);
    for (const name of ['comparisons.jsonl', 'agreement-card.json', 'manifest.json'])
      expect(readFileSync(join(copy, name), 'utf8'), name).toBe(readFileSync(join(folder, name), 'utf8'));
  });

  it('of one chance for all leaves figures as they are', async () => {
    const { test, studyId } = await plainStudy(40);
    await test.value('design.draw', { studyId, method: { kind: 'random', pairs: 10 } });
    await workSession(test, studyId, 'ada', 100, { skill: 1 });
    expect(weightsOf(test.storePath, studyId)).toBeNull();
  });

  it('takes quotas from a slice and the rest in proportion', async () => {
    const { test, studyId } = await plainStudy(100);
    await test.value('design.draw', {
      studyId,
      method: { kind: 'stratified', pairs: 30, slice: 'part', quotas: { rare: 8 } },
    });
    const seen = questionsOf((await workSession(test, studyId, 'ada', 100, { skill: 1 })).shown);
    expect(seen).toHaveLength(30);
    expect(seen.filter((question) => question % 10 === 0)).toHaveLength(8);
  });

  it('gives every value of a slice a chance, and refuses quotas that cannot be kept', async () => {
    const { test, studyId } = await plainStudy(100);
    const draw = (pairs: number, quotas?: Record<string, number>) =>
      test.app.call('design.draw', {
        studyId,
        method: { kind: 'stratified', pairs, slice: 'part', ...(quotas === undefined ? {} : { quotas }) },
      });
    for (const [pairs, quotas] of [
      [5, { rare: 6 }],
      [20, { Rare: 3 }],
      [1, undefined],
    ] as const)
      expect(await draw(pairs, quotas)).toMatchObject({ ok: false, error: { code: 'invalid_input' } });
    expect(await draw(3)).toMatchObject({ ok: true, value: { pairs: 3 } });
    const seen = questionsOf((await workSession(test, studyId, 'ada', 100, { skill: 1 })).shown);
    expect(seen.filter((question) => question % 10 === 0)).toHaveLength(1);
  });

  it('of pairs that came between two draws weighs them as what they are', async () => {
    const { test, studyId } = await plainStudy(20);
    await test.value('design.draw', { studyId, method: { kind: 'random', pairs: 20 } });
    await workSession(test, studyId, 'ada', 100, { skill: 1 });
    const more = qualityRows(40).slice(20);
    await importText(test.storePath, jsonLines(more));
    await test.value('design.draw', { studyId, method: { kind: 'random', pairs: 20 } });
    await workSession(test, studyId, 'ada', 100, { skill: 1 });
    expect(weightsOf(test.storePath, studyId)).toBeNull();
  });

  it('says the same where its set is taken in, of pairs that came between two draws, too', async () => {
    const { test, studyId } = await plainStudy(30);
    await test.value('design.draw', { studyId, method: { kind: 'random', pairs: 12 } });
    await workSession(test, studyId, 'ada', 100, { skill: 1 });
    await importText(test.storePath, jsonLines(qualityRows(60).slice(30)));
    await test.value('design.draw', { studyId, method: { kind: 'random', pairs: 36 } });
    await workSession(test, studyId, 'ada', 100, { skill: 1 });
    const weights = weightsOf(test.storePath, studyId);
    const folder = temporaryFolder();
    await exportTo(test.app.context, studyId, 'native', folder);
    const rows = readFileSync(join(folder, 'comparisons.jsonl'), 'utf8').trimEnd().split('\n');
    expect(rows.map((row) => JSON.parse(row).drawsBefore ?? 0)).toEqual([
      ...Array(30).fill(0),
      ...Array(30).fill(1),
    ]);
    const other = await openTestApp(join(temporaryFolder(), 'other.sqlite'));
    const manifest = [{ path: join(folder, 'manifest.json'), name: 'manifest.json' }];
    const { studyId: again } = await importFiles(other.storePath, manifest, { study: 'Study' });
    expect(weights).not.toBeNull();
    expect(weightsOf(other.storePath, again ?? '')).toEqual(weights);
  });

  it('takes a skipped pair for none with a label', async () => {
    const { test, studyId } = await plainStudy(40);
    await test.value('design.draw', { studyId, method: { kind: 'random', pairs: 20 } });
    await workSession(test, studyId, 'ada', 20, { skill: 1 });
    await test.value('design.draw', { studyId, method: { kind: 'random', pairs: 20 } });
    await workSession(test, studyId, 'ada', 10, { skill: 1 });
    await workSession(test, studyId, 'ada', 10, { skill: 1, skips: 1 });
    // Of 30 labels 20 are of the first draw: 2/3 over its chance of 1/2 and 1/3 more, against 20 pairs over 10 labels.
    const positive = [...(weightsOf(test.storePath, studyId) ?? [])].filter((weight) => weight > 0);
    expect(positive).toHaveLength(30);
    expect(Math.max(...positive) / Math.min(...positive)).toBeCloseTo((4 / 3 + 1 / 3) / (2 / 3), 9);
  });

  it('is refused where raters begin while it is worked out, and pairs it chose get no known answer', async () => {
    const { test, studyId } = await plainStudy(20);
    const method = { kind: 'random' as const, pairs: 10 };
    const drawing = test.app.call('design.draw', { studyId, method });
    await workSession(test, studyId, 'ada', 2, { skill: 1 });
    expect(await drawing).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(await test.value('design.selections', { studyId })).toEqual([]);

    const fresh = await plainStudy(20);
    const { studyId: id } = fresh;
    await fresh.test.value('design.draw', { studyId: id, method });
    const name = (pair: string) =>
      fresh.test.app.call('design.addKnownAnswers', {
        studyId: id,
        answers: [{ pair, stage: 'gold', verdict: 'first' }],
      });
    const outcomes = await Promise.all(Array.from({ length: 20 }, (_pair, index) => name(`pair-${index}`)));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(10);
    expect(await test.value('design.selections', { studyId })).toEqual([]);
  });

  it('is refused after votes that no draw had chosen, and of a judge or slice that is not there', async () => {
    const { test, studyId } = await plainStudy(20);
    const draw = (method: unknown) => test.app.call('design.draw', { studyId, method });
    expect(
      await draw({
        kind: 'prioritised',
        pairs: 5,
        emphasis: 2,
        by: { what: 'judge_uncertain', judge: 'nobody' },
      }),
    ).toMatchObject({ ok: false, error: { code: 'not_found' } });
    expect(await draw({ kind: 'stratified', pairs: 5, slice: 'none' })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    });
    await workSession(test, studyId, 'ada', 1, { skill: 1 });
    expect(await draw({ kind: 'random', pairs: 5 })).toMatchObject({
      ok: false,
      error: { code: 'conflict' },
    });
    expect(await test.value('design.selections', { studyId })).toEqual([]);
  });
});

describe('weighted figures', () => {
  for (const [name, methods] of Object.entries(SIMULATED_METHODS)) {
    it(`are unbiased where pairs were drawn: ${name}`, () => {
      const bias = selectionBias(methods, tries(50, 250), name);
      expect(Math.abs(bias.agreement)).toBeLessThan(4 * bias.agreementError);
      // Kappa is a ratio, whose bias falls with the number of pairs.
      expect(Math.abs(bias.kappa)).toBeLessThan(0.01 + 3 * bias.kappaError);
      expect(bias.held).toBeGreaterThan(0.9);
      if (name !== 'random') expect(bias.plainKappa).toBeLessThan(-0.1);
    });
  }
});
