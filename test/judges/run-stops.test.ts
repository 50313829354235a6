/** What an endpoint says that stops a run, and what does not. */
import { describe, expect, it } from 'vitest';
import { chatServerOfEachTest } from '../support/chat-server-of-test.ts';
import { addJudge, judgeStudy, PAIRWISE, runTestJudge } from '../support/judge-study.ts';

const server = chatServerOfEachTest();

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
