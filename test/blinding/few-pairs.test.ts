/** While a study is blind, nothing that reaches its lead's page rests on so few pairs that it is a verdict. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { computeCard } from '../../electron/core/agreement/compute-card.ts';
import { NO_CONTROLS } from '../../electron/core/jobs/task-controls.ts';
import { isTelling, LEAST_BLIND_PAIRS } from '../../shared/blind/few-pairs.ts';
import type { ExportFormat } from '../../shared/contract/export-methods.ts';
import { agreementOptionsSchema } from '../../shared/domain/agreement-options.ts';
import type { CardPart } from '../../shared/domain/card/figure.ts';
import { MEASURES } from '../../shared/domain/card/measures.ts';
import { HARNESS_EXPORTERS } from '../../shared/formats/harness-export/harness-exporters.ts';
import { importText, jsonLines, nativeRows, SECRET_SYSTEMS } from '../support/comparisons.ts';
import { openTestApp } from '../support/open-app.ts';

/** Pairs with verdicts of people and a judge, each in the slices that it is told to be in. */
async function slicedStudy(
  count: number,
  slicesOf: (index: number) => Record<string, string>,
  baseline?: string,
) {
  const test = await openTestApp();
  const rows = nativeRows(count).map((row, index) => ({
    ...row,
    ...(baseline === undefined
      ? {}
      : {
          a: { system: baseline, text: `One answer to ${index}.` },
          b: { system: SECRET_SYSTEMS[1 + (index % 2)], text: `Another answer to ${index}.` },
        }),
    slices: slicesOf(index),
    human: ['r1', 'r2'].map((rater) => ({ rater, verdict: index % 3 === 0 ? 'first' : 'second' })),
    judge: ['a_first', 'b_first'].map((order) => ({
      judge: 'zq-judge-7',
      order,
      verdict: index % 2 === 0 ? 'first' : 'second',
    })),
  }));
  const { studyId = '' } = await importText(test.storePath, jsonLines(rows));
  return { test, studyId: studyId ?? '' };
}

const range = (from: number, to: number) => Int32Array.from({ length: to - from }, (_none, at) => from + at);

describe('a slice of a blind study', () => {
  it.each([
    { about: 'of one pair', slice: range(0, 1), others: [], pairs: 30, telling: true },
    { about: 'of nine', slice: range(0, 9), others: [], pairs: 30, telling: true },
    { about: 'of ten of thirty', slice: range(0, 10), others: [], pairs: 30, telling: false },
    { about: 'of all but one', slice: range(0, 29), others: [], pairs: 30, telling: true },
    { about: 'of all', slice: range(0, 30), others: [], pairs: 30, telling: false },
    {
      about: 'one pair more than another',
      slice: range(0, 16),
      others: [range(0, 15)],
      pairs: 40,
      telling: true,
    },
    { about: 'the same as another', slice: range(0, 15), others: [range(0, 15)], pairs: 40, telling: false },
    {
      about: 'ten apart from another',
      slice: range(0, 15),
      others: [range(5, 20)],
      pairs: 40,
      telling: false,
    },
  ])('tells too much, or not: $about', ({ slice, others, pairs, telling }) => {
    const wanted = { name: 'z', value: '1', pairs: slice };
    const all = [...others.map((each, index) => ({ name: `a${index}`, value: '1', pairs: each })), wanted];
    expect(isTelling(all, wanted, pairs)).toBe(telling);
  });

  it('has no card where its pairs are few, in itself or beside another', async () => {
    const { test, studyId } = await slicedStudy(60, (index) => ({
      id: `only-${index}`,
      most: index < 55 ? 'yes' : 'no',
      half: index % 2 === 0 ? 'even' : 'odd',
      nearly: index % 2 === 0 || index === 1 ? 'even' : 'odd',
    }));
    const card = (name: string, value: string) =>
      test.app.call('agreement.card', { studyId, slice: { name, value } });
    for (let index = 0; index < 60; index++)
      expect(await card('id', `only-${index}`)).toMatchObject({
        ok: false,
        error: { code: 'study_blinded' },
      });
    for (const [name, value] of [
      ['most', 'yes'],
      ['most', 'no'],
      ['nearly', 'even'],
      ['nearly', 'odd'],
    ] as const)
      expect(await card(name, value), `${name} ${value}`).toMatchObject({
        ok: false,
        error: { code: 'study_blinded', message: expect.stringContaining(`${LEAST_BLIND_PAIRS} pairs`) },
      });
    for (const value of ['even', 'odd']) expect(await card('half', value)).toMatchObject({ ok: true });
    await test.value('studies.unblind', { studyId, confirmName: 'Study' });
    expect(await card('id', 'only-3')).toMatchObject({ ok: true });
  }, 60_000);

  it('has no figure over few pairs in a card for a page', async () => {
    const { test, studyId } = await slicedStudy(60, (index) => ({
      id: `only-${index}`,
      half: index % 2 === 0 ? 'even' : 'odd',
    }));
    const parts: CardPart[] = [];
    const request = {
      storePath: test.storePath,
      studyId,
      judge: null,
      options: agreementOptionsSchema.parse({}),
      slice: null,
      raterPairs: false,
      isForPage: true,
    };
    await computeCard(request, {
      ...NO_CONTROLS,
      onPartial: (piece) => {
        const { part } = piece as { part?: CardPart };
        if (part !== undefined) parts.push(part);
      },
    });
    const shown = parts.flatMap(({ figures }) => figures.filter(({ value }) => value !== null));
    expect(shown.length).toBeGreaterThan(50);
    for (const { row, measure, n } of shown)
      if (MEASURES[measure].unit !== 'count')
        expect([row, measure, n >= LEAST_BLIND_PAIRS]).toEqual([row, measure, true]);
    const single = parts
      .find(({ name }) => name === 'slices')
      ?.figures.filter(({ row }) => row.startsWith('id='));
    expect(single?.every(({ value, n }) => value === null && n === 0)).toBe(true);
  }, 60_000);
});

describe('files of an export of a blind study', () => {
  it('have names of no system and no judge in the reply, whatever the format', {
    timeout: 120_000,
  }, async () => {
    const { test, studyId } = await slicedStudy(24, () => ({}), SECRET_SYSTEMS[0]);
    const named = HARNESS_EXPORTERS.filter(({ namesFiles }) => namesFiles !== undefined);
    expect(named.length).toBeGreaterThan(0);
    for (const { name } of named) {
      const format = name as ExportFormat;
      const reply = await test.value('exports.run', { studyId, format });
      const text = JSON.stringify(reply.files).toLowerCase();
      for (const secret of [...SECRET_SYSTEMS, 'zq-judge-7']) expect(text, format).not.toContain(secret);
    }
    // The files themselves are for the tool, and are named as it wants them.
    const names = readdirSync(join(test.storePath, '..', 'exports'), { recursive: true }).join(' ');
    expect(names).toContain('zq-');
  });
});
