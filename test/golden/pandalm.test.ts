/** PandaLM: three raters and two judges on 999 pairs, from a fresh import to the published kappas. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { productFolder } from '../../electron/core/product.ts';
import { mappingSchema } from '../../shared/formats/mapping.ts';
import { importFiles } from '../support/comparisons.ts';
import { openTestApp } from '../support/open-app.ts';
import { realDataFolder } from '../support/real-data.ts';

const folder = realDataFolder('pandalm');
const FILES = ['testset-v1.json', 'gpt-3.5-turbo-testset-v1.json', 'pandalm-7b-testset-v1.json'];

function kappaOf(figures: { kappa: { defined: boolean; value?: number } } | undefined): number {
  return figures?.kappa.value ?? Number.NaN;
}

describe.runIf(folder !== null)('PandaLM', () => {
  it('gives the published kappas from a fresh import', async () => {
    const path = folder ?? '';
    const mapping = mappingSchema.parse(
      JSON.parse(readFileSync(join(productFolder, 'resources', 'mappings', 'pandalm.json'), 'utf8')),
    );
    const expected = JSON.parse(readFileSync(join(path, 'expected.json'), 'utf8'));
    const { storePath, value } = await openTestApp();
    const files = FILES.map((name) => ({ name, path: join(path, name) }));
    const imported = await importFiles(storePath, files, { study: 'PandaLM', mapping });
    expect(imported.counts).toMatchObject({
      pairsAdded: 999,
      itemsAdded: 170,
      votesAdded: 2997,
      judgmentsAdded: 1998,
    });

    const studyId = imported.studyId ?? '';
    const { report } = await value('agreement.report', { studyId });
    expect(report.consensus.labels).toMatchObject({ tie: 105, first: 422, second: 472 });
    expect(report.consensus.kinds).toMatchObject({ unanimous: 879, majority: 120, split: 0 });
    for (const [index, key] of ['1-2', '1-3', '2-3'].entries()) {
      const wanted = expected.human.pairs[key];
      const got = report.raterPairs[index];
      expect(kappaOf(got)).toBeCloseTo(wanted.kappa, 12);
      expect(got?.agreement).toMatchObject({ value: wanted.agreement });
      if (!got?.kappa.defined) throw new Error('undefined');
      expect(got.kappa.standardError).toMatchObject({ value: expect.closeTo(wanted.se, 12) });
      expect(got.kappa.interval?.low).toBeCloseTo(wanted.ci95[0], 10);
      expect(got.kappa.interval?.high).toBeCloseTo(wanted.ci95[1], 10);
    }
    const panda = report.judges.find(({ judge }) => judge === 'pandalm-7b');
    expect(kappaOf(panda)).toBeCloseTo(expected.judges_vs_majority['pandalm-7b'].cohen.kappa, 12);
    expect(panda?.agreement).toMatchObject({ value: expected.judges_vs_majority['pandalm-7b'].accuracy });
    expect(panda?.matrix).toEqual({
      labels: ['first', 'second', 'tie'],
      rows: [
        [298, 84, 40],
        [100, 337, 35],
        [35, 38, 32],
      ],
    });

    const wanted = { tie: 0.4957840983, drop: 0.4928647153, class: 0.4755075893 };
    for (const unparsed of ['tie', 'drop', 'class'] as const) {
      const reply = await value('agreement.report', { studyId, options: { unparsed } });
      const judge = reply.report.judges.find((each) => each.judge === 'gpt-3.5-turbo');
      expect(kappaOf(judge)).toBeCloseTo(wanted[unparsed], 9);
      expect(judge?.verdicts.unparsed).toBe(25);
      expect(judge?.n).toBe(unparsed === 'drop' ? 974 : 999);
    }

    const again = await importFiles(storePath, files, { study: 'PandaLM', mapping });
    expect(again.changedNothing).toBe(true);
    expect(again.counts).toMatchObject({
      pairsAdded: 0,
      pairsKnown: 999,
      votesKnown: 2997,
      judgmentsKnown: 1998,
    });
  });
});
