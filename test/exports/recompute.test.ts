/** The card of a calibration set, worked out again by a program of another language that has nothing but the set. */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runExport } from '../../electron/core/exports/run-export.ts';
import { Store } from '../../electron/core/store/engine/database.ts';
import { NO_CONTROLS } from '../../electron/core/work/task-controls.ts';
import { importFiles, jsonLines } from '../support/comparisons.ts';
import { openTestApp } from '../support/open-app.ts';
import { python, pythonIsHere } from '../support/python.ts';
import { studyWithEverything } from '../support/study-with-everything.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const SAMPLE = join(import.meta.dirname, '..', '..', 'resources', 'sample-study', 'manifest.json');

async function exported(path: string, prepare: (store: Store) => void = () => undefined) {
  const { storePath } = await openTestApp();
  const { studyId } = await importFiles(storePath, [{ path, name: basename(path) }]);
  const store = new Store(storePath, { readonly: false });
  prepare(store);
  store.close();
  const folder = join(temporaryFolder(), 'set');
  await runExport({ storePath, studyId: studyId ?? '', format: 'native', folder }, NO_CONTROLS);
  return folder;
}

interface Recomputed {
  readonly status: number | null;
  readonly last: string;
  readonly figures: Map<string, number[]>;
}

function recomputed(folder: string): Recomputed {
  const { status, stdout, stderr } = python([join(folder, 'recompute.py')]);
  expect(stderr).toBe('');
  const lines = stdout.trimEnd().split('\n');
  const figures = new Map(
    lines.slice(0, -1).map((line) => {
      const [judge, part, measure, row, ...values] = line.split(' | ');
      return [[judge, part, measure, row].join(' | '), values.map(Number)];
    }),
  );
  return { status, last: lines.at(-1) ?? '', figures };
}

describe.skipIf(!pythonIsHere)('recompute.py (where there is a python3)', () => {
  it('gives every figure of the sample study’s card that it knows, to 1e-9', async () => {
    const folder = await exported(SAMPLE);
    const { status, last, figures } = recomputed(folder);
    expect(last).toMatch(/^\d+ figures, the farthest \d\.\de-1\d from the card$/u);
    expect(status).toBe(0);
    // Not only what it prints itself: the same numbers as in the card.
    const { cards, parts: ofStudy } = JSON.parse(
      readFileSync(join(folder, 'agreement-card.json'), 'utf8'),
    ) as { cards: Card[]; parts: Card['parts'] };
    let compared = 0;
    for (const { judge, parts } of [...cards, { judge: 'people', parts: ofStudy }])
      for (const { name, figures: stated } of parts)
        for (const { measure, row, value, interval } of stated) {
          const found = figures.get([judge, name, measure, row].join(' | '));
          if (found === undefined || value === null) continue;
          compared++;
          expect(found[0], `${name} ${measure} ${row}`).toBeCloseTo(value, 9);
          if (measure !== 'kappa') continue;
          expect(found[1]).toBeCloseTo(interval?.low ?? Number.NaN, 9);
          expect(found[2]).toBeCloseTo(interval?.high ?? Number.NaN, 9);
        }
    expect(compared).toBe(figures.size);
    for (const figure of [
      'agreement | agreement | people',
      'agreement | kappa | people',
      'agreement | ac1 | people',
      'agreement | alpha | people',
      'agreement | scotts_pi | people',
      'agreement | kappa | sim-ada',
      'agreement | matrix_cell | matrix: first / inconsistent',
    ])
      expect([...figures.keys()]).toContain(`sim-judge-even | ${figure}`);
    for (const figure of ['people | kappa | sim-ada – sim-ben', 'people | pairwise_agreement | all raters'])
      expect([...figures.keys()]).toContain(`people | ${figure}`);
  });

  it.each([1, 2, 3, 4, 5, 6].map((seed) => [seed, seed % 2 === 0 ? 1 : 3] as const))(
    'gives those of made-up study %i with %i pairs an item',
    async (seed, pairsPerItem) => {
      const path = join(temporaryFolder(), 'rows.jsonl');
      writeFileSync(path, jsonLines(studyWithEverything(`recompute ${seed}`, pairsPerItem)));
      const folder = await exported(path, (store) => {
        if (seed > 3)
          store.write((store) => store.run("UPDATE raters SET is_excluded = 1 WHERE name = 'dee'"));
      });
      const { status, last, figures } = recomputed(folder);
      expect(last).toMatch(/figures, the farthest/u);
      expect(status, last).toBe(0);
      expect(figures.get('judge | agreement | kappa | people')).toHaveLength(3);
      expect([...figures.keys()].some((each) => each.includes('dee'))).toBe(seed <= 3);
    },
  );

  it('says so where the card is not what the votes give', async () => {
    const folder = await exported(SAMPLE);
    const card = join(folder, 'agreement-card.json');
    const text = readFileSync(card, 'utf8');
    const altered = text.replace('"value": 0.6149834044570887', '"value": 0.6149844044570887');
    expect(altered).not.toBe(text);
    writeFileSync(card, altered);
    const { status, last } = recomputed(folder);
    expect(status).toBe(1);
    expect(last).toMatch(/the farthest 1\.0e-06 from the card$/u);
  });

  it('stays short and imports nothing but the standard library', () => {
    const text = readFileSync(
      join(import.meta.dirname, '..', '..', 'resources', 'calibration-set', 'recompute.py'),
      'utf8',
    );
    expect(text.trimEnd().split('\n').length).toBeLessThan(120);
    expect(text.match(/^(?:from|import) .+$/gmu)).toEqual([
      'import json, math, os, sys',
      'from collections import Counter, defaultdict',
      'from statistics import NormalDist',
    ]);
  });
});

interface Card {
  readonly judge: string;
  readonly parts: readonly { readonly name: string; readonly figures: readonly CardFigure[] }[];
}

interface CardFigure {
  readonly measure: string;
  readonly row: string;
  readonly value: number | null;
  readonly interval: { readonly low: number; readonly high: number } | null;
}
