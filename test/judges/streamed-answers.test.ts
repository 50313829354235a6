/** Answers that come in pieces though nobody asked for it. */
import { describe, expect, it } from 'vitest';
import { chatServerOfEachTest } from '../support/chat-server-of-test.ts';
import {
  addJudge,
  judgeStudy,
  judgmentRows,
  PAIRWISE,
  rowsOf,
  runTestJudge,
} from '../support/judge-study.ts';

const server = chatServerOfEachTest();

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
