/** What endpoints answer, and what is read of it. */
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { finiteJson } from '../../electron/core/judging/finite-json.ts';
import { completion, said } from '../support/chat-completion.ts';
import { chatServerOfEachTest } from '../support/chat-server-of-test.ts';
import { addJudge, judgeStudy, judgmentRows, PAIRWISE, runTestJudge } from '../support/judge-study.ts';

const server = chatServerOfEachTest();

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
