/** Whether raters can tell the systems apart, asked so that habits cannot look like knowledge. */
import { describe, expect, it } from 'vitest';
import type { InputOf, ReplyOf } from '../../shared/contract/methods.ts';
import { importText, jsonLines } from '../support/comparisons.ts';
import { openTestApp, type TestApp } from '../support/open-app.ts';
import { workSession } from '../support/simulated-rater.ts';

type Asked = NonNullable<ReplyOf<'guess.next'>['guess']>;

/** Two systems whose outputs are told apart by one word, which no system's name has anything to do with. */
async function styledStudy(
  raters: readonly string[],
  systemGuesses = 20,
  transport?: Parameters<typeof openTestApp>[3],
) {
  const test = await openTestApp(undefined, undefined, undefined, transport);
  const { studyId } = await importText(
    test.storePath,
    jsonLines(
      Array.from({ length: 60 }, (_row, index) => ({
        id: `zq-pair-${index}`,
        prompt: `Question ${index}?`,
        a: { system: 'zq-system-0', text: `Indeed, answer ${index} of quality 3.` },
        b: { system: 'zq-system-1', text: `Well, answer ${index} of quality 2.` },
      })),
    ),
  );
  const id = studyId ?? '';
  await test.value('studies.configure', { studyId: id, design: { systemGuesses } });
  for (const rater of raters) await workSession(test, id, rater, 1000, { skill: 1 });
  return { test, id };
}

async function guessAll(
  { value }: TestApp,
  studyId: string,
  rater: string,
  answer: (asked: Asked) => InputOf<'guess.answer'>['answer'],
): Promise<Asked[]> {
  const { session, guessesLeft } = await value('rating.begin', { studyId, rater });
  const asked: Asked[] = [];
  let turn = await value('guess.next', { session });
  expect(turn.left).toBe(guessesLeft);
  while (turn.guess !== null) {
    asked.push(turn.guess);
    const { guessId } = turn.guess;
    turn = await value('guess.answer', { session, guessId, answer: answer(turn.guess) });
  }
  return asked;
}

const opening = (text: Asked['pair']['left']) => text[0]?.content.slice(0, 4);

describe('the last questions', () => {
  it('come when the work is done, so many of them, each about other pairs, and name nobody', async () => {
    const { test, id } = await styledStudy(['ada']);
    const early = await test.value('rating.begin', { studyId: id, rater: 'ben' });
    expect(early.guessesLeft).toBe(0);
    expect(await test.value('guess.next', { session: early.session })).toMatchObject({ guess: null });
    const asked = await guessAll(test, id, 'ada', () => 'left');
    expect(asked).toHaveLength(20);
    expect(new Set(asked.map(({ pair }) => JSON.stringify(pair.task))).size).toBe(20);
    for (const { sample, pair } of asked) {
      expect([pair.left, pair.right]).not.toContainEqual(sample);
      expect([opening(pair.left), opening(pair.right)].sort()).toEqual(['Inde', 'Well']);
    }
    expect(JSON.stringify(asked)).not.toMatch(/zq-|"(?:first|second|system|leftSide)"/u);
    expect((await test.value('rating.begin', { studyId: id, rater: 'ada' })).guessesLeft).toBe(0);
  });

  it('are answered at chance by whoever always says the same, and rightly by whoever can tell', async () => {
    const { test, id } = await styledStudy(['ada', 'ben', 'cyd', 'dan'], 50);
    await guessAll(test, id, 'ada', () => 'left');
    await guessAll(test, id, 'ben', ({ pair }) => (opening(pair.left) === 'Inde' ? 'left' : 'right'));
    await guessAll(test, id, 'cyd', ({ sample, pair }) =>
      opening(sample) === opening(pair.left) ? 'left' : 'right',
    );
    await guessAll(test, id, 'dan', () => 'cannot_tell');
    const report = await test.value('guess.report', { studyId: id });
    const [ada, ben, cyd, dan] = report.raters;
    for (const habit of [ada, ben]) {
      expect(habit?.rate?.interval.low).toBeLessThan(0.5);
      expect(habit?.rate?.interval.high).toBeGreaterThan(0.5);
      expect(habit?.rate?.p).toBeGreaterThan(0.01);
    }
    expect(cyd).toMatchObject({ asked: 50, right: 50, rate: { value: 1 } });
    expect(cyd?.rate?.p).toBeLessThan(1e-9);
    expect(dan).toMatchObject({ asked: 50, cannotTell: 50, rate: null });
    expect(report).toMatchObject({ asked: 200, cannotTell: 50 });
  });

  it('tell a page of a blind study nothing of fewer than ten guesses of a rater', async () => {
    const { test, id } = await styledStudy(['ada', 'ben', 'cyd'], 12, 'http');
    let given = 0;
    await guessAll(test, id, 'ada', ({ sample, pair }) => {
      if (++given > 9) return 'cannot_tell';
      return opening(sample) === opening(pair.left) ? 'left' : 'right';
    });
    given = 0;
    await guessAll(test, id, 'ben', () => (++given > 10 ? 'cannot_tell' : 'left'));
    await guessAll(test, id, 'cyd', () => 'cannot_tell');
    const blind = await test.value('guess.report', { studyId: id });
    const [ben, cyd] = blind.raters;
    expect(blind).toMatchObject({ asked: 24, cannotTell: 14, right: ben?.right, withheld: 1 });
    expect(ben).toMatchObject({ rater: 'ben', asked: 12, cannotTell: 2 });
    expect(cyd).toMatchObject({ rater: 'cyd', asked: 12, cannotTell: 12, right: 0, rate: null });
    await test.value('studies.unblind', { studyId: id, confirmName: 'Study' });
    const open = await test.value('guess.report', { studyId: id });
    expect(open).toMatchObject({ asked: 36, withheld: 0, right: 9 + (ben?.right ?? 0) });
  });

  it('keep their first answer', async () => {
    const { test, id } = await styledStudy(['ada']);
    const { session } = await test.value('rating.begin', { studyId: id, rater: 'ada' });
    const { guess } = await test.value('guess.next', { session });
    const give = (answer: InputOf<'guess.answer'>['answer']) =>
      test.app.call('guess.answer', { session, guessId: guess?.guessId ?? '', answer });
    expect(await give('left')).toMatchObject({ ok: true, value: { left: 19 } });
    expect(await give('left')).toMatchObject({ ok: true, value: { left: 19 } });
    expect(await give('right')).toMatchObject({ ok: false, error: { code: 'conflict' } });
    // While it is blind nobody is counted who is not through: a count that moved would tell who wrote what.
    expect((await test.value('guess.report', { studyId: id })).asked).toBe(0);
    await test.value('studies.unblind', { studyId: id, confirmName: 'Study' });
    expect((await test.value('guess.report', { studyId: id })).asked).toBe(1);
  });

  it('are not asked once names are known', async () => {
    const { test, id } = await styledStudy(['ada']);
    await test.value('studies.unblind', { studyId: id, confirmName: 'Study' });
    expect((await test.value('rating.begin', { studyId: id, rater: 'ada' })).guessesLeft).toBe(0);
  });
});
