/** What stands in files and is read nowhere is told by name, for every format; what says nothing of the texts is not. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { harmless, NONE_HARMLESS, unreadFields } from '../../shared/formats/harness/read/unread-fields.ts';
import { mappingSchema } from '../../shared/formats/mapping/mapping.ts';
import { unmappedFields } from '../../shared/formats/mapping/unmapped-fields.ts';
import { importFiles, importText, jsonLines } from '../support/comparisons.ts';
import { openTestApp } from '../support/open-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** What is told of fields that are not read, as `records × names`. */
async function unreadOf(
  files: Readonly<Record<string, readonly unknown[]>>,
  options: Parameters<typeof importFiles>[2] = {},
): Promise<string[]> {
  const folder = temporaryFolder();
  const { storePath } = await openTestApp();
  const given = Object.entries(files).map(([name, records]) => {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), jsonLines(records));
    return { path: join(folder, name), name };
  });
  const { leftOut, errors } = await importFiles(storePath, given, options);
  expect(errors).toEqual([]);
  return leftOut.flatMap(({ what, records }) => {
    const [, names] = /^(?:a field that is|fields that are) not read: (.*)$/u.exec(what) ?? [];
    return names === undefined ? [] : [`${records} × ${names}`];
  });
}

const preference = { prompt: 'Why?', chosen: 'So.', rejected: 'No.' };
const trace = (id: string, input: string, more: object = {}) => ({
  id,
  timestamp: '2026-01-02T10:00:00Z',
  name: 'chat',
  userId: null,
  release: null,
  input,
  output: `Said by ${id}.`,
  ...more,
});
const runItem = (run: string, traceId: string) => ({
  datasetRunName: run,
  datasetItemId: 'i1',
  datasetName: 'd',
  traceId,
});
const run = (id: string, session: string, more: object = {}) => ({
  id,
  inputs: { question: 'Why?' },
  outputs: { answer: `Said by ${id}.` },
  reference_example_id: 'e1',
  session_name: session,
  run_type: 'chain',
  ...more,
});
const feedback = (id: string, runId: string, more: object = {}) => ({
  id,
  run_id: runId,
  key: 'quality',
  score: 1,
  feedback_source: { type: 'app', user_id: 'u1' },
  ...more,
});
const question = { question_id: 1, category: 'writing', turns: ['Write.'] };
const answer = (model: string, more: object = {}) => ({
  question_id: 1,
  answer_id: 'x',
  model_id: model,
  choices: [{ index: 0, turns: [`By ${model}.`] }],
  tstamp: 1,
  ...more,
});
const said = (model: string) => [
  { role: 'user', content: 'Why?' },
  { role: 'assistant', content: `By ${model}.` },
];

describe('fields that are not read', () => {
  it.each<[string, Readonly<Record<string, readonly unknown[]>>, readonly string[]]>([
    [
      'columns of a preference set, those of as many rows together',
      {
        'set.jsonl': [
          { ...preference, source: 'web', 'chosen-rating': 4.5, 'chosen-avg': 0 },
          { ...preference, prompt: 'How?', source: 'web', 'chosen-rating': null, notes: [] },
        ],
      },
      ['2 × source', '1 × chosen-rating, chosen-avg'],
    ],
    [
      'what Langfuse’s traces and scores say beside',
      {
        'traces.jsonl': [
          trace('t1', 'Why?', { tags: ['hard'], metadata: { locale: 'de', dataset_item_id: 'i1' } }),
          trace('t2', 'Why?', { tags: [], metadata: { dataset_item_id: 'i1' } }),
        ],
        'items.jsonl': [runItem('one', 't1'), { ...runItem('two', 't2'), observationId: 'o1' }],
        'scores.jsonl': [
          {
            id: 's',
            traceId: 't1',
            name: 'quality',
            source: 'ANNOTATION',
            value: 1,
            authorUserId: 'u',
            queueId: 'q',
            traceTags: ['hard'],
          },
        ],
      },
      ['1 × tags, metadata.locale', '1 × observationId', '1 × traceTags'],
    ],
    [
      'corrections and values of LangSmith’s feedback',
      {
        'runs.jsonl': [
          run('r1', 'one', { tags: ['x'], reference_outputs: { answer: 'So.' } }),
          run('r2', 'two'),
        ],
        'feedback.jsonl': [
          feedback('f1', 'r1', { correction: { answer: 'Better.' }, value: 'good', modified_at: 'x' }),
          feedback('f2', 'r2'),
        ],
      },
      ['1 × tags, reference_outputs', '1 × correction, value'],
    ],
    [
      'what FastChat’s answers say beside, but for ids and times',
      {
        'question.jsonl': [{ ...question, source: 'book' }],
        'a.jsonl': [answer('m-1', { temperature: 0.7 })],
        'b.jsonl': [answer('m-2')],
      },
      ['1 × source', '1 × temperature'],
    ],
    [
      'what stands in turns of battles, but for counts of what is shown',
      {
        'battles.jsonl': [
          {
            question_id: 'q',
            model_a: 'm-1',
            model_b: 'm-2',
            winner: 'tie',
            conversation_a: said('m-1').map((turn) => ({ ...turn, num_tokens: 3, image: 'x.png' })),
            conversation_b: said('m-2'),
            tstamp: 1,
            openai_moderation: { flagged: true },
          },
        ],
      },
      ['1 × conversation_a[].image, openai_moderation'],
    ],
    [
      'columns of AlpacaEval’s annotations',
      {
        'annotations.json': [
          {
            instruction: 'Why?',
            output_1: 'So.',
            generator_1: 'm-1',
            output_2: 'No.',
            generator_2: 'm-2',
            annotator: 'j',
            preference: 1,
            price_per_example: 0.1,
            is_switched_outputs: true,
          },
        ],
      },
      ['1 × is_switched_outputs'],
    ],
  ])('are %s', async (_what, files, told) => {
    expect(await unreadOf(files)).toEqual(told);
  });

  it('are those that a mapping names nowhere', async () => {
    const mapping = mappingSchema.parse({
      format: 'touchstone-mapping/1',
      sources: [
        {
          fields: {
            prompt: 'q.text',
            a: { system: { const: 'm' }, text: 'answers[0].text' },
            b: { system: { const: 'n' }, text: { from: 'answers[1].text' } },
            slices: { kind: { join: ['kind', 'q.kind'] } },
            human: [{ each: 'votes', rater: 'by', verdict: 'said' }],
          },
        },
      ],
    });
    const record = {
      q: { text: 'Why?', kind: 'x', source: 'web' },
      answers: [{ text: 'So.', tokens: 3 }, { text: 'No.' }],
      kind: 'k',
      votes: [{ by: 'r1', said: 'first', why: 'it is right' }],
      images: ['x.png'],
      empty: '',
    };
    expect(await unreadOf({ 'rows.jsonl': [record] }, { mapping })).toEqual([
      '1 × q.source, answers[].tokens, votes[].why, images',
    ]);
  });

  it('are at most so many, whoever chose their names', async () => {
    const { storePath } = await openTestApp();
    const rows = Array.from({ length: 30 }, (_unused, row) => ({
      ...preference,
      prompt: `Why ${row}?`,
      ...Object.fromEntries(
        Array.from({ length: 20 }, (_none, field) => [`${'n'.repeat(500)}${row}-${field}`, 1]),
      ),
      ...Object.fromEntries(Array.from({ length: 20 }, (_none, field) => [`f${row}-${field}`, 1])),
    }));
    const { leftOut } = await importText(storePath, jsonLines(rows));
    expect(leftOut.map(({ what }) => what).join('').length).toBeLessThan(10_000);
    expect(leftOut.some(({ what }) => what.includes('…'))).toBe(true);
  });
});

describe('the fields that a schema does not know', () => {
  const schema = z.looseObject({
    a: z.string().optional(),
    list: z.array(z.union([z.string(), z.object({ x: z.number() })])).optional(),
    deep: z.preprocess((value) => value, z.looseObject({ y: z.unknown() }).nullable().optional().catch(null)),
    by: z
      .record(
        z.string(),
        z.looseObject({ v: z.number().optional() }).transform(({ v }) => v),
      )
      .optional(),
    any: z.unknown().optional(),
  });
  it.each<[string, object, readonly string[]]>([
    ['are none', { a: '', any: { all: 1 } }, []],
    ['are those that say something', { b: 0, c: false, d: null, e: '', f: [], g: {} }, ['b', 'c']],
    ['stand in lists and their kinds', { list: ['s', { x: 1, z: 2 }, { z: 3 }] }, ['list[].z']],
    ['stand behind wrappers', { deep: { y: { z: 1 }, w: 1 } }, ['deep.w']],
    ['stand in records under any key', { by: { p: { v: 1, u: 1 }, q: { u: 2 } } }, ['by.*.u']],
    ['have hostile names', JSON.parse('{"__proto__": 1, "constructor": 2}'), ['__proto__', 'constructor']],
  ])('%s', (_what, record, found) => {
    expect(unreadFields(schema, record, NONE_HARMLESS)).toEqual(found);
  });

  it('are not those known as harmless, nor what stands below them', () => {
    const isHarmless = harmless('b', 'list[].z');
    expect(unreadFields(schema, { b: 1, bb: 2, list: [{ z: { q: 1 } }] }, isHarmless)).toEqual(['bb']);
    expect(isHarmless('b.c.d', {})).toBe(true);
    expect(isHarmless('bb', {})).toBe(false);
  });
});

it('what a mapping reads of a whole list by key is all of it', () => {
  const [source] = mappingSchema.parse({
    format: 'touchstone-mapping/1',
    sources: [{ fields: { human: [{ each: 'votes', rater: 'key', verdict: 'value.v' }], id: '$.n[-1]' } }],
  }).sources;
  if (source === undefined) throw new Error('no source');
  expect(unmappedFields(source)({ votes: { r1: { v: 1, w: 2 } }, n: [1, 2], m: 1 })).toEqual(['m']);
});
