/** Addresses of endpoints, and what goes with a request. */
import { describe, expect, it } from 'vitest';
import { endpointProblem, isNearAddress, mendAddress } from '../../electron/core/judging/endpoint-address.ts';
import { judgeDefinitionSchema } from '../../shared/judge/judge-definition.ts';
import { type Asked, verdictByLength } from '../support/chat-server.ts';
import { chatServerOfEachTest } from '../support/chat-server-of-test.ts';
import { addJudge, judgeStudy, PAIRWISE, rowsOf, runTestJudge } from '../support/judge-study.ts';
import { openTestApp } from '../support/open-app.ts';

const server = chatServerOfEachTest();

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
