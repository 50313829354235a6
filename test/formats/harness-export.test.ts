/** Files for other tools, whichever they are: what they cannot hold, when they are refused, and the way back. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runExport } from '../../electron/core/exports/run-export.ts';
import { splitOf } from '../../electron/core/store/study/content-split.ts';
import { NO_CONTROLS } from '../../electron/core/work/task-controls.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../../shared/contract/export-methods.ts';
import { HARNESS_EXPORTERS } from '../../shared/formats/harness/write/harness-exporters.ts';
import type { Comparison } from '../../shared/formats/own/native.ts';
import { jsonLines } from '../support/comparisons.ts';
import { exportStudy, importStudy, jsonOf, linesOf, PAIR, studyOf } from '../support/exported-study.ts';
import { judgedIn, nativeRowsOf, STUDY, saidIn, VERDICT } from '../support/round-trip.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { tries } from '../support/tries.ts';

describe('an export for another tool', () => {
  it('is offered for each exporter, and for no other', () => {
    expect([...EXPORT_FORMATS].sort()).toEqual(
      ['native', 'preference', 'parquet', ...HARNESS_EXPORTERS.map(({ name }) => name)].sort(),
    );
  });

  it('is refused in every format where nothing of it would be left, and leaves what stood there as it was', async () => {
    const { human: _, judge: _judge, ...bare } = PAIR;
    const turns = {
      messages: [
        { role: 'user', content: 'x' },
        { role: 'assistant', content: 'y' },
      ],
    };
    const studies = {
      'pairs that nobody and nothing said something of': [bare],
      'pairs that are skipped': [{ ...bare, human: [{ rater: 'r', verdict: 'skipped', reason: 'other' }] }],
      'pairs that people split over': [
        { ...bare, human: ['first', 'second'].map((verdict, rater) => ({ rater: `r${rater}`, verdict })) },
      ],
      'pairs of several turns with labels that are no side': [
        {
          id: 'p',
          ...turns,
          a: { system: 'm-1', ...turns },
          b: { system: 'm-2', ...turns },
          human: [{ rater: 'r', verdict: 'both_bad' }],
        },
      ],
      'replies that cannot be read': [
        { ...bare, judge: [{ judge: 'j', order: 'a_first', verdict: 'error' }] },
      ],
    };
    const refused = new Set<string>();
    for (const [about, rows] of Object.entries(studies)) {
      const storePath = await studyOf(rows);
      for (const format of EXPORT_FORMATS) {
        const above = temporaryFolder();
        const [fresh, used] = [join(above, 'new', 'folder'), join(above, 'used')];
        mkdirSync(used);
        writeFileSync(join(used, 'kept.txt'), 'as it was');
        const request = { storePath, studyId: 'one', format };
        const attempt = async (folder: string) => {
          try {
            return (await runExport({ ...request, folder }, NO_CONTROLS)).files;
          } catch (error) {
            expect(String(error), `${format} of ${about}`).toMatch(
              /Nothing was exported, and nothing was written/u,
            );
            return null;
          }
        };
        const files = await attempt(fresh);
        expect((await attempt(used)) === null).toBe(files === null);
        if (files === null) {
          refused.add(format);
          expect(readdirSync(above), `${format} of ${about}`).toEqual(['used']);
          expect(readdirSync(used)).toEqual(['kept.txt']);
          continue;
        }
        expect(format === 'parquet' || files.every(({ rows }) => rows > 0), `${format} of ${about}`).toBe(
          true,
        );
        for (const { name } of files)
          expect(readFileSync(join(fresh, name), 'utf8').trim(), `${format} ${name}`).not.toMatch(
            /^(?:\[\s*\]|\{\s*\})?$/u,
          );
      }
    }
    // All of them may come to nothing, but for those that hold a comparison as it is.
    expect([...refused].sort()).toEqual(
      EXPORT_FORMATS.filter((format) => !['native', 'parquet'].includes(format)).sort(),
    );
  });

  it('says of a chat model’s own marks in texts which there are, and never what stands in them', async () => {
    const marks = {
      '<|im_start|>': '<|…|>',
      '<|eot_id|>': '<|…|>',
      '<|start_header_id|>': '<|…|>',
      '<|END_OF_TURN_TOKEN|>': '<|…|>',
      '<|m-1|>': '<|…|>',
      '<｜end▁of▁sentence｜>': '<｜…｜>',
      '<|turn>': '<|turn>',
      '</s>': '<s>, </s>',
      '<end_of_turn>': '<start_of_turn>',
      '<eos>': '<bos>, <eos>',
      '[/INST]': '[INST]',
      '<<SYS>>': '[INST]',
      '[TOOL_CALLS]': '[TOOL_CALLS]',
      '[SEP]': '[CLS], [SEP]',
      '</think>': '<think>',
      '<tool_call>': '<tool_call>',
      '<fim_middle>': '<fim_prefix>',
      '<extra_id_1>': '<fim_prefix>',
    };
    const plain = [
      'a || b |> c <| d',
      'if (a<b && c>d)',
      '<strong>',
      '[inst]',
      '<script>',
      '[1]',
      '| a | b |',
      'x <- s',
    ];
    const human = [{ rater: 'r', verdict: 'first' }];
    const inPlace = (text: string, place: number) => ({
      ...PAIR,
      id: `p${place} ${text}`,
      human,
      prompt: place === 0 ? `${place} ${text}` : `Question ${text}?`,
      a: { system: 'm-1', text: place === 1 ? `${text} and more` : 'one' },
      b: { system: 'm-2', text: place === 2 ? text : 'other' },
    });
    const forChat = [
      'preference',
      ...HARNESS_EXPORTERS.filter(({ isForChat }) => isForChat === true).map(({ name }) => name),
    ];
    expect(forChat).toEqual(
      expect.arrayContaining(['kto', 'openai-evals', 'openai-finetune', 'promptfoo-tests']),
    );
    const warned = async (rows: readonly unknown[], format: string) =>
      (await exportStudy(await studyOf(rows), 'one', format as ExportFormat)).outcome.warnings;
    for (const format of forChat) {
      expect(
        await warned(
          plain.map((text, index) => inPlace(text, index % 3)),
          format,
        ),
        format,
      ).toEqual([]);
      const all = await warned(
        Object.keys(marks).flatMap((text) => [0, 1, 2].map((place) => inPlace(text, place))),
        format,
      );
      expect(
        all.map(({ rows }) => rows),
        format,
      ).toEqual([3 * Object.keys(marks).length]);
      for (const family of new Set(Object.values(marks))) expect(all[0]?.what).toContain(family);
      expect(all[0]?.what).not.toContain('m-1');
    }
    for (const [mark, family] of Object.entries(marks)) {
      const [only, ...more] = await warned([inPlace(mark, 1)], 'kto');
      expect([mark, only?.what.includes(`(${family})`), only?.rows, more]).toEqual([mark, true, 1, []]);
    }
    // What is not written is not warned of.
    expect(
      await warned(
        [{ ...inPlace('</s>', 1), human: [{ rater: 'r', verdict: 'tie' }] }, inPlace('plain', 1)],
        'preference',
      ),
    ).toEqual([]);
    expect(await warned([inPlace('</s>', 1)], 'csv')).toEqual([]);
  });

  it('says what it cannot hold, and of how many pairs', async () => {
    const skipped = {
      ...PAIR,
      id: 'p2',
      prompt: 'Another?',
      human: [{ rater: 'r1', verdict: 'skipped', reason: 'other' }],
    };
    const turns = {
      ...PAIR,
      id: 'p3',
      prompt: undefined,
      messages: [
        { role: 'user', content: 'One?' },
        { role: 'assistant', content: 'Two.' },
        { role: 'user', content: 'Three?' },
      ],
    };
    const storePath = await studyOf([PAIR, skipped, turns]);
    const { outcome } = await exportStudy(storePath, 'one', 'alpacaeval-crossannotations');
    const rowsOf = Object.fromEntries(outcome.leftOut.map(({ what, rows }) => [what, rows]));
    expect(rowsOf).toMatchObject({
      'conversations of several turns': 1,
      skips: 1,
      notes: 2,
      'strength of votes': 2,
      'verdicts of judges': 3,
      'slices other than dataset and datasplit': 3,
    });
  });

  it('is the same to the byte for the same state, in every format', async () => {
    const run = (side: 'a' | 'b') => ({ ...PAIR[side], meta: { run_id: `run-${side}` } });
    const pair = { ...PAIR, a: run('a'), b: run('b') };
    const storePath = await studyOf([pair, { ...pair, id: 'p2', prompt: 'Another?' }]);
    for (const format of EXPORT_FORMATS)
      expect((await exportStudy(storePath, 'one', format)).content, format).toEqual(
        (await exportStudy(storePath, 'one', format)).content,
      );
  });

  it('is what alt-test, judgy, promptfoo, OpenAI and KTO read', async () => {
    const storePath = await studyOf([PAIR]);
    const altTest = (await exportStudy(storePath, 'one', 'alt-test')).content;
    expect(jsonOf(altTest['humans_annotations.json'])).toEqual({
      r1: { p1: 'first' },
      r2: { p1: 'first' },
      r3: { p1: 'tie' },
    });
    expect(jsonOf(altTest['llm_annotations.json'])).toEqual({
      j: { p1: 'first' },
      k: { p1: 'inconsistent' },
    });
    const judgy = await exportStudy(storePath, 'one', 'judgy');
    const arrays = { judge: 'j', system: 'm-1', against: 'm-2', unlabeled_preds: [] };
    expect([
      [{ ...arrays, test_labels: [1], test_preds: [1], dev_labels: [], dev_preds: [] }],
      [{ ...arrays, test_labels: [], test_preds: [], dev_labels: [1], dev_preds: [1] }],
    ]).toContainEqual(jsonOf(judgy.content['judgy.json']));
    expect(judgy.outcome.leftOut).toContainEqual({
      what: 'verdicts that are neither side: the rates are of those that are',
      rows: 1,
    });
    expect(
      jsonOf((await exportStudy(storePath, 'one', 'promptfoo-tests')).content['promptfoo-tests.json']),
    ).toEqual([
      {
        description: 'p1',
        vars: { pair: { prompt: 'Name a tree.', output_a: 'Oak.', output_b: 'Moss.' } },
        assert: [{ type: 'equals', value: 'A' }],
        metadata: { votes: 3, agreeing: 2, split: splitOf('"Name a tree."'), 'slice.kind': 'easy' },
      },
    ]);
    const [sample] = linesOf((await exportStudy(storePath, 'one', 'openai-evals')).content['samples.jsonl']);
    const split = splitOf('"Name a tree."');
    expect(sample).toMatchObject({
      input: [{ role: 'system' }, { role: 'user' }],
      ideal: 'A',
      id: 'p1',
      split,
      slices: { kind: 'easy' },
    });
    const finetune = (await exportStudy(storePath, 'one', 'openai-finetune')).content;
    expect(Object.keys(finetune)).toEqual([`finetune-${split}.jsonl`]);
    const [example] = linesOf(finetune[`finetune-${split}.jsonl`]);
    expect(example).toMatchObject({ messages: [{}, {}, { role: 'assistant', content: 'A' }] });
    const kto = linesOf((await exportStudy(storePath, 'one', 'kto')).content['kto.jsonl']);
    expect(kto).toMatchObject([
      { label: true, split },
      { label: false, split },
    ]);
    // What none of them has a place for is said by each.
    const full = await studyOf([{ ...PAIR, reference: 'Any tree.' }]);
    for (const format of ['promptfoo-tests', 'openai-evals', 'openai-finetune', 'kto'] as const) {
      const { leftOut } = (await exportStudy(full, 'one', format)).outcome;
      const said = leftOut.map(({ what }) => what);
      expect(said, format).toEqual(
        expect.arrayContaining(['verdicts of judges', 'notes', 'strength of votes', 'verdicts by criterion']),
      );
      expect(said.includes('references'), format).toBe(format !== 'promptfoo-tests');
      expect(said.includes('slices'), format).toBe(format === 'openai-finetune' || format === 'kto');
    }
  });
});

describe.each([
  ['fastchat-votes', 'human_votes.json', []],
  ['label-studio', 'tasks.json', []],
  ['csv', 'comparisons.csv', []],
  ['alpacaeval-crossannotations', 'human_crossannotations.json', []],
] as const)('%s', (format, file, unheld) => {
  it('out and in again loses nothing of what it can hold', async () => {
    await fc.assert(
      fc.asyncProperty(STUDY, async (study) => {
        const storePath = await studyOf(study);
        const held = study
          .map((row) => ({
            ...row,
            human: row.human.filter(({ verdict }) => !(unheld as readonly string[]).includes(verdict)),
          }))
          .filter(({ human }) => human.length > 0);
        if (held.length === 0) return;
        const out = await exportStudy(storePath, 'one', format);
        const recognised = await importStudy(storePath, join(out.folder, file), 'two');
        if (format !== 'csv') expect(recognised.files[0]?.recognised?.name).toBe(format);
        // Cross-annotations hold raters by number.
        const nameOf = (rater: string) => rater.replace(/^annotator /u, 'r');
        const back = await nativeRowsOf(storePath, 'two');
        expect(saidIn(back, nameOf)).toEqual(saidIn(held as unknown as Comparison[], nameOf));
        // And what came back goes out the same again.
        const again = await exportStudy(storePath, 'two', format);
        const third = await importStudy(storePath, join(again.folder, file), 'two');
        expect(third.changedNothing).toBe(true);
      }),
      { numRuns: tries(3, 40) },
    );
  });
});

/** Files that hold what is said of pairs, and not the pairs: they come back to a study that has these. */
describe.each([
  ['langfuse', [['langfuse-scores.jsonl', 'auto']]],
  [
    'alt-test',
    [
      ['humans_annotations.json', 'alt-test-humans'],
      ['llm_annotations.json', 'alt-test-judges'],
    ],
  ],
] as const)('%s', (format, files) => {
  it('out and in again loses no verdict of people or judges', async () => {
    await fc.assert(
      fc.asyncProperty(STUDY, fc.array(VERDICT, { minLength: 6, maxLength: 6 }), async (study, verdicts) => {
        const judged = study.map((row, index) => ({
          ...row,
          judge: [{ judge: 'j', order: 'both', verdict: verdicts[index] }],
        }));
        const storePath = await studyOf(judged);
        const out = await exportStudy(storePath, 'one', format);
        const bare = join(temporaryFolder(), 'bare.jsonl');
        writeFileSync(bare, jsonLines(study.map(({ human: _, ...row }) => row)));
        await importStudy(storePath, bare, 'two');
        for (const [file, named] of files) await importStudy(storePath, join(out.folder, file), 'two', named);
        const back = await nativeRowsOf(storePath, 'two');
        const sent = judged as unknown as Comparison[];
        expect(saidIn(back, (rater) => rater)).toEqual(saidIn(sent, (rater) => rater));
        expect(judgedIn(back)).toEqual(judgedIn(sent));
      }),
      { numRuns: tries(3, 30) },
    );
  });
});
