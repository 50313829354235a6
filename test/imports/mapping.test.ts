/** Mappings reach what used to need a program: names of files, keys of other files, lists, numbers, raters without names. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { applyMapping } from '../../shared/formats/mapping/apply-mapping.ts';
import { valueAtPath } from '../../shared/formats/mapping/field-path.ts';
import { partsOfName } from '../../shared/formats/mapping/file-name-pattern.ts';
import { mappingSchema, type SourceMapping } from '../../shared/formats/mapping/mapping.ts';
import { parseNumber } from '../../shared/formats/own/written-number.ts';
import { readBy } from '../../shared/json/read-by-schema.ts';
import { importFiles } from '../support/comparisons.ts';
import { openTestApp } from '../support/open-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const PAIR = {
  prompt: 'q',
  a: { system: { const: 'm' }, text: 'x' },
  b: { system: { const: 'n' }, text: 'y' },
} as const;
const RECORD = { q: 'Why?', x: 'So.', y: 'Because.' };

/** What the fields of one source make of a record. */
function mapped(fields: object, record: object, { sort }: Pick<SourceMapping, 'sort'> = {}): unknown {
  const mapping = mappingSchema.parse({
    format: 'touchstone-mapping/1',
    sources: [{ ...(sort === undefined ? {} : { sort }), fields: { ...PAIR, ...fields } }],
  });
  const [source] = mapping.sources;
  const result = applyMapping(
    source as SourceMapping,
    { ...RECORD, ...record },
    {
      parts: { model: 'm-7b' },
      recordNumber: 3,
      line: 9,
      rowOf: (table, key) => (table === 'answers' && key === 'm-7b/3' ? { text: 'Found.' } : undefined),
    },
  );
  return result.ok ? result.record : result.problems;
}

describe('an expression', () => {
  it.each([
    [
      'constants in a join',
      { join: ['q', { const: ' vs ' }, { fromFile: 'model' }], with: '' },
      'Why? vs m-7b',
    ],
    ['a part of the file’s name, changed', { fromFile: 'model', values: { 'm-7b': 'seven' } }, 'seven'],
    ['the number of the record', { record: true }, '3'],
    ['the number of the record from 0', { record: true, first: 0 }, '2'],
    ['its line', { line: true }, '9'],
    [
      'a row of a table',
      {
        lookup: 'answers',
        key: { join: [{ fromFile: 'model' }, { record: true }], with: '/' },
        column: 'text',
      },
      'Found.',
    ],
    ['a row that may be missing', { lookup: 'answers', key: 'q', column: 'text', missing: 'none' }, 'none'],
    ['the last of a list', 'list[-1].v', 'last'],
    ['the last but one', 'list[-2].v', 'one'],
    [
      'a field as it was mapped',
      { join: [{ field: 'a.system' }, { field: 'b.text' }], with: '+' },
      'm+Because.',
    ],
    ['null', { from: 'nothing', missing: 'none' }, 'none'],
    ['a long number', 'long', '1152921504606846976'],
    ['what the value map does not list', { from: 'q', values: { a: 'b' }, otherwise: 'other' }, 'other'],
  ])('is %s', (_what, id, found) => {
    expect(
      mapped({ id }, { list: [{ v: 'one' }, { v: 'last' }], nothing: null, long: 2 ** 60 }),
    ).toMatchObject({
      id: found,
    });
  });

  it.each([
    [{ fromFile: 'nothing' }, 'the pattern of the file has no part {nothing}'],
    [{ lookup: 'answers', key: 'q', column: 'text' }, 'the table answers has no row with the key "Why?"'],
    ['list[-3]', 'list[-3] is missing'],
    ['big', 'big is a number too large to be a name'],
  ])('%j says why it has no value', (id, reason) => {
    expect(mapped({ id }, { list: [1], big: 1e21 })).toMatchObject([
      { field: 'id', reason: expect.stringContaining(reason) },
    ]);
  });

  it('that is longer than an id may be becomes its hash, the same every time', () => {
    const [one, again, other] = ['x', 'x', 'y'].map((text) =>
      mapped({ id: { join: ['q', 'x'] } }, { q: text.repeat(9000) }),
    );
    expect(one).toMatchObject({ id: expect.stringMatching(/^[0-9a-f]{64}$/u) });
    expect(one).toEqual(again);
    expect(Reflect.get(one as object, 'id')).not.toBe(Reflect.get(other as object, 'id'));
  });
});

describe('votes and verdicts', () => {
  it('in long form take their names from a column, and a null for what is said of it', () => {
    const fields = {
      human: [{ rater: 'by', verdict: { from: 'v', values: { A: 'first' }, missing: 'skipped' } }],
      judge: [
        { judge: { join: ['model', 'prompt'], with: '/' }, verdict: { from: 'w', missing: 'unparsed' } },
      ],
    };
    expect(mapped(fields, { by: 'ada', v: null, model: 'g', prompt: 'p1', w: null })).toMatchObject({
      human: [{ rater: 'ada', verdict: 'skipped' }],
      judge: [{ judge: 'g/p1', verdict: 'unparsed' }],
    });
  });

  it('in a list of the record are one each, in an object one a field', () => {
    const values = { 1: 'first', 2: 'second' };
    const fields = {
      human: [{ each: 'said', rater: 'by', verdict: { from: 'v', values }, note: { from: '$.q' } }],
      judge: [{ each: 'judges', judge: 'key', verdict: { from: 'value', values } }],
    };
    expect(
      mapped(fields, {
        said: [
          { by: 'ada', v: 1 },
          { by: 'ben', v: 2 },
        ],
        judges: { j: 2, k: 1 },
      }),
    ).toMatchObject({
      human: [
        { rater: 'ada', verdict: 'first', note: 'Why?' },
        { rater: 'ben', verdict: 'second' },
      ],
      judge: [
        { judge: 'j', verdict: 'second' },
        { judge: 'k', verdict: 'first' },
      ],
    });
  });

  it('as shown are turned by the side or the order', () => {
    const fields = {
      human: [{ rater: { const: 'r' }, verdict: 'v', shown: 'side', asShown: true }],
      judge: [
        {
          judge: { const: 'j' },
          verdict: 'v',
          order: 'order',
          asShown: true,
          score: { meaning: 'first_probability', value: 'p' },
        },
      ],
    };
    expect(mapped(fields, { v: 'first', side: 'b_left', order: 'b_first', p: '0,75' })).toMatchObject({
      human: [{ verdict: 'second', shown: 'b_left' }],
      judge: [{ verdict: 'second', order: 'b_first', score: { kind: 'first_probability', value: 0.25 } }],
    });
    expect(mapped(fields, { v: 'first', side: 'a_left', order: 'unknown', p: '' })).toMatchObject([
      { field: 'judge[0].order', reason: expect.stringContaining('a_first or b_first') },
    ]);
  });

  it('of a file that is the other way round are turned with its outputs', () => {
    const fields = {
      id: { join: [{ field: 'a.system' }, { field: 'b.system' }], with: ' vs ' },
      a: { system: { const: 'zebra' }, text: 'x' },
      b: { system: { const: 'apple' }, text: 'y' },
      human: [{ rater: { const: 'r' }, verdict: { const: 'first' }, shown: { const: 'a_left' } }],
      judge: [
        {
          judge: { const: 'j' },
          verdict: { const: 'second' },
          order: { const: 'a_first' },
          score: { meaning: 'preference', value: 'p', first: 1, second: 2 },
        },
        {
          judge: { const: 'k' },
          verdict: { const: 'tie' },
          score: { meaning: 'points', first: 'p', second: 'r' },
        },
      ],
    };
    expect(mapped(fields, { p: 1.9, r: 3 }, { sort: 'systems' })).toMatchObject({
      id: 'apple vs zebra',
      a: { system: 'apple', text: 'Because.' },
      b: { system: 'zebra', text: 'So.' },
      human: [{ verdict: 'second', shown: 'b_left' }],
      judge: [
        {
          verdict: 'first',
          order: 'b_first',
          score: { kind: 'preference', value: 1.9, first: 2, second: 1 },
        },
        { verdict: 'tie', score: { kind: 'points', first: 3, second: 1.9 } },
      ],
    });
  });
});

it('files are joined on a key, whichever comes first, and raters without names are numbered within a pair', async () => {
  const { storePath } = await openTestApp();
  const folder = temporaryFolder();
  const named = (name: string, rows: readonly object[]) => {
    writeFileSync(join(folder, name), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    return { path: join(folder, name), name };
  };
  const answersOf = (model: string) =>
    named(`out-${model}.jsonl`, [
      { key: 1, said: `${model} on 1` },
      { key: 2, said: `${model} on 2` },
    ]);
  const files = [
    named('zebra__apple.votes.jsonl', [
      { key: 1, v: 'L' },
      { key: 1, v: 'L' },
      { key: 2, v: 'R' },
    ]),
    named('apple__zebra.votes.jsonl', [
      { key: 1, v: 'L' },
      { key: 2, v: null },
    ]),
    answersOf('zebra'),
    answersOf('apple'),
    named('questions.jsonl', [
      { key: 1, q: 'One?' },
      { key: 2, q: 'Two?' },
    ]),
  ];
  const output = (part: string) => ({
    system: { fromFile: part },
    text: { lookup: 'answers', key: { join: [{ fromFile: part }, 'key'], with: '/' }, column: 'text' },
  });
  const mapping = mappingSchema.parse({
    format: 'touchstone-mapping/1',
    study: 'Proposed',
    sources: [
      {
        file: '{left}__{right}.votes.jsonl',
        sort: 'systems',
        fields: {
          prompt: { lookup: 'questions', key: 'key', column: 'text' },
          a: output('left'),
          b: output('right'),
          human: [
            {
              rater: { numbered: 'rater ' },
              verdict: { from: 'v', values: { L: 'first', R: 'second' }, missing: 'tie' },
            },
          ],
        },
      },
      {
        file: 'out-{model}.jsonl',
        table: 'answers',
        key: { join: [{ fromFile: 'model' }, 'key'], with: '/' },
        columns: { text: 'said' },
      },
      { file: 'questions.*', table: 'questions', key: 'key', columns: { text: 'q' } },
    ],
  });
  const result = await importFiles(storePath, files, { mapping });
  expect(result.counts).toMatchObject({ pairsAdded: 2, votesAdded: 5 });
  expect(result.firstRows).toMatchObject([
    {
      prompt: 'One?',
      a: { system: 'apple', text: 'apple on 1' },
      b: { system: 'zebra', text: 'zebra on 1' },
      human: [
        { rater: 'rater 1', verdict: 'second' },
        { rater: 'rater 2', verdict: 'second' },
        { rater: 'rater 3', verdict: 'first' },
      ],
    },
    {
      prompt: 'Two?',
      human: [
        { rater: 'rater 1', verdict: 'first' },
        { rater: 'rater 2', verdict: 'tie' },
      ],
    },
  ]);
  expect(await importFiles(storePath, files, { mapping })).toMatchObject({ changedNothing: true });
  const twice = [...files, named('out-zebra.2.jsonl', [])];
  writeFileSync(join(folder, 'out-zebra.2.jsonl'), '{"key": 1, "said": "otherwise"}\n');
  const alike = { ...mapping, sources: mapping.sources.map((source) => ({ ...source })) };
  alike.sources[1] = { ...(alike.sources[1] as object), file: 'out-{model}.*' } as never;
  await expect(importFiles(storePath, twice, { mapping: alike })).rejects.toThrow(
    'out-zebra.2.jsonl, line 1, key: the table answers has another row with the key "zebra/1"',
  );
});

it.each([
  [
    'answer_{one}-vs-answer_{two}-human.jsonl',
    'answer_bard-vs-answer_guanaco-13b-human.jsonl',
    { one: 'bard', two: 'guanaco-13b' },
  ],
  ['*_{part}.json', 'a_b_c.json', { part: 'b_c' }],
  ['{part}.json', '.json', null],
  ['a*b*c', 'abc', {}],
  ['a*b*c', 'axxbyyc', {}],
  ['a*b*c', 'acb', null],
  ['*', 'anything', {}],
  ['{one}{two}', 'xyz', { one: 'x', two: 'yz' }],
  ['a.json', 'axjson', null],
  ['*.json', '.json', {}],
  ['*a*a*a*a*a*a*a*a*b', 'a'.repeat(255), null],
] as const)('the pattern %s takes %s apart', (namePattern, name, parts) => {
  expect(partsOfName(namePattern, name)).toEqual(parts);
});

it.each([
  ['0.5', 0.5],
  ['0,5', 0.5],
  [' 12 ', 12],
  ['-1,25', -1.25],
  ['1e-3', 0.001],
  ['0,123', 0.123],
  ['', null],
  ['NaN', null],
  ['n/a', null],
  ['1,234', { reason: '"1,234" may be 1.234 or 1234: write it without the comma' }],
  ['1.234,5', { reason: '"1.234,5" is no number' }],
  ['four', { reason: '"four" is no number' }],
])('%j is the number %j', (text, number) => {
  expect(parseNumber(text)).toEqual(number);
});

it('paths count from the end of lists alone', () => {
  expect(valueAtPath({ a: [1, 2], b: { '-1': 'own' } }, 'a[-1]')).toBe(2);
  expect(valueAtPath({ a: [1, 2], b: { '-1': 'own' } }, 'b[-1]')).toBe('own');
  expect(valueAtPath({ a: [] }, 'a[-1]')).toBeUndefined();
});

it('a mapping that is wrong is told where', () => {
  const wrong = {
    format: 'touchstone-mapping/1',
    sources: [{ fields: { id: 'x', human: [{ rater: 'r' }] } }],
  };
  expect(readBy(mappingSchema, wrong)).toMatchObject({
    ok: false,
    problems: [{ field: 'sources[0].fields.human[0].verdict' }],
  });
});
