/** Batch files out and results in: the same store whichever way the results come. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { collectBatch } from '../../electron/core/judging/collect-batch.ts';
import { createBatch } from '../../electron/core/judging/create-batch.ts';
import { Store } from '../../electron/core/store/engine/database.ts';
import { type Asked, verdictByLength } from '../support/chat-server.ts';
import { addJudge, judgeStudy, judgmentRows, PAIRWISE, rowsOf } from '../support/judge-study.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ENDPOINT = 'http://127.0.0.1:9/v1';
const SELECTION = { limit: null, slice: null, pairs: null, which: 'missing' } as const;

interface Line {
  readonly custom_id: string;
  readonly method: string;
  readonly url: string;
  readonly body: Asked['body'];
}

async function batchOf(pairs: number, limits?: { lines: number; bytes: number }) {
  const place = await judgeStudy(pairs);
  const judge = addJudge(place, { ...PAIRWISE, endpoint: ENDPOINT });
  const folder = join(temporaryFolder(), 'batch');
  const make = (runId: string) =>
    createBatch({
      ...place,
      judge,
      selection: SELECTION,
      folder,
      newRunId: runId,
      nowMs: 5,
      ...(limits === undefined ? {} : { limits }),
    });
  const result = make('run-a');
  const lines = result.files
    .flatMap(({ name }) => readFileSync(join(folder, name), 'utf8').trimEnd().split('\n'))
    .map((line) => JSON.parse(line) as Line);
  const collect = (texts: readonly string[]) => {
    const results = join(temporaryFolder(), 'results');
    mkdirSync(results);
    const files = texts.map((text, index) => {
      writeFileSync(join(results, `part-${index}.jsonl`), text);
      return { path: join(results, `part-${index}.jsonl`), name: `part-${index}.jsonl` };
    });
    return collectBatch({ ...place, judge, files, nowMs: 9 });
  };
  return { place, judge, folder, result, lines, make, collect };
}

/** What a batch runner writes for a line: verdicts by length, usage, and an id of its own. */
function answered({ custom_id, body }: Line, content = verdictByLength(body)): string {
  const message = { role: 'assistant', content, refusal: null };
  return JSON.stringify({
    id: `batch_req_${custom_id.slice(0, 6)}`,
    custom_id,
    response: {
      status_code: 200,
      request_id: `r-${custom_id.slice(0, 6)}`,
      body: {
        model: body.model,
        choices: [{ index: 0, finish_reason: 'stop', message }],
        usage: { prompt_tokens: 50, completion_tokens: 5, total_tokens: 55 },
      },
    },
    error: null,
  });
}

describe('batch files', () => {
  it('hold each request once, under a key of their own, within the limits of a file', async () => {
    const { result, lines, folder } = await batchOf(25, { lines: 20, bytes: 1e6 });
    expect(result).toMatchObject({ requests: 50, alreadyOut: 0 });
    expect(result.files.map(({ rows }) => rows)).toEqual([20, 20, 10]);
    for (const { name, sha256, bytes } of result.files) {
      const text = readFileSync(join(folder, name));
      expect([createHash('sha256').update(text).digest('hex'), text.length]).toEqual([sha256, bytes]);
    }
    expect(new Set(lines.map(({ custom_id }) => custom_id)).size).toBe(50);
    expect(lines[0]).toMatchObject({
      method: 'POST',
      url: '/v1/chat/completions',
      body: { model: 'synthetic-1', max_tokens: 1024 },
    });
    const small = await batchOf(4, { lines: 1000, bytes: 1500 });
    expect(small.result.files.length).toBeGreaterThan(1);
    expect(small.result.files.every(({ bytes }) => bytes <= 1500)).toBe(true);
  });

  it('are collected in any order, with failures as failures, and once', async () => {
    const { place, lines, collect, judge } = await batchOf(10);
    const [expired, refused, ...rest] = lines;
    if (expired === undefined || refused === undefined) throw new Error('no lines');
    const output = [...rest.map((line) => answered(line)), answered(refused, 'I cannot compare these.')]
      .reverse()
      .join('\n');
    const errors = JSON.stringify({
      id: 'x',
      custom_id: expired.custom_id,
      response: null,
      error: { code: 'batch_expired', message: 'It was too late.' },
    });
    expect(await collect([errors, output])).toMatchObject({
      judge,
      lines: 20,
      read: 18,
      refused: 1,
      error: 1,
      unknown: 0,
      stillOut: 0,
    });
    const rows = judgmentRows(place.storePath);
    expect(rows).toHaveLength(20);
    expect(rows.filter(({ verdict }) => verdict === 'error')).toEqual([
      expect.objectContaining({ failure: 'error' }),
    ]);
    expect(await collect([output])).toMatchObject({ read: 0, unknown: 19, stillOut: 0 });
    expect(judgmentRows(place.storePath)).toHaveLength(20);
    expect(rowsOf(place.storePath, 'SELECT ending FROM judge_runs')).toEqual([{ ending: 'finished' }]);
  });

  it('in parts leave the rest out, and a second batch asks for none of it again', async () => {
    const { place, lines, collect, make } = await batchOf(10);
    expect(() => make('run-b')).toThrow('out in batches already');
    expect(
      await collect([
        lines
          .slice(0, 8)
          .map((line) => answered(line))
          .join('\n'),
      ]),
    ).toMatchObject({ read: 8, stillOut: 12 });
    expect(() => make('run-c')).toThrow('out in batches already');
    expect(rowsOf(place.storePath, 'SELECT public_id FROM judge_runs')).toEqual([{ public_id: 'run-a' }]);
  });

  it.each([
    ['a line that is no JSON', 'not JSON', /line 2: .*JSON/u],
    ['a line that is no result', '{"id": 3}', /line 2: is no result of a batch/u],
  ])('with %s land not at all', async (_name, bad, message) => {
    const { place, lines, collect } = await batchOf(3);
    const [first] = lines;
    if (first === undefined) throw new Error('no lines');
    await expect(collect([`${answered(first)}\n${bad}\n`])).rejects.toThrow(message);
    expect(judgmentRows(place.storePath)).toEqual([]);
  });

  it('that cannot be written leave nothing behind', async () => {
    const place = await judgeStudy(3);
    const judge = addJudge(place, { ...PAIRWISE, endpoint: ENDPOINT });
    const folder = temporaryFolder();
    const request = {
      ...place,
      judge,
      selection: SELECTION,
      folder,
      newRunId: 'r',
      nowMs: 1,
      limits: { lines: 10, bytes: 100 },
    };
    expect(() => createBatch(request)).toThrow('larger than a batch file');
    expect(readdirSync(folder)).toEqual([]);
    expect(rowsOf(place.storePath, 'SELECT * FROM judge_requests')).toEqual([]);
  });

  it('of a judge that scores make judgments of both scores', async () => {
    const place = await judgeStudy(4);
    const judge = addJudge(place, {
      name: 'score',
      model: 'm',
      endpoint: ENDPOINT,
      prompt: '{{output}}',
      reply: { form: 'pointwise', lowest: 1, highest: 10, tieBand: 0, grammar: 'double_bracket' },
    });
    const folder = temporaryFolder();
    const { files } = createBatch({ ...place, judge, selection: SELECTION, folder, newRunId: 'r', nowMs: 1 });
    const lines = readFileSync(join(folder, files[0]?.name ?? ''), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Line);
    expect(lines).toHaveLength(8);
    const results = join(folder, 'results.jsonl');
    writeFileSync(
      results,
      lines
        .map((line) => answered(line))
        .reverse()
        .join('\n'),
    );
    expect(
      await collectBatch({ ...place, judge, files: [{ path: results, name: 'results.jsonl' }], nowMs: 2 }),
    ).toMatchObject({ read: 8 });
    expect(judgmentRows(place.storePath).map(({ verdict }) => verdict)).toEqual([
      'first',
      'first',
      'first',
      'tie',
    ]);
  });
});

describe('results that come while another writer is at work', () => {
  it('wait for their turn', async () => {
    const { place, lines, collect } = await batchOf(4);
    const other = new Store(place.storePath, { readonly: false });
    other.begin();
    const ways = [vi.spyOn(Store.prototype, 'write'), vi.spyOn(Store.prototype, 'begin')];
    onTestFinished(() => void vi.restoreAllMocks());
    const collecting = collect([lines.map((line) => answered(line)).join('\n')]);
    const turnedAway = () => ways.flatMap(({ mock }) => mock.results).filter(({ type }) => type === 'throw');
    await expect.poll(() => turnedAway().length).toBeGreaterThan(1);
    other.rollback();
    other.close();
    expect(await collecting).toMatchObject({ lines: 8, read: 8, stillOut: 0 });
  });
});

describe('a batch that the store cannot note', () => {
  it('leaves no file behind', async () => {
    const place = await judgeStudy(2);
    const judge = addJudge(place, { ...PAIRWISE, endpoint: ENDPOINT });
    const store = new Store(place.storePath, { readonly: false });
    // All is well until the transaction ends.
    store.write((store) =>
      store.execute(`CREATE TABLE owed (pair INTEGER REFERENCES pairs (id) DEFERRABLE INITIALLY DEFERRED);
      CREATE TRIGGER owes AFTER INSERT ON judge_requests BEGIN INSERT INTO owed VALUES (-1); END`),
    );
    store.close();
    const folder = join(temporaryFolder(), 'batch');
    const make = () =>
      createBatch({ ...place, judge, selection: SELECTION, folder, newRunId: 'run-b', nowMs: 6 });
    expect(make).toThrow(/FOREIGN KEY/u);
    expect(readdirSync(folder)).toEqual([]);
  });
});
