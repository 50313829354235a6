/** Judgments for Arena-Hard: what it reads, and the way back. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runImport } from '../../electron/core/imports/run-import.ts';
import { jsonLines } from '../support/comparisons.ts';
import { exportStudy, importStudy, linesOf, studyOf } from '../support/exported-study.ts';
import { openTestApp } from '../support/open-app.ts';
import { nativeRowsOf } from '../support/round-trip.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { tries } from '../support/tries.ts';

describe('arena-hard-judgments', () => {
  const game = (order: string, verdict: string) => ({
    judge: 'gpt/judge v1',
    order,
    verdict,
    raw: `[[${verdict}]]`,
  });
  const row = (uid: string, model: string, judge: readonly unknown[]) => ({
    id: `${uid}/${[model, 'base'].sort().join('/')}`,
    prompt: `Question ${uid}?`,
    a: { system: model < 'base' ? model : 'base', text: 'A' },
    b: { system: model < 'base' ? 'base' : model, text: 'B' },
    slices: { category: 'hard' },
    judge,
  });

  it('are a folder a judge and a file a model, with the baseline as A in the first game', async () => {
    const storePath = await studyOf([
      row('u1', 'zebra', [game('a_first', 'first'), game('b_first', 'second')]),
      row('u2', 'apple', [game('a_first', 'first'), game('b_first', 'both_bad')]),
      row('u3', 'zebra', [game('a_first', 'unparsed'), game('b_first', 'error')]),
      row('u4', 'zebra', [game('both', 'inconsistent')]),
    ]);
    const { content, outcome } = await exportStudy(storePath, 'one', 'arena-hard-judgments');
    expect(Object.keys(content)).toEqual([
      expect.stringMatching(/^model_judgment\/gpt_judge_v1-[0-9a-f]{8}\/apple\.jsonl$/u),
      expect.stringMatching(/^model_judgment\/gpt_judge_v1-[0-9a-f]{8}\/zebra\.jsonl$/u),
    ]);
    const [apple, zebra] = Object.values(content);
    expect(linesOf(apple)).toMatchObject([
      // The model is the pair's first output: game 1 shows the baseline as A, which is the second order.
      { uid: 'u2', model: 'apple', baseline: 'base', games: [{ score: 'A=B' }, { score: 'A>B' }] },
    ]);
    expect(linesOf(zebra)).toMatchObject([
      {
        uid: 'u1',
        category: 'hard',
        judge: 'gpt/judge v1',
        games: [{ score: 'A>B', judgment: { answer: '[[first]]' } }, { score: 'A>B' }],
      },
      { uid: 'u3', games: [{ score: null }, null] },
    ]);
    expect(outcome.leftOut).toEqual([
      { what: 'verdicts of judges that both are bad, written as ties', rows: 1 },
      { what: 'verdicts of judges whose order is not known', rows: 1 },
    ]);
  });

  it('come back with their strength and their baseline, of any number of models', async () => {
    const scores = ['A>>B', 'A>B', 'A=B', 'B>A', 'B>>A', null] as const;
    const baselineOf = (uid: number) => (uid % 2 === 0 ? 'zed-base' : 'any-base');
    const models = ['m-one', 'kilo', 'zulu'];
    const judgments = models.flatMap((model, place) =>
      Array.from({ length: 12 }, (_none, uid) => ({
        uid: `u${uid}`,
        category: uid % 2 === 0 ? 'hard' : 'creative',
        judge: 'sim',
        model,
        baseline: baselineOf(uid),
        games: [scores[(uid + place) % 6], scores[(uid * 5 + place) % 6]].map((score, game) =>
          uid === 7 && game === 0 ? null : { score, judgment: { answer: 'So.' }, prompt: [] },
        ),
      })),
    );
    const folder = temporaryFolder();
    const question = (uid: number) => ({
      uid: `u${uid}`,
      category: uid % 2 === 0 ? 'hard' : 'creative',
      prompt: `Question ${uid}?`,
    });
    const answer = (model: string, uid: number) => ({
      uid: `u${uid}`,
      model,
      messages: [{ role: 'assistant', content: { answer: `${model} on ${uid}` } }],
    });
    const numbers = Array.from({ length: 12 }, (_none, uid) => uid);
    const runs = {
      'question.jsonl': numbers.map(question),
      ...Object.fromEntries(
        [...models, 'zed-base', 'any-base'].map((model) => [
          `${model}.jsonl`,
          numbers.map((uid) => answer(model, uid)),
        ]),
      ),
      'judgments.jsonl': judgments,
    };
    const { storePath } = await openTestApp();
    await runImport({
      files: Object.entries(runs).map(([name, rows]) => {
        writeFileSync(join(folder, name), jsonLines(rows));
        return { path: join(folder, name), name };
      }),
      studyName: 'one',
      storePath,
      dryRun: false,
      nowMs: 1,
      newSeed: '0123456789abcdef',
      newStudyId: 'one',
    });
    const { content } = await exportStudy(storePath, 'one', 'arena-hard-judgments');
    const back = Object.values(content).flatMap((text) => linesOf(text)) as { question_id: string }[];
    const sorted = (rows: readonly unknown[]) => rows.map((each) => JSON.stringify(each)).sort();
    expect(sorted(back.map(({ question_id: _, ...row }) => row))).toEqual(sorted(judgments));
  });

  it('out and in again loses no verdict but both bad', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            model: fc.constantFrom('apple', 'zebra', 'm/o d'),
            one: fc.constantFrom('first', 'second', 'tie', 'unparsed', 'error'),
            two: fc.constantFrom('first', 'second', 'tie', 'unparsed', 'error'),
          }),
          { minLength: 1, maxLength: 6 },
        ),
        async (pairs) => {
          const rows = pairs.map(({ model, one, two }, index) =>
            row(`u${index}`, model, [game('a_first', one), game('b_first', two)]),
          );
          const storePath = await studyOf(rows);
          const out = await exportStudy(storePath, 'one', 'arena-hard-judgments');
          const bare = join(temporaryFolder(), 'bare.jsonl');
          writeFileSync(bare, jsonLines(rows.map(({ judge: _, ...rest }) => rest)));
          await importStudy(storePath, bare, 'two');
          for (const file of Object.keys(out.content)) {
            const { files } = await importStudy(storePath, join(out.folder, file), 'two');
            expect(files[0]?.recognised?.name).toBe('arena-hard-judgments');
          }
          const verdicts = async (study: string) =>
            (await nativeRowsOf(storePath, study)).map(({ id, judge = [] }) => [
              id,
              judge.map(({ order, verdict }) => `${order} ${verdict}`).sort(),
            ]);
          // Which of two systems is the baseline does not matter to what was said.
          expect(await verdicts('two')).toEqual(await verdicts('one'));
        },
      ),
      { numRuns: tries(3, 30) },
    );
  });
});
