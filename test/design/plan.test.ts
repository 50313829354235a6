/** The analysis plan: stored, hashed into exports, and held against what was done. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportTo } from '../../electron/core/exports/export-service.ts';
import { canonicalJson } from '../../shared/json/canonical-json.ts';
import { agreementOptionsSchema } from '../../shared/labels/agreement-options.ts';
import { optionDeviations } from '../../shared/selection/analysis-plan.ts';
import { importText, jsonLines } from '../support/comparisons.ts';
import { openTestApp } from '../support/open-app.ts';
import { qualityRows, workSession } from '../support/simulated-rater.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const PLAN = {
  primaryCoefficient: 'kappa' as const,
  options: { ties: 'separate' as const },
  thresholds: [{ what: 'kappa of judge and people', atLeast: 0.6 }],
  exclusionRules: 'Raters below 80 % on catch pairs.',
};

describe('an analysis plan', () => {
  it('stored before the first vote stands in the manifest with its hash', async () => {
    const test = await openTestApp();
    const { studyId } = await importText(test.storePath, jsonLines(qualityRows(12)));
    const id = studyId ?? '';
    expect(await test.value('design.plan', { studyId: id })).toEqual({ current: null, deviations: [] });
    const stored = await test.value('design.storePlan', { studyId: id, plan: PLAN });
    expect(stored).toMatchObject({ current: { votes: 0, plan: PLAN }, deviations: [] });
    expect(stored.current?.sha256).toBe(
      createHash('sha256').update(canonicalJson(stored.current?.plan)).digest('hex'),
    );
    // The same plan again is no other plan.
    expect(await test.value('design.storePlan', { studyId: id, plan: PLAN })).toEqual(stored);
    await workSession(test, id, 'ada', 5, { skill: 1 });
    await test.value('design.storePlan', {
      studyId: id,
      plan: { ...PLAN, primaryCoefficient: 'ac1', options: { ties: 'drop' } },
    });
    await test.value('studies.configure', { studyId: id, design: { ratersPerPair: 2 } });
    const { deviations } = await test.value('design.plan', { studyId: id });
    expect(deviations).toEqual([
      expect.stringMatching(/^After 5 votes: primaryCoefficient was changed from "kappa" to "ac1"/u),
      'After 5 votes: ties is drop, planned was separate.',
      'The design was changed after the plan: ratersPerPair.',
    ]);
    const folder = temporaryFolder();
    await exportTo(test.app.context, id, 'native', folder);
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
    expect(manifest.analysisPlan).toMatchObject({
      plan: { primaryCoefficient: 'ac1' },
      votesBefore: 5,
      deviations,
    });
    expect(manifest.analysisPlan.sha256).toMatch(/^[0-9a-f]{64}$/u);
  });

  it('stored late says so, and names policies that are not its own', async () => {
    const test = await openTestApp();
    const { studyId } = await importText(test.storePath, jsonLines(qualityRows(12)));
    const id = studyId ?? '';
    await workSession(test, id, 'ada', 3, { skill: 1 });
    const { current, deviations } = await test.value('design.storePlan', { studyId: id, plan: PLAN });
    expect(deviations).toEqual(['The plan was stored when 3 votes were there already.']);
    if (current === null) throw new Error('no plan');
    const options = agreementOptionsSchema.parse({ ties: 'half', level: 0.9 });
    expect(optionDeviations(current.plan, options)).toEqual([
      'ties is half, planned was separate',
      'level is 0.9, planned was 0.95',
    ]);
    expect(optionDeviations(current.plan, agreementOptionsSchema.parse({}))).toEqual([]);
    const card = (ties: 'separate' | 'half') =>
      test.value('agreement.card', { studyId: id, options: { ties }, parts: ['people'] });
    expect((await card('half')).deviations).toEqual(['ties is half, planned was separate']);
    expect(await card('separate')).toMatchObject({ deviations: [], isWeighted: false });
  });
});
