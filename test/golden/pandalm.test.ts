/** PandaLM: three raters and two judges on 999 pairs, imported with the mapping that ships. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { productFolder } from '../../electron/core/ports/product.ts';
import { mappingSchema } from '../../shared/formats/mapping/mapping.ts';
import { importFiles } from '../support/comparisons.ts';
import { openTestApp } from '../support/open-app.ts';
import { realDataFolder } from '../support/real-data.ts';

const folder = realDataFolder('pandalm');
const FILES = ['testset-v1.json', 'gpt-3.5-turbo-testset-v1.json', 'pandalm-7b-testset-v1.json'];

describe.runIf(folder !== null)('PandaLM', () => {
  it('is imported once, whole, and a second time without a change', async () => {
    const path = folder ?? '';
    const mapping = mappingSchema.parse(
      JSON.parse(readFileSync(join(productFolder, 'resources', 'mappings', 'pandalm.json'), 'utf8')),
    );
    const { storePath } = await openTestApp();
    const files = FILES.map((name) => ({ name, path: join(path, name) }));
    const imported = await importFiles(storePath, files, { study: 'PandaLM', mapping });
    expect(imported.counts).toMatchObject({
      pairsAdded: 999,
      itemsAdded: 170,
      votesAdded: 2997,
      judgmentsAdded: 1998,
    });

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
