/** Names that look alike, and comparisons that compare nothing: said alike by a dry run and an import, and changed by neither. */
import { describe, expect, it } from 'vitest';
import { scanForIdentity } from '../../shared/blind/identity-scan.ts';
import { lookAlikes } from '../../shared/text/look-alike.ts';
import { importText, jsonLines } from '../support/comparisons.ts';
import { openTestApp } from '../support/open-app.ts';

const composed = 'Jos\u00e9';
const decomposed = 'Jose\u0301';

describe('names', () => {
  it.each([
    [[composed, decomposed], 'the Unicode form of a letter'],
    [['Anna', 'anna'], 'capital letters'],
    [['r 1', 'r\u00a01'], 'blanks'],
    [['r1', 'r\u200b1'], 'characters that cannot be seen'],
    [['ｇｐｔ', 'GPT'], 'how they are written'],
  ])('%j differ by %s', (names, differBy) => {
    expect(lookAlikes(['other', ...names])).toEqual([{ names, differBy }]);
  });

  it('that differ to the eye are let be', () => {
    expect(lookAlikes(['r1', 'r2', 'ann', 'anne', 'o', 'ö'])).toEqual([]);
  });
});

const pair = (id: string, more: object = {}) => ({
  id,
  prompt: `p ${id.normalize('NFC').toLowerCase()}`,
  a: { system: 'm1', text: `x ${id}` },
  b: { system: 'm2', text: 'y' },
  ...more,
});

describe('an import', () => {
  it.each([
    [
      'raters',
      [
        pair('1', { human: [{ rater: composed, verdict: 'tie' }] }),
        pair('2', { human: [{ rater: decomposed, verdict: 'tie' }] }),
      ],
      /^raters "Jos\S+" \(U\+00E9\) and "Jos\S+" \(U\+0301\) look alike and differ in the Unicode form of a letter: they count as 2 raters/u,
    ],
    [
      'judges',
      [pair('1', { judge: ['GPT-4', 'gpt-4'].map((judge) => ({ judge, verdict: 'tie' })) })],
      /^judges "GPT-4" and "gpt-4" look alike and differ in capital letters/u,
    ],
    [
      'systems',
      [pair('1'), pair('2', { a: { system: 'M1', text: 'z' } })],
      /^systems "m1" and "M1" look alike/u,
    ],
    [
      'ids',
      [pair('caf\u00e9'), pair('cafe\u0301')],
      /^1 id looks like another and is not: "caf\S+" \(U\+00E9\) and "caf\S+" \(U\+0301\)/u,
    ],
    ['ids in capitals', [pair('Q1'), pair('q1')], /^1 id looks like another/u],
    [
      'a system with itself',
      [pair('1', { b: { system: 'm1', text: 'y' } })],
      /^1 comparison is of a system with itself\.$/u,
    ],
    [
      'equal outputs',
      ['1', '2'].map((id) => pair(id, { a: { system: 'm1', text: 'y' } })),
      /^2 comparisons are of two outputs that are the same text\.$/u,
    ],
    [
      'an empty output',
      [pair('1', { a: { system: 'm1', text: ' \n' } })],
      /^1 comparison is of an output with an empty one\.$/u,
    ],
    [
      'empty outputs',
      [
        pair('1', {
          a: { system: 'm1', text: '' },
          b: { system: 'm2', messages: [{ role: 'assistant', content: '' }] },
        }),
      ],
      /^1 comparison is of two outputs that are both empty\.$/u,
    ],
  ])('says so of %s', async (_what, rows, warning) => {
    const { storePath } = await openTestApp();
    const dry = await importText(storePath, jsonLines(rows), { dryRun: true });
    const real = await importText(storePath, jsonLines(rows));
    expect(dry.warnings).toEqual([expect.stringMatching(warning)]);
    expect(real.warnings).toEqual(dry.warnings);
    expect(real.counts.pairsAdded).toBe(rows.length);
  });

  it('holds new names against those of the study', async () => {
    const { storePath } = await openTestApp();
    const voted = (rater: string) => jsonLines([pair('1', { human: [{ rater, verdict: 'tie' }] })]);
    await importText(storePath, voted('Anna'));
    expect((await importText(storePath, voted('anna'), { dryRun: true })).warnings).toHaveLength(1);
  });
});

describe('the scan for names', () => {
  it.each([
    ['example', 'For example, the output of a model.', 0],
    ['output 1', 'The output is 1. Output: one.', 0],
    ['system A', 'A system that works.', 0],
    ['baseline-v2', 'The baseline of the picture.', 0],
    ['juniper-mini', 'I am Juniper, a large model.', 1],
    ['small-juniper', 'It is small-juniper that says so.', 1],
  ])('a system called %s in “%s”', (name, output, found) => {
    expect(scanForIdentity(output, [name]).filter(({ rule }) => rule === 'system_name')).toHaveLength(found);
  });
});
