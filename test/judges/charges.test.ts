/** What endpoints charge, and what is booked. */
import { describe, expect, it } from 'vitest';
import { keepPriceTable } from '../../electron/core/judging/price.ts';
import { Store } from '../../electron/core/store/engine/database.ts';
import { chatServerOfEachTest } from '../support/chat-server-of-test.ts';
import { addJudge, judgeStudy, PAIRWISE, reportOf, rowsOf, runTestJudge } from '../support/judge-study.ts';

const server = chatServerOfEachTest();

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
    store.write((store) =>
      keepPriceTable(store, { 'synthetic-*': { inputPerMillion: 1, outputPerMillion: 10 } }),
    );
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

  it('is what was set aside where an endpoint does not count, or nobody knows what', async () => {
    const place = await judgeStudy(2);
    const store = new Store(place.storePath, { readonly: false });
    store.write((store) =>
      keepPriceTable(store, { 'synthetic-*': { inputPerMillion: 1, outputPerMillion: 10 } }),
    );
    store.close();
    server.misbehave(() => ({ kind: 'reply', content: '[[A]]', usage: {} }));
    const judge = (name: string) => addJudge(place, { ...PAIRWISE, name, endpoint: server.endpoint });
    const free = await runTestJudge(place, judge('no ceiling'));
    expect(free).toMatchObject({ read: 4, costUsd: null });
    const held = await runTestJudge(place, judge('ceiling'), { maxCostUsd: 1 });
    expect(held.read).toBe(4);
    expect(held.costUsd).toBeGreaterThan(0.01);
  });
});
