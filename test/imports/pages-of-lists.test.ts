/** Replies of tools' interfaces, which wrap the records of a list and are most often one page of several. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { ImportResult } from '../../shared/contract/import-methods.ts';
import { recordPage } from '../../shared/formats/harness/read/record-page.ts';
import { importFiles, nativeRows } from '../support/comparisons.ts';
import { openTestApp } from '../support/open-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function importing(files: Readonly<Record<string, string | Buffer>>): Promise<ImportResult> {
  const { storePath } = await openTestApp();
  const folder = temporaryFolder();
  const given = Object.entries(files).map(([name, content]) => {
    writeFileSync(join(folder, name), content);
    return { path: join(folder, name), name };
  });
  return importFiles(storePath, given, {});
}

const rows = nativeRows(4);
const viewed = rows.map((row, row_idx) => ({ row_idx, row, truncated_cells: [] }));
const missing = (text: string) => [expect.stringContaining(text)];

const PAGES: readonly [tool: string, page: object, warnings: unknown[]][] = [
  ['Langfuse', { data: rows, meta: { page: 1, limit: 50, totalItems: 4, totalPages: 1 } }, []],
  [
    'Langfuse, one of three',
    { data: rows, meta: { page: 1, limit: 4, totalItems: 9, totalPages: 3 } },
    missing('4 of 9'),
  ],
  [
    'Langfuse, by cursor',
    { data: rows, meta: { limit: 4, cursor: 'ey' } },
    missing('ends before its list does'),
  ],
  ['Langfuse, a run', { id: 'r', name: 'run', datasetName: 'd', datasetRunItems: rows }, []],
  ['OpenAI', { object: 'list', data: rows, first_id: 'a', last_id: 'b', has_more: false }, []],
  ['OpenAI, more', { object: 'list', data: rows, has_more: true }, missing('ends before')],
  [
    'Hugging Face',
    { features: [{ name: 'id' }], rows: viewed, num_rows_total: 4, num_rows_per_page: 100, partial: false },
    [],
  ],
  ['Hugging Face, more', { features: [], rows: viewed, num_rows_total: 40 }, missing('4 of 40')],
  ['LangSmith', { runs: rows, cursors: { next: null, prev: null } }, []],
  ['LangSmith, more', { runs: rows, cursors: { next: 'c' } }, missing('ends before')],
  ['Label Studio', { total_annotations: 0, total_predictions: 0, total: 4, tasks: rows }, []],
  ['Argilla', { items: rows, total: 4 }, []],
  ['Braintrust', { events: rows, cursor: null }, []],
  ['Phoenix', { data: rows, next_cursor: 'n' }, missing('ends before')],
  ['Phoenix, a data set', { data: { dataset_id: 'd', version_id: 'v', examples: rows } }, []],
  ['Django', { count: 4, next: null, previous: null, results: rows }, []],
  ['a count of what is here', { items: rows, count: 4, has_more: true, next_cursor: 'c' }, missing('ends')],
  ['links', { data: rows, links: { self: '/rows', next: '/rows?page=2' } }, missing('ends before')],
  ['links, the last', { data: rows, links: { self: '/rows', next: null } }, []],
  ['links as objects', { items: rows, _links: { next: { href: '/rows?page=2' } } }, missing('ends before')],
  ['an address', { items: rows, next_page_url: '/rows?page=2' }, missing('ends before')],
  ['a link of Microsoft’s', { items: rows, nextLink: '/rows?skip=4' }, missing('ends before')],
];

describe('a page of a list', () => {
  it.each(PAGES)('of %s is its records', async (_tool, page, warnings) => {
    for (const [name, content] of [
      ['page.json', JSON.stringify(page)],
      ['pretty.json', JSON.stringify(page, null, 2)],
      ['page.json.gz', gzipSync(JSON.stringify(page, null, 1))],
      ['page.ndjson', `${JSON.stringify(page)}\n`],
    ] as const)
      expect(await importing({ [name]: content })).toMatchObject({
        files: [{ records: 4 }],
        counts: { records: 4, pairsAdded: 4 },
        warnings,
      });
  });

  it('may come beside the others: in one file, however they were put together, or in several', async () => {
    const page = (number: number) => ({
      data: rows.slice(2 * number - 2, 2 * number),
      meta: { page: number, limit: 2, totalItems: 4, totalPages: 2 },
    });
    const [one, two] = [page(1), page(2)];
    const whole = { counts: { pairsAdded: 4 }, warnings: [] };
    for (const content of [
      `${JSON.stringify(one)}\n${JSON.stringify(two)}\n`,
      JSON.stringify([one, two]),
      `${JSON.stringify(one, null, 2)}\n${JSON.stringify(two, null, 2)}`,
      `${JSON.stringify(one)}${JSON.stringify(two)}`,
    ])
      expect(await importing({ 'all.json': content })).toMatchObject(whole);
    expect(await importing({ '1.json': JSON.stringify(one), '2.json': JSON.stringify(two) })).toMatchObject(
      whole,
    );
    // Two lists of one length, and of each the first page: together as long as one of them.
    const other = { ...one, data: two.data };
    expect(
      (await importing({ '1.json': JSON.stringify(one), '2.json': JSON.stringify(other) })).warnings,
    ).toEqual(missing('4 of 8 records'));
  });

  it('with nothing left is passed over', async () => {
    const last = { data: [], meta: { page: 2, totalItems: 4, totalPages: 1 } };
    const all = { data: rows, meta: { page: 1, totalItems: 4, totalPages: 1 } };
    expect(
      await importing({ '1.json': JSON.stringify(all), '2.json': JSON.stringify(last, null, 1) }),
    ).toMatchObject({ counts: { pairsAdded: 4 } });
  });

  it('of Argilla’s server has answers by person, drafts and what was discarded among them', async () => {
    const answered = (user_id: string, status: string, values: object | null) => ({
      user_id,
      status,
      values,
    });
    const record = {
      id: 'zq-1',
      fields: { prompt: 'Why?', response_1: 'So.', response_2: 'No.' },
      responses: [
        answered('u1', 'submitted', { better: { value: 'response_2' } }),
        answered('u2', 'discarded', null),
        answered('u3', 'draft', { better: { value: 'response_1' } }),
      ],
      suggestions: [{ question_id: 'q', value: 'response_1', agent: 'zq-judge' }],
    };
    const { firstRows, leftOut } = await importing({
      'r.json': JSON.stringify({ items: [record], total: 1 }),
    });
    expect(firstRows).toMatchObject([
      {
        human: [
          { rater: 'u1', verdict: 'second' },
          { rater: 'u2', verdict: 'skipped' },
        ],
        judge: [{ judge: 'zq-judge', verdict: 'first' }],
      },
    ]);
    expect(leftOut).toMatchObject([{ what: 'drafts of responses', records: 1 }]);
  });

  it('whose texts were cut off is refused', async () => {
    const cut = viewed.map((row) => ({ ...row, truncated_cells: row.row_idx === 2 ? ['prompt'] : [] }));
    await expect(importing({ 'rows.json': JSON.stringify({ features: [], rows: cut }) })).rejects.toThrow(
      'line 1, record 3, (record): row 2: the data set viewer cut prompt off',
    );
  });

  it.each([
    [{ id: 1, data: { prompt: 'p' }, annotations: [{ id: 2 }] }],
    [{ id: 'x', prompt: 'p', scores: [{ name: 'n' }] }],
    [{ question_id: 81, choices: [{ turns: ['t'] }] }],
    [{ data: ['a', 'b'] }],
    [{ data: { prompt: 'p' }, annotations: [] }],
    [{ data: [{ x: 1 }], rows: [{ x: 1 }] }],
    [{ hash: 'h', message: 'Which?', results: [{ model: 'm', text: 't' }] }],
    [{ number: 3, url: 'u', results: [{ text: 't' }] }],
    [{ persona: 'p', first_prompt: 'q', data: [{ text: 't' }] }],
    [{ question_count: 1, items: [{ text: 't' }] }],
    [{ instruction: 'i', output: 'o', items: [{}] }],
    [[{ data: [] }]],
    [null],
  ])('is not %j', (value) => {
    expect(recordPage(value)).toBeNull();
  });
});
