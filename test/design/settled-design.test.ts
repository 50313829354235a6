/** A study made anew from its calibration set is run and planned as it was. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportTo } from '../../electron/core/exports/export-service.ts';
import { guidelinesOf } from '../../electron/core/store/study/guidelines.ts';
import { studyByPublicId } from '../../electron/core/store/study/studies.ts';
import { importFiles, importText, jsonLines } from '../support/comparisons.ts';
import { openTestApp } from '../support/open-app.ts';
import { qualityRows, workSession } from '../support/simulated-rater.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const PLAN = {
  primaryCoefficient: 'kappa' as const,
  options: {},
  thresholds: [{ what: 'kappa', atLeast: 0.6 }],
};

async function exported(): Promise<string> {
  const test = await openTestApp();
  const { studyId } = await importText(test.storePath, jsonLines(qualityRows(30)));
  const id = studyId ?? '';
  await test.value('design.addKnownAnswers', {
    studyId: id,
    answers: (['example', 'practice', 'gold', 'gold'] as const).map((stage, index) => ({
      pair: `pair-${index}`,
      stage,
      verdict: 'first' as const,
      explanation: `Because of ${index}.`,
    })),
  });
  await test.value('design.storePlan', { studyId: id, plan: PLAN });
  await workSession(test, id, 'ada', 4, { skill: 1 });
  await test.value('studies.configure', { studyId: id, design: { guideline: 'Shorter wins.' } });
  await workSession(test, id, 'ada', 4, { skill: 1 });
  await test.value('studies.configure', {
    studyId: id,
    design: { rubric: { criteria: [{ name: 'true', about: 'Is it?' }], reasonTags: [] }, ratersPerPair: 2 },
  });
  await workSession(test, id, 'ada', 4, { skill: 1 });
  await test.value('design.storePlan', { studyId: id, plan: { ...PLAN, primaryCoefficient: 'ac1' } });
  const folder = temporaryFolder();
  await exportTo(test.app.context, id, 'native', folder);
  return folder;
}

const manifestOf = (folder: string) => [{ path: join(folder, 'manifest.json'), name: 'manifest.json' }];

describe('a study made anew from its set', () => {
  it('has its guidelines, known answers and plans, and gives the same set', async () => {
    const folder = await exported();
    const other = await openTestApp(join(temporaryFolder(), 'other.sqlite'));
    const { studyId } = await importFiles(other.storePath, manifestOf(folder), { study: 'Study' });
    const id = studyId ?? '';
    const { store } = other.app.context;
    const study = studyByPublicId(store, id);
    const versions = guidelinesOf(store, study?.id ?? 0);
    expect(versions.map(({ version }) => version)).toEqual([1, 2, 3]);
    expect(versions[1]).toMatchObject({ guideline: 'Shorter wins.', rubric: { criteria: [] } });
    expect(study).toMatchObject({ guidelineVersion: 3, design: { guideline: 'Shorter wins.' } });
    expect(
      store
        .query<{ version: number; votes: number }>(
          'SELECT guideline_version AS version, count(*) AS votes FROM ratings GROUP BY 1 ORDER BY 1',
        )
        .all(),
    ).toEqual([1, 2, 3].map((version) => ({ version, votes: 4 })));
    expect((await other.value('studies.show', { studyId: id })).knownAnswers).toEqual({
      example: 1,
      practice: 1,
      qualifying: 0,
      gold: 2,
    });
    const { shown } = await workSession(other, id, 'ben', 100, { skill: 1 });
    const questions = shown.map(({ task }) => task[0]?.content);
    for (let known = 0; known < 4; known++) expect(questions).not.toContain(`Question ${known}?`);
    const fresh = await openTestApp(join(temporaryFolder(), 'fresh.sqlite'));
    const again = await importFiles(fresh.storePath, manifestOf(folder), { study: 'Study' });
    const { deviations } = await fresh.value('design.plan', { studyId: again.studyId ?? '' });
    expect(deviations).toEqual([
      'After 12 votes: primaryCoefficient was changed from "kappa" to "ac1".',
      'The design was changed after the plan: guideline.',
      'The design was changed after the plan: rubric.',
      'The design was changed after the plan: ratersPerPair.',
    ]);
    const copy = temporaryFolder();
    await exportTo(fresh.app.context, again.studyId ?? '', 'native', copy);
    for (const name of ['comparisons.jsonl', 'agreement-card.json', 'manifest.json'])
      expect(readFileSync(join(copy, name), 'utf8'), name).toBe(readFileSync(join(folder, name), 'utf8'));
  });

  it('is refused where the manifest says of itself what is not so', async () => {
    const folder = await exported();
    const whole = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
    const refused = async (change: (manifest: typeof whole) => void, says: string) => {
      const manifest = structuredClone(whole);
      change(manifest);
      writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
      const { storePath, app } = await openTestApp(join(temporaryFolder(), 'none.sqlite'));
      for (const dryRun of [true, false])
        await expect(importFiles(storePath, manifestOf(folder), { study: 'Study', dryRun })).rejects.toThrow(
          says,
        );
      expect(await app.call('studies.list', {})).toMatchObject({ ok: true, value: [] });
    };
    await refused(({ analysisPlan }) => {
      analysisPlan.plan.thresholds[0].atLeast = 0.1;
    }, 'analysisPlan.sha256: is not the hash of the plan beside it');
    await refused(({ earlierPlans }) => {
      earlierPlans[0].sha256 = '0'.repeat(64);
    }, 'earlierPlans[0].sha256');
    await refused(({ guidelines }) => {
      guidelines.splice(1, 1);
    }, 'guidelines[1].version: must be 2');
    await refused(({ guidelines }) => {
      guidelines[2].guideline = 'Longer wins.';
    }, 'guidelines: must end with');
    await refused(({ knownAnswers }) => {
      knownAnswers[3].pair = 'nowhere';
    }, 'knownAnswers[3].pair: the comparison “nowhere” is not in the set');
    await refused(({ knownAnswers }) => {
      knownAnswers[3].pair = knownAnswers[2].pair;
    }, 'knownAnswers[3].pair: the comparison “pair-2” already has a known answer');
    const voted = readFileSync(join(folder, 'comparisons.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
      .find(({ human }) => human !== undefined);
    await refused(({ knownAnswers }) => {
      knownAnswers[3].pair = voted.id;
    }, 'was already given to a rater or has a vote');
  });
});
