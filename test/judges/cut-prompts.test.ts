/** Endpoints that cut a prompt. */
import { describe, expect, it } from 'vitest';
import { chatServerOfEachTest } from '../support/chat-server-of-test.ts';
import { importText, jsonLines } from '../support/comparisons.ts';
import { addJudge, judgmentRows, PAIRWISE, reportOf, runTestJudge } from '../support/judge-study.ts';
import { openTestApp } from '../support/open-app.ts';

const server = chatServerOfEachTest();

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
