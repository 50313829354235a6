/** Files of other tools, imported as they are: recognised, told about, and the same a second time. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { runImport } from '../../electron/core/imports/run-import.ts';
import { openTestApp, type TestApp } from '../support/open-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const FIXTURES = join(import.meta.dirname, '..', 'formats', 'fixtures');

let lead: TestApp;
beforeEach(async () => {
  lead = await openTestApp();
});

function importing(path: string, format?: string) {
  return runImport({
    files: [{ path, name: path.split(/[/\\]/u).at(-1) ?? '' }],
    studyName: 'Study',
    storePath: lead.storePath,
    dryRun: false,
    ...(format === undefined ? {} : { format }),
    nowMs: 1,
    newSeed: '0123456789abcdef',
    newStudyId: 'study',
  });
}

function written(record: unknown): string {
  const path = join(temporaryFolder(), 'rows.jsonl');
  writeFileSync(path, `${JSON.stringify(record)}\n`);
  return path;
}

describe('a file of another tool', () => {
  it.each([
    ['fastchat-votes/kinds-of-ties.json', { pairsAdded: 1, pairsKnown: 2, votesAdded: 3 }],
    ['arena-battles/both-bad-is-no-tie.json', { pairsAdded: 2, itemsAdded: 1, votesAdded: 2 }],
    ['alpacaeval-annotations/two-spellings-of-a-draw.json', { pairsAdded: 1, judgmentsAdded: 2 }],
    ['alpacaeval-crossannotations/four-votes-on-one-pair.json', { pairsAdded: 1, votesAdded: 4 }],
    ['preference/standard.jsonl', { pairsAdded: 1, votesAdded: 1 }],
    ['label-studio/no-selection-is-not-a-tie.json', { pairsAdded: 1, votesAdded: 2 }],
    ['argilla/label-and-suggestion.json', { pairsAdded: 1, votesAdded: 1, judgmentsAdded: 1 }],
  ])('%s is recognised and imported, and changes nothing the second time', async (file, counts) => {
    const path = join(FIXTURES, file);
    const first = await importing(path);
    expect(first.files[0]?.recognised?.name).toBe(file.split('/')[0]);
    expect(first.files[0]?.recognised?.why).toMatch(/^it has /u);
    expect(first.counts).toMatchObject(counts);
    const second = await importing(path);
    expect(second.changedNothing).toBe(true);
  });

  it('says what it left out and why, and warns of what looks wrong as a whole', async () => {
    const { leftOut } = await importing(join(FIXTURES, 'label-studio/no-selection-is-not-a-tie.json'));
    expect(leftOut).toEqual([
      {
        file: 'no-selection-is-not-a-tie.json',
        what: 'answers without a selection: a tie and no answer look alike',
        records: 1,
      },
    ]);
    const { warnings } = await importing(join(FIXTURES, 'argilla/all-as-declared.json'));
    expect(warnings).toEqual([expect.stringMatching(/^all-as-declared\.json: All 10 rankings/u)]);
  });

  it('that could be several formats is none until one is named', async () => {
    const path = written({
      prompt: 'Name a tree.',
      chosen: 'Oak.',
      rejected: 'Moss.',
      instruction: 'Name a tree.',
      output_1: 'Oak.',
      output_2: 'Moss.',
      preference: 2,
    });
    await expect(importing(path)).rejects.toThrow(
      /rows\.jsonl, format: could be several formats: alpacaeval-crossannotations \(.*\); preference \(.*\)/u,
    );
    const { counts, raters } = await importing(path, 'alpacaeval-crossannotations');
    expect(counts.votesAdded).toBe(1);
    expect(raters).toEqual([{ name: 'annotator 1', votes: 1 }]);
  });

  it('is read as what it is named to be, and no format is made up', async () => {
    const path = join(FIXTURES, 'preference/standard.jsonl');
    await expect(importing(path, 'native')).rejects.toThrow(/standard\.jsonl, line 1, a: is missing/u);
    await expect(importing(path, 'arena-battles')).rejects.toThrow(
      /standard\.jsonl, line 1, (?:question_id|model_a)/u,
    );
    await expect(importing(path, 'no such thing')).rejects.toThrow(
      /There are: auto, native, fastchat-votes/u,
    );
  });
});
