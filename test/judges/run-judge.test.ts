/** Runs against a real server that misbehaves: what is asked, what is kept, and what is said of it. */
import { describe, expect, it, vi } from 'vitest';
import { keepPriceTable } from '../../electron/core/judging/price.ts';
import { loadCardData } from '../../electron/core/store/columns/card-columns.ts';
import { Store } from '../../electron/core/store/engine/database.ts';
import { splitOf } from '../../electron/core/store/study/content-split.ts';
import { studyByPublicId } from '../../electron/core/store/study/studies.ts';
import { startChatServer, verdictByLength } from '../support/chat-server.ts';
import { chatServerOfEachTest } from '../support/chat-server-of-test.ts';
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

const server = chatServerOfEachTest();

function tally(rows: readonly { readonly verdict: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { verdict } of rows) counts[verdict] = (counts[verdict] ?? 0) + 1;
  return counts;
}

describe('a run', () => {
  it('asks in both orders and keeps what is said about the pair, not the place', async () => {
    const place = await judgeStudy(12);
    const judge = addJudge(place, {
      ...PAIRWISE,
      endpoint: server.endpoint,
      parameters: { temperature: 0, seed: 7 },
    });
    const result = await runTestJudge(place, judge, { apiKey: 'secret-key' });
    expect(result).toMatchObject({
      ending: 'finished',
      total: 24,
      done: 24,
      read: 24,
      error: 0,
      uncertain: 0,
      message: null,
    });
    const rows = judgmentRows(place.storePath);
    expect(rows.map(({ order }) => order).slice(0, 2)).toEqual(['a_first', 'b_first']);
    expect(tally(rows)).toEqual({ first: 18, tie: 6 });
    expect(server.asked[0]?.body).toMatchObject({
      model: 'synthetic-1',
      temperature: 0,
      seed: 7,
      max_tokens: 1024,
    });
    expect(new Set(server.asked.map(({ authorization }) => authorization))).toEqual(
      new Set(['Bearer secret-key']),
    );
    const prompts = server.asked.map(({ body }) => body.messages[0]?.content ?? '');
    expect(prompts.filter((prompt) => /OUTPUT A \w{8}>>>\nLong answer 0 x{20}\n/u.test(prompt))).toHaveLength(
      1,
    );
    expect(prompts.filter((prompt) => /OUTPUT B \w{8}>>>\nLong answer 0 x{20}\n/u.test(prompt))).toHaveLength(
      1,
    );
    expect(prompts.join()).not.toMatch(/\bone\b|\btwo\b/u);
    const [reply] = rowsOf<Record<string, unknown>>(
      place.storePath,
      'SELECT * FROM judge_replies ORDER BY id LIMIT 1',
    );
    expect(reply).toMatchObject({
      outcome: 'read',
      model: 'synthetic-1',
      prompt_tokens: 100,
      completion_tokens: 10,
      finish_reason: 'stop',
      tries: 1,
      request_id: expect.stringMatching(/^req-/u),
      raw: expect.stringContaining('[['),
    });
    expect(JSON.stringify(rowsOf(place.storePath, 'SELECT * FROM judge_runs'))).not.toContain('secret-key');
  });

  it('asks again for nothing it has, and for what failed only when told to', async () => {
    const place = await judgeStudy(10);
    const judge = addJudge(place, { ...PAIRWISE, endpoint: server.endpoint });
    server.misbehave(({ body }) =>
      /Question [37]\?/u.test(body.messages[0]?.content ?? '')
        ? { kind: 'reply', content: 'I cannot decide.' }
        : undefined,
    );
    expect(await runTestJudge(place, judge)).toMatchObject({ read: 16, refused: 4 });
    server.misbehave(undefined);
    expect(await runTestJudge(place, judge)).toMatchObject({ total: 0, done: 0, ending: 'finished' });
    const which = { limit: null, slice: null, pairs: null, which: 'failed' } as const;
    expect(await runTestJudge(place, judge, { selection: which })).toMatchObject({ total: 4, read: 4 });
    const again = judgmentRows(place.storePath).filter(({ pair }) => pair === 'pair-3');
    expect(again.map(({ attempt, verdict, failure }) => [attempt, verdict, failure])).toEqual([
      [0, 'unparsed', 'refused'],
      [1, 'tie', null],
      [0, 'unparsed', 'refused'],
      [1, 'tie', null],
    ]);
    expect(await runTestJudge(place, judge, { selection: which })).toMatchObject({ total: 0 });
  });

  it('takes a part: a limit of pairs, a slice, named pairs', async () => {
    const place = await judgeStudy(10);
    const judge = addJudge(place, {
      ...PAIRWISE,
      endpoint: server.endpoint,
      orders: 'b_first',
      samplesPerOrder: 3,
    });
    const base = { limit: null, slice: null, pairs: null, which: 'missing' } as const;
    expect(await runTestJudge(place, judge, { selection: { ...base, limit: 2 } })).toMatchObject({
      total: 6,
    });
    expect(
      await runTestJudge(place, judge, { selection: { ...base, slice: { name: 'half', value: 'odd' } } }),
    ).toMatchObject({ total: 12 });
    expect(
      await runTestJudge(place, judge, { selection: { ...base, pairs: ['pair-8', 'pair-9'] } }),
    ).toMatchObject({ total: 3 });
    expect(new Set(judgmentRows(place.storePath).map(({ order }) => order))).toEqual(new Set(['b_first']));
    const dev = { ...base, slice: { name: 'stable split', value: 'dev' } };
    const other = addJudge(place, { ...PAIRWISE, name: 'dev only', endpoint: server.endpoint });
    const onDev = await runTestJudge(place, other, { selection: dev });
    const asked = rowsOf<{ prompt: string }>(
      place.storePath,
      `SELECT DISTINCT i.prompt AS prompt FROM judgments j JOIN judges g ON g.id = j.judge_id
       JOIN pairs p ON p.id = j.pair_id JOIN items i ON i.id = p.item_id WHERE g.name = 'dev only@1'`,
    );
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.length).toBeLessThan(10);
    expect(onDev.total).toBe(2 * asked.length);
    expect(new Set(asked.map(({ prompt }) => splitOf(prompt)))).toEqual(new Set(['dev']));
  });

  it('reads log-probabilities about the pair, as the sureness of the verdict', async () => {
    const place = await judgeStudy(1);
    const judge = addJudge(place, {
      ...PAIRWISE,
      endpoint: server.endpoint,
      parameters: { topLogProbabilities: 5 },
    });
    await runTestJudge(place, judge);
    expect(judgmentRows(place.storePath).map(({ score }) => score)).toEqual([
      expect.closeTo(0.8, 9),
      expect.closeTo(0.8, 9),
    ]);
    const replies = rowsOf<{ p: number }>(
      place.storePath,
      'SELECT probability_first AS p FROM judge_replies',
    );
    expect(replies.map(({ p }) => p)).toEqual([expect.closeTo(0.8, 9), expect.closeTo(0.8, 9)]);
  });

  it('of several samples gives their vote share as its sureness', async () => {
    const place = await judgeStudy(3);
    const judge = addJudge(place, { ...PAIRWISE, endpoint: server.endpoint, samplesPerOrder: 3 });
    // The first pair's first order: two of three samples for the longer output, so five of six in all.
    server.misbehave(({ body }, count) =>
      count === 2 && body.messages[0]?.content.includes('Question 0?') === true
        ? { kind: 'reply', content: '[[C]]' }
        : undefined,
    );
    await runTestJudge(place, judge, { concurrency: 1 });
    const store = new Store(place.storePath, { readonly: true });
    const study = studyByPublicId(store, place.studyId);
    if (study === undefined) throw new Error('no study');
    const [column] = loadCardData(store, study).judges;
    store.close();
    expect([...(column?.sureness?.values ?? [])]).toEqual([5 / 6, 1, 1]);
    expect([...(column?.codes ?? [])]).toEqual([0, 0, 0]);
  });

  it('with structured output sends the schema and reads the object', async () => {
    const place = await judgeStudy(2);
    const judge = addJudge(place, {
      ...PAIRWISE,
      endpoint: server.endpoint,
      reply: { form: 'pairwise', scale: 'with_tie', grammar: 'json', structured: true },
    });
    expect(await runTestJudge(place, judge)).toMatchObject({ read: 4 });
    expect(server.asked[0]?.body.response_format).toMatchObject({
      type: 'json_schema',
      json_schema: { strict: true },
    });
  });

  it('by criterion tells what each says beside the whole verdict', async () => {
    const place = await judgeStudy(4);
    const criteria = ['correct', 'brief'].map((name) => ({ name, about: name }));
    const judge = addJudge(place, {
      ...PAIRWISE,
      endpoint: server.endpoint,
      reply: { form: 'criteria', criteria },
    });
    server.misbehave(({ body }) => {
      const { verdict } = JSON.parse(verdictByLength({ ...body, response_format: {} }));
      const brief = verdict === 'A' ? 'B' : verdict === 'B' ? 'A' : 'tie';
      return { kind: 'reply', content: JSON.stringify({ verdict, criteria: { correct: verdict, brief } }) };
    });
    expect(await runTestJudge(place, judge)).toMatchObject({ read: 8 });
    expect((await reportOf(place, judge)).criteria).toEqual([
      { name: 'correct', verdicts: 8, ties: 2, asOverall: 8 },
      { name: 'brief', verdicts: 8, ties: 2, asOverall: 2 },
    ]);
  });

  it('of scores asks about one output at a time, and never twice about the same', async () => {
    const { storePath, studyId } = await judgeStudy(8);
    const place = { storePath, studyId };
    const judge = addJudge(place, {
      name: 'score',
      model: 'synthetic-1',
      endpoint: server.endpoint,
      prompt: '{{prompt}}\n{{output}}',
      reply: { form: 'pointwise', lowest: 1, highest: 10, tieBand: 0, grammar: 'double_bracket' },
    });
    expect(await runTestJudge(place, judge)).toMatchObject({ ending: 'finished', total: 16, read: 16 });
    const rows = judgmentRows(storePath);
    expect(rows).toHaveLength(8);
    expect(tally(rows)).toEqual({ first: 6, tie: 2 });
    expect(await runTestJudge(place, judge)).toMatchObject({ total: 0 });
  });
});

describe('an endpoint that misbehaves', () => {
  it.each([
    ['429 with retry-after', { kind: 'status', status: 429, headers: { 'retry-after': '0.05' } }],
    ['429 with retry-after-ms', { kind: 'status', status: 429, headers: { 'retry-after-ms': '40' } }],
    ['500', { kind: 'status', status: 500 }],
    ['503', { kind: 'status', status: 503 }],
    ['a reset', { kind: 'reset' }],
    ['a reset in the body', { kind: 'reset_in_body' }],
    ['JSON that breaks off', { kind: 'cut_json' }],
    ['a page of a proxy', { kind: 'not_json' }],
    ['no choices', { kind: 'empty_choices' }],
    ['200 with an error', { kind: 'error_in_200' }],
  ] as const)('once is asked again: %s', async (_name, fault) => {
    const place = await judgeStudy(3);
    const judge = addJudge(place, { ...PAIRWISE, endpoint: server.endpoint });
    server.misbehave((_asked, count) => (count === 2 ? fault : undefined));
    expect(await runTestJudge(place, judge, { concurrency: 1 })).toMatchObject({
      ending: 'finished',
      read: 6,
      error: 0,
    });
    expect(server.asked).toHaveLength(7);
    expect(server.asked[1]?.idempotencyKey).toBe(server.asked[2]?.idempotencyKey);
    expect(
      rowsOf<{ tries: number }>(place.storePath, 'SELECT max(tries) AS tries FROM judge_replies'),
    ).toEqual([{ tries: 2 }]);
  });

  it.each([
    ['silence', { kind: 'silence' }],
    ['a drip', { kind: 'drip', totalMs: 10_000 }],
    ['a body that does not end', { kind: 'drip', totalMs: 100_000 }],
  ] as const)('in time is given up and asked again: %s', async (_name, fault) => {
    const place = await judgeStudy(1);
    const judge = addJudge(place, { ...PAIRWISE, endpoint: server.endpoint });
    server.misbehave((_asked, count) => (count === 1 ? fault : undefined));
    expect(await runTestJudge(place, judge, { concurrency: 1, timeoutMs: 1000 })).toMatchObject({ read: 2 });
    expect(server.asked.length).toBeGreaterThanOrEqual(3);
  });

  it('with a wait that is asked for leaves it alone with every request', async () => {
    const place = await judgeStudy(20);
    const judge = addJudge(place, { ...PAIRWISE, endpoint: server.endpoint });
    const times: number[] = [];
    server.misbehave((_asked, count) => {
      times.push(performance.now());
      return count === 1 ? { kind: 'status', status: 429, headers: { 'retry-after': '0.5' } } : undefined;
    });
    await runTestJudge(place, judge, { concurrency: 4 });
    // Four were under way; nothing else came before half a second was over.
    expect((times[4] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(495);
  });

  it.each([
    ['a wrong key', { kind: 'status', status: 401 }, 'answered 401'],
    ['an unknown model', { kind: 'status', status: 404 }, 'answered 404'],
    [
      'a spent quota',
      { kind: 'status', status: 429, body: { error: { message: 'spent', code: 'insufficient_quota' } } },
      'spent',
    ],
    ['a redirect', { kind: 'redirect', to: 'http://127.0.0.1:9/v1' }, 'sent the request elsewhere'],
    [
      'a pause of hours',
      { kind: 'status', status: 429, headers: { 'retry-after': '7200' } },
      'a pause of 120 minutes',
    ],
  ] as const)('for good ends the run and makes no errors of pairs: %s', async (_name, fault, message) => {
    const place = await judgeStudy(30);
    const judge = addJudge(place, { ...PAIRWISE, endpoint: server.endpoint });
    server.misbehave((_asked, count) => (count > 5 ? fault : undefined));
    const result = await runTestJudge(place, judge, { concurrency: 2 });
    expect(result).toMatchObject({
      ending: 'failed',
      message: expect.stringContaining(message),
      error: 0,
      uncertain: 0,
    });
    expect(
      judgmentRows(place.storePath).every(({ verdict }) => verdict === 'first' || verdict === 'tie'),
    ).toBe(true);
    server.misbehave(undefined);
    const rest = await runTestJudge(place, judge);
    expect(rest.read + result.read).toBe(60);
  });

  it('with one request only makes that one an error', async () => {
    const place = await judgeStudy(4);
    const judge = addJudge(place, { ...PAIRWISE, endpoint: server.endpoint });
    server.misbehave(({ body }) =>
      body.messages[0]?.content.includes('Question 2?') === true
        ? { kind: 'status', status: 400, body: { error: { message: 'too long' } } }
        : undefined,
    );
    expect(await runTestJudge(place, judge)).toMatchObject({ ending: 'finished', read: 6, error: 2 });
    expect(
      rowsOf<{ error: string }>(place.storePath, "SELECT error FROM judge_replies WHERE outcome = 'error'"),
    ).toEqual([
      { error: expect.stringContaining('400: too long') },
      { error: expect.stringContaining('400: too long') },
    ]);
  });

  it('every time ends the run before every pair is an error', async () => {
    const place = await judgeStudy(40);
    const judge = addJudge(place, { ...PAIRWISE, endpoint: server.endpoint });
    server.misbehave(() => ({ kind: 'status', status: 400 }));
    const result = await runTestJudge(place, judge, { concurrency: 4 });
    expect(result).toMatchObject({
      ending: 'failed',
      message: expect.stringContaining('20 requests in a row failed'),
    });
    expect(result.error).toBeLessThan(30);
  });

  it('by answering with another model is told of', async () => {
    const place = await judgeStudy(2);
    const judge = addJudge(place, { ...PAIRWISE, endpoint: server.endpoint });
    server.misbehave(() => ({ kind: 'reply', content: '[[A]]', model: 'cheaper-1' }));
    expect(await runTestJudge(place, judge)).toMatchObject({ otherModels: ['cheaper-1'], read: 4 });
  });

  it.each([
    ['refused', { content: '', refusal: 'I will not.' }],
    ['refused', { content: 'x', finishReason: 'content_filter' }],
    ['refused', { content: "I'm sorry, but I can't." }],
    ['truncated', { content: 'By length [[A', finishReason: 'length' }],
    ['unparsed', { content: 'A. No, B. Well.' }],
  ] as const)('is classed as %s and never as a tie', async (failure, reply) => {
    const place = await judgeStudy(1);
    const judge = addJudge(place, { ...PAIRWISE, endpoint: server.endpoint });
    server.misbehave(() => ({ kind: 'reply', ...reply }));
    await runTestJudge(place, judge);
    expect(judgmentRows(place.storePath).map((row) => [row.verdict, row.failure])).toEqual([
      ['unparsed', failure],
      ['unparsed', failure],
    ]);
  });
});

describe('a run that is stopped', () => {
  it('keeps what it has, leaves no doubt about the rest, and is taken up', async () => {
    const slow = await startChatServer({ latencyMs: 20 });
    try {
      const place = await judgeStudy(60);
      const judge = addJudge(place, { ...PAIRWISE, endpoint: slow.endpoint });
      const result = await runTestJudge(
        place,
        judge,
        { concurrency: 4 },
        { isCancelled: () => slow.asked.length > 30 },
      );
      expect(result).toMatchObject({ ending: 'cancelled', uncertain: 0 });
      expect(result.done).toBe(slow.asked.length);
      expect(result.done).toBeLessThan(120);
      const rest = await runTestJudge(place, judge);
      expect(result.done + rest.done).toBe(120);
      expect([...slow.answered.values()].every((times) => times === 1)).toBe(true);
      expect(slow.mostOpen()).toBeLessThanOrEqual(8);
    } finally {
      await slow.close();
    }
  });
});

/** Stops a run once it has looked so often whether it is to stop. */
function stoppedAfter(looks: number): { readonly isCancelled: () => boolean } {
  let looked = 0;
  return { isCancelled: () => ++looked > looks };
}

describe('a ceiling', () => {
  const priced = async (pairs: number) => {
    const place = await judgeStudy(pairs);
    const store = new Store(place.storePath, { readonly: false });
    store.write((store) =>
      keepPriceTable(store, { 'synthetic-*': { inputPerMillion: 1000, outputPerMillion: 10_000 } }),
    );
    store.close();
    const judge = addJudge(place, { ...PAIRWISE, endpoint: server.endpoint, parameters: { maxTokens: 40 } });
    return { place, judge };
  };

  it('is never passed, uses what answers left over, and can be raised', async () => {
    // An answer costs 100 · 0.001 + 10 · 0.01 = 0.2 dollars.
    const { place, judge } = await priced(30);
    const result = await runTestJudge(place, judge, { maxCostUsd: 5, concurrency: 4 });
    expect(result).toMatchObject({ ending: 'ceiling', error: 0, uncertain: 0 });
    expect(result.costUsd).toBeLessThanOrEqual(5);
    // The dearest answer that may come is 0.5 or so, so it stops within that of the ceiling.
    expect(result.costUsd).toBeGreaterThan(4.2);
    expect(result.done).toBe(Math.round((result.costUsd ?? 0) / 0.2));
    const rest = await runTestJudge(place, judge, { maxCostUsd: 100 });
    expect(rest).toMatchObject({ ending: 'finished' });
    expect(rest.done + result.done).toBe(60);
    const [paid] = rowsOf<{ cost: number }>(
      place.storePath,
      'SELECT sum(cost_usd) AS cost FROM judge_replies',
    );
    expect(paid?.cost).toBeCloseTo(12, 9);
  });

  it('is not reached by what is set aside for slots that only wait', async () => {
    // At its dearest a request is under a dollar here and costs 0.2: few fit at one time, and all fit in the end.
    const { place, judge } = await priced(20);
    const result = await runTestJudge(place, judge, { maxCostUsd: 9.5, concurrency: 16 });
    expect(result).toMatchObject({ ending: 'finished', done: 40 });
  });

  it('counts a try that broke off at its dearest, and says what may be owed', async () => {
    const { place, judge } = await priced(20);
    server.misbehave(() => ({ kind: 'reset_in_body' }));
    const result = await runTestJudge(place, judge, { maxCostUsd: 3, concurrency: 2 });
    expect(result).toMatchObject({ ending: 'ceiling', done: 0, uncertain: 2 });
    // A try may cost 0.5 dollars or so, and each that was made is booked.
    expect(result.costUsd).toBeGreaterThan(2.2);
    expect(result.costUsd).toBeLessThanOrEqual(3);
    const dearestUsd = (result.costUsd ?? 0) / server.asked.length;
    expect(dearestUsd).toBeGreaterThan(0.41);
    server.misbehave(undefined);
    const next = await runTestJudge(place, judge, { maxCostUsd: 100 });
    expect(next).toMatchObject({ ending: 'finished', read: 40, uncertain: 2 });
    expect(next.costUsd).toBeCloseTo(8, 9);
  });

  it('books nothing for an endpoint that was not reached', async () => {
    const { place, judge } = await priced(3);
    await server.close();
    const result = await runTestJudge(place, judge, { maxCostUsd: 100, timeoutMs: 500 }, stoppedAfter(5));
    expect(result).toMatchObject({ ending: 'cancelled', costUsd: 0, uncertain: 0 });
  });

  it('needs a price', async () => {
    const place = await judgeStudy(1);
    const judge = addJudge(place, { ...PAIRWISE, endpoint: server.endpoint });
    await expect(runTestJudge(place, judge, { maxCostUsd: 1 })).rejects.toMatchObject({
      code: 'invalid_input',
    });
    expect(server.asked).toHaveLength(0);
  });
});

describe('what endpoints do beside answering', () => {
  it('a count of tokens that is none leaves the reply what it is', async () => {
    const place = await judgeStudy(2);
    const judge = addJudge(place, { ...PAIRWISE, endpoint: server.endpoint });
    server.misbehave((_asked, count) => ({
      kind: 'reply',
      content: '[[A]]',
      usage: { prompt_tokens: [60.5, -1, 'x', 7][count - 1], completion_tokens: 3 },
    }));
    expect(await runTestJudge(place, judge, { concurrency: 1 })).toMatchObject({
      ending: 'finished',
      read: 4,
    });
    expect(rowsOf(place.storePath, 'SELECT prompt_tokens AS n FROM judge_replies ORDER BY id')).toEqual([
      { n: null },
      { n: null },
      { n: null },
      { n: 7 },
    ]);
  });

  it('headers from the environment, which were meant for another one, are not sent', async () => {
    vi.stubEnv('OPENAI_CUSTOM_HEADERS', 'X-Secret: gateway-key');
    vi.stubEnv('OPENAI_ORG_ID', 'org-secret');
    const place = await judgeStudy(1);
    const judge = addJudge(place, { ...PAIRWISE, endpoint: server.endpoint });
    await runTestJudge(place, judge);
    vi.unstubAllEnvs();
    expect(JSON.stringify(server.asked.map(({ headers }) => headers))).not.toMatch(/gateway-key|org-secret/u);
    expect(Object.keys(server.asked[0]?.headers ?? {}).sort()).toEqual([
      'accept',
      'connection',
      'content-length',
      'content-type',
      'host',
      'idempotency-key',
      'user-agent',
    ]);
  });

  it('a judge that scores is asked about an output once, however many pairs hold it', async () => {
    const { storePath } = await openTestApp();
    const systems = ['one', 'two', 'three', 'four'];
    const rows = [0, 1, 2].flatMap((item) =>
      systems.flatMap((a, index) =>
        systems.slice(index + 1).map((b) => ({
          id: `${item}-${a}-${b}`,
          prompt: `Question ${item}`,
          a: { system: a, text: `${a} ${'x'.repeat(10 * systems.indexOf(a))}` },
          b: { system: b, text: `${b} ${'x'.repeat(10 * systems.indexOf(b))}` },
        })),
      ),
    );
    const { studyId } = await importText(storePath, jsonLines(rows));
    const place = { storePath, studyId: studyId ?? '' };
    const judge = addJudge(place, {
      name: 'score',
      model: 'synthetic-1',
      endpoint: server.endpoint,
      prompt: '{{output}}',
      reply: { form: 'pointwise', lowest: 1, highest: 10, tieBand: 0, grammar: 'double_bracket' },
    });
    expect(await runTestJudge(place, judge)).toMatchObject({ ending: 'finished' });
    expect(server.asked).toHaveLength(12);
    expect(tally(judgmentRows(storePath))).toEqual({ second: 15, tie: 3 });
    expect(await runTestJudge(place, judge)).toMatchObject({ total: 0 });
  });
});

describe('two runs of one judge at one time', () => {
  it('judge everything once, and neither fails', async () => {
    const slow = await startChatServer({ latencyMs: 10 });
    try {
      const place = await judgeStudy(40);
      const judge = addJudge(place, { ...PAIRWISE, endpoint: slow.endpoint });
      const [one, two] = await Promise.all([
        runTestJudge(place, judge, { concurrency: 4 }),
        runTestJudge(place, judge, { concurrency: 4 }),
      ]);
      expect([one?.ending, two?.ending]).toEqual(['finished', 'finished']);
      const rows = judgmentRows(place.storePath);
      expect(rows).toHaveLength(80);
      expect(tally(rows)).toEqual({ first: 60, tie: 20 });
      expect([one?.uncertain, two?.uncertain]).toContain(0);
      expect(rowsOf(place.storePath, 'SELECT * FROM judge_requests')).toEqual([]);
    } finally {
      await slow.close();
    }
  });
});

describe('a prompt with the guideline', () => {
  it('sends the guideline its version was kept with, and another guideline makes another version', async () => {
    const { storePath, studyId } = await judgeStudy(3);
    const test = await openTestApp(storePath);
    const definition = {
      ...PAIRWISE,
      prompt: `{{guideline}}\n${PAIRWISE.prompt}`,
      endpoint: server.endpoint,
    };
    const guideline = (text: string) =>
      test.value('studies.configure', { studyId, design: { guideline: text } });
    const keep = () => test.value('judges.keep', { studyId, definition });
    await guideline('Longer wins.');
    const first = await keep();
    expect(await keep()).toEqual({ ...first, isNew: false });
    await guideline('Shorter wins.');
    const second = await keep();
    expect([second.judge, second.isNew]).toEqual(['length@2', true]);
    expect(second.contentHash).not.toBe(first.contentHash);
    const sentBy = async (judge: string) => {
      const before = server.asked.length;
      await runTestJudge({ storePath, studyId }, judge);
      return [
        ...new Set(
          server.asked
            .slice(before)
            .map(({ body }) => /(?:Longer|Shorter) wins\./u.exec(JSON.stringify(body))?.[0]),
        ),
      ];
    };
    expect(await sentBy(first.judge)).toEqual(['Longer wins.']);
    expect(await sentBy(second.judge)).toEqual(['Shorter wins.']);
    expect(await test.value('judges.definition', { studyId, judge: first.judge })).toMatchObject({
      guideline: 'Longer wins.',
    });
    const stray = { ...definition, prompt: PAIRWISE.prompt, guideline: 'Nobody asks.' };
    expect(await test.app.call('judges.keep', { studyId, definition: stray })).toMatchObject({
      ok: false,
      error: { code: 'invalid_input' },
    });
  });
});
