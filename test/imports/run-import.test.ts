/** Answers of two runs become comparisons: which samples, joined on what, and what found no counterpart. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Comparison } from '../../shared/formats/own/native.ts';
import { importFiles, jsonLines } from '../support/comparisons.ts';
import { openTestApp } from '../support/open-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Writes files, a name and its records each, and imports them together. */
async function importing(
  files: Readonly<Record<string, readonly unknown[]>>,
  options: {
    readonly storePath?: string;
    readonly runNames?: readonly string[];
    readonly dryRun?: boolean;
  } = {},
) {
  const folder = temporaryFolder();
  const storePath = options.storePath ?? (await openTestApp()).storePath;
  const given = Object.entries(files).map(([path, records]) => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), jsonLines(records));
    return { path: join(folder, path), name: path.split('/').at(-1) ?? '' };
  });
  const { storePath: _, ...rest } = options;
  const result = await importFiles(storePath, given, rest);
  return { result, storePath };
}

const alpaca = (generator: string, outputs: Readonly<Record<string, string>>) =>
  Object.entries(outputs).map(([instruction, output]) => ({
    instruction,
    output,
    generator,
    dataset: 'eval',
  }));

describe('two runs', () => {
  it('of AlpacaEval are joined on the instruction, and what is alone is counted and listed', async () => {
    const { result, storePath } = await importing({
      'one.json': alpaca('m-1', { 'Name a tree.': 'Oak.', 'Name a moss.': 'Peat.', 'Only here?': 'Yes.' }),
      'two.json': alpaca('m-2', { 'Name a moss.': 'Bog.', 'Name a tree.': 'Fir.' }),
    });
    expect(result.files.map(({ recognised }) => recognised?.name)).toEqual([
      'alpacaeval-outputs',
      'alpacaeval-outputs',
    ]);
    expect(result.counts).toMatchObject({ pairsAdded: 2, itemsAdded: 2 });
    expect(result.systems).toEqual([
      { name: 'm-1', responses: 2 },
      { name: 'm-2', responses: 2 },
    ]);
    expect(result.leftOut).toEqual([
      {
        file: 'one.json, two.json',
        what: expect.stringMatching(/^samples that one run alone answered: [0-9a-f]{24}$/u),
        records: 1,
      },
    ]);
    expect(result.firstRows[0]).toMatchObject({
      prompt: 'Name a tree.',
      a: { system: 'm-1', text: 'Oak.' },
      b: { system: 'm-2', text: 'Fir.' },
      slices: { dataset: 'eval' },
    });
    // A third run adds its comparisons with the others.
    const third = await importing(
      {
        'one.json': alpaca('m-1', { 'Name a tree.': 'Oak.' }),
        'three.json': alpaca('m-3', { 'Name a tree.': 'Elm.' }),
      },
      { storePath },
    );
    expect(third.result.counts).toMatchObject({ pairsAdded: 1, itemsAdded: 0 });
  });

  it('of FastChat compare every turn, and its judgments find them in the same import', async () => {
    const answer = (model_id: string, turns: readonly string[]) => ({
      question_id: 81,
      answer_id: 'x',
      model_id,
      choices: [{ index: 0, turns }],
      tstamp: 1,
    });
    const { result } = await importing({
      'judge_pair.jsonl': [1, 2].map((turn) => ({
        question_id: 81,
        model_1: 'zebra',
        model_2: 'apple',
        g1_winner: 'model_1',
        g2_winner: 'tie',
        judge: ['gpt-4', 'pair-v2'],
        turn,
      })),
      'question.jsonl': [{ question_id: 81, category: 'math', turns: ['How far?', 'In km?'] }],
      'zebra.jsonl': [answer('zebra', ['Far.', '384,400.'])],
      'apple.jsonl': [answer('apple', ['Very far.', 'About 384,000.'])],
    });
    expect(result.counts).toMatchObject({ pairsAdded: 2, judgmentsAdded: 4 });
    expect(result.firstRows).toMatchObject([
      {
        id: '81/1/apple/zebra',
        a: { text: 'Very far.' },
        judge: [
          { order: 'a_first', verdict: 'tie' },
          { order: 'b_first', verdict: 'second' },
        ],
        slices: { category: 'math', turn: '1' },
      },
      {
        id: '81/2/apple/zebra',
        prompt: 'How far?',
        b: { messages: [{ content: 'Far.' }, { role: 'user', content: 'In km?' }, { content: '384,400.' }] },
      },
    ]);
  });

  it('of Arena-Hard take questions from their file, and judgments by baseline and model', async () => {
    const answer = (model: string, said: string) => ({
      uid: 'u1',
      ans_id: 'x',
      model,
      messages: [
        { role: 'user', content: 'Why?' },
        { role: 'assistant', content: { answer: said } },
      ],
      tstamp: 1,
    });
    const { result } = await importing({
      'question.jsonl': [
        { uid: 'u1', category: 'hard', subcategory: 'coding', prompt: 'Why?' },
        { uid: 'u2', category: 'hard', subcategory: 'math', prompt: 'How?' },
      ],
      'model.jsonl': [answer('zebra', 'Because.')],
      'baseline.jsonl': [answer('apple', 'Therefore.')],
      'judged.jsonl': [
        {
          uid: 'u1',
          category: 'hard',
          judge: 'gpt-judge',
          model: 'zebra',
          baseline: 'apple',
          games: [
            { score: 'B>>A', judgment: { answer: 'B' } },
            { score: 'A>B', judgment: { answer: 'A' } },
          ],
        },
      ],
    });
    expect(result.leftOut).toEqual([
      {
        file: 'question.jsonl, model.jsonl, baseline.jsonl',
        what: 'questions that nobody answered: u2',
        records: 1,
      },
    ]);
    expect(result.firstRows).toMatchObject([
      {
        id: 'u1/apple/zebra',
        judge: [
          { order: 'a_first', verdict: 'second' },
          { order: 'b_first', verdict: 'second' },
        ],
      },
    ]);
  });

  it('of Arena-Hard 0.1 stand in another layout, and name no baseline', async () => {
    const answer = (model_id: string, content: string) => ({
      question_id: 'q1',
      answer_id: 'x',
      model_id,
      choices: [{ index: 0, turns: [{ content, token_len: 3 }] }],
      tstamp: 1,
    });
    const { result } = await importing({
      'question.jsonl': [
        { question_id: 'q1', category: 'arena-hard-v0.1', cluster: 'Trees', turns: [{ content: 'Why?' }] },
      ],
      'model.jsonl': [answer('zebra', 'Because.')],
      'baseline.jsonl': [answer('gpt-4-0314', 'Therefore.')],
      'judged.jsonl': [
        {
          question_id: 'q1',
          model: 'zebra',
          judge: 'gpt-4-1106-preview',
          games: [
            { user_prompt: '…', judgment: 'My verdict: [[B>A]]', score: 'B>A' },
            { user_prompt: '…', judgment: 'My verdict: none', score: null },
          ],
        },
      ],
    });
    expect(result.files.map(({ recognised }) => recognised?.name)).toEqual([
      'arena-hard-questions',
      'arena-hard-answers',
      'arena-hard-answers',
      'arena-hard-judgments',
    ]);
    expect(result.firstRows).toMatchObject([
      {
        id: 'q1/gpt-4-0314/zebra',
        prompt: 'Why?',
        a: { system: 'gpt-4-0314', text: 'Therefore.' },
        slices: { category: 'arena-hard-v0.1', cluster: 'Trees' },
        judge: [
          { order: 'a_first', verdict: 'second', raw: 'My verdict: [[B>A]]' },
          { order: 'b_first', verdict: 'unparsed' },
        ],
      },
    ]);
  });

  it('of lm-evaluation-harness are joined on hashes, not on lines, and counted once for all filters', async () => {
    const sample = (doc: string, reply: unknown, filter = 'none') => ({
      doc_id: 0,
      doc: { question: doc },
      target: '42',
      arguments: { gen_args_0: { arg_0: `Q: ${doc}`, arg_1: {} } },
      resps: [[reply]],
      filtered_resps: [reply],
      filter,
      metrics: ['exact_match'],
      doc_hash: `d-${doc}`,
      prompt_hash: `p-${doc}`,
      target_hash: 't',
      exact_match: 1,
    });
    const files = {
      'm-1/samples_task.jsonl': [sample('x', 'one'), sample('x', 'one', 'strict'), sample('y', 'two')],
      'm-2/samples_task.jsonl': [sample('y', 'three'), sample('x', 'four'), sample('z', [-1.5, true])],
    };
    const { result } = await importing(files);
    expect(result.systems.map(({ name }) => name)).toEqual(['m-1', 'm-2']);
    expect(result.counts.pairsAdded).toBe(2);
    expect(result.firstRows[0]).toMatchObject({
      prompt: 'Q: x',
      reference: '42',
      a: { system: 'm-1', text: 'one' },
      b: { system: 'm-2', text: 'four' },
    });
    expect(result.leftOut).toEqual([
      { file: 'm-2/samples_task.jsonl', what: 'samples without a generated text: task 0', records: 1 },
      {
        file: 'm-1/samples_task.jsonl, m-2/samples_task.jsonl',
        what: 'scores of one output where no other was scored so',
        records: 1,
      },
    ]);
    const named = await importing(files, { runNames: ['first', 'second'] });
    expect(named.result.systems.map(({ name }) => name)).toEqual(['first', 'second']);
    const dry = await importing(files, { dryRun: true });
    expect(dry.result.counts).toEqual(result.counts);
  });

  it('of lm-evaluation-harness are one system a folder, whatever tasks lie in it', async () => {
    const at = (model: string, task: string, time: string) =>
      `${model}/samples_${task}_2026-01-02T${time}.000001.jsonl`;
    const rows = (model: string, task: string) =>
      [0, 1].map((doc_id) => ({
        doc_id,
        doc: {},
        target: 'x',
        // The second document asks what the first does; their numbers tell them apart.
        arguments: { gen_args_0: { arg_0: [`[{"role": "user", "content": "${task}?"}]`], arg_1: {} } },
        resps: [[`${model} on ${task} ${doc_id}`]],
        filtered_resps: ['x'],
        filter: 'none',
        metrics: ['exact_match', 'wer'],
        doc_hash: 'd',
        prompt_hash: `p-${task}`,
        target_hash: 't',
        exact_match: doc_id,
        wer: 0.3,
      }));
    const files = {
      [at('lab__one-7b', 'lakes', '10-00-00')]: rows('one', 'lakes'),
      [at('lab__one-7b', 'big_rivers', '10-00-00')]: rows('one', 'rivers'),
      [at('lab__two-7b', 'lakes', '11-30-00')]: rows('two', 'lakes').reverse(),
      [at('lab__two-7b', 'big_rivers', '11-30-00')]: rows('two', 'rivers'),
    };
    const { result } = await importing(files);
    expect(result.systems).toEqual([
      { name: 'lab__one-7b', responses: 4 },
      { name: 'lab__two-7b', responses: 4 },
    ]);
    const rowsRead = result.firstRows as Comparison[];
    expect(rowsRead.map(({ prompt, slices, a, b, judge }) => [prompt, slices, a, b, judge])).toEqual(
      [
        ['lakes', 0],
        ['lakes', 1],
        ['rivers', 0],
        ['rivers', 1],
      ].map(([task, id]) => [
        `${task}?`,
        { task: task === 'rivers' ? 'big_rivers' : task },
        { system: 'lab__one-7b', text: `one on ${task} ${id}`, meta: { doc_id: String(id) } },
        { system: 'lab__two-7b', text: `two on ${task} ${id}`, meta: { doc_id: String(id) } },
        [
          {
            judge: 'exact_match',
            order: 'both',
            verdict: id === 0 ? 'both_bad' : 'tie',
            score: { kind: 'points', first: id, second: id },
            raw: 'a: Answer: x\n\nb: Answer: x',
          },
        ],
      ]),
    );
    expect(result.leftOut.map(({ what, records }) => [what, records])).toContainEqual([
      'values of wer: no row says which is better: big_rivers 0, big_rivers 1',
      2,
    ]);
    await expect(importing(files, { runNames: ['one', 'two'] })).rejects.toThrow(
      /2 names of runs do not fit 4 files of runs/u,
    );
    const named = await importing(files, { runNames: ['one', 'one', 'two', 'two'] });
    expect(named.result.systems.map(({ name }) => name)).toEqual(['one', 'two']);
  });

  it('bear the names they are given, or say that they have their own', async () => {
    const files = { 'one.json': alpaca('m-1', { A: 'a' }), 'two.json': alpaca('m-2', { A: 'b' }) };
    await expect(importing(files, { runNames: ['x', 'y', 'z'] })).rejects.toThrow(
      /3 names of runs do not fit 2/u,
    );
    await expect(importing(files, { runNames: ['x', 'y'] })).rejects.toThrow(
      /one\.json, runs: names its systems itself, so the name "x" would not be used/u,
    );
  });

  it('of two tools in one import are refused: each names samples in its own way', async () => {
    await expect(
      importing({
        'one.jsonl': [{ id: 1, input: { text: 'Why?' }, output: { text: 'So.' } }],
        'two.json': alpaca('m-1', { 'Why?': 'Because.' }),
      }),
    ).rejects.toThrow(
      /two\.json, format: is of another tool than one\.jsonl \(AlpacaEval outputs of a model; Prodigy/u,
    );
  });

  it('that share nothing, or contradict themselves, are refused with a place and change nothing', async () => {
    await expect(
      importing({ 'one.json': alpaca('m-1', { A: 'a' }), 'two.json': alpaca('m-2', { B: 'b' }) }),
    ).rejects.toThrow(/no sample was answered by two runs.*runs: m-1, m-2.*Nothing was imported/u);
    await expect(
      importing({
        'one.json': [...alpaca('m-1', { A: 'a' }), ...alpaca('m-1', { A: 'again' })],
        'two.json': alpaca('m-2', { A: 'b' }),
      }),
    ).rejects.toThrow(/one\.json, line 2, answer: "m-1" has answered this sample before/u);
    await expect(
      importing({
        'question.jsonl': [
          { question_id: 1, category: 'a', turns: ['One?'] },
          { question_id: 1, category: 'a', turns: ['Another?'] },
        ],
      }),
    ).rejects.toThrow(/question\.jsonl, line 2, question: is another question/u);
  });
});
