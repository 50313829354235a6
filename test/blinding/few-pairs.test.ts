/** While a study is blind, nothing that reaches its lead's page rests on so few pairs that it is a verdict. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answerReport } from '../../electron/core/answer-report.ts';
import { computeCard } from '../../electron/core/card/compute-card.ts';
import { blindFileNames } from '../../electron/core/exports/blind-file-names.ts';
import { runExport } from '../../electron/core/exports/run-export.ts';
import { NO_CONTROLS } from '../../electron/core/work/task-controls.ts';
import { isTelling, LEAST_BLIND_PAIRS } from '../../shared/blind/few-pairs.ts';
import type { CardPart } from '../../shared/card/figures/figure.ts';
import { MEASURES } from '../../shared/card/figures/measures.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../../shared/contract/export-methods.ts';
import type { ReplyOf } from '../../shared/contract/methods.ts';
import { ServiceError } from '../../shared/errors/errors.ts';
import { HARNESS_EXPORTERS } from '../../shared/formats/harness/write/harness-exporters.ts';
import { agreementOptionsSchema } from '../../shared/labels/agreement-options.ts';
import { ASKED } from '../support/asked.ts';
import { importText, jsonLines, nativeRows, SECRET_SYSTEMS } from '../support/comparisons.ts';
import { openTestApp } from '../support/open-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Pairs with verdicts of people and a judge, each in the slices that it is told to be in. */
async function slicedStudy(
  count: number,
  slicesOf: (index: number) => Record<string, string>,
  baseline?: string,
) {
  const test = await openTestApp(undefined, undefined, undefined, 'http');
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
  });

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
    const last = await computeCard(request, {
      ...NO_CONTROLS,
      onPartial: (piece) => {
        const { part } = piece as { part?: CardPart };
        if (part !== undefined) parts.push(part);
      },
    });
    parts.push(last);
    const shown = parts.flatMap(({ figures }) => figures.filter(({ value }) => value !== null));
    expect(shown.length).toBeGreaterThan(50);
    for (const { row, measure, n } of shown)
      if (MEASURES[measure].unit !== 'count')
        expect([row, measure, n >= LEAST_BLIND_PAIRS]).toEqual([row, measure, true]);
    const single = parts
      .find(({ name }) => name === 'slices')
      ?.figures.filter(({ row }) => row.startsWith('id='));
    expect(single?.every(({ value, n }) => value === null && n === 0)).toBe(true);
  });
});

describe('two figures of a blind study', () => {
  /** 60 pairs, 51 of them judged, in groups with 25, 21 and 5 of those; two are split, and a fourth rater saw three. */
  async function study() {
    const test = await openTestApp();
    const rows = nativeRows(60).map((row, index) => ({
      ...row,
      slices: {
        group: index < 25 ? 'large' : index < 46 || index > 50 ? 'middle' : 'small',
        // Ten and more apart by their pairs; of those, all but one without a verdict of the judge.
        judged: index < 36 ? 'yes' : 'no',
        nearly: index < 37 || index > 50 ? 'yes' : 'no',
      },
      human: ['r1', 'r2', 'r3']
        .map((rater, which) => ({
          rater,
          verdict: index < 2 && which === 2 ? 'tie' : index % 3 === 0 ? 'first' : 'second',
        }))
        .concat(index > 1 && index < 5 ? [{ rater: 'r4', verdict: 'second' }] : []),
      judge: index > 50 ? [] : [{ judge: 'j', order: 'both', verdict: index % 2 === 0 ? 'first' : 'second' }],
    }));
    const { studyId } = await importText(test.storePath, jsonLines(rows));
    return { test, studyId: studyId ?? '' };
  }
  const request = (storePath: string, studyId: string, change: object = {}) => ({
    storePath,
    studyId,
    judge: null,
    options: agreementOptionsSchema.parse({}),
    slice: null,
    raterPairs: false,
    isForPage: true,
    ...change,
  });
  const partsOf = async (asked: ReturnType<typeof request>) => {
    const parts: CardPart[] = [];
    const last = await computeCard(asked, {
      ...NO_CONTROLS,
      onPartial: (piece) => {
        const { part } = piece as { part?: CardPart };
        if (part !== undefined) parts.push(part);
      },
    });
    return [...parts, last];
  };

  it('never differ by the labels of few judged pairs: policies, and the policies on one card', async () => {
    const { test, studyId } = await study();
    const asked = (options: object) =>
      partsOf(request(test.storePath, studyId, { options: agreementOptionsSchema.parse(options) }));
    // Two pairs have a label by majority and none by unanimity: both are listed as disagreements, with their texts.
    await expect(asked({ consensus: 'unanimous' })).rejects.toMatchObject({ code: 'study_blinded' });
    await expect(asked({ ties: 'drop' })).resolves.toBeDefined();
    const parts = await asked({});
    const rows = parts
      .find(({ name }) => name === 'policies')
      ?.figures.filter(({ value, measure }) => value !== null && measure === 'agreement')
      .map(({ row }) => row);
    expect(rows).toContain('consensus: majority');
    expect(rows).not.toContain('consensus: unanimous');
    // The terminal is the lead's own, and tells all.
    const open = await partsOf(
      request(test.storePath, studyId, {
        isForPage: false,
        options: agreementOptionsSchema.parse({ consensus: 'unanimous' }),
      }),
    );
    expect(open.length).toBeGreaterThan(3);
  });

  it('never leave one part of a whole to be worked out: slices that share the pairs out', async () => {
    const { test, studyId } = await study();
    const parts = await partsOf(request(test.storePath, studyId));
    const shown = parts
      .find(({ name }) => name === 'slices')
      ?.figures.filter(({ measure, value }) => measure === 'agreement' && value !== null)
      .map(({ row }) => row);
    expect(shown).toContain('group=large');
    for (const row of ['group=small', 'group=middle']) expect(shown).not.toContain(row);
  });

  it('never differ by few pairs that were judged, in however many they differ', async () => {
    const { test, studyId } = await study();
    const card = (name: string, value: string) =>
      partsOf(request(test.storePath, studyId, { slice: { name, value } }));
    await expect(card('judged', 'yes')).resolves.toBeDefined();
    await expect(card('nearly', 'yes')).rejects.toMatchObject({ code: 'study_blinded' });
  });
});

describe('an export of a blind study', () => {
  it('names no system and no judge in any reply, files and refusals included, whatever the format', async () => {
    const secrets = [...SECRET_SYSTEMS, 'zq-judge-7', 'zq-judge 8'];
    const { test, studyId } = await slicedStudy(24, () => ({}), SECRET_SYSTEMS[0]);
    // Every format has something to write of the one study, and nothing or little of the other.
    const marked = nativeRows(24, 'marked').map((row, index) => ({
      ...row,
      a: { ...(row.a as object), text: `<|${SECRET_SYSTEMS[1]}|> ${index}`, meta: { run_id: `r${index}a` } },
      b: { ...(row.b as object), meta: { run_id: `r${index}b`, [SECRET_SYSTEMS[2]]: 1 } },
      human: [{ rater: 'r1', verdict: index % 3 === 0 ? 'first' : 'second', note: SECRET_SYSTEMS[2] }],
      judge: ['zq-judge 8', SECRET_SYSTEMS[1]].map((judge) => ({
        judge,
        order: 'a_first',
        verdict: 'first',
      })),
    }));
    const bare = nativeRows(12, 'bare').map((row) => ({ ...row, human: [] }));
    const other = (await importText(test.storePath, jsonLines(marked), { study: 'Marked' })).studyId ?? '';
    const empty = (await importText(test.storePath, jsonLines(bare), { study: 'Bare' })).studyId ?? '';
    const expectNoName = (format: string, reply: unknown) => {
      const text = JSON.stringify(reply).toLowerCase();
      for (const secret of secrets) expect(text, format).not.toContain(secret);
    };
    let refusals = 0;
    for (const format of EXPORT_FORMATS)
      for (const study of [studyId, other, empty])
        try {
          const folder = join(temporaryFolder(), 'out');
          const outcome = await runExport(
            { storePath: test.storePath, studyId: study, format, folder },
            NO_CONTROLS,
          );
          const files = outcome.files.map((file) => ({ ...file, downloadId: null }));
          expectNoName(format, { ...outcome, files: blindFileNames(files, format) });
        } catch (error) {
          if (!(error instanceof ServiceError)) throw error;
          refusals++;
          expect(error.message, format).toContain('Nothing was exported');
          expectNoName(format, [error.message, error.said, error.details]);
        }
    expect(refusals).toBeGreaterThan(8);
    // And so it is answered by the method, which hands the page no file either.
    for (const { name } of HARNESS_EXPORTERS.filter(({ namesFiles }) => namesFiles !== undefined)) {
      const reply = await test.value('exports.run', { studyId, format: name as ExportFormat });
      expectNoName(name, reply);
      expect(reply.files.every(({ downloadId }) => downloadId === null)).toBe(true);
    }
    // The files themselves are for the tool, and are named as it wants them.
    const names = readdirSync(join(test.storePath, '..', 'exports'), { recursive: true }).join(' ');
    expect(names).toContain('zq-');
  });
});

describe('questions beside the card, of a blind study', () => {
  /** r3 votes on the first `decided` pairs alone, where r1 and r2 part. Two judges judge the first `judged` pairs. */
  async function twoJudges(decided: number, judged: number) {
    const { storePath } = await openTestApp();
    const rows = nativeRows(40).map((row, index) => ({
      ...row,
      human: [
        { rater: 'r1', verdict: 'first' },
        { rater: 'r2', verdict: index < decided ? 'second' : 'first' },
        ...(index < decided ? [{ rater: 'r3', verdict: index % 2 === 0 ? 'first' : 'second' }] : []),
      ],
      judge: ['zq-judge-1', 'zq-judge-2'].flatMap((judge, place) =>
        index < judged
          ? [{ judge, order: 'both', verdict: (index + place) % 3 === 0 ? 'second' : 'first' }]
          : [],
      ),
    }));
    const { studyId } = await importText(storePath, jsonLines(rows));
    return <Name extends 'quality.effect' | 'judges.compare'>(name: Name, input: object, isForPage = true) =>
      answerReport({
        name,
        storePath,
        ...ASKED,
        isForPage,
        input: { studyId, ...input },
      }) as Promise<ReplyOf<Name>>;
  }

  it.each([
    { decided: 5, isTold: false },
    { decided: 12, isTold: true },
  ])(
    'withhold what the votes of a rater on $decided pairs carry: told $isTold',
    async ({ decided, isTold }) => {
      const ask = await twoJudges(decided, 40);
      const { judges } = await ask('quality.effect', { rater: 'r3' });
      const about = judges.flatMap(({ figures }) => figures.filter(({ id }) => id.startsWith('agreement/')));
      expect(about.length).toBeGreaterThan(4);
      for (const { id, with: before, without } of about) {
        expect(before.value === null, id).toBe(false);
        expect(without?.value === null, id).toBe(!isTold);
      }
      const toCommand = await ask('quality.effect', { rater: 'r3' }, false);
      expect(
        toCommand.judges.flatMap(({ figures }) => figures.filter(({ without }) => without?.value === null)),
      ).toEqual([]);
    },
  );

  it('compare no judges on few pairs', async () => {
    const judges = { before: 'zq-judge-1', after: 'zq-judge-2' };
    const few = await twoJudges(5, 9);
    await expect(few('judges.compare', judges)).rejects.toMatchObject({ code: 'study_blinded' });
    expect(await few('judges.compare', judges, false)).toMatchObject({ pairs: 9 });
    const enough = await twoJudges(12, 40);
    expect(await enough('judges.compare', judges)).toMatchObject({ pairs: 40 });
  });

  it('compare none under policies whose labels differ on few pairs', async () => {
    const ask = await twoJudges(5, 40);
    const judges = { before: 'zq-judge-1', after: 'zq-judge-2' };
    expect(await ask('judges.compare', judges)).toMatchObject({ pairs: 40 });
    await expect(
      ask('judges.compare', { ...judges, options: { consensus: 'unanimous' } }),
    ).rejects.toMatchObject({ code: 'study_blinded' });
  });
});
