/** What real endpoints do, against real servers: what is recorded, how often they are asked, and what is said of it. */

import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { endpointProblem, isNearAddress, mendAddress } from '../../electron/core/judging/endpoint-address.ts';
import { EndpointRest } from '../../electron/core/judging/endpoint-rest.ts';
import { finiteJson } from '../../electron/core/judging/finite-json.ts';
import { keepPriceTable } from '../../electron/core/judging/price.ts';
import { busyDelayMs, retryAfterMs, retryDelayMs } from '../../electron/core/judging/retry-delay.ts';
import { Store } from '../../electron/core/store/engine/database.ts';
import { judgeDefinitionSchema } from '../../shared/judge/judge-definition.ts';
import { type Asked, type ChatServer, startChatServer, verdictByLength } from '../support/chat-server.ts';
import { importText, jsonLines } from '../support/comparisons.ts';
import {
  addJudge,
  judgeStudy,
  judgmentRows,
  PAIRWISE,
  reportOf,
  rowsOf,
  runTestJudge,
} from '../support/judge-study.ts';
import { openTestApp } from '../support/open-app.ts';
import { SELF_SIGNED } from '../support/self-signed.ts';

let server: ChatServer;
beforeEach(async () => {
  server = await startChatServer();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await server.close();
});

const USAGE = { prompt_tokens: 100, completion_tokens: 10, total_tokens: 110 };
const completion = (choice: object, more: object = {}) => ({
  kind: 'status' as const,
  status: 200,
  body: {
    model: 'synthetic-1',
    choices: [{ index: 0, finish_reason: 'stop', ...choice }],
    usage: USAGE,
    ...more,
  },
});
const said = (content: unknown, message: object = {}) =>
  completion({ message: { role: 'assistant', content, ...message } });

describe('an answer', () => {
  const parts = [
    { type: 'thinking', thinking: [{ type: 'text', text: 'Maybe [[A]]' }] },
    { type: 'text', text: '[[B]]' },
  ];
  const token = { token: 'A', logprob: -0.2, top_logprobs: [{ token: 'B', logprob: null }] };
  it.each([
    ['in parts', said(parts), 'second', null],
    ['in parts without kinds', said([{ text: '[[B]]' }]), 'second', null],
    ['of thoughts kept apart', said(null, { reasoning_content: 'So [[A]].' }), 'unparsed', 'unparsed'],
    ['beside other thoughts', said('[[B]]', { reasoning: 'So [[A]].' }), 'second', null],
    [
      'with a null probability',
      completion({ message: { content: '[[A]]' }, logprobs: { content: [token] } }),
      'first',
      null,
    ],
    [
      'with probabilities of the old form',
      completion({ message: { content: '[[A]]' }, logprobs: { tokens: ['A'] } }),
      'first',
      null,
    ],
    [
      'with odd probabilities',
      completion({ message: { content: '[[A]]' }, logprobs: 'many' }),
      'first',
      null,
    ],
    [
      'of several choices, the first of which is not the first',
      completion(
        { index: 1, message: { content: '[[B]]' } },
        {
          choices: [
            { index: 1, message: { content: '[[B]]' } },
            { index: 0, message: { content: '[[A]]' } },
          ],
        },
      ),
      'first',
      null,
    ],
    [
      'stopped by a filter',
      completion({ finish_reason: 'SAFETY', message: { content: '' } }),
      'unparsed',
      'refused',
    ],
    [
      'cut off in another word',
      completion({ finish_reason: 'MAX_TOKENS', message: { content: '[[A' } }),
      'unparsed',
      'truncated',
    ],
  ] as const)('%s', async (_name, fault, verdict, failure) => {
    const place = await judgeStudy(1);
    const judge = addJudge(place, { ...PAIRWISE, endpoint: server.endpoint, orders: 'a_first' });
    server.misbehave(() => fault);
    expect(await runTestJudge(place, judge)).toMatchObject({ ending: 'finished' });
    expect(server.asked).toHaveLength(1);
    expect(judgmentRows(place.storePath)).toMatchObject([{ verdict, failure }]);
  });

  it.each([
    [
      'in its reason to finish',
      completion({ finish_reason: 'error', message: { content: 'I lean to [[A]] but' } }),
    ],
    ['in its choice', completion({ error: { code: 502, message: 'gone' }, message: { content: '[[A]]' } })],
    ['in its body', completion({ message: { content: '[[A]]' } }, { error: { message: 'gone' } })],
    ['as an abort', completion({ finish_reason: 'abort', message: { content: '[[A]]' } })],
  ])('that failed on the way is asked for again: %s', async (_name, fault) => {
    const place = await judgeStudy(1);
    const judge = addJudge(place, { ...PAIRWISE, endpoint: server.endpoint, orders: 'a_first' });
    server.misbehave((_asked, count) => (count === 1 ? fault : { kind: 'reply', content: '[[B]]' }));
    expect(await runTestJudge(place, judge)).toMatchObject({ ending: 'finished', read: 1, error: 0 });
    expect(judgmentRows(place.storePath)).toMatchObject([{ verdict: 'second' }]);
  });

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
    ['zstd', zstdCompressSync],
  ] as const)('that is packed unasked is read, once it comes whole: %s', async (encoding, pack) => {
    const place = await judgeStudy(1);
    const judge = addJudge(place, { ...PAIRWISE, endpoint: server.endpoint, orders: 'a_first' });
    const whole = pack(JSON.stringify(said('[[B]]').body));
    server.misbehave((_asked, count) => ({
      kind: 'text',
      text: count === 1 ? whole.subarray(0, whole.length / 2) : whole,
      contentType: 'application/json',
      encoding,
    }));
    expect(await runTestJudge(place, judge)).toMatchObject({ ending: 'finished', read: 1 });
    expect(judgmentRows(place.storePath)).toMatchObject([{ verdict: 'second' }]);
    expect(server.asked).toHaveLength(2);
    // A little that becomes a lot is given up like anything that is too long.
    const endless = gzipSync(Buffer.alloc(40 * 2 ** 20, ' '));
    server.misbehave(() => ({
      kind: 'text',
      text: endless,
      contentType: 'application/json',
      encoding: 'gzip',
    }));
    const again = addJudge(place, { ...PAIRWISE, name: 'b', endpoint: server.endpoint, orders: 'a_first' });
    expect(await runTestJudge(place, again)).toMatchObject({ read: 0, error: 1 });
    expect(server.asked).toHaveLength(3);
  });

  it('with numbers that JSON does not have is read', () => {
    const text = '{"a": -Infinity, "b": [NaN, Infinity], "c": "NaN, -Infinity \\" NaN"}';
    expect(JSON.parse(finiteJson(text))).toEqual({ a: null, b: [null, null], c: 'NaN, -Infinity " NaN' });
    expect(finiteJson('{"c": "NaN"}')).toBe('{"c": "NaN"}');
  });
});

describe('an answer that is streamed though nobody asked for it', () => {
  const event = (chunk: object) => `data: ${JSON.stringify(chunk)}\n\n`;
  const piece = (delta: object, more: object = {}) =>
    event({ model: 'synthetic-1', choices: [{ index: 0, delta, finish_reason: null, ...more }] });
  const end = (reason = 'stop') =>
    event({ choices: [{ index: 0, delta: {}, finish_reason: reason }] }) +
    event({ choices: [], usage: { prompt_tokens: 321, completion_tokens: 45, total_tokens: 366 } });
  const done = 'data: [DONE]\n\n';
  const role = piece({ role: 'assistant', content: '' });
  const whole =
    role + piece({ content: 'Because.\n\n[[' }) + piece({ content: 'B' }) + piece({ content: ']]' });
  const tokens = ['[[', 'B', ']]'].map((token) =>
    piece(
      { content: token },
      {
        logprobs: {
          content: [
            {
              token,
              logprob: Math.log(token === 'B' ? 0.75 : 1),
              top_logprobs: token === 'B' ? [{ token: 'A', logprob: Math.log(0.25) }] : [],
            },
          ],
        },
      },
    ),
  );
  const counts = { promptTokens: 321, completionTokens: 45 };

  it.each([
    ['in pieces', whole + end() + done, 'second', null, counts],
    ['without its last line', whole + end(), 'second', null, counts],
    ['without a reason to finish', whole + done, 'second', null, {}],
    [
      'with signs of life',
      `: waiting\n\nevent: ping\ndata: {"type":"ping"}\n\n${whole}${end()}${done}`,
      'second',
      null,
      counts,
    ],
    [
      'with other ends of lines',
      (whole + end() + done).replaceAll('\n\n', '\r\n\r\n'),
      'second',
      null,
      counts,
    ],
    ['with old ends of lines', (whole + end() + done).replaceAll('\n\n', '\r\r'), 'second', null, counts],
    ['without blanks', (whole + end() + done).replaceAll('data: ', 'data:'), 'second', null, counts],
    [
      'with data over several lines',
      `data: {"choices":\ndata: [{"delta": {"content": "[[B]]"}}]}\n\n${done}`,
      'second',
      null,
      {},
    ],
    [
      'with reasons that are none',
      `${piece({ content: '[[' }, { finish_reason: 'null' })}${piece({ content: 'B]]' }, { finish_reason: '' })}${end()}`,
      'second',
      null,
      counts,
    ],
    [
      'with thoughts apart',
      piece({ reasoning_content: 'So [[A]]' }) + piece({ reasoning: '[[A]]', content: null }) + whole + end(),
      'second',
      null,
      counts,
    ],
    [
      'with thoughts as parts',
      piece({ content: [{ type: 'thinking', thinking: [{ type: 'text', text: '[[A]]' }] }] }) + whole + end(),
      'second',
      null,
      counts,
    ],
    [
      'with thoughts in the text',
      piece({ content: '<think>[[A]]' }) + piece({ content: '</think>' }) + whole + end(),
      'second',
      null,
      counts,
    ],
    [
      'with the whole at its end',
      `${whole}${event({ choices: [{ index: 0, message: { content: '[[B]]' }, finish_reason: 'stop' }] })}`,
      'second',
      null,
      {},
    ],
    [
      'as one event',
      event({
        choices: [{ index: 0, message: { content: '[[B]]' }, finish_reason: 'stop' }],
        usage: { prompt_tokens: 321, completion_tokens: 45 },
      }) + done,
      'second',
      null,
      counts,
    ],
    [
      'with a count in every piece',
      event({
        choices: [{ index: 0, delta: { content: '[[B]]' } }],
        usage: { prompt_tokens: 321, completion_tokens: 1 },
      }) + end(),
      'second',
      null,
      counts,
    ],
    [
      'of several choices',
      event({ choices: [{ index: 1, delta: { content: '[[A]]' }, finish_reason: 'stop' }] }) + whole + end(),
      'second',
      null,
      counts,
    ],
    ['as another kind', whole + end() + done, 'second', null, counts, 'application/json'],
    [
      'with numbers that JSON does not have',
      `data: {"choices":[{"delta":{"content":"[[B]]"},"logprobs":{"content":[{"token":"x","logprob":-Infinity}]}}]}\n\n${done}`,
      'second',
      null,
      {},
    ],
    [
      'cut off by its limit',
      piece({ content: 'Because' }) + end('length') + done,
      'unparsed',
      'truncated',
      counts,
    ],
    [
      'stopped by a filter',
      piece({ content: '[[A]]' }) + end('content_filter') + done,
      'unparsed',
      'refused',
      counts,
    ],
    [
      'that refuses',
      piece({ refusal: 'I cannot' }) + piece({ refusal: ' help.' }) + end() + done,
      'unparsed',
      'refused',
      counts,
    ],
  ] as const)('%s', async (_name, text, verdict, failure, expected, contentType?: string) => {
    const place = await judgeStudy(1);
    const judge = addJudge(place, { ...PAIRWISE, endpoint: server.endpoint, orders: 'a_first' });
    server.misbehave(() => ({ kind: 'text', text, ...(contentType === undefined ? {} : { contentType }) }));
    expect(await runTestJudge(place, judge)).toMatchObject({ ending: 'finished' });
    expect(server.asked).toHaveLength(1);
    expect(judgmentRows(place.storePath)).toMatchObject([{ verdict, failure }]);
    const [reply] = rowsOf(
      place.storePath,
      'SELECT prompt_tokens AS promptTokens, completion_tokens AS completionTokens FROM judge_replies',
    );
    expect(reply).toMatchObject(expected);
  });

  it('keeps the probabilities of its tokens', async () => {
    const place = await judgeStudy(1);
    const judge = addJudge(place, {
      ...PAIRWISE,
      endpoint: server.endpoint,
      orders: 'a_first',
      parameters: { topLogProbabilities: 5 },
    });
    server.misbehave(() => ({ kind: 'text', text: tokens.join('') + end() }));
    await runTestJudge(place, judge);
    const [row] = rowsOf<{ value: number }>(
      place.storePath,
      'SELECT probability_first AS value FROM judge_replies',
    );
    expect(row?.value).toBeCloseTo(0.25, 6);
  });

  it.each([
    ['that breaks off', whole],
    ['that breaks off within an event', `${whole}data: {"choices": [{"del`],
    ['with an error on the way', `${whole}event: error\ndata: {"message": "gone"}\n\n`],
    ['with an error in a piece', whole + event({ error: { code: 502, message: 'gone' } })],
    ['with an error of its choice', whole + piece({}, { finish_reason: 'error' }) + done],
    ['that says nothing', done],
  ])('%s is asked for again', async (_name, text) => {
    const place = await judgeStudy(1);
    const judge = addJudge(place, { ...PAIRWISE, endpoint: server.endpoint, orders: 'a_first' });
    server.misbehave((_asked, count) =>
      count === 1 ? { kind: 'text', text } : { kind: 'reply', content: '[[A]]' },
    );
    expect(await runTestJudge(place, judge)).toMatchObject({ ending: 'finished', read: 1 });
    expect(judgmentRows(place.storePath)).toMatchObject([{ verdict: 'first' }]);
  });

  it('of another API stops the run with what mends it, and an endless one is given up', async () => {
    const place = await judgeStudy(6);
    const judge = addJudge(place, { ...PAIRWISE, endpoint: server.endpoint });
    server.misbehave(() => ({
      kind: 'text',
      text: 'event: message_start\ndata: {"type":"message_start","message":{"content":[]}}\n\n',
    }));
    const result = await runTestJudge(place, judge, { concurrency: 1 });
    expect(result).toMatchObject({ ending: 'failed', done: 0 });
    expect(result.message).toMatch(/stream of events that is no chat completion.*turn streaming off/u);
    expect(server.asked).toHaveLength(1);
    server.misbehave(() => ({ kind: 'text', text: piece({ content: 'x'.repeat(2 ** 20) }).repeat(40) }));
    const endless = await runTestJudge(place, judge, {
      selection: { limit: 1, slice: null, pairs: null, which: 'missing' },
      concurrency: 1,
    });
    expect(endless).toMatchObject({ read: 0, error: 2 });
  });
});

describe('what stops a run and what does not', () => {
  it.each([
    [{ type: 'message', content: [{ type: 'text', text: '[[A]]' }], usage: { input_tokens: 1 } }],
    [{ candidates: [{ content: { parts: [{ text: '[[A]]' }] } }], usageMetadata: {} }],
    [{ message: { role: 'assistant', content: '[[A]]' }, done: true }],
    [{ object: 'response', output: [{ type: 'message', content: [] }] }],
  ])('an answer of another API stops it, with what mends it: %j', async (body) => {
    const place = await judgeStudy(10);
    const judge = addJudge(place, { ...PAIRWISE, endpoint: server.endpoint });
    server.misbehave(() => ({ kind: 'status', status: 200, body }));
    expect(await runTestJudge(place, judge, { concurrency: 1 })).toMatchObject({
      ending: 'failed',
      done: 0,
      message: expect.stringContaining('another API'),
    });
    expect(server.asked).toHaveLength(1);
  });

  it.each([
    ['no money', 402, { message: 'Insufficient Balance' }, 'no credit left'],
    ['no money, as a bad request', 400, { message: 'Your credit balance is too low.' }, 'no credit left'],
    ['a wrong address', 404, { message: 'Not Found' }, '/v1'],
    [
      'a parameter that is not known',
      400,
      {
        message: "Unsupported value: 'temperature' does not support 0 with this model.",
        code: 'unsupported_value',
      },
      'Leave that parameter out',
    ],
    ['a limit for hours', 429, { message: 'slow' }, 'more than a day'],
  ])('%s stops it and makes no error of a pair', async (_name, status, error, message) => {
    const place = await judgeStudy(10);
    const judge = addJudge(place, { ...PAIRWISE, endpoint: server.endpoint });
    server.misbehave(() => ({ kind: 'status', status, body: { error }, headers: { 'retry-after': '9e9' } }));
    const result = await runTestJudge(place, judge, { concurrency: 2 });
    expect(result).toMatchObject({
      ending: 'failed',
      done: 0,
      uncertain: 0,
      message: expect.stringContaining(message),
    });
    expect(server.asked.length).toBeLessThanOrEqual(2);
  });

  it.each([
    [400, { error: { code: 'content_filter', message: 'The response was filtered.' } }],
    [
      400,
      {
        error: {
          message: 'triggering the content management policy',
          innererror: { code: 'ResponsibleAIPolicyViolation' },
        },
      },
    ],
    [400, { error: { message: 'Content Exists Risk' } }],
    [400, { code: 'DataInspectionFailed', message: 'Input data may contain inappropriate content.' }],
    [403, { error: { message: 'Your input was flagged', metadata: { reasons: ['violence'] } } }],
    [200, { error: { code: 400, message: 'blocked by our content filter' } }],
  ])('a filter of the provider (%s %j) is a refusal and stops nothing', async (status, body) => {
    const place = await judgeStudy(15);
    const judge = addJudge(place, { ...PAIRWISE, endpoint: server.endpoint });
    server.misbehave(() => ({ kind: 'status', status, body }));
    expect(await runTestJudge(place, judge)).toMatchObject({ ending: 'finished', refused: 30, error: 0 });
    expect(server.asked).toHaveLength(30);
  });
});

describe('a limit of rates', () => {
  it.each([
    ['0', 'Retry-After: 0'],
    [new Date(Date.now() - 30_000).toUTCString(), 'a date that is over'],
    [undefined, 'no header'],
  ])('costs no pair its verdict: %s', async (header, _name) => {
    const place = await judgeStudy(12);
    const judge = addJudge(place, { ...PAIRWISE, endpoint: server.endpoint });
    // Six in a row are refused, as often as a request may fail, whoever asks.
    server.misbehave((_asked, count) =>
      count % 9 >= 7
        ? {
            kind: 'status',
            status: 429,
            ...(header === undefined ? {} : { headers: { 'retry-after': header } }),
          }
        : undefined,
    );
    expect(await runTestJudge(place, judge, { concurrency: 3 })).toMatchObject({
      ending: 'finished',
      read: 24,
      error: 0,
      uncertain: 0,
    });
  });

  it('is met with longer pauses and fewer requests at one time, and given up after a minute', () => {
    const rest = new EndpointRest(8);
    const open = () => {
      let count = 0;
      for (; rest.hasRoom; count++) rest.begin();
      for (let each = 0; each < count; each++) rest.end();
      return count;
    };
    expect(open()).toBe(8);
    let waitedMs = 0;
    for (let pause = 1; pause <= 7; pause++) {
      const nowMs = Date.now();
      expect(rest.leaveAlone(0, performance.now() + pause, 'long')).toBe(true);
      // One that was sent before the pause tells nothing new.
      expect(rest.leaveAlone(null, Number.NEGATIVE_INFINITY, 'long')).toBe(true);
      waitedMs += 500 * 2 ** (pause - 1);
      expect(rest.until - nowMs).toBeGreaterThanOrEqual(500 * 2 ** (pause - 1));
    }
    expect(open()).toBe(1);
    expect(waitedMs).toBeGreaterThan(60_000);
    expect(rest.leaveAlone(0, performance.now() + 100, 'long')).toBe(false);
    for (let answer = 0; answer < 200; answer++) rest.speedUp();
    expect(open()).toBe(8);
    expect(rest.leaveAlone(0, performance.now() + 200, 'long')).toBe(true);
  });

  it('is never shorter than its own pause', () => {
    for (const asked of [null, 0, 10]) {
      expect(retryDelayMs(3, asked, 0)).toBe(1000);
      expect(busyDelayMs(3, asked, 0)).toBe(2000);
    }
    expect(retryDelayMs(1, 10_000, 0)).toBe(10_000);
    expect(busyDelayMs(1, 10_000, 0.99)).toBeGreaterThan(10_000);
  });

  const now = Date.UTC(2026, 0, 2);
  it.each([
    [{ 'retry-after': '0' }, 0],
    [{ 'retry-after': '2' }, 2000],
    [{ 'retry-after': '1.5' }, 1500],
    [{ 'retry-after': '3s' }, 3000],
    [{ 'retry-after': '250ms' }, 250],
    [{ 'retry-after-ms': '40', 'retry-after': '9' }, 40],
    [{ 'x-ms-retry-after-ms': '70' }, 70],
    [{ 'retry-after': 'Fri, 02 Jan 2026 00:00:05 GMT' }, 5000],
    [{ 'retry-after': 'Thu, 01 Jan 2026 00:00:00 GMT' }, 0],
    [{ 'retry-after': '-5' }, null],
    [{ 'retry-after': 'soon' }, null],
    [{ 'retry-after': '' }, null],
    [{}, null],
  ] as [Record<string, string>, number | null][])('%j asks for %s ms', (headers, expected) => {
    expect(retryAfterMs((name) => headers[name] ?? null, now)).toBe(expected);
  });
});

describe('an endpoint that is not reached', () => {
  it('is named with what mends it, and makes no error of a pair', async () => {
    const place = await judgeStudy(3);
    const judge = addJudge(place, { ...PAIRWISE, endpoint: server.endpoint });
    await server.close();
    const result = await runTestJudge(place, judge);
    expect(result).toMatchObject({ ending: 'failed', done: 0, uncertain: 0 });
    expect(result.message).toMatch(/^Nothing answers at http:\/\/127\.0\.0\.1:\d+ .* start the server/u);
  });

  it('by a name that nobody knows is named', async () => {
    const place = await judgeStudy(1);
    const judge = addJudge(place, { ...PAIRWISE, endpoint: 'https://no-such-host.invalid/v1' });
    const { message } = await runTestJudge(place, judge);
    expect(message).toMatch(/no-such-host\.invalid .*DNS/u);
  });

  it('for its certificate says which variable trusts it, after one try', async () => {
    let connections = 0;
    const tls = createTlsServer(SELF_SIGNED, (_request, response) => response.end('{}'));
    tls.on('connection', () => connections++);
    await new Promise<void>((resolve) => tls.listen(0, '127.0.0.1', resolve));
    const { port } = tls.address() as AddressInfo;
    const place = await judgeStudy(5);
    const judge = addJudge(place, { ...PAIRWISE, endpoint: `https://127.0.0.1:${port}/v1` });
    const result = await runTestJudge(place, judge, { concurrency: 1 });
    expect(result).toMatchObject({ ending: 'failed', done: 0, uncertain: 0 });
    expect(result.message).toMatch(/not trusted: it is signed by itself.*NODE_EXTRA_CA_CERTS/u);
    expect(connections).toBe(1);
    const plain = addJudge(place, { ...PAIRWISE, endpoint: server.endpoint.replace('http:', 'https:') });
    expect((await runTestJudge(place, plain)).message).toMatch(/does not speak TLS.*http:\/\//u);
    tls.close();
    tls.closeAllConnections();
  });
});

describe('a proxy', () => {
  it('of the environment carries what goes out over TLS, sees no text, and nothing of one’s own network', async () => {
    const connects: string[] = [];
    const tls = createTlsServer(SELF_SIGNED, (_request, response) => response.end('{}'));
    await new Promise<void>((resolve) => tls.listen(0, '127.0.0.1', resolve));
    const { port } = tls.address() as AddressInfo;
    const proxy = createServer((_request, response) => response.writeHead(500).end());
    proxy.on('connect', (request, socket) => {
      connects.push(request.url ?? '');
      const through = connect(port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        through.pipe(socket).pipe(through);
      });
      for (const each of [through, socket]) each.on('error', () => undefined);
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    for (const name of ['HTTPS_PROXY', 'HTTP_PROXY', 'http_proxy', 'https_proxy']) vi.stubEnv(name, address);
    const place = await judgeStudy(2);
    const outside = addJudge(place, { ...PAIRWISE, endpoint: 'https://judge.example.com/v1' });
    expect((await runTestJudge(place, outside)).message).toMatch(/not trusted/u);
    expect(connects[0]).toBe('judge.example.com:443');
    vi.stubEnv('NO_PROXY', 'judge.example.com');
    vi.stubEnv('no_proxy', 'judge.example.com');
    const seen = connects.length;
    await runTestJudge(place, outside);
    const inside = addJudge(place, { ...PAIRWISE, endpoint: server.endpoint });
    expect(await runTestJudge(place, inside)).toMatchObject({ read: 4 });
    expect(connects).toHaveLength(seen);
    for (const each of [tls, proxy]) {
      each.close();
      each.closeAllConnections();
    }
  });
});

describe('an address', () => {
  it.each([
    ...['http://gpu01:8000/v1', 'http://ollama:11434/v1', 'http://gpu01.lan/v1', 'http://nas.home.arpa/v1'],
    ...['http://0.0.0.0:8000/v1', 'http://[::]:8000/v1', 'http://localhost.:8000/v1', 'http://[fe80::1]/v1'],
    ...[
      'http://100.101.102.103/v1',
      'http://10.0.0.1/v1',
      'http://[fd7a:115c::1]/v1',
      'http://gpu.local./v1',
    ],
    ...['http://[::ffff:192.168.1.2]/v1', 'https://api.example.com/v1'],
  ])('%s may be asked', (address) => {
    expect(endpointProblem(address)).toBeNull();
  });
  it.each([
    ...['http://api.example.com/v1', 'http://8.8.8.8/v1', 'http://100.128.0.1/v1', 'http://100.63.0.1/v1'],
    ...[
      'http://gpu.lan.example.com/v1',
      'http://[2001:db8::1]/v1',
      'http://[::ffff:8.8.8.8]/v1',
      'ftp://x/v1',
    ],
    'https://name:word@api.example.com/v1',
  ])('%s may not', (address) => {
    expect(endpointProblem(address)).not.toBeNull();
  });
  it.each([
    ['127.0.0.1', true],
    ['100.64.0.1', true],
    ['fe80::1%eth0', true],
    ['::ffff:10.0.0.1', true],
    ['8.8.8.8', false],
    ['2606:4700::1111', false],
    ['::ffff:8.8.8.8', false],
  ])('that a name stands for, %s, is near: %s', (address, isNear) => {
    expect(isNearAddress(address)).toBe(isNear);
  });
  it.each([
    ['http://127.0.0.1:8000/v1', 'http://127.0.0.1:8000/v1', {}],
    ['https://api.example.com/v1/chat/completions', 'https://api.example.com/v1', {}],
    ['http://0.0.0.0:8000/v1', 'http://127.0.0.1:8000/v1', {}],
    ['http://[::]:8000/v1/', 'http://[::1]:8000/v1', {}],
    [
      'https://x.openai.azure.com/openai/deployments/d/chat/completions?api-version=2024-10-21',
      'https://x.openai.azure.com/openai/deployments/d',
      { 'api-version': '2024-10-21' },
    ],
  ])('%s is meant as %s', (address, endpoint, query) => {
    expect(mendAddress(address)).toEqual({ endpoint, query });
  });

  it('is mended when a judge is kept, and a key in it is refused', async () => {
    const { storePath, studyId } = await judgeStudy(1);
    const { app, value } = await openTestApp(storePath);
    const keep = (endpoint: string) =>
      app.call('judges.keep', { studyId, definition: { ...PAIRWISE, endpoint } });
    expect(await keep(`${server.endpoint}/chat/completions?api-version=1`)).toMatchObject({ ok: true });
    expect(await value('judges.definition', { studyId, judge: 'length@1' })).toMatchObject({
      endpoint: server.endpoint,
      query: { 'api-version': '1' },
    });
    expect(await keep('https://api.example.com/v1?api_key=abc')).toMatchObject({ ok: false });
    expect(await keep('http://api.example.com/v1')).toMatchObject({ ok: false });
  });
});

describe('a judge that needs more than an address', () => {
  it('sends its headers and its query, and the key where it is to go', async () => {
    const place = await judgeStudy(1);
    const judge = addJudge(place, {
      ...PAIRWISE,
      endpoint: server.endpoint,
      keyHeader: 'api-key',
      headers: { 'X-Team': 'judging' },
      query: { 'api-version': '2024-10-21' },
    });
    await runTestJudge(place, judge, { apiKey: 'sealed' });
    expect(server.asked[0]).toMatchObject({
      path: '/v1/chat/completions?api-version=2024-10-21',
      headers: { 'api-key': 'sealed', 'x-team': 'judging' },
      authorization: undefined,
    });
    expect(JSON.stringify(rowsOf(place.storePath, 'SELECT definition FROM judge_versions'))).not.toContain(
      'sealed',
    );
    const bare = { ...server.asked[0]?.headers };
    expect(Object.keys(bare).filter((name) => name.startsWith('x-stainless'))).toEqual([]);
  });

  it.each([
    [{ headers: { Authorization: 'Bearer x' } }, 'key'],
    [{ headers: { 'X-Api-Key': 'x' } }, 'key'],
    [{ headers: { 'Ocp-Apim-Subscription-Key': 'x' } }, 'key'],
    [{ headers: { 'X-Other': 'sk-abcdefghijklmnop' } }, 'key'],
    [{ headers: { Cookie: 'a=b' } }, 'key'],
    [{ headers: { Host: 'elsewhere' } }, 'itself'],
    [{ headers: { 'X-A': 'a\r\nHost: b' } }, 'X-A'],
    [{ query: { key: 'x' } }, 'key'],
    [{ query: { code: 'x' } }, 'key'],
    [{ keyHeader: 'content-length' }, 'not for keys'],
    [{ secretHeaders: ['Host'] }, 'not for keys'],
    [{ secretHeaders: ['X-One', 'x-one'] }, 'named twice'],
    [{ secretHeaders: ['api-key'], keyHeader: 'Api-Key' }, 'named twice'],
    [{ secretHeaders: ['X-One'], headers: { 'x-one': 'a' } }, 'named twice'],
    [{ secretHeaders: ['X: a'] }, 'secretHeaders'],
  ])('holds no key and no header of the connection: %j', (connection, reason) => {
    const parsed = judgeDefinitionSchema.safeParse({
      ...PAIRWISE,
      endpoint: 'https://x.example/v1',
      ...connection,
    });
    expect(parsed.success).toBe(false);
    expect(JSON.stringify(parsed.error?.issues)).toContain(reason);
  });

  const unsupported = (name: string) => ({
    kind: 'status' as const,
    status: 400,
    body: {
      error: {
        message: `Unsupported parameter: '${name}' is not supported with this model.`,
        code: 'unsupported_parameter',
      },
    },
  });
  it.each([
    ['max_tokens', ['max_tokens'], 'max_completion_tokens'],
    ['both names', ['max_tokens', 'max_completion_tokens'], undefined],
  ])('finds the name of the limit where the endpoint refuses %s', async (_name, refused, taken) => {
    const place = await judgeStudy(6);
    const judge = addJudge(place, { ...PAIRWISE, endpoint: server.endpoint });
    server.misbehave(({ body }) => {
      const name = refused.find((each) => each in body);
      return name === undefined ? undefined : unsupported(name);
    });
    expect(await runTestJudge(place, judge, { concurrency: 2 })).toMatchObject({
      ending: 'finished',
      read: 12,
      error: 0,
    });
    const names = Object.keys(server.asked.at(-1)?.body ?? {}).filter((name) => name.startsWith('max_'));
    expect(names).toEqual(taken === undefined ? [] : [taken]);
    // Found once for the run.
    expect(server.asked.length).toBeLessThanOrEqual(12 + 2 * refused.length);
  });

  it('sends the limit under the name it says, and says so where that is refused', async () => {
    const place = await judgeStudy(1);
    const base = { ...PAIRWISE, endpoint: server.endpoint };
    const none = addJudge(place, { ...base, parameters: { tokenLimit: 'none' } });
    await runTestJudge(place, none);
    expect(Object.keys(server.asked.at(-1)?.body ?? {})).not.toContain('max_tokens');
    const named = addJudge(place, { ...base, parameters: { tokenLimit: 'max_tokens' } });
    server.misbehave(() => unsupported('max_tokens'));
    expect(await runTestJudge(place, named)).toMatchObject({ ending: 'failed', done: 0 });
  });

  it.each([
    ['json_object', (body: Asked['body']) => /json_schema/u.test(JSON.stringify(body.response_format))],
    [undefined, (body: Asked['body']) => body.response_format !== undefined],
  ])('asks for JSON as %s where no schema is taken', async (format, isRefused) => {
    const place = await judgeStudy(4);
    const judge = addJudge(place, {
      ...PAIRWISE,
      endpoint: server.endpoint,
      reply: { form: 'pairwise', scale: 'with_tie', grammar: 'json', structured: true },
    });
    server.misbehave(({ body }) =>
      isRefused(body)
        ? {
            kind: 'status',
            status: 400,
            body: { error: { message: 'This response_format type is unavailable now' } },
          }
        : { kind: 'reply', content: verdictByLength({ ...body, response_format: {} }) },
    );
    const result = await runTestJudge(place, judge);
    expect(result).toMatchObject({ ending: 'finished', read: 8 });
    expect(result.notes.join()).toContain('no JSON schema');
    const last = server.asked.at(-1)?.body;
    expect(last?.response_format).toEqual(format === undefined ? undefined : { type: format });
    expect(last?.messages.at(-1)?.content).toContain('"enum":["A","B","tie"]');
  });
});

describe('what is charged', () => {
  it.each([
    ['in the total alone', { prompt_tokens: 100, completion_tokens: 5, total_tokens: 2105 }, 100, 2005],
    [
      'beside an empty completion',
      {
        prompt_tokens: 21,
        completion_tokens: 0,
        total_tokens: 81,
        completion_tokens_details: { reasoning_tokens: 60 },
      },
      21,
      60,
    ],
    [
      'beside a short completion, without a total',
      { prompt_tokens: 20, completion_tokens: 5, completion_tokens_details: { reasoning_tokens: 60 } },
      20,
      65,
    ],
    [
      'within the completion',
      {
        prompt_tokens: 20,
        completion_tokens: 65,
        total_tokens: 85,
        completion_tokens_details: { reasoning_tokens: 60 },
      },
      20,
      65,
    ],
    [
      'under other names',
      { input_tokens: 20, output_tokens: 65, output_tokens_details: { reasoning_tokens: 60 } },
      20,
      65,
    ],
    ['without a prompt', { completion_tokens: 5, total_tokens: 25 }, 20, 5],
    [
      'as Anthropic’s',
      { input_tokens: 40, cache_read_input_tokens: 60, cache_creation_input_tokens: 10, output_tokens: 20 },
      110,
      20,
    ],
    [
      'as gateways to Anthropic’s',
      { prompt_tokens: 40, completion_tokens: 20, total_tokens: 60, cache_read_input_tokens: 60 },
      100,
      20,
    ],
    [
      'as LiteLLM',
      {
        prompt_tokens: 110,
        completion_tokens: 20,
        total_tokens: 130,
        cache_read_input_tokens: 60,
        prompt_tokens_details: { cached_tokens: 60 },
      },
      110,
      20,
    ],
    [
      'as Gemini’s',
      { promptTokenCount: 100, candidatesTokenCount: 500, thoughtsTokenCount: 200, totalTokenCount: 800 },
      100,
      700,
    ],
    [
      'as Gemini’s, without a total',
      { promptTokenCount: 100, candidatesTokenCount: 500, thoughtsTokenCount: 200 },
      100,
      700,
    ],
    [
      'as Bedrock',
      { inputTokens: 40, cacheReadInputTokens: 60, outputTokens: 20, totalTokens: 120 },
      100,
      20,
    ],
    ['as Ollama', { prompt_eval_count: 100, eval_count: 20 }, 100, 20],
    [
      'as DeepSeek',
      {
        prompt_tokens: 100,
        completion_tokens: 20,
        total_tokens: 120,
        prompt_cache_hit_tokens: 64,
        completion_tokens_details: { reasoning_tokens: 12 },
      },
      100,
      20,
    ],
    [
      'as xAI',
      {
        prompt_tokens: 100,
        completion_tokens: 5,
        total_tokens: 605,
        completion_tokens_details: { reasoning_tokens: 500 },
      },
      100,
      505,
    ],
    ['as Perplexity', { prompt_tokens: 100, completion_tokens: 20, reasoning_tokens: 300 }, 100, 320],
    [
      'as vLLM',
      { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120, prompt_tokens_details: null },
      100,
      20,
    ],
    ['in text', { prompt_tokens: '100', completion_tokens: '20', total_tokens: '120' }, 100, 20],
    ['in parts of a token', { prompt_tokens: 100.2, completion_tokens: 20 }, null, 20],
    ['that are none', { prompt_tokens: -1, completion_tokens: 'some', total_tokens: 1e300 }, null, null],
    [
      'with odd details',
      { prompt_tokens: 20, completion_tokens: 5, completion_tokens_details: 'many' },
      20,
      5,
    ],
  ])('counts thoughts %s', async (_name, usage, prompt, written) => {
    const place = await judgeStudy(1);
    const judge = addJudge(place, { ...PAIRWISE, endpoint: server.endpoint, orders: 'a_first' });
    server.misbehave(() => ({ kind: 'reply', content: '[[A]]', usage }));
    await runTestJudge(place, judge);
    const sql = 'SELECT prompt_tokens AS prompt, completion_tokens AS written FROM judge_replies';
    expect(rowsOf(place.storePath, sql)).toEqual([{ prompt, written }]);
  });

  it('for thoughts apart is held under the ceiling, and told in the report', async () => {
    const place = await judgeStudy(60);
    const store = new Store(place.storePath, { readonly: false });
    store.write(() => keepPriceTable(store, { 'synthetic-*': { inputPerMillion: 1, outputPerMillion: 10 } }));
    store.close();
    const judge = addJudge(place, { ...PAIRWISE, endpoint: server.endpoint });
    server.misbehave(() => ({
      kind: 'reply',
      content: '[[A]]',
      usage: { prompt_tokens: 100, completion_tokens: 5, total_tokens: 2105 },
    }));
    const result = await runTestJudge(place, judge, { maxCostUsd: 0.05 });
    expect(result.ending).toBe('ceiling');
    expect(result.costUsd).toBeLessThanOrEqual(0.05);
    expect(server.asked.length * 0.02015).toBeLessThanOrEqual(0.05);
    expect(result.notes.join()).toContain('thoughts are charged apart');
    expect(await reportOf(place, judge)).toMatchObject({
      longestTokens: 2005,
      mostTokens: 1024,
      completionTokens: 4010,
    });
  });
});

describe('a prompt that the server cuts', () => {
  async function longStudy() {
    const { storePath } = await openTestApp();
    const text = 'word salad with many words '.repeat(600);
    const rows = Array.from({ length: 6 }, (_row, index) => ({
      id: `p${index}`,
      prompt: `Question ${index}?`,
      a: { system: 'one', text: `${text}${index}` },
      b: { system: 'two', text: `${text}x${index}` },
    }));
    const { studyId } = await importText(storePath, jsonLines(rows));
    const place = { storePath, studyId: studyId ?? '' };
    return { place, judge: addJudge(place, { ...PAIRWISE, endpoint: server.endpoint }) };
  }
  const read = (tokens: number, more: object = {}) =>
    server.misbehave(() => ({
      kind: 'reply',
      content: '[[A]]',
      usage: { prompt_tokens: tokens, completion_tokens: 5, ...more },
    }));

  it('stops the run, counts for nothing, and is told in the report', async () => {
    const { place, judge } = await longStudy();
    read(2050);
    const result = await runTestJudge(place, judge, { concurrency: 2 });
    expect(result).toMatchObject({ ending: 'failed', read: 0, uncertain: 0 });
    expect(result.message).toMatch(/read 2050 tokens of a prompt of at least \d+.*cut/u);
    expect((await reportOf(place, judge)).promptsCut).toBe(result.error);
    expect(result.error).toBeGreaterThan(0);
    read(7000);
    const which = { limit: null, slice: null, pairs: null, which: 'all' } as const;
    expect(await runTestJudge(place, judge, { selection: which })).toMatchObject({
      ending: 'finished',
      read: 12,
    });
  });

  it.each([
    ['compares', PAIRWISE],
    [
      'scores',
      {
        name: 'score',
        model: 'synthetic-1',
        prompt: '{{prompt}}\n{{output}}',
        reply: { form: 'pointwise', lowest: 1, highest: 10, tieBand: 0, grammar: 'double_bracket' },
      },
    ],
  ] as const)(
    'a little is seen by the count that all long ones share, and what was said of them before is taken back: one that %s',
    async (name, judgeInput) => {
      const { storePath } = await openTestApp();
      const rows = Array.from({ length: 12 }, (_row, index) => ({
        id: `p${index}`,
        prompt: `Question ${index}?`,
        a: { system: 'one', text: `word salad with many words ${index} `.repeat(60 + 20 * index) },
        b: { system: 'two', text: `many words ${index}` },
      }));
      const { studyId } = await importText(storePath, jsonLines(rows));
      const place = { storePath, studyId: studyId ?? '' };
      const judge = addJudge(place, { ...judgeInput, endpoint: server.endpoint });
      const answer = (cap: number) =>
        server.misbehave(({ body }) => ({
          kind: 'reply',
          content: name === 'scores' ? '[[7]]' : '[[A]]',
          usage: {
            prompt_tokens: Math.min(cap, Math.ceil((body.messages.at(-1)?.content.length ?? 0) / 4.5)),
            completion_tokens: 5,
          },
        }));
      answer(1024);
      const result = await runTestJudge(place, judge, { concurrency: 1 });
      expect(result).toMatchObject({ ending: 'failed', uncertain: 0 });
      expect(result.message).toMatch(/longest prompts as 1024 tokens each.*cut/u);
      const isCut = ({ pair }: { readonly pair: string }) => Number(pair.slice(1)) >= 5;
      const last = new Map(judgmentRows(place.storePath).map((row) => [`${row.pair} ${row.order}`, row]));
      const cut = [...last.values()].filter(isCut);
      expect(cut.length).toBeGreaterThanOrEqual(2);
      expect(cut.every(({ failure }) => failure === 'error')).toBe(true);
      expect([...last.values()].filter((row) => !isCut(row)).every(({ failure }) => failure === null)).toBe(
        true,
      );
      answer(Number.POSITIVE_INFINITY);
      await runTestJudge(place, judge);
      await runTestJudge(place, judge, {
        selection: { limit: null, slice: null, pairs: null, which: 'failed' },
      });
      const whole = new Map(judgmentRows(place.storePath).map((row) => [`${row.pair} ${row.order}`, row]));
      expect(whole.size).toBe(name === 'scores' ? 12 : 24);
      expect([...whole.values()].filter(({ failure }) => failure !== null)).toEqual([]);
    },
  );

  it('goes on where the count is known to be wrong, and says so', async () => {
    const { place, judge } = await longStudy();
    read(2050);
    const result = await runTestJudge(place, judge, { acceptCutPrompts: true });
    expect(result).toMatchObject({ ending: 'finished', read: 12 });
    expect(result.notes.join()).toContain('12 prompts');
    expect((await reportOf(place, judge)).promptsCut).toBe(12);
  });

  it('is not one that was read from a cache, nor one whose count is missing', async () => {
    const { place, judge } = await longStudy();
    read(50, { cache_read_input_tokens: 6800 });
    expect(
      await runTestJudge(place, judge, {
        selection: { limit: 2, slice: null, pairs: null, which: 'missing' },
      }),
    ).toMatchObject({ read: 4 });
    read(0);
    expect(await runTestJudge(place, judge)).toMatchObject({ ending: 'finished', read: 8 });
  });
});
