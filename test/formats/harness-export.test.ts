/** Files for other tools: what they read, field by field, what they cannot hold, and the way back. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runExport } from '../../electron/core/exports/run-export.ts';
import { runImport } from '../../electron/core/imports/run-import.ts';
import { splitOf } from '../../electron/core/store/study/content-split.ts';
import { NO_CONTROLS } from '../../electron/core/work/task-controls.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../../shared/contract/export-methods.ts';
import { HARNESS_EXPORTERS } from '../../shared/formats/harness/write/harness-exporters.ts';
import type { Comparison } from '../../shared/formats/own/native.ts';
import { jsonLines } from '../support/comparisons.ts';
import { openTestApp } from '../support/open-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { tries } from '../support/tries.ts';

async function importing(storePath: string, path: string, study: string, format?: string) {
  return runImport({
    files: [{ path, name: path.split(/[/\\]/u).at(-1) ?? '' }],
    studyName: study,
    storePath,
    dryRun: false,
    ...(format === undefined ? {} : { format }),
    nowMs: 1,
    newSeed: '0123456789abcdef',
    newStudyId: study,
  });
}

async function exported(storePath: string, studyId: string, format: ExportFormat) {
  const folder = join(temporaryFolder(), format);
  const outcome = await runExport({ storePath, studyId, format, folder }, NO_CONTROLS);
  const content = Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
  return { folder, outcome, content };
}

async function studyOf(rows: readonly unknown[], name = 'one') {
  const { storePath } = await openTestApp();
  const path = join(temporaryFolder(), 'rows.jsonl');
  writeFileSync(path, jsonLines(rows));
  await importing(storePath, path, name);
  return storePath;
}

const PAIR = {
  id: 'p1',
  prompt: 'Name a tree.',
  a: { system: 'm-1', text: 'Oak.' },
  b: { system: 'm-2', text: 'Moss.' },
  slices: { kind: 'easy' },
  human: [
    { rater: 'r1', verdict: 'first', strength: 2, note: 'clear', criteria: { depth: 'first', style: 'tie' } },
    { rater: 'r2', verdict: 'first', criteria: { depth: 'second' } },
    { rater: 'r3', verdict: 'tie' },
  ],
  judge: [
    { judge: 'j', order: 'a_first', verdict: 'first' },
    { judge: 'j', order: 'b_first', verdict: 'first' },
    { judge: 'k', order: 'a_first', verdict: 'first' },
    { judge: 'k', order: 'b_first', verdict: 'second' },
  ],
};

/** Texts that promptfoo fills in wherever in a configuration they stand, some with a program to run. */
const ENVIRONMENT = [
  '{{env.HOME}}',
  "{{ env['HOME'] }}",
  ['steps: $', '{{ env.SECRET }}'].join(''),
  "{{ env.NOPE | default(({}).constructor.constructor('return 40+2')()) }}",
  "{{ ({}).constructor.constructor('return process.env.HOME')() | safe }}",
  'https://x/{{\n env.HOME\n}}',
  '{{ "}" ~ env.HOME }}',
];

const jsonOf = (text: string | undefined) => JSON.parse(text ?? '') as unknown;
const linesOf = (text: string | undefined) =>
  (text ?? '')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);

describe('an export for another tool', () => {
  it('is offered for each exporter, and for no other', () => {
    expect([...EXPORT_FORMATS].sort()).toEqual(
      ['native', 'preference', 'parquet', ...HARNESS_EXPORTERS.map(({ name }) => name)].sort(),
    );
  });

  it('is what Inspect’s precomputed scores ask for: an id once a file, and a scalar, a list or a dictionary', async () => {
    const storePath = await studyOf([PAIR]);
    const { content } = await exported(storePath, 'one', 'inspect-scores');
    expect(linesOf(content['scores.jsonl'])).toEqual([
      {
        id: 'p1',
        value: 1,
        answer: 'first',
        metadata: { votes: 3, agreeing: 2, split: splitOf('"Name a tree."') },
      },
    ]);
    expect(linesOf(content['scores-raters.jsonl'])).toEqual([
      { id: 'p1', value: [1, 1, 0.5], metadata: { raters: ['r1', 'r2', 'r3'] } },
    ]);
    expect(linesOf(content['scores-criteria.jsonl'])).toEqual([
      { id: 'p1', value: { depth: 0.5, style: 0.5 } },
    ]);
  });

  it('goes back to the samples of Inspect’s own logs, a file a run', async () => {
    const sample = (run: string, id: string, said: string) => ({
      system: run,
      text: said,
      meta: { sample_id: id, epoch: '2' },
    });
    const pair = (id: string, one: string, other: string, verdict: string) => ({
      id,
      prompt: `Question ${id}?`,
      a: sample(one, 's-1', `${one} ${id}`),
      b: sample(other, 's-1', `${other} ${id}`),
      human: [{ rater: 'r1', verdict }],
    });
    const storePath = await studyOf([
      pair('p1', 'openai/m-1', 'openai/m-2', 'first'),
      pair('p2', 'openai/m-1', 'openai/m-3', 'tie'),
      pair('p3', 'openai/m-2', 'openai/m-3', 'both_bad'),
    ]);
    const { content } = await exported(storePath, 'one', 'inspect-scores');
    const runs = Object.entries(content).filter(([name]) => name.startsWith('runs/'));
    expect(runs.map(([name]) => name.replace(/-[0-9a-f]{8}\.jsonl$/u, ''))).toEqual([
      'runs/openai_m-1',
      'runs/openai_m-2',
      'runs/openai_m-3',
    ]);
    expect(runs.map(([, text]) => linesOf(text))).toEqual([
      [{ id: 's-1', epoch: 2, value: 0.75, metadata: { against: ['openai/m-2', 'openai/m-3'] } }],
      [{ id: 's-1', epoch: 2, value: 0, metadata: { against: ['openai/m-1'] } }],
      [{ id: 's-1', epoch: 2, value: 0.5, metadata: { against: ['openai/m-1'] } }],
    ]);
  });

  it('gives FastChat no number to a rater that another has for a name', async () => {
    const human = ['Anna', 'expert_1', 'expert_3', 'Bob'].map((rater) => ({ rater, verdict: 'first' }));
    const { content } = await exported(await studyOf([{ ...PAIR, human }]), 'one', 'fastchat-votes');
    const votes = jsonOf(content['human_votes.json']) as { judge: string; rater?: string }[];
    expect(votes.map(({ judge, rater }) => [judge, rater ?? judge]).sort()).toEqual([
      ['expert_1', 'expert_1'],
      ['expert_2', 'Anna'],
      ['expert_3', 'expert_3'],
      ['expert_4', 'Bob'],
    ]);
  });

  it('keeps Inspect’s rules: required fields, whole epochs, and no sample twice in a file', async () => {
    const storePath = await studyOf([PAIR, { ...PAIR, id: 'p2', prompt: 'Another?' }]);
    const { content } = await exported(storePath, 'one', 'inspect-scores');
    for (const [name, text] of Object.entries(content)) {
      const seen = new Set<string>();
      for (const record of linesOf(text) as Record<string, unknown>[]) {
        expect(Object.keys(record), name).toEqual(expect.arrayContaining(['id', 'value']));
        if ('epoch' in record) expect(Number.isInteger(record.epoch)).toBe(true);
        // Ids are compared as texts, and a sample that comes again is an error of the whole file.
        const key = JSON.stringify([String(record.id), record.epoch ?? null]);
        expect(seen.has(key), name).toBe(false);
        seen.add(key);
        const { value } = record;
        const scalars = Array.isArray(value)
          ? value
          : typeof value === 'object'
            ? Object.values(value ?? {})
            : [value];
        for (const each of scalars) expect(['string', 'number', 'boolean']).toContain(typeof each);
        if ('answer' in record) expect(typeof record.answer).toBe('string');
        if ('metadata' in record) expect(record.metadata).toBeTypeOf('object');
      }
      expect(seen.size, name).toBeGreaterThan(0);
    }
  });

  it('is what alt-test, judgy, promptfoo, OpenAI and KTO read', async () => {
    const storePath = await studyOf([PAIR]);
    const altTest = (await exported(storePath, 'one', 'alt-test')).content;
    expect(jsonOf(altTest['humans_annotations.json'])).toEqual({
      r1: { p1: 'first' },
      r2: { p1: 'first' },
      r3: { p1: 'tie' },
    });
    expect(jsonOf(altTest['llm_annotations.json'])).toEqual({
      j: { p1: 'first' },
      k: { p1: 'inconsistent' },
    });
    const judgy = await exported(storePath, 'one', 'judgy');
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
      jsonOf((await exported(storePath, 'one', 'promptfoo-tests')).content['promptfoo-tests.json']),
    ).toEqual([
      {
        description: 'p1',
        vars: { pair: { prompt: 'Name a tree.', output_a: 'Oak.', output_b: 'Moss.' } },
        assert: [{ type: 'equals', value: 'A' }],
        metadata: { votes: 3, agreeing: 2, split: splitOf('"Name a tree."'), 'slice.kind': 'easy' },
      },
    ]);
    const [sample] = linesOf((await exported(storePath, 'one', 'openai-evals')).content['samples.jsonl']);
    const split = splitOf('"Name a tree."');
    expect(sample).toMatchObject({
      input: [{ role: 'system' }, { role: 'user' }],
      ideal: 'A',
      id: 'p1',
      split,
      slices: { kind: 'easy' },
    });
    const finetune = (await exported(storePath, 'one', 'openai-finetune')).content;
    expect(Object.keys(finetune)).toEqual([`finetune-${split}.jsonl`]);
    const [example] = linesOf(finetune[`finetune-${split}.jsonl`]);
    expect(example).toMatchObject({ messages: [{}, {}, { role: 'assistant', content: 'A' }] });
    const kto = linesOf((await exported(storePath, 'one', 'kto')).content['kto.jsonl']);
    expect(kto).toMatchObject([
      { label: true, split },
      { label: false, split },
    ]);
    // What none of them has a place for is said by each.
    const full = await studyOf([{ ...PAIR, reference: 'Any tree.' }]);
    for (const format of ['promptfoo-tests', 'openai-evals', 'openai-finetune', 'kto'] as const) {
      const { leftOut } = (await exported(full, 'one', format)).outcome;
      const said = leftOut.map(({ what }) => what);
      expect(said, format).toEqual(
        expect.arrayContaining(['verdicts of judges', 'notes', 'strength of votes', 'verdicts by criterion']),
      );
      expect(said.includes('references'), format).toBe(format !== 'promptfoo-tests');
      expect(said.includes('slices'), format).toBe(format === 'openai-finetune' || format === 'kto');
    }
  });

  it('lets no text of a model be filled in, read or run by promptfoo', async () => {
    const texts = [
      'file:///etc/hostname',
      'file://*.js',
      '{{prompt}} and {{ 7*7 }}',
      '{% raw %}',
      'package:evil:run',
      '{{ environment.HOME }} and {{ name }}, where env.HOME is set',
      '{% set a = env.HOME %}',
      'exec:echo',
      'a\u007fb\u0085c\u2028d\ufeff',
    ];
    const storePath = await studyOf([
      ...texts.map((text, index) => ({ ...PAIR, id: `p${index}`, prompt: text, a: { system: 'm-1', text } })),
      ...ENVIRONMENT.map((each, index) => ({
        ...PAIR,
        id: `env${index}`,
        prompt: index % 4 === 0 ? each : `Env ${index}`,
        ...(index % 4 === 1 ? { a: { system: 'm-1', text: each } } : {}),
        ...(index % 4 === 2 ? { b: { system: 'm-2', text: each } } : {}),
        ...(index % 4 === 3 ? { reference: each } : {}),
      })),
      { ...PAIR, id: '{{ env.HOME }}', prompt: 'named by a template' },
      { ...PAIR, id: 'templated', prompt: 'x', a: { system: 'm-1', text: 'file://{{ 7*7 }}' } },
      {
        ...PAIR,
        id: 'file://id.json',
        prompt: 'y',
        slices: { votes: '9', $ref: 'x', path: 'file:///etc/passwd', home: '{{ env.HOME }}' },
      },
    ]);
    const { content, outcome } = await exported(storePath, 'one', 'promptfoo-tests');
    const text = content['promptfoo-tests.json'] ?? '';
    // As YAML, which promptfoo reads it as, these may not stand in a text.
    expect(text).not.toMatch(/[\u007f-\u009f\u2028\ufeff]/u);
    const tests = jsonOf(text) as { description: string; vars: Record<string, unknown>; metadata: unknown }[];
    expect(tests.map(({ description }) => description)).toEqual([
      ...texts.map((_text, index) => `p${index}`),
      ' file://id.json',
    ]);
    for (const { vars } of tests) expect(Object.keys(vars)).toEqual(['pair']);
    expect(tests.slice(0, texts.length).map(({ vars }) => vars.pair)).toEqual(
      texts.map((each) => ({ prompt: each, output_a: each, output_b: 'Moss.' })),
    );
    expect(tests.at(-1)?.metadata).toEqual({
      votes: 3,
      agreeing: 2,
      split: splitOf('"y"'),
      'slice.votes': '9',
      'slice.$ref': 'x',
    });
    expect(outcome.leftOut).toEqual(
      expect.arrayContaining([
        {
          what: 'pairs with a text that opens as a file’s address and holds a template: promptfoo would fill it in',
          rows: 1,
        },
        {
          what: 'pairs with a text that holds a template of the environment: promptfoo would fill it in where tests are pasted into a configuration',
          rows: ENVIRONMENT.length + 1,
        },
        { what: 'slices whose value promptfoo would read as a file or fill in', rows: 1 },
      ]),
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
      (await exported(await studyOf(rows), 'one', format as ExportFormat)).outcome.warnings;
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

  it('is a score a vote for Langfuse, and two rows a vote under one group for LangSmith', async () => {
    const traced = {
      ...PAIR,
      a: { ...PAIR.a, meta: { run_id: 'run-1' } },
      b: { ...PAIR.b, meta: { run_id: 'run-2' } },
    };
    const storePath = await studyOf([traced, { ...PAIR, id: 'p2', prompt: 'Another?' }]);
    const scores = linesOf((await exported(storePath, 'one', 'langfuse')).content['langfuse-scores.jsonl']);
    expect(scores.slice(0, 7)).toMatchObject([
      { traceId: 'p1', value: 'first', comment: 'clear', metadata: { by: 'r1', kind: 'person' } },
      { traceId: 'p1', value: 'first' },
      { traceId: 'p1', value: 'tie' },
      { traceId: 'p1', value: 'first', metadata: { by: 'j', kind: 'judge', order: 'a_first' } },
      { traceId: 'p1', value: 'first', metadata: { by: 'j', order: 'b_first' } },
      { traceId: 'p1', value: 'first', metadata: { by: 'k', order: 'a_first' } },
      { traceId: 'p1', value: 'second', metadata: { by: 'k', order: 'b_first' } },
    ]);
    for (const score of scores) {
      // As its API takes them: ANNOTATION needs a configuration, EVAL is its own, a category is a text.
      const { name, source, dataType, value } = score as Record<string, unknown>;
      expect([name, source, dataType, typeof value]).toEqual(['preference', 'API', 'CATEGORICAL', 'string']);
    }
    expect(new Set(scores.map((score) => (score as { id: string }).id)).size).toBe(scores.length);
    const { content, outcome } = await exported(storePath, 'one', 'langsmith');
    const feedback = linesOf(content['langsmith-feedback.jsonl']) as {
      id: string;
      score: number;
      run_id: string;
      feedback_group_id: string;
    }[];
    expect(feedback.slice(0, 6).map(({ run_id, score }) => [run_id, score])).toEqual([
      ['run-1', 1],
      ['run-2', 0],
      ['run-1', 1],
      ['run-2', 0],
      ['run-1', 0.5],
      ['run-2', 0.5],
    ]);
    for (let vote = 0; vote < 6; vote += 2)
      expect(feedback[vote]?.feedback_group_id).toBe(feedback[vote + 1]?.feedback_group_id);
    expect(new Set(feedback.map(({ feedback_group_id }) => feedback_group_id)).size).toBe(4);
    expect(feedback[0]?.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/u);
    expect(outcome.leftOut).toContainEqual({
      what: 'votes and verdicts on outputs whose meta names no run_id',
      rows: 1,
    });
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
    const { outcome } = await exported(storePath, 'one', 'alpacaeval-crossannotations');
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
      expect((await exported(storePath, 'one', format)).content, format).toEqual(
        (await exported(storePath, 'one', format)).content,
      );
  });
});

/** What a vote says of a pair, whichever output is called first. */
interface Said {
  readonly pair: string;
  readonly by: string;
  readonly better: string;
}

/** Votes of a study in terms of texts and systems. */
function saidIn(rows: readonly Comparison[], nameOf: (rater: string) => string): Said[] {
  return rows
    .flatMap(({ prompt, messages, a, b, human = [] }) => {
      const outputOf = ({ system, text, messages: turns }: Comparison['a']) =>
        JSON.stringify([system, text ?? turns?.map(({ content }) => content).join('|')]);
      const asked = prompt ?? messages?.map(({ content }) => content).join('|');
      const pair = JSON.stringify([asked, [outputOf(a), outputOf(b)].sort()]);
      return human.map(({ rater, verdict }) => ({
        pair,
        by: nameOf(rater),
        better: verdict === 'first' ? a.system : verdict === 'second' ? b.system : verdict,
      }));
    })
    .sort((left, right) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1));
}

async function nativeRowsOf(storePath: string, studyId: string): Promise<Comparison[]> {
  const { content } = await exported(storePath, studyId, 'native');
  return linesOf(content['comparisons.jsonl']) as Comparison[];
}

const TEXT = fc
  .string({
    minLength: 1,
    maxLength: 12,
    unit: fc.constantFrom('a', 'Z', 'é', '"', ',', '\n', '🦉', ' ', '|'),
  })
  .map((text) => `t${text}`);
const VERDICT = fc.constantFrom('first', 'second', 'tie', 'both_bad');

const STUDY = fc
  .uniqueArray(
    fc.record({
      prompt: TEXT,
      first: TEXT,
      second: TEXT,
      isTurned: fc.boolean(),
      votes: fc.array(VERDICT, { minLength: 1, maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 6, selector: ({ prompt }) => prompt },
  )
  .map((pairs) =>
    pairs.map(({ prompt, first, second, isTurned, votes }, index) => ({
      id: `pair-${index}`,
      prompt,
      a: { system: isTurned ? 'm-2' : 'm-1', text: first },
      b: { system: isTurned ? 'm-1' : 'm-2', text: second },
      human: votes.map((verdict, rater) => ({ rater: `r${rater}`, verdict })),
    })),
  );

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
        const out = await exported(storePath, 'one', format);
        const recognised = await importing(storePath, join(out.folder, file), 'two');
        if (format !== 'csv') expect(recognised.files[0]?.recognised?.name).toBe(format);
        // Cross-annotations hold raters by number.
        const nameOf = (rater: string) => rater.replace(/^annotator /u, 'r');
        const back = await nativeRowsOf(storePath, 'two');
        expect(saidIn(back, nameOf)).toEqual(saidIn(held as unknown as Comparison[], nameOf));
        // And what came back goes out the same again.
        const again = await exported(storePath, 'two', format);
        const third = await importing(storePath, join(again.folder, file), 'two');
        expect(third.changedNothing).toBe(true);
      }),
      { numRuns: tries(6, 40) },
    );
  });
});

/** Verdicts of judges as one line each. */
function judgedIn(rows: readonly Comparison[]): string[] {
  return rows
    .flatMap(({ id, judge = [] }) => judge.map((each) => `${id} ${each.judge} ${each.verdict}`))
    .sort();
}

describe('judgy', () => {
  it('keeps systems and splits apart, and takes no pair that people split over for one they have not seen', async () => {
    const pair = (index: number, one: string, other: string, votes: readonly string[], said: string) => ({
      id: `p${index}`,
      prompt: `Question ${index}?`,
      a: { system: one, text: `${one} ${index}` },
      b: { system: other, text: `${other} ${index}` },
      human: votes.map((verdict, rater) => ({ rater: `r${rater}`, verdict })),
      judge: [{ judge: 'j', order: 'both', verdict: said }],
    });
    const study = Array.from({ length: 12 }, (_none, index) =>
      index % 3 === 0
        ? pair(index, 'm-2', 'm-1', ['second'], 'second')
        : index % 3 === 1
          ? pair(index, 'm-1', 'm-3', ['first', 'second'], 'first')
          : pair(index, 'm-1', 'm-3', [], 'second'),
    );
    const { content, outcome } = await exported(await studyOf(study), 'one', 'judgy');
    const [two, three, ...more] = jsonOf(content['judgy.json']) as Record<string, number[] | string>[];
    expect(more).toEqual([]);
    // m-1 wins all, however the pair was written.
    expect(two).toMatchObject({ judge: 'j', system: 'm-1', against: 'm-2', unlabeled_preds: [] });
    expect([...(two?.test_labels ?? []), ...(two?.dev_labels ?? [])]).toEqual([1, 1, 1, 1]);
    expect([...(two?.test_preds ?? []), ...(two?.dev_preds ?? [])]).toEqual([1, 1, 1, 1]);
    expect(three).toMatchObject({
      system: 'm-1',
      against: 'm-3',
      test_labels: [],
      dev_labels: [],
      unlabeled_preds: [0, 0, 0, 0],
    });
    expect(outcome.leftOut).toContainEqual({ what: 'pairs over which people split', rows: 4 });
  });
});

describe('fastchat-votes', () => {
  it('hold every judge in both orders, and all their files come in together', async () => {
    const said = (judge: string, order: string, verdict: string, more: object = {}) => ({
      judge,
      order,
      verdict,
      sample: 0,
      ...more,
    });
    const pair = (index: number, judge: readonly unknown[]) => ({
      id: `${index}/1/m-1/m-2`,
      prompt: `Question ${index}?`,
      a: { system: 'm-1', text: `One ${index}` },
      b: { system: 'm-2', text: `Two ${index}` },
      slices: { turn: '1' },
      human: [{ rater: 'expert_1', verdict: 'first' }],
      judge,
    });
    const study = [
      pair(1, [
        said('gpt-4/pair-v2', 'a_first', 'first', { raw: '[[A]]' }),
        said('gpt-4/pair-v2', 'b_first', 'second', { at: '2026-01-02T03:04:05Z' }),
        said('plain', 'both', 'inconsistent'),
      ]),
      pair(2, [
        said('lab/j-7b/prompt', 'a_first', 'unparsed'),
        said('lab/j-7b/prompt', 'b_first', 'first', {
          score: { kind: 'preference', value: 2, first: 1, second: 5 },
        }),
      ]),
    ];
    const storePath = await studyOf(study);
    const { folder, content, outcome } = await exported(storePath, 'one', 'fastchat-votes');
    expect(Object.keys(content).sort()).toEqual([
      'gpt4_pair_votes.json',
      'human_votes.json',
      'other_judges_votes.json',
    ]);
    expect(outcome.leftOut.map(({ what }) => what)).toContainEqual(
      expect.stringMatching(/division by zero/u),
    );
    await runImport({
      files: Object.keys(content).map((name) => ({ path: join(folder, name), name })),
      studyName: 'two',
      storePath,
      dryRun: false,
      nowMs: 1,
      newSeed: '0123456789abcdef',
      newStudyId: 'two',
    });
    const back = await nativeRowsOf(storePath, 'two');
    const sent = await nativeRowsOf(storePath, 'one');
    expect(
      back.map(({ id, judge, human }) => ({ id, judge, human })).sort((x, y) => (x.id < y.id ? -1 : 1)),
    ).toEqual(sent.map(({ id, judge, human }) => ({ id, judge, human })));
  });
});

describe('fastchat-judgments', () => {
  const JUDGMENT = fc.record({
    judge: fc.constantFrom('gpt-4/pair-v2', 'plain', 'lab/Judge 7B/prompt', 'gpt-4/pair'),
    order: fc.constantFrom('a_first', 'b_first', 'both', 'unknown'),
    verdict: fc.constantFrom('first', 'second', 'tie', 'both_bad', 'unparsed', 'error', 'inconsistent'),
    sample: fc.constantFrom(0, 0, 0, 1, 4),
    more: fc.constantFrom<object>(
      {},
      { raw: '[[A]]' },
      { raw: '$ERROR$', at: '2026-01-02T03:04:05Z' },
      { score: { kind: 'points', first: 3.5, second: 8 } },
    ),
  });
  const PAIRS = fc
    .array(
      fc.record({
        isTurned: fc.boolean(),
        isOfQuestion: fc.boolean(),
        turn: fc.constantFrom(1, 2),
        category: fc.constantFrom('math', 'writing', undefined),
        judge: fc.uniqueArray(JUDGMENT, {
          minLength: 1,
          maxLength: 8,
          selector: ({ judge, order, sample }) => `${judge} ${order} ${sample}`,
        }),
      }),
      { minLength: 1, maxLength: 5 },
    )
    .map((pairs) =>
      pairs.map(({ isTurned, isOfQuestion, turn, category, judge }, index) => {
        const [one, two] = isTurned ? ['m-2', 'm/1'] : ['m/1', 'm-2'];
        return {
          id: isOfQuestion ? `${index}/${turn}/${one}/${two}` : `pair ${index}`,
          prompt: `Question ${index}?`,
          a: { system: one, text: `One ${index}` },
          b: { system: two, text: `Two ${index}` },
          ...(category === undefined ? {} : { slices: { category } }),
          judge: judge
            .filter(({ verdict, order }) => verdict !== 'inconsistent' || order === 'both')
            .map(({ more, ...each }) => ({ ...each, ...more })),
        };
      }),
    );
  const judgedRows = async (storePath: string, study: string) =>
    (await nativeRowsOf(storePath, study)).map(({ id, judge = [] }) => [
      id,
      judge.map((each) => JSON.stringify(each)).sort(),
    ]);

  it('out and in again loses nothing that a judge said, in any order, sample or wording', async () => {
    await fc.assert(
      fc.asyncProperty(PAIRS, async (study) => {
        const storePath = await studyOf(study);
        const pairs = study.flatMap(({ id, judge }) =>
          [...new Set(judge.map((each) => each.judge))].map((judge) => `${id} ${judge}`),
        );
        if (pairs.length === 0) {
          await expect(exported(storePath, 'one', 'fastchat-judgments')).rejects.toThrow(
            'Nothing was exported',
          );
          return;
        }
        const { folder, content, outcome } = await exported(storePath, 'one', 'fastchat-judgments');
        expect(outcome.rows).toBe(pairs.length);
        const bare = join(temporaryFolder(), 'bare.jsonl');
        writeFileSync(bare, jsonLines(study.map(({ judge: _, ...row }) => row)));
        await importing(storePath, bare, 'two');
        for (const file of Object.keys(content)) {
          expect(file).toMatch(/^model_judgment\/[\w.+-]+_pair\.jsonl$/u);
          const { files } = await importing(storePath, join(folder, file), 'two');
          expect(files[0]?.recognised?.name).toBe('fastchat-judgments');
        }
        expect(await judgedRows(storePath, 'two')).toEqual(await judgedRows(storePath, 'one'));
      }),
      { numRuns: tries(4, 15) },
    );
  });

  it('are rows of its own kind, which say the same without what stands beside them', async () => {
    const said = (verdict: string, order: string, more: object = {}) => ({
      judge: 'gpt-4/pair-v2',
      order,
      verdict,
      sample: 0,
      raw: `says ${verdict}`,
      at: '2026-01-02T03:04:05.500Z',
      ...more,
    });
    const both = (one: string, two: string) => [said(one, 'a_first'), said(two, 'b_first')];
    const pair = (number: number, turn: number, category: string, judge: readonly unknown[]) => ({
      id: `${number}/${turn}/m-1/m-2`,
      prompt: `Question ${number}?`,
      a: { system: 'm-1', text: `One ${number} ${turn}` },
      b: { system: 'm-2', text: `Two ${number} ${turn}` },
      slices: { category },
      judge,
    });
    const study = [
      pair(81, 1, 'writing', both('first', 'first')),
      pair(81, 2, 'writing', both('first', 'second')),
      pair(101, 1, 'reasoning', both('tie', 'unparsed')),
      pair(101, 2, 'reasoning', both('second', 'second')),
      pair(102, 1, 'math', [said('first', 'a_first'), said('error', 'b_first', { raw: '$ERROR$' })]),
    ];
    const storePath = await studyOf(study);
    const { content, outcome } = await exported(storePath, 'one', 'fastchat-judgments');
    expect(Object.keys(content)).toEqual(['model_judgment/gpt-4_pair.jsonl']);
    const rows = linesOf(content['model_judgment/gpt-4_pair.jsonl']) as Record<string, unknown>[];
    // As `play_a_match_pair` writes them, and what our own reader takes beside it.
    for (const row of rows)
      expect(Object.keys(row)).toEqual([
        ...['question_id', 'model_1', 'model_2', 'g1_winner', 'g2_winner', 'judge'],
        ...['g1_user_prompt', 'g1_judgment', 'g2_user_prompt', 'g2_judgment', 'turn', 'tstamp', 'judgments'],
      ]);
    expect(
      rows.map(({ question_id, turn, judge, g1_winner, g2_winner }) => [
        ...[question_id, turn, judge, g1_winner, g2_winner],
      ]),
    ).toEqual([
      [81, 1, ['gpt-4', 'pair-v2'], 'model_1', 'model_1'],
      [81, 2, ['gpt-4', 'pair-v2-multi-turn'], 'model_1', 'model_2'],
      [101, 1, ['gpt-4', 'pair-math-v1'], 'tie', 'error'],
      [101, 2, ['gpt-4', 'pair-math-v1-multi-turn'], 'model_2', 'model_2'],
      [102, 1, ['gpt-4', 'pair-math-v1'], 'model_1', 'error'],
    ]);
    expect(rows[0]?.tstamp).toBe(Date.parse('2026-01-02T03:04:05.500Z') / 1000);
    expect(outcome.leftOut).toEqual([{ what: 'slices', rows: 5 }]);
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'bare.jsonl'), jsonLines(study.map(({ judge: _, ...row }) => row)));
    await importing(storePath, join(folder, 'bare.jsonl'), 'two');
    writeFileSync(join(folder, 'gpt-4_pair.jsonl'), jsonLines(rows.map(({ judgments: _, ...row }) => row)));
    await importing(storePath, join(folder, 'gpt-4_pair.jsonl'), 'two');
    expect(await judgedRows(storePath, 'two')).toEqual(await judgedRows(storePath, 'one'));
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
        const out = await exported(storePath, 'one', format);
        const bare = join(temporaryFolder(), 'bare.jsonl');
        writeFileSync(bare, jsonLines(study.map(({ human: _, ...row }) => row)));
        await importing(storePath, bare, 'two');
        for (const [file, named] of files) await importing(storePath, join(out.folder, file), 'two', named);
        const back = await nativeRowsOf(storePath, 'two');
        const sent = judged as unknown as Comparison[];
        expect(saidIn(back, (rater) => rater)).toEqual(saidIn(sent, (rater) => rater));
        expect(judgedIn(back)).toEqual(judgedIn(sent));
      }),
      { numRuns: tries(5, 30) },
    );
  });
});

describe('langfuse', () => {
  it('hangs on the traces of both outputs, and finds its way back to the comparison they make', async () => {
    const trace = (id: string, answer: string) => ({
      id,
      timestamp: '2026-01-02T03:04:05Z',
      userId: null,
      input: 'Name a tree.',
      output: answer,
    });
    const item = (traceId: string, datasetRunName: string) => ({
      datasetItemId: 'item',
      datasetRunName,
      traceId,
    });
    const folder = temporaryFolder();
    const files = Object.entries({
      'items.jsonl': [item('t-1', 'm-1'), item('t-2', 'm-2')],
      'traces.jsonl': [trace('t-1', 'Oak.'), trace('t-2', 'Moss.')],
    }).map(([name, rows]) => {
      writeFileSync(join(folder, name), jsonLines(rows));
      return join(folder, name);
    });
    const { storePath } = await openTestApp();
    const importAll = (paths: readonly string[], study: string) =>
      runImport({
        files: paths.map((path) => ({ path, name: path.split(/[/\\]/u).at(-1) ?? '' })),
        studyName: study,
        storePath,
        dryRun: false,
        nowMs: 1,
        newSeed: '0123456789abcdef',
        newStudyId: study,
      });
    await importAll(files, 'one');
    const said = {
      id: 'item/m-1/m-2',
      human: [
        { rater: 'ann', verdict: 'second', note: 'Why not.', at: '2026-01-02T03:04:05Z' },
        { rater: 'bob', verdict: 'skipped', reason: 'other' },
        { rater: 'eve', verdict: 'both_bad' },
      ],
      judge: [
        { judge: 'j', order: 'a_first', verdict: 'first', raw: 'A' },
        { judge: 'j', order: 'b_first', verdict: 'second', sample: 0 },
        { judge: 'k', order: 'both', verdict: 'inconsistent' },
        { judge: 'l', order: 'a_first', verdict: 'unparsed' },
      ],
    };
    const votes = join(folder, 'votes.jsonl');
    writeFileSync(votes, jsonLines([said]));
    await importAll([votes], 'one');
    const out = await exported(storePath, 'one', 'langfuse');
    const scores = linesOf(out.content['langfuse-scores.jsonl']) as { traceId: string; value: string }[];
    expect(scores.map(({ traceId, value }) => [traceId, value])).toEqual([
      ['t-1', 'worse'],
      ['t-2', 'better'],
      ['t-1', 'skipped'],
      ['t-2', 'skipped'],
      ['t-1', 'both_bad'],
      ['t-2', 'both_bad'],
      ['t-1', 'better'],
      ['t-2', 'worse'],
      ['t-1', 'worse'],
      ['t-2', 'better'],
      ['t-1', 'inconsistent'],
      ['t-2', 'inconsistent'],
      ['t-1', 'unparsed'],
      ['t-2', 'unparsed'],
    ]);
    expect(out.outcome.leftOut).toEqual([{ what: 'reasons of skips', rows: 1 }]);
    await importAll([...files, join(out.folder, 'langfuse-scores.jsonl')], 'two');
    expect(await nativeRowsOf(storePath, 'two')).toEqual(await nativeRowsOf(storePath, 'one'));
  });
});

describe('label-studio', () => {
  const full = {
    ...PAIR,
    a: { system: 'z-1', text: 'Oak.' },
    b: { system: 'm-2', text: 'Moss.' },
    reference: 'Any tree.',
    human: [
      { rater: 'r1', verdict: 'first', strength: 2, confidence: 3, note: 'clear', shown: 'b_left' },
      { rater: 'r2', verdict: 'skipped', reason: 'cannot_judge', shown: 'a_left' },
      { rater: 'r3', verdict: 'tie' },
    ],
    judge: [
      { judge: 'j', order: 'a_first', verdict: 'first', score: { kind: 'sureness', value: 0.7 } },
      { judge: 'j', order: 'b_first', verdict: 'second' },
      { judge: 'j', order: 'b_first', verdict: 'tie', sample: 1 },
      { judge: 'odd@both', order: 'unknown', verdict: 'tie' },
    ],
  };

  it('keeps raters, both orders of a judge that contradicts itself, strength, notes and names', async () => {
    const storePath = await studyOf([full]);
    const out = await exported(storePath, 'one', 'label-studio');
    expect(out.outcome.leftOut).toEqual([]);
    const [task] = jsonOf(out.content['tasks.json']) as {
      annotations: Record<string, unknown>[];
      predictions: { model_version: string }[];
    }[];
    // Its own import takes nobody's name, and what does not say otherwise for ground truth.
    for (const annotation of task?.annotations ?? []) {
      expect(annotation).not.toHaveProperty('completed_by');
      expect(annotation.ground_truth).toBe(false);
    }
    expect(task?.predictions.map(({ model_version }) => model_version)).toEqual([
      'j',
      'j@b_first',
      'j@b_first#1',
      'odd@both@unknown',
    ]);
    await importing(storePath, join(out.folder, 'tasks.json'), 'two');
    const [back] = await nativeRowsOf(storePath, 'two');
    const [sent] = await nativeRowsOf(storePath, 'one');
    expect(back).toEqual(sent);
    // A study takes its own export for what it is.
    const again = await importing(storePath, join(out.folder, 'tasks.json'), 'one');
    expect(again.changedNothing).toBe(true);
  });

  it('leaves out what Label Studio would load, and says what leaving verdicts out does', async () => {
    const addresses = [
      's3://bucket/secret.txt',
      'see "gs://bucket/x"',
      'https://example.com/a',
      '/data/upload/1/x.txt',
      'upload/1/x.txt',
    ];
    const storePath = await studyOf([
      ...addresses.map((text, index) => ({
        ...PAIR,
        id: `x${index}`,
        prompt: `${index}`,
        a: { system: 'm-1', text },
      })),
      {
        ...PAIR,
        prompt: 'See https://example.com/a, and s3 is a store.',
        judge: [{ judge: 'j', order: 'both', verdict: 'inconsistent' }],
      },
    ]);
    const { content, outcome } = await exported(storePath, 'one', 'label-studio');
    expect((jsonOf(content['tasks.json']) as { data: { id: string } }[]).map(({ data }) => data.id)).toEqual([
      'p1',
    ]);
    const left = Object.fromEntries(outcome.leftOut.map(({ what, rows }) => [what, rows]));
    expect(left['pairs with a text that Label Studio would take for the address of a file']).toBe(5);
    expect(left['verdicts “inconsistent” of judges, without which a judge looks better than it is']).toBe(1);
  });
});

describe('langsmith', () => {
  it('feedback finds its runs again, and its votes', async () => {
    const output = (system: string, run_id: string, text: string) => ({ system, text, meta: { run_id } });
    const storePath = await studyOf([
      {
        ...PAIR,
        a: output('exp-a', 'run-1', 'Oak.'),
        b: output('exp-b', 'run-2', 'Moss.'),
        human: [
          { rater: 'ann', verdict: 'second', note: 'Why not.' },
          { rater: 'bob', verdict: 'tie' },
        ],
        judge: [],
      },
    ]);
    const { folder } = await exported(storePath, 'one', 'langsmith');
    const runs = join(folder, 'runs.jsonl');
    const run = (id: string, session_name: string, answer: string) => ({
      id,
      session_name,
      inputs: { question: 'Name a tree.' },
      outputs: { answer },
      reference_example_id: 'example',
    });
    writeFileSync(runs, jsonLines([run('run-1', 'exp-a', 'Oak.'), run('run-2', 'exp-b', 'Moss.')]));
    await runImport({
      files: [runs, join(folder, 'langsmith-feedback.jsonl')].map((path) => ({
        path,
        name: path.split(/[/\\]/u).at(-1) ?? '',
      })),
      studyName: 'two',
      storePath,
      dryRun: false,
      nowMs: 1,
      newSeed: '0123456789abcdef',
      newStudyId: 'two',
    });
    expect(await nativeRowsOf(storePath, 'two')).toMatchObject([
      {
        id: 'example/exp-a/exp-b',
        a: { system: 'exp-a', text: 'Oak.', meta: { run_id: 'run-1' } },
        human: [
          { rater: 'ann', verdict: 'second', note: 'Why not.' },
          { rater: 'bob', verdict: 'tie' },
        ],
      },
    ]);
  });
});

describe('arena-hard-judgments', () => {
  const game = (order: string, verdict: string) => ({
    judge: 'gpt/judge v1',
    order,
    verdict,
    raw: `[[${verdict}]]`,
  });
  const row = (uid: string, model: string, judge: readonly unknown[]) => ({
    id: `${uid}/${[model, 'base'].sort().join('/')}`,
    prompt: `Question ${uid}?`,
    a: { system: model < 'base' ? model : 'base', text: 'A' },
    b: { system: model < 'base' ? 'base' : model, text: 'B' },
    slices: { category: 'hard' },
    judge,
  });

  it('are a folder a judge and a file a model, with the baseline as A in the first game', async () => {
    const storePath = await studyOf([
      row('u1', 'zebra', [game('a_first', 'first'), game('b_first', 'second')]),
      row('u2', 'apple', [game('a_first', 'first'), game('b_first', 'both_bad')]),
      row('u3', 'zebra', [game('a_first', 'unparsed'), game('b_first', 'error')]),
      row('u4', 'zebra', [game('both', 'inconsistent')]),
    ]);
    const { content, outcome } = await exported(storePath, 'one', 'arena-hard-judgments');
    expect(Object.keys(content)).toEqual([
      expect.stringMatching(/^model_judgment\/gpt_judge_v1-[0-9a-f]{8}\/apple\.jsonl$/u),
      expect.stringMatching(/^model_judgment\/gpt_judge_v1-[0-9a-f]{8}\/zebra\.jsonl$/u),
    ]);
    const [apple, zebra] = Object.values(content);
    expect(linesOf(apple)).toMatchObject([
      // The model is the pair's first output: game 1 shows the baseline as A, which is the second order.
      { uid: 'u2', model: 'apple', baseline: 'base', games: [{ score: 'A=B' }, { score: 'A>B' }] },
    ]);
    expect(linesOf(zebra)).toMatchObject([
      {
        uid: 'u1',
        category: 'hard',
        judge: 'gpt/judge v1',
        games: [{ score: 'A>B', judgment: { answer: '[[first]]' } }, { score: 'A>B' }],
      },
      { uid: 'u3', games: [{ score: null }, null] },
    ]);
    expect(outcome.leftOut).toEqual([
      { what: 'verdicts of judges that both are bad, written as ties', rows: 1 },
      { what: 'verdicts of judges whose order is not known', rows: 1 },
    ]);
  });

  it('come back with their strength and their baseline, of any number of models', async () => {
    const scores = ['A>>B', 'A>B', 'A=B', 'B>A', 'B>>A', null] as const;
    const baselineOf = (uid: number) => (uid % 2 === 0 ? 'zed-base' : 'any-base');
    const models = ['m-one', 'kilo', 'zulu'];
    const judgments = models.flatMap((model, place) =>
      Array.from({ length: 12 }, (_none, uid) => ({
        uid: `u${uid}`,
        category: uid % 2 === 0 ? 'hard' : 'creative',
        judge: 'sim',
        model,
        baseline: baselineOf(uid),
        games: [scores[(uid + place) % 6], scores[(uid * 5 + place) % 6]].map((score, game) =>
          uid === 7 && game === 0 ? null : { score, judgment: { answer: 'So.' }, prompt: [] },
        ),
      })),
    );
    const folder = temporaryFolder();
    const question = (uid: number) => ({
      uid: `u${uid}`,
      category: uid % 2 === 0 ? 'hard' : 'creative',
      prompt: `Question ${uid}?`,
    });
    const answer = (model: string, uid: number) => ({
      uid: `u${uid}`,
      model,
      messages: [{ role: 'assistant', content: { answer: `${model} on ${uid}` } }],
    });
    const numbers = Array.from({ length: 12 }, (_none, uid) => uid);
    const runs = {
      'question.jsonl': numbers.map(question),
      ...Object.fromEntries(
        [...models, 'zed-base', 'any-base'].map((model) => [
          `${model}.jsonl`,
          numbers.map((uid) => answer(model, uid)),
        ]),
      ),
      'judgments.jsonl': judgments,
    };
    const { storePath } = await openTestApp();
    await runImport({
      files: Object.entries(runs).map(([name, rows]) => {
        writeFileSync(join(folder, name), jsonLines(rows));
        return { path: join(folder, name), name };
      }),
      studyName: 'one',
      storePath,
      dryRun: false,
      nowMs: 1,
      newSeed: '0123456789abcdef',
      newStudyId: 'one',
    });
    const { content } = await exported(storePath, 'one', 'arena-hard-judgments');
    const back = Object.values(content).flatMap((text) => linesOf(text)) as { question_id: string }[];
    const sorted = (rows: readonly unknown[]) => rows.map((each) => JSON.stringify(each)).sort();
    expect(sorted(back.map(({ question_id: _, ...row }) => row))).toEqual(sorted(judgments));
  });

  it('out and in again loses no verdict but both bad', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            model: fc.constantFrom('apple', 'zebra', 'm/o d'),
            one: fc.constantFrom('first', 'second', 'tie', 'unparsed', 'error'),
            two: fc.constantFrom('first', 'second', 'tie', 'unparsed', 'error'),
          }),
          { minLength: 1, maxLength: 6 },
        ),
        async (pairs) => {
          const rows = pairs.map(({ model, one, two }, index) =>
            row(`u${index}`, model, [game('a_first', one), game('b_first', two)]),
          );
          const storePath = await studyOf(rows);
          const out = await exported(storePath, 'one', 'arena-hard-judgments');
          const bare = join(temporaryFolder(), 'bare.jsonl');
          writeFileSync(bare, jsonLines(rows.map(({ judge: _, ...rest }) => rest)));
          await importing(storePath, bare, 'two');
          for (const file of Object.keys(out.content)) {
            const { files } = await importing(storePath, join(out.folder, file), 'two');
            expect(files[0]?.recognised?.name).toBe('arena-hard-judgments');
          }
          const verdicts = async (study: string) =>
            (await nativeRowsOf(storePath, study)).map(({ id, judge = [] }) => [
              id,
              judge.map(({ order, verdict }) => `${order} ${verdict}`).sort(),
            ]);
          // Which of two systems is the baseline does not matter to what was said.
          expect(await verdicts('two')).toEqual(await verdicts('one'));
        },
      ),
      { numRuns: tries(5, 30) },
    );
  });
});

describe('alpacaeval-annotations', () => {
  /** What `get_winrate` of its `metrics/winrate.py` works out: the second generator's share. */
  const winRate = (rows: readonly { preference: number | null }[]) => {
    const said = rows.flatMap(({ preference }) => (preference === null ? [] : [preference || 1.5]));
    return said.reduce((sum, preference) => sum + preference - 1, 0) / said.length;
  };

  it('out and in again loses no verdict of a judge, in either order', async () => {
    const verdict = fc.constantFrom('first', 'second', 'tie', 'unparsed', 'error', 'both_bad');
    await fc.assert(
      fc.asyncProperty(
        STUDY,
        fc.array(fc.tuple(verdict, verdict, fc.constantFrom('first', 'inconsistent')), {
          minLength: 6,
          maxLength: 6,
        }),
        async (study, verdicts) => {
          const judged = study.map(({ human: _, ...row }, index) => {
            const [one, two, both] = verdicts[index] ?? ['tie', 'tie', 'first'];
            return {
              ...row,
              judge: [
                { judge: 'j', order: 'a_first', verdict: one },
                { judge: 'j', order: 'b_first', verdict: two, sample: 2 },
                { judge: 'k', order: 'both', verdict: both },
              ],
            };
          });
          const storePath = await studyOf(judged);
          const out = await exported(storePath, 'one', 'alpacaeval-annotations');
          await importing(storePath, join(out.folder, 'annotations.json'), 'two');
          const said = (rows: readonly Comparison[]) =>
            rows
              .map(({ prompt, a, b, judge = [] }) => [
                prompt,
                a,
                b,
                judge.map((each) => [each.judge, each.order, each.verdict, each.sample ?? 0]),
              ])
              .map((row) => JSON.stringify(row))
              .sort();
          // Side a is output_1, so that both are the same whatever they are called.
          const outputs = (rows: readonly Comparison[]) =>
            rows.map(({ id: _, ...row }) => ({ ...row, id: '' }) as Comparison);
          expect(said(outputs(await nativeRowsOf(storePath, 'two')))).toEqual(
            said(outputs(await nativeRowsOf(storePath, 'one'))),
          );
        },
      ),
      { numRuns: tries(5, 30) },
    );
  });

  it('come back with their preferences, the baseline in its place, and the win rate that they had', async () => {
    const row = (index: number, preference: number | null, more: object = {}) => ({
      instruction: `Task ${index}?`,
      output_1: 'Of the baseline.',
      generator_1: 'zeta-base',
      output_2: 'Of the model.',
      generator_2: 'alpha-model',
      dataset: 'helpful_base',
      annotator: 'weighted',
      preference,
      ...more,
    });
    const thought = {
      concise_explanation: 'm is short.',
      ordered_models: [
        { model: 'M', rank: 1 },
        { model: 'm', rank: 2 },
      ],
    };
    const rows = [
      row(0, 1.02, { raw_completion: 'm' }),
      row(1, 1.4000000000000001),
      row(2, null),
      row(3, 1.97),
      row(4, 1.5),
      row(5, 2, {
        annotator: 'chain',
        raw_completion: thought,
        referenced_models: { M: 'output_2', m: 'output_1' },
        concise_explanation: 'm is short.',
      }),
    ];
    const path = join(temporaryFolder(), 'annotations.json');
    writeFileSync(path, JSON.stringify(rows));
    const { storePath } = await openTestApp();
    await importing(storePath, path, 'one');
    const { content, outcome } = await exported(storePath, 'one', 'alpacaeval-annotations');
    expect(jsonOf(content['annotations.json'])).toEqual(rows);
    expect(outcome.leftOut).toEqual([]);
    // The same comparison with the sides exchanged is no other one.
    const turned = rows.slice(0, 2).map(({ preference, ...each }) => ({
      ...each,
      output_1: each.output_2,
      generator_1: each.generator_2,
      output_2: each.output_1,
      generator_2: each.generator_1,
      annotator: 'another',
      preference: 3 - (preference ?? 0),
    }));
    writeFileSync(path, JSON.stringify(turned));
    const { counts } = await importing(storePath, path, 'one');
    expect([counts.pairsAdded, counts.pairsKnown]).toEqual([0, 2]);
    const all = jsonOf(
      (await exported(storePath, 'one', 'alpacaeval-annotations')).content['annotations.json'],
    );
    const another = (all as { annotator: string; preference: number; generator_2: string }[]).filter(
      ({ annotator }) => annotator === 'another',
    );
    expect(another.map(({ generator_2 }) => generator_2)).toEqual(['alpha-model', 'alpha-model']);
    expect(winRate(another)).toBeCloseTo(winRate(rows.slice(0, 2)), 12);
  });
});

describe('preference', () => {
  it('out and in again loses no label that is a side, nor its texts', async () => {
    await fc.assert(
      fc.asyncProperty(STUDY, async (study) => {
        const storePath = await studyOf(study);
        const sides = (rows: readonly Comparison[], label: (row: Comparison) => string | undefined) =>
          rows
            .flatMap((row) => {
              const [won, lost] = label(row) === 'first' ? [row.a, row.b] : [row.b, row.a];
              const isSide = label(row) === 'first' || label(row) === 'second';
              return isSide && won.text !== lost.text
                ? [JSON.stringify([row.prompt, won.text, lost.text])]
                : [];
            })
            .sort();
        const sent = sides(await nativeRowsOf(storePath, 'one'), (row) => {
          const { verdict } = row.gold as { readonly verdict?: string };
          return verdict;
        });
        if (sent.length === 0) return;
        const out = await exported(storePath, 'one', 'preference');
        for (const file of ['preference-dev.jsonl', 'preference-test.jsonl'])
          if (file in out.content) await importing(storePath, join(out.folder, file), 'two');
        const back = sides(await nativeRowsOf(storePath, 'two'), ({ human }) => human?.[0]?.verdict);
        expect(back).toEqual(sent);
      }),
      { numRuns: tries(5, 30) },
    );
  });
});
