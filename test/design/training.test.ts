/** Practice with feedback, a qualifying set with a pass mark, retries, and what checks leave behind. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { BlindPresentation } from '../../shared/blind/blind-presentation.ts';
import { answersToPass } from '../../shared/rating/pass-mark.ts';
import type { Answer } from '../../shared/study/verdict.ts';
import { importText, jsonLines } from '../support/comparisons.ts';
import { openTestApp } from '../support/open-app.ts';
import { qualityRows, trueAnswer } from '../support/simulated-rater.ts';

/** The true verdict of a row as {@link qualityRows} wrote it. */
function trueVerdict(row: Record<string, unknown>): 'first' | 'second' | 'tie' {
  const quality = (side: unknown) => Number(/quality (\d)/u.exec(JSON.stringify(side))?.[1]);
  const [one, two] = [quality(row.a), quality(row.b)];
  return one === two ? 'tie' : one > two ? 'first' : 'second';
}

async function trainedStudy(attempts: number) {
  const test = await openTestApp();
  const rows = qualityRows(40);
  const { studyId } = await importText(test.storePath, jsonLines(rows));
  if (studyId === null) throw new Error('nothing was imported');
  const stages = ['example', 'example', 'practice', 'practice', 'practice', ...Array(5).fill('qualifying')];
  const counts = await test.value('design.addKnownAnswers', {
    studyId,
    answers: stages.map((stage, index) => ({
      pair: `pair-${index}`,
      stage,
      verdict: trueVerdict(rows[index] ?? {}),
      explanation: `Because of its quality (${index}).`,
    })),
  });
  expect(counts).toEqual({ example: 2, practice: 3, qualifying: 5, gold: 0 });
  await test.value('studies.configure', { studyId, design: { training: { passMark: 0.8, attempts } } });
  return { test, studyId };
}

type Study = Awaited<ReturnType<typeof trainedStudy>>;

async function begin({ test, studyId }: Study, rater: string) {
  return test.value('rating.begin', { studyId, rater });
}

async function vote({ test }: Study, session: string, pair: BlindPresentation | undefined, answer: Answer) {
  return test.value('rating.submit', {
    session,
    commandId: randomUUID(),
    presentationId: pair?.presentationId ?? '',
    answer,
    ...(answer === 'skipped' ? { skipReason: 'cannot_judge' as const } : {}),
    viewedMs: 800,
  });
}

const opposite = (answer: Answer): Answer => (answer === 'left' ? 'right' : 'left');

describe('a study with training', () => {
  it('teaches, tests and then lets work', async () => {
    const study = await trainedStudy(2);
    const begun = await begin(study, 'ada');
    const { session } = begun;
    expect(begun).toMatchObject({
      stage: 'practice',
      study: { examples: 2 },
      training: { done: 0, total: 3, passMark: 0.8, attemptsLeft: 2, lastResult: null },
    });
    const examples = await study.test.value('rating.examples', { session });
    expect(examples.map(({ pair, answer }) => answer === trueAnswer(pair))).toEqual([true, true]);
    const ids = examples.map(({ pair }) => pair.presentationId);
    expect(ids.every((id) => /^[0-9a-f]{32}$/u.test(id))).toBe(true);
    expect(new Set(ids).size).toBe(2);
    let turn: Pick<typeof begun, 'queue' | 'stage' | 'training' | 'progress'> = begun;
    for (let place = 0; place < 3; place++) {
      const [pair] = turn.queue;
      if (pair === undefined) throw new Error('no practice pair');
      const truth = trueAnswer(pair);
      const given = place === 0 ? truth : opposite(truth);
      const reply = await vote(study, session, pair, given);
      expect(reply.feedback).toMatchObject({
        isAsKnown: place === 0,
        known: truth,
        explanation: expect.stringMatching(/^Because of its quality/u),
      });
      turn = reply;
    }
    expect(turn).toMatchObject({ stage: 'qualifying', training: { done: 0, total: 5, attemptsLeft: 2 } });
    const qualify = async (right: number) => {
      for (let place = 0; place < 5; place++) {
        const [pair] = turn.queue;
        if (pair === undefined) throw new Error('no qualifying pair');
        const truth = trueAnswer(pair);
        const reply = await vote(study, session, pair, place < right ? truth : opposite(truth));
        expect(reply.feedback).toBeNull();
        turn = reply;
      }
    };
    await qualify(3);
    expect(turn).toMatchObject({
      stage: 'qualifying',
      training: { done: 0, attemptsLeft: 1, lastResult: { correct: 3, answered: 5 } },
    });
    await qualify(4);
    expect(turn).toMatchObject({ stage: 'working', training: null, progress: { done: 0, canUndo: false } });
    expect(turn.progress.total).toBe(30);
    // No pair of the training is worked on, and none of its votes is a result.
    const seen = new Set<string>();
    for (let votes = 0; votes < 30; votes++) {
      const [pair] = turn.queue;
      seen.add(pair?.task[0]?.content ?? '');
      turn = await vote(study, session, pair, 'tie');
    }
    expect(turn.queue).toEqual([]);
    expect(seen.size).toBe(30);
    for (let index = 0; index < 10; index++) expect(seen.has(`Question ${index}?`)).toBe(false);
    const shown = await study.test.value('studies.show', { studyId: study.studyId });
    expect(shown.raterProgress).toEqual([{ name: 'ada', votes: 30, skipped: 0, isExcluded: false }]);
    const mine = await study.test.value('rating.history', { session });
    expect(mine.total).toBe(30);
  });

  it('ends with too few right answers, and nobody can go back to them', async () => {
    const study = await trainedStudy(1);
    const { session, ...begun } = await begin(study, 'ben');
    let turn: Pick<typeof begun, 'queue' | 'stage'> = begun;
    const first = begun.queue[0];
    for (let place = 0; place < 8; place++) {
      const [pair] = turn.queue;
      if (pair === undefined) throw new Error('no pair');
      turn = await vote(study, session, pair, place % 2 === 0 ? 'skipped' : opposite(trueAnswer(pair)));
    }
    expect(turn).toMatchObject({ stage: 'refused', queue: [] });
    expect(await begin(study, 'ben')).toMatchObject({ stage: 'refused', queue: [] });
    const again = await begin(study, 'ben');
    const back = await study.test.app.call('rating.revisit', {
      session: again.session,
      presentationId: first?.presentationId,
    });
    expect(back).toMatchObject({ ok: false, error: { code: 'not_found' } });
    const undone = await study.test.app.call('rating.undo', {
      session: again.session,
      commandId: randomUUID(),
    });
    expect(undone).toMatchObject({ ok: false, error: { code: 'nothing_to_undo' } });
  });
});

describe('known answers', () => {
  it('are refused for pairs that are not there, named twice, or already rated', async () => {
    const test = await openTestApp();
    const { studyId } = await importText(test.storePath, jsonLines(qualityRows(6)));
    const id = studyId ?? '';
    const name = (...pairs: string[]) =>
      test.app.call('design.addKnownAnswers', {
        studyId: id,
        answers: pairs.map((pair) => ({ pair, stage: 'gold', verdict: 'tie' })),
      });
    const { session, queue } = await test.value('rating.begin', { studyId: id, rater: 'ada' });
    await test.value('rating.submit', {
      session,
      commandId: randomUUID(),
      presentationId: queue[0]?.presentationId ?? '',
      answer: 'left',
      viewedMs: 700,
    });
    const idOf = ({ task }: BlindPresentation) =>
      `pair-${/Question (\d)/u.exec(task[0]?.content ?? '')?.[1]}`;
    const given = new Set((await test.value('rating.begin', { studyId: id, rater: 'ada' })).queue.map(idOf));
    const rated = idOf(queue[0] as BlindPresentation);
    const [one = '', two = ''] = [0, 1, 2, 3, 4, 5]
      .map((index) => `pair-${index}`)
      .filter((each) => each !== rated && !given.has(each));
    expect(await name(one, 'nothing')).toMatchObject({
      ok: false,
      error: { message: 'answers[1]: the comparison “nothing” is not in this study. Nothing was changed.' },
    });
    for (const wrong of [one, rated, ...given])
      expect(await name(one, wrong)).toMatchObject({ ok: false, error: { code: 'invalid_input' } });
    expect(await name(one, two)).toMatchObject({ ok: true, value: { gold: 2 } });
    // A vote on such a pair is no result, wherever it comes from.
    await expect(
      importText(test.storePath, jsonLines([{ id: one, human: [{ rater: 'elsewhere', verdict: 'tie' }] }])),
    ).rejects.toMatchObject({ message: expect.stringContaining('known') });
    await test.value('studies.configure', { studyId: id, design: { minimumViewingMs: 0 } });
  });
});

describe('a pass mark', () => {
  it('is reached by the whole number it comes to', () => {
    expect(answersToPass(0.28, 25)).toBe(7);
    expect(answersToPass(0.56, 25)).toBe(14);
    expect(answersToPass(0.8, 3)).toBe(3);
    expect(answersToPass(0, 3)).toBe(0);
  });
});

describe('a vote', () => {
  it('must say what its study asks, and nothing else', async () => {
    const test = await openTestApp();
    const { studyId } = await importText(test.storePath, jsonLines(qualityRows(30)));
    const id = studyId ?? '';
    const rubric = { criteria: [{ name: 'correct', about: 'It is true.' }], reasonTags: ['too long'] };
    const begin = () => test.value('rating.begin', { studyId: id, rater: 'ada' });
    const submit = async (more: Record<string, unknown>) => {
      const { session, queue } = await begin();
      return test.app.call('rating.submit', {
        session,
        commandId: randomUUID(),
        presentationId: queue[0]?.presentationId ?? '',
        answer: 'left',
        viewedMs: 700,
        ...more,
      });
    };
    const details = {
      criteria: { correct: 'right' },
      reasonTags: ['too long'],
      spans: [{ side: 'right', from: 2, to: 6, quote: 'swer' }],
    };
    for (const wrong of [{ strength: 1 }, { confidence: 2 }, { details }, { idleMs: 800 }])
      expect(await submit(wrong)).toMatchObject({ ok: false, error: { code: 'invalid_input' } });
    await test.value('studies.configure', {
      studyId: id,
      design: { scale: 'graded_5', rubric, asksConfidence: true, marksSpans: true },
    });
    for (const wrong of [
      {},
      { strength: 3 },
      { answer: 'tie', strength: 1 },
      { answer: 'both_bad' },
      { strength: 1, details: { criteria: { brief: 'left' } } },
      { strength: 1, details: { reasonTags: ['too short'] } },
    ])
      expect(await submit(wrong)).toMatchObject({ ok: false, error: { code: 'invalid_input' } });
    const { session, queue, study } = await begin();
    expect(study.rubric).toEqual(rubric);
    expect(await submit({ strength: 2, confidence: 3, idleMs: 200, note: 'hm', details })).toMatchObject({
      ok: true,
    });
    void session;
    const now = await begin();
    expect(
      await test.value('rating.revisit', {
        session: now.session,
        presentationId: queue[0]?.presentationId ?? '',
      }),
    ).toMatchObject({ answer: 'left', strength: 2, confidence: 3, note: 'hm', details });
    const shown = await test.value('studies.show', { studyId: id });
    expect(shown.design.rubric).toEqual(rubric);
  });
});

describe('a known answer', () => {
  it('is one that the scale offers, whichever is set first', async () => {
    const test = await openTestApp();
    const { studyId } = await importText(test.storePath, jsonLines(qualityRows(4)));
    const id = studyId ?? '';
    const scale = (name: string) =>
      test.app.call('studies.configure', { studyId: id, design: { scale: name } });
    const gold = (pair: string, verdict: string) =>
      test.app.call('design.addKnownAnswers', { studyId: id, answers: [{ pair, stage: 'gold', verdict }] });
    expect(await scale('with_tie')).toMatchObject({ ok: true });
    expect(await gold('pair-0', 'both_bad')).toMatchObject({ ok: false, error: { code: 'invalid_input' } });
    expect(await gold('pair-0', 'tie')).toMatchObject({ ok: true });
    expect(await scale('two_way')).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(await scale('graded_5')).toMatchObject({ ok: true });
  });
});
