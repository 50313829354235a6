/** Batches sent to an endpoint and fetched from it: every state, every place to be killed, and nothing paid or counted twice. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createBatch } from '../../electron/core/judging/create-batch.ts';
import { cancelBatches, fetchBatches } from '../../electron/core/judging/fetch-batches.ts';
import { keepPriceTable } from '../../electron/core/judging/price.ts';
import { sendBatch } from '../../electron/core/judging/send-batch.ts';
import { Store } from '../../electron/core/store/engine/database.ts';
import { openRequests } from '../../electron/core/store/judging/judge-runs.ts';
import { NO_CONTROLS } from '../../electron/core/work/task-controls.ts';
import { type BatchServer, startBatchServer } from '../support/batch-server.ts';
import { commandLine } from '../support/command-line.ts';
import { addJudge, judgeStudy, judgmentRows, PAIRWISE, rowsOf } from '../support/judge-study.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let server: BatchServer;
beforeEach(async () => {
  server = await startBatchServer();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await server.close();
});

const SELECTION = { limit: null, slice: null, pairs: null, which: 'missing' } as const;

/** A study of ten pairs, whose twenty requests are in files. */
const STOPPED = { ...NO_CONTROLS, isCancelled: () => true };

async function written(limits = { lines: 1000, bytes: 1e6 }) {
  const place = await judgeStudy(10);
  const judge = addJudge(place, { ...PAIRWISE, endpoint: server.endpoint });
  const folder = temporaryFolder();
  const make = (newRunId: string) =>
    createBatch({ ...place, judge, selection: SELECTION, folder, newRunId, nowMs: 5, limits });
  const files = make('run-a').files.map(({ name }) => ({ path: join(folder, name), name }));
  const road = {
    ...place,
    judge,
    secrets: { apiKey: 'sk-batch-secret', headers: { 'X-Gateway': 'gateway-secret' } },
    timeoutMs: PATIENCE_MS,
    nowMs: 9,
    pauseShare: 0.001,
  };
  const send = (more: object = {}, controls = NO_CONTROLS) =>
    sendBatch({ ...road, files, maxCostUsd: null, ...more }, controls);
  const fetch = (more: object = {}) =>
    fetchBatches({ ...road, acceptCutPrompts: false, folder: null, ...more }, NO_CONTROLS);
  const out = () => {
    const store = new Store(place.storePath, { readonly: true });
    try {
      return openRequests(store, 1, 'in_batch');
    } finally {
      store.close();
    }
  };
  return { place, judge, folder, files, road, send, fetch, out, make };
}

const posts = (path: string) => server.asked.filter((each) => each.path === `POST ${path}`).length;

describe('a batch that is sent', () => {
  it('is uploaded as it is, begun once, and shows its keys in their headers alone', async () => {
    const { place, files, send, folder } = await written({ lines: 12, bytes: 1e6 });
    const first = await send();
    expect(first).toMatchObject([
      { what: 'sent', batchId: 'batch_1', status: 'validating', requests: 12 },
      { what: 'sent', batchId: 'batch_2', requests: 8 },
    ]);
    for (const [index, { path }] of files.entries())
      expect(server.files.get(`file-${index + 1}`)).toBe(readFileSync(path, 'utf8'));
    expect(server.batches.get('batch_1')).toMatchObject({
      input_file_id: 'file-1',
      endpoint: '/v1/chat/completions',
      completion_window: '24h',
    });
    expect(await send()).toMatchObject([
      { what: 'sent_before', batchId: 'batch_1' },
      { what: 'sent_before' },
    ]);
    expect([posts('/v1/files'), posts('/v1/batches')]).toEqual([2, 2]);
    for (const { headers } of server.asked)
      expect(headers).toMatchObject({
        authorization: 'Bearer sk-batch-secret',
        'x-gateway': 'gateway-secret',
      });
    const kept = readFileSync(place.storePath).toString('latin1');
    expect(kept).not.toContain('sk-batch-secret');
    expect(kept).not.toContain('gateway-secret');
    expect(readdirSync(folder)).toHaveLength(2);
    expect(
      rowsOf<{ action: string }>(place.storePath, 'SELECT action FROM audit_log').filter(
        ({ action }) => action === 'judge_batch_sent',
      ),
    ).toHaveLength(2);
  });

  it.each([
    ['POST /v1/files', [2, 1]],
    ['POST /v1/batches', [1, 1]],
  ])('whose answer to %s is lost is not begun twice', async (path, expected) => {
    const { send, fetch } = await written();
    server.misbehave((asked) =>
      asked === path && posts(path.slice(5)) === 1 ? 'lose_the_answer' : undefined,
    );
    const lost = send();
    if (path === 'POST /v1/batches') await expect(lost).rejects.toThrow('goes on from there');
    else await lost;
    server.misbehave(undefined);
    expect(await send()).toMatchObject([{ batchId: 'batch_1' }]);
    expect([posts('/v1/files'), posts('/v1/batches')]).toEqual(expected);
    server.move('completed');
    expect(await fetch()).toMatchObject([{ what: 'collected', collected: { read: 20 } }]);
  });

  it('is found among many by whoever fetches, too', async () => {
    const { send, fetch } = await written({ lines: 4, bytes: 1e6 });
    server.misbehave((path) =>
      path === 'POST /v1/batches' && posts('/v1/batches') === 1 ? 'lose_the_answer' : undefined,
    );
    await expect(send()).rejects.toThrow();
    server.misbehave(undefined);
    // Others of the account stand before it in the list.
    const [first] = server.batches.values();
    for (let other = 0; other < 5; other++)
      server.batches.set(`batch_x${other}`, {
        ...first,
        id: `batch_x${other}`,
        input_file_id: `file-x${other}`,
      });
    expect(await fetch()).toMatchObject([{ what: 'at_work', batchId: 'batch_1' }]);
    expect(posts('/v1/batches')).toBe(1);
  });

  it.each([
    [
      401,
      { error: { message: 'Incorrect API key provided: sk-batch-secret.' } },
      'Incorrect API key provided: [key]',
    ],
    [404, { error: { message: 'Not Found' } }, 'usually ends in /v1'],
    [400, { error: { message: 'Invalid file format.' } }, 'Invalid file format'],
    [402, { error: { message: 'Insufficient Balance' } }, 'no credit left'],
    [200, { id: 'file-1' }, 'does it have one'],
    [503, { error: { message: 'overloaded' } }, 'overloaded'],
  ])('and turned away with %s says why, and can be sent again', async (status, body, message) => {
    const { send } = await written();
    server.misbehave((path) => (path === 'POST /v1/batches' ? { status, body } : undefined));
    await expect(send()).rejects.toThrow(message);
    server.misbehave(undefined);
    expect(await send()).toMatchObject([{ batchId: 'batch_1' }]);
    expect(posts('/v1/files')).toBe(1);
  });

  it('waits where it is asked to, and can be stopped', async () => {
    const { send } = await written();
    server.misbehave((path) =>
      path === 'POST /v1/files' && posts('/v1/files') < 3 ? { status: 429 } : undefined,
    );
    expect(await send()).toMatchObject([{ what: 'sent' }]);
    expect(posts('/v1/files')).toBe(3);
    await expect(send({ files: [] }, STOPPED)).resolves.toEqual([]);
    const other = await written();
    await expect(other.send({}, STOPPED)).rejects.toThrow('Stopped');
    expect(await other.send()).toMatchObject([{ what: 'sent' }]);
  });

  it('may not cost more than the ceiling, counted at its dearest before anything leaves', async () => {
    const { send, place } = await written();
    await expect(send({ maxCostUsd: 1 })).rejects.toThrow('There is no price');
    const store = new Store(place.storePath, { readonly: false });
    store.write((store) =>
      keepPriceTable(store, { 'synthetic-*': { inputPerMillion: 1, outputPerMillion: 10 } }),
    );
    store.close();
    // Twenty requests of 1,024 tokens out are 20.48 cents, and some for what goes in.
    await expect(send({ maxCostUsd: 0.2 })).rejects.toThrow(
      /up to \$0\.2\d, more than the ceiling of \$0\.20/u,
    );
    expect(server.asked).toEqual([]);
    expect(await send({ maxCostUsd: 0.25 })).toMatchObject([{ what: 'sent' }]);
    expect(await send({ maxCostUsd: 0.01 })).toMatchObject([{ what: 'sent_before' }]);
  });

  it.each([
    ['no file', null, 'is no file'],
    ['nothing', '\n', 'holds no request'],
    ['no JSON', 'x', 'line 1: is no request'],
    [
      'another address',
      '{"custom_id":"a","method":"POST","url":"/v1/files","body":{}}',
      'line 1: is no request of “judge batch create” (url)',
    ],
    [
      'another model',
      '{"custom_id":"a","method":"POST","url":"/v1/chat/completions","body":{"model":"x","messages":[]}}',
      'asks the model x',
    ],
    [
      'a request that is not out',
      '{"custom_id":"a","method":"POST","url":"/v1/chat/completions","body":{"model":"synthetic-1","messages":[]}}',
      'line 1: is not out',
    ],
  ])('is one of this judge: %s is refused with file and line', async (_name, text, message) => {
    const { send, folder } = await written();
    const path = join(folder, 'bad.jsonl');
    if (text !== null) writeFileSync(path, text);
    await expect(send({ files: [{ path, name: 'bad.jsonl' }] })).rejects.toThrow(message);
    expect(server.asked).toEqual([]);
  });
});

describe('a batch that is fetched', () => {
  it('is left alone as long as it works, taken in once, and then asked for no more', async () => {
    const { send, fetch, place, out, folder } = await written();
    await send();
    for (const status of ['validating', 'in_progress', 'finalizing', 'cancelling', 'of another time']) {
      server.move(status);
      expect(await fetch()).toMatchObject([{ what: 'at_work', status }]);
      expect(out()).toBe(20);
    }
    server.move('completed');
    expect(await fetch()).toMatchObject([
      {
        what: 'collected',
        status: 'completed',
        completed: 20,
        unanswered: 0,
        collected: { read: 20, stillOut: 0 },
      },
    ]);
    const rows = judgmentRows(place.storePath);
    expect(rows).toHaveLength(20);
    const asked = server.asked.length;
    expect(await fetch()).toEqual([]);
    expect(server.asked).toHaveLength(asked);
    expect(judgmentRows(place.storePath)).toEqual(rows);
    expect(rowsOf(place.storePath, 'SELECT ending FROM judge_runs')).toEqual([{ ending: 'finished' }]);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it.each(['expired', 'cancelled'])(
    'and %s gives what it got to; what it left is asked in the next',
    async (status) => {
      const { send, fetch, place, make, out } = await written();
      await send();
      server.move(status, 12, 5);
      expect(await fetch()).toMatchObject([
        { what: 'collected', status, unanswered: 3, collected: { read: 12, error: 5 } },
      ]);
      expect(out()).toBe(0);
      expect(judgmentRows(place.storePath)).toHaveLength(17);
      expect(make('run-b')).toMatchObject({ requests: 3, alreadyOut: 0 });
    },
  );

  it('and cancelled before it began leaves everything to ask', async () => {
    const { send, fetch, make, road } = await written();
    await send();
    expect(await cancelBatches(road, NO_CONTROLS)).toMatchObject([{ status: 'cancelling' }]);
    expect(posts('/v1/batches/batch_1/cancel')).toBe(1);
    server.move('cancelled', 0, 0);
    expect(await fetch()).toMatchObject([{ what: 'collected', unanswered: 20, collected: { lines: 0 } }]);
    expect(make('run-b')).toMatchObject({ requests: 20 });
  });

  it('and failed says why, and its file can be sent again', async () => {
    const { send, fetch, out } = await written();
    await send();
    server.move('failed');
    expect(await fetch()).toMatchObject([
      { what: 'failed', problems: ['line 1: The model does not exist.'], collected: null },
    ]);
    expect(out()).toBe(20);
    expect(await send()).toMatchObject([{ what: 'sent', batchId: 'batch_2' }]);
    server.move('completed');
    expect(await fetch()).toMatchObject([{ what: 'collected', collected: { read: 20 } }]);
  });

  it('with a file that breaks off, or with a line that is no result, lands not at all', async () => {
    const { send, fetch, place, out } = await written();
    await send();
    server.move('completed');
    server.misbehave((path) => (path.includes('/content') ? 'cut_the_file' : undefined));
    await expect(fetch()).rejects.toThrow('broke off on its way');
    expect([judgmentRows(place.storePath).length, out()]).toEqual([0, 20]);
    const whole = server.files.get('output-batch_1') ?? '';
    server.misbehave(undefined);
    server.files.set('output-batch_1', `${whole}{"id": 3}\n`);
    await expect(fetch()).rejects.toThrow('line 21');
    expect([judgmentRows(place.storePath).length, out()]).toEqual([0, 20]);
    server.files.set('output-batch_1', whole);
    const folder = join(temporaryFolder(), 'kept');
    expect(await fetch({ folder })).toMatchObject([{ what: 'collected', collected: { read: 20 } }]);
    expect(readFileSync(join(folder, 'batch_1-results.jsonl'), 'utf8')).toBe(whole);
  });

  it('and killed after it was taken in is not counted again', async () => {
    const { send, fetch, place } = await written();
    await send();
    server.move('completed');
    await fetch();
    const rows = judgmentRows(place.storePath);
    const store = new Store(place.storePath, { readonly: false });
    store.write((store) => store.execute('UPDATE judge_batches SET ended_at = NULL'));
    store.close();
    expect(await fetch()).toMatchObject([{ what: 'collected', collected: { read: 0, unknown: 20 } }]);
    expect(judgmentRows(place.storePath)).toEqual(rows);
  });
});

describe('touchstone judge batch', () => {
  it('sends and fetches, and says what it did', async () => {
    const { place, judge, files } = await written();
    const { folder, run: runLine } = commandLine();
    vi.stubEnv('TOUCHSTONE_JUDGE_ENDPOINT', server.endpoint);
    vi.stubEnv('TOUCHSTONE_JUDGE_KEY', 'sk-from-environment');
    vi.stubEnv('TOUCHSTONE_KEY_FILE', join(folder, 'keys.json'));
    const run = async (...words: string[]) => {
      const { code, out, complaint } = await runLine(...words);
      return { code, text: `${out}${complaint}` };
    };
    const [{ name: study } = { name: '' }] = rowsOf<{ name: string }>(
      place.storePath,
      'SELECT name FROM studies',
    );
    const at = ['--study', study, '--judge', judge, '--store', place.storePath];
    const sent = await run('judge', 'batch', 'send', files[0]?.path ?? '', ...at);
    expect(sent).toMatchObject({ code: 0, text: expect.stringContaining('batch_1') });
    expect(server.asked[0]?.headers.authorization).toBe('Bearer sk-from-environment');
    const waiting = await run('judge', 'batch', 'fetch', ...at);
    expect(waiting).toMatchObject({ code: 1, text: expect.stringContaining('validating') });
    server.move('completed');
    const done = await run('judge', 'batch', 'fetch', ...at, '--wait');
    expect(done).toMatchObject({ code: 0, text: expect.stringContaining('read 20') });
    expect(await run('judge', 'batch', 'fetch', ...at)).toMatchObject({
      code: 0,
      text: expect.stringContaining('No batch'),
    });
  });
});
