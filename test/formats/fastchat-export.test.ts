/** Files for FastChat: votes and judgments, and the way back. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runImport } from '../../electron/core/imports/run-import.ts';
import { jsonLines } from '../support/comparisons.ts';
import { exportStudy, importStudy, jsonOf, linesOf, PAIR, studyOf } from '../support/exported-study.ts';
import { nativeRowsOf } from '../support/round-trip.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { tries } from '../support/tries.ts';

describe('an export for FastChat', () => {
  it('gives FastChat no number to a rater that another has for a name', async () => {
    const human = ['Anna', 'expert_1', 'expert_3', 'Bob'].map((rater) => ({ rater, verdict: 'first' }));
    const { content } = await exportStudy(await studyOf([{ ...PAIR, human }]), 'one', 'fastchat-votes');
    const votes = jsonOf(content['human_votes.json']) as { judge: string; rater?: string }[];
    expect(votes.map(({ judge, rater }) => [judge, rater ?? judge]).sort()).toEqual([
      ['expert_1', 'expert_1'],
      ['expert_2', 'Anna'],
      ['expert_3', 'expert_3'],
      ['expert_4', 'Bob'],
    ]);
  });
});

describe('fastchat-votes', () => {
  it('hold every judge in both orders, and all their files come in together', async () => {
    const said = (judge: string, order: string, verdict: string, more: object = {}) => ({
      judge,
      order,
      verdict,
      sample: 0,
      ...more,
    });
    const pair = (index: number, judge: readonly unknown[]) => ({
      id: `${index}/1/m-1/m-2`,
      prompt: `Question ${index}?`,
      a: { system: 'm-1', text: `One ${index}` },
      b: { system: 'm-2', text: `Two ${index}` },
      slices: { turn: '1' },
      human: [{ rater: 'expert_1', verdict: 'first' }],
      judge,
    });
    const study = [
      pair(1, [
        said('gpt-4/pair-v2', 'a_first', 'first', { raw: '[[A]]' }),
        said('gpt-4/pair-v2', 'b_first', 'second', { at: '2026-01-02T03:04:05Z' }),
        said('plain', 'both', 'inconsistent'),
      ]),
      pair(2, [
        said('lab/j-7b/prompt', 'a_first', 'unparsed'),
        said('lab/j-7b/prompt', 'b_first', 'first', {
          score: { kind: 'preference', value: 2, first: 1, second: 5 },
        }),
      ]),
    ];
    const storePath = await studyOf(study);
    const { folder, content, outcome } = await exportStudy(storePath, 'one', 'fastchat-votes');
    expect(Object.keys(content).sort()).toEqual([
      'gpt4_pair_votes.json',
      'human_votes.json',
      'other_judges_votes.json',
    ]);
    expect(outcome.leftOut.map(({ what }) => what)).toContainEqual(
      expect.stringMatching(/division by zero/u),
    );
    await runImport({
      files: Object.keys(content).map((name) => ({ path: join(folder, name), name })),
      studyName: 'two',
      storePath,
      dryRun: false,
      nowMs: 1,
      newSeed: '0123456789abcdef',
      newStudyId: 'two',
    });
    const back = await nativeRowsOf(storePath, 'two');
    const sent = await nativeRowsOf(storePath, 'one');
    expect(
      back.map(({ id, judge, human }) => ({ id, judge, human })).sort((x, y) => (x.id < y.id ? -1 : 1)),
    ).toEqual(sent.map(({ id, judge, human }) => ({ id, judge, human })));
  });
});

describe('fastchat-judgments', () => {
  const JUDGMENT = fc.record({
    judge: fc.constantFrom('gpt-4/pair-v2', 'plain', 'lab/Judge 7B/prompt', 'gpt-4/pair'),
    order: fc.constantFrom('a_first', 'b_first', 'both', 'unknown'),
    verdict: fc.constantFrom('first', 'second', 'tie', 'both_bad', 'unparsed', 'error', 'inconsistent'),
    sample: fc.constantFrom(0, 0, 0, 1, 4),
    more: fc.constantFrom<object>(
      {},
      { raw: '[[A]]' },
      { raw: '$ERROR$', at: '2026-01-02T03:04:05Z' },
      { score: { kind: 'points', first: 3.5, second: 8 } },
    ),
  });
  const PAIRS = fc
    .array(
      fc.record({
        isTurned: fc.boolean(),
        isOfQuestion: fc.boolean(),
        turn: fc.constantFrom(1, 2),
        category: fc.constantFrom('math', 'writing', undefined),
        judge: fc.uniqueArray(JUDGMENT, {
          minLength: 1,
          maxLength: 8,
          selector: ({ judge, order, sample }) => `${judge} ${order} ${sample}`,
        }),
      }),
      { minLength: 1, maxLength: 5 },
    )
    .map((pairs) =>
      pairs.map(({ isTurned, isOfQuestion, turn, category, judge }, index) => {
        const [one, two] = isTurned ? ['m-2', 'm/1'] : ['m/1', 'm-2'];
        return {
          id: isOfQuestion ? `${index}/${turn}/${one}/${two}` : `pair ${index}`,
          prompt: `Question ${index}?`,
          a: { system: one, text: `One ${index}` },
          b: { system: two, text: `Two ${index}` },
          ...(category === undefined ? {} : { slices: { category } }),
          judge: judge
            .filter(({ verdict, order }) => verdict !== 'inconsistent' || order === 'both')
            .map(({ more, ...each }) => ({ ...each, ...more })),
        };
      }),
    );
  const judgedRows = async (storePath: string, study: string) =>
    (await nativeRowsOf(storePath, study)).map(({ id, judge = [] }) => [
      id,
      judge.map((each) => JSON.stringify(each)).sort(),
    ]);

  it('out and in again loses nothing that a judge said, in any order, sample or wording', async () => {
    await fc.assert(
      fc.asyncProperty(PAIRS, async (study) => {
        const storePath = await studyOf(study);
        const pairs = study.flatMap(({ id, judge }) =>
          [...new Set(judge.map((each) => each.judge))].map((judge) => `${id} ${judge}`),
        );
        if (pairs.length === 0) {
          await expect(exportStudy(storePath, 'one', 'fastchat-judgments')).rejects.toThrow(
            'Nothing was exported',
          );
          return;
        }
        const { folder, content, outcome } = await exportStudy(storePath, 'one', 'fastchat-judgments');
        expect(outcome.rows).toBe(pairs.length);
        const bare = join(temporaryFolder(), 'bare.jsonl');
        writeFileSync(bare, jsonLines(study.map(({ judge: _, ...row }) => row)));
        await importStudy(storePath, bare, 'two');
        for (const file of Object.keys(content)) {
          expect(file).toMatch(/^model_judgment\/[\w.+-]+_pair\.jsonl$/u);
          const { files } = await importStudy(storePath, join(folder, file), 'two');
          expect(files[0]?.recognised?.name).toBe('fastchat-judgments');
        }
        expect(await judgedRows(storePath, 'two')).toEqual(await judgedRows(storePath, 'one'));
      }),
      { numRuns: tries(3, 15) },
    );
  });

  it('are rows of its own kind, which say the same without what stands beside them', async () => {
    const said = (verdict: string, order: string, more: object = {}) => ({
      judge: 'gpt-4/pair-v2',
      order,
      verdict,
      sample: 0,
      raw: `says ${verdict}`,
      at: '2026-01-02T03:04:05.500Z',
      ...more,
    });
    const both = (one: string, two: string) => [said(one, 'a_first'), said(two, 'b_first')];
    const pair = (number: number, turn: number, category: string, judge: readonly unknown[]) => ({
      id: `${number}/${turn}/m-1/m-2`,
      prompt: `Question ${number}?`,
      a: { system: 'm-1', text: `One ${number} ${turn}` },
      b: { system: 'm-2', text: `Two ${number} ${turn}` },
      slices: { category },
      judge,
    });
    const study = [
      pair(81, 1, 'writing', both('first', 'first')),
      pair(81, 2, 'writing', both('first', 'second')),
      pair(101, 1, 'reasoning', both('tie', 'unparsed')),
      pair(101, 2, 'reasoning', both('second', 'second')),
      pair(102, 1, 'math', [said('first', 'a_first'), said('error', 'b_first', { raw: '$ERROR$' })]),
    ];
    const storePath = await studyOf(study);
    const { content, outcome } = await exportStudy(storePath, 'one', 'fastchat-judgments');
    expect(Object.keys(content)).toEqual(['model_judgment/gpt-4_pair.jsonl']);
    const rows = linesOf(content['model_judgment/gpt-4_pair.jsonl']) as Record<string, unknown>[];
    // As `play_a_match_pair` writes them, and what our own reader takes beside it.
    for (const row of rows)
      expect(Object.keys(row)).toEqual([
        ...['question_id', 'model_1', 'model_2', 'g1_winner', 'g2_winner', 'judge'],
        ...['g1_user_prompt', 'g1_judgment', 'g2_user_prompt', 'g2_judgment', 'turn', 'tstamp', 'judgments'],
      ]);
    expect(
      rows.map(({ question_id, turn, judge, g1_winner, g2_winner }) => [
        ...[question_id, turn, judge, g1_winner, g2_winner],
      ]),
    ).toEqual([
      [81, 1, ['gpt-4', 'pair-v2'], 'model_1', 'model_1'],
      [81, 2, ['gpt-4', 'pair-v2-multi-turn'], 'model_1', 'model_2'],
      [101, 1, ['gpt-4', 'pair-math-v1'], 'tie', 'error'],
      [101, 2, ['gpt-4', 'pair-math-v1-multi-turn'], 'model_2', 'model_2'],
      [102, 1, ['gpt-4', 'pair-math-v1'], 'model_1', 'error'],
    ]);
    expect(rows[0]?.tstamp).toBe(Date.parse('2026-01-02T03:04:05.500Z') / 1000);
    expect(outcome.leftOut).toEqual([{ what: 'slices', rows: 5 }]);
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'bare.jsonl'), jsonLines(study.map(({ judge: _, ...row }) => row)));
    await importStudy(storePath, join(folder, 'bare.jsonl'), 'two');
    writeFileSync(join(folder, 'gpt-4_pair.jsonl'), jsonLines(rows.map(({ judgments: _, ...row }) => row)));
    await importStudy(storePath, join(folder, 'gpt-4_pair.jsonl'), 'two');
    expect(await judgedRows(storePath, 'two')).toEqual(await judgedRows(storePath, 'one'));
  });
});
