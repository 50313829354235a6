/** A pack goes out, is worked on in a store of its own, and comes back: nothing is lost and nothing is taken on trust. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { importText, jsonLines, nativeRows } from '../support/comparisons.ts';
import { openTestApp } from '../support/open-app.ts';
import { makeTestPack, mergeFiles, packOptions, rateInPack, returnOf, vendorWith } from '../support/packs.ts';

async function leadWith(pairs: number, design: Record<string, unknown> = {}) {
  const lead = await openTestApp();
  await importText(lead.storePath, jsonLines(nativeRows(pairs)));
  const [study] = await lead.value('studies.list', {});
  const studyId = study?.studyId ?? '';
  await lead.value('studies.configure', { studyId, design: { minimumViewingMs: 0, ...design } });
  return { lead, studyId };
}

describe('a pack', () => {
  it('goes out and comes back: votes as given, in any number of parts', async () => {
    const { lead, studyId } = await leadWith(12);
    const made = await makeTestPack(lead, studyId, packOptions(['v1', 'v2']));
    expect(made).toMatchObject({ revision: 1, pairs: 12, presentations: 24, masked: 0 });
    const { vendor, packId } = await vendorWith(made.path);
    expect(await rateInPack(vendor, packId, 'v1', 5)).toBe(5);
    const first = await returnOf(vendor, packId);
    expect(await rateInPack(vendor, packId, 'v1')).toBe(7);
    expect(await rateInPack(vendor, packId, 'v2')).toBe(12);
    const last = await returnOf(vendor, packId);

    const unknown = await mergeFiles(lead, studyId, [first], { dryRun: true });
    expect(unknown.files[0]).toMatchObject({ state: 'whole', isKeyKnown: false, counts: { new: 0 } });
    const words = unknown.files[0]?.words ?? '';
    expect(words.split('-')).toHaveLength(6);
    const merged = await mergeFiles(lead, studyId, [first], { trusts: [words] });
    expect(merged.files[0]?.rows).toEqual([]);
    expect(merged).toMatchObject({ taken: 5, keptAside: 0, changedNothing: false });
    const rest = await mergeFiles(lead, studyId, [last], { trusts: [words] });
    expect(rest).toMatchObject({ taken: 19, keptAside: 0 });
    expect(await mergeFiles(lead, studyId, [last, first])).toMatchObject({ taken: 0, changedNothing: true });
    const [pack] = await lead.value('packs.list', { studyId });
    expect(pack?.raters).toEqual([
      { name: 'v1', answered: 12, presentations: 12 },
      { name: 'v2', answered: 12, presentations: 12 },
    ]);
    expect((await lead.value('audit.verify', {})).broken).toBeNull();
    expect(readFileSync(last, 'utf8')).not.toMatch(/answer to|Question/u);
  });
});
