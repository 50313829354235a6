/** How much is asked of the database for one vote, counted at the driver: BEGIN and COMMIT count like any other. */
import { setImmediate as turnOfLoop } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import type { InputOf, ReplyOf } from '../../shared/contract/methods.ts';
import { importText, jsonLines } from '../support/comparisons.ts';
import { takeStatements } from '../support/counted-statements.ts';
import { explainingStore } from '../support/explained-statements.ts';
import { openTestApp } from '../support/open-app.ts';
import { qualityRows, workSession } from '../support/simulated-rater.ts';

vi.mock('better-sqlite3', async (importOriginal) => {
  const { countedDriver } = await import('../support/counted-statements.ts');
  const { default: driver } = await importOriginal<{ default: Parameters<typeof countedDriver>[0] }>();
  return { default: countedDriver(driver) };
});

/** Most statements before a reply is sent, and of the whole call with what is opened for later. */
const [MOST_BEFORE_REPLY, MOST_OF_CALL] = [8, 12];

const CHECKS = { repeatShare: 0.2, goldShare: 0.1, catchShare: 0.2, repeatGap: 5 };

const SPANS = {
  criteria: { depth: 'left' as const },
  reasonTags: ['wrong'],
  spans: [{ side: 'left' as const, from: 0, to: 6, quote: 'Answer' }],
};

async function studyOf(
  pairs: number,
  design: Record<string, unknown>,
  host: 'in_process' | 'http' = 'in_process',
) {
  const test = await openTestApp(undefined, undefined, undefined, host);
  const { studyId } = await importText(test.storePath, jsonLines(qualityRows(pairs)));
  const id = studyId ?? '';
  const rubric = { criteria: [{ name: 'depth', about: '' }], reasonTags: ['wrong'] };
  await test.value('studies.configure', {
    studyId: id,
    design: { minimumViewingMs: 0, marksSpans: true, asksConfidence: true, rubric, ...design },
  });
  return { ...test, studyId: id };
}

type Test = Awaited<ReturnType<typeof studyOf>>;
type Turn = Pick<ReplyOf<'rating.begin'>, 'queue'>;

interface Count {
  readonly before: number;
  readonly whole: number;
}

/** Runs one call of the rating and counts until its reply, and until nothing more follows. */
async function counted<Reply>(
  call: () => Promise<Reply>,
): Promise<{ reply: Reply; count: Count; said: string; statements: readonly string[] }> {
  for (let turn = 0; turn < 3; turn++) await turnOfLoop();
  takeStatements();
  const reply = await call();
  const before = takeStatements();
  for (let turn = 0; turn < 3; turn++) await turnOfLoop();
  const after = takeStatements();
  if (before.length === 0) throw new Error('no statement was counted');
  const said = [...before, '-- reply --', ...after].map((sql) => sql.replaceAll(/\s+/gu, ' ').slice(0, 160));
  return {
    reply,
    count: { before: before.length, whole: before.length + after.length },
    said: said.join('\n'),
    statements: [...before, ...after],
  };
}

/** How SQLite finds what statements ask for: what is done together for each part of one. */
function partsOf(statements: readonly string[]): string[][] {
  const store = explainingStore();
  return statements
    .filter((sql) => /^\s*(?:WITH|SELECT|INSERT|UPDATE|DELETE)\b/u.test(sql))
    .flatMap((sql) => {
      const rows = store.prepare<[], { parent: number; detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all();
      const parts = Map.groupBy(rows, ({ parent }) => parent);
      return [...parts.values()].map((part) => part.map(({ detail }) => detail));
    });
}

function voter({ value }: Test, session: string) {
  const vote = (queue: Turn['queue'], change: Partial<InputOf<'rating.submit'>> = {}) => ({
    session,
    commandId: crypto.randomUUID() as string,
    presentationId: queue[0]?.presentationId ?? '',
    answer: 'left' as const,
    viewedMs: 700,
    ...change,
  });
  return { vote, submit: (input: InputOf<'rating.submit'>) => counted(() => value('rating.submit', input)) };
}

function expectFew({ count, said }: { readonly count: Count; readonly said: string }, about: string): void {
  expect(count.before, `${about}\n${said}`).toBeLessThanOrEqual(MOST_BEFORE_REPLY);
  expect(count.whole, `${about}\n${said}`).toBeLessThanOrEqual(MOST_OF_CALL);
}

/** The most that each kind of call asked for. */
class Most {
  readonly #most = new Map<string, Count>();

  note(kind: string, { count, said }: { readonly count: Count; readonly said: string }): void {
    expectFew({ count, said }, kind);
    const most = this.#most.get(kind) ?? { before: 0, whole: 0 };
    this.#most.set(kind, {
      before: Math.max(most.before, count.before),
      whole: Math.max(most.whole, count.whole),
    });
  }

  of(kind: string): Count | undefined {
    return this.#most.get(kind);
  }
}

describe('a vote', () => {
  it.each([
    ['in a study of many pairs', 4000, {}],
    ['with checks among the pairs', 400, { checks: CHECKS }],
    ['in blocks', 400, { checks: CHECKS, blockSize: 20 }],
    ['with two raters a pair', 400, { ratersPerPair: 2, overlapShare: 0.2 }],
    [
      'with checks and two raters a pair',
      400,
      { checks: CHECKS, ratersPerPair: 2, ratersWhereSplit: 3, overlapShare: 0.1 },
    ],
  ])('asks little of the database %s', async (_about, pairs, design) => {
    const test = await studyOf(pairs, design);
    // Others were here before, so that places are taken.
    for (const rater of ['ben', 'cyd'])
      await workSession(test, test.studyId, rater, 30, { skill: 0.7, skips: 0.1 });
    const begun = await test.value('rating.begin', { studyId: test.studyId, rater: 'ada' });
    const { session } = begun;
    const { vote, submit } = voter(test, session);
    let { queue } = begun;
    const most = new Most();
    for (let votes = 0; votes < 45; votes++) {
      if (queue.length === 0) ({ queue } = await test.value('rating.closeBlock', { session }));
      const ordinary = vote(queue);
      most.note('vote', await submit(ordinary));
      most.note('retry', await submit(ordinary));
      const change = { commandId: crypto.randomUUID() as string, answer: 'tie', revises: true } as const;
      most.note('edit', await submit({ ...ordinary, ...change }));
      const undone = await counted(() =>
        test.value('rating.undo', { session, commandId: crypto.randomUUID() }),
      );
      most.note('undo', undone);
      const draft = { note: 'as yet', confidence: 2, details: SPANS, earlier: null, keptAt: 1 };
      const presentationId = undone.reply.queue[0]?.presentationId ?? '';
      const kept = await counted(() => test.value('rating.keepDraft', { session, presentationId, draft }));
      most.note('draft', kept);
      // What is typed asks for nothing of the rater's work.
      expect(kept.said).not.toContain('WITH asked');
      const isSkip = votes % 2 === 0;
      const skip = { answer: 'skipped', skipReason: 'other' } as const;
      const again = await submit(
        vote(undone.reply.queue, isSkip ? skip : { details: SPANS, confidence: 2, note: 'Because.' }),
      );
      most.note(isSkip ? 'skip' : 'vote with details', again);
      ({ queue } = again.reply);
    }
    // What is not asked twice is not asked: these have nothing to open.
    for (const kind of ['edit', 'undo', 'skip']) expect(most.of(kind)?.whole, kind).toBeLessThanOrEqual(6);
  });

  it('asks little where next to all pairs are taken, down to the last', async () => {
    const test = await studyOf(260, { ratersPerPair: 1 });
    await workSession(test, test.studyId, 'ben', 250, { skill: 1 });
    const begun = await test.value('rating.begin', { studyId: test.studyId, rater: 'ada' });
    const { vote, submit } = voter(test, begun.session);
    let { queue } = begun;
    let votes = 0;
    for (; queue.length > 0; votes++) {
      const given = await submit(vote(queue));
      expectFew(given, `vote ${votes}`);
      ({ queue } = given.reply);
    }
    expect(votes).toBeGreaterThan(5);
  });

  it('asks little while a rater trains', async () => {
    const test = await studyOf(60, { training: { passMark: 0, attempts: 1 } });
    await test.value('design.addKnownAnswers', {
      studyId: test.studyId,
      answers: Array.from({ length: 12 }, (_answer, index) => ({
        pair: `pair-${index}`,
        stage: index < 6 ? 'practice' : 'qualifying',
        verdict: 'first',
        explanation: '',
      })),
    });
    const begun = await test.value('rating.begin', { studyId: test.studyId, rater: 'ada' });
    const { vote, submit } = voter(test, begun.session);
    let { queue } = begun;
    for (let votes = 0; votes < 14; votes++) {
      const given = await submit(vote(queue));
      // The last of a set opens the pairs of the next before the reply; the very last is scored, too.
      if (votes === 5 || votes === 11) expect(given.count.whole, given.said).toBeLessThanOrEqual(30);
      else expectFew(given, `answer ${votes}`);
      ({ queue } = given.reply);
    }
  });

  it('asks little with everything at once: consent, training, blocks, checks, places and thresholds', async () => {
    const test = await studyOf(60, {
      consent: 'Agree.',
      training: { passMark: 0, attempts: 1 },
      blockSize: 10,
      checks: CHECKS,
      ratersPerPair: 2,
      ratersWhereSplit: 3,
      overlapShare: 0.2,
    });
    const { studyId } = test;
    const stages = ['practice', 'practice', 'qualifying', 'gold', 'gold', 'gold'] as const;
    await test.value('design.addKnownAnswers', {
      studyId,
      answers: stages.map((stage, index) => ({
        pair: `pair-${index}`,
        stage,
        verdict: 'first',
        explanation: '',
      })),
    });
    await test.value('studies.configure', { studyId, design: { guideline: 'Another one.' } });
    const { session } = await test.value('rating.begin', { studyId, rater: 'ada' });
    let { queue } = await test.value('rating.consent', { session, text: 'Agree.' });
    const { vote, submit } = voter(test, session);
    let [votes, blocks] = [0, 0];
    for (; queue.length > 0 || blocks < 2; votes++) {
      if (queue.length === 0) {
        ({ queue } = await test.value('rating.closeBlock', { session }));
        blocks++;
      }
      const given = await submit(vote(queue));
      // The last of a set opens the pairs of the next, and the very last is scored.
      if (votes !== 1 && votes !== 2) expectFew(given, `vote ${votes}`);
      ({ queue } = given.reply);
    }
    expect(votes).toBe(33);
  });

  it.each([
    ['a rater', {}, []],
    ['a rater who trains', { training: { passMark: 0, attempts: 1 } }, ['practice', 'qualifying']],
  ])('walks through no vote that was imported for %s', async (_about, design, stages) => {
    const test = await studyOf(40, { blockSize: 5, checks: CHECKS, ...design });
    const { studyId, value } = test;
    if (stages.length > 0)
      await value('design.addKnownAnswers', {
        studyId,
        answers: stages.map((stage, index) => ({
          pair: `pair-${index}`,
          stage: stage as 'practice',
          verdict: 'first',
          explanation: '',
        })),
      });
    takeStatements();
    const begun = await value('rating.begin', { studyId, rater: 'ada' });
    const { session } = begun;
    const { vote, submit } = voter(test, session);
    let { queue } = begun;
    const said: string[] = takeStatements();
    for (let votes = 0; votes < 8; votes++) {
      if (queue.length === 0) ({ queue } = await value('rating.closeBlock', { session }));
      const given = await submit(vote(queue));
      said.push(...given.statements);
      ({ queue } = given.reply);
    }
    await value('rating.undo', { session, commandId: crypto.randomUUID() });
    await value('rating.history', { session });
    said.push(...takeStatements());
    const parts = partsOf(said);
    const steps = parts.flat();
    expect(steps.filter((step) => step.includes('ratings_by_rater'))).toEqual([]);
    // The newest of what a rater voted is looked up from the end: put in order, it would be read whole.
    const sorted = parts.filter((part) => part.some((step) => step.startsWith('USE TEMP B-TREE')));
    expect(sorted.flat().filter((step) => step.includes('ratings_of_rater'))).toEqual([]);
    // Else it would show nothing.
    for (const index of ['ratings_of_rater (rater_id=?)', 'ratings_that_check (rater_id=? AND role=?)'])
      expect(steps.filter((step) => step.includes(index)).length, index).toBeGreaterThan(0);
  });

  it('is counted whole: what a transaction asks for is seen, its beginning and its end among it', async () => {
    const { app } = await studyOf(4, {});
    const { store } = app.context;
    takeStatements();
    store.write(() => {
      store.query('SELECT 1').get();
      store.query('SELECT 2').all();
    });
    expect(takeStatements().map((sql) => sql.split(' ')[0])).toEqual(['BEGIN', 'SELECT', 'SELECT', 'COMMIT']);
  });

  it('asks one thing more in a window, which may have been handed to a rater', async () => {
    const test = await studyOf(40, {}, 'http');
    const begun = await test.value('rating.begin', { studyId: test.studyId, rater: 'ada' });
    const { vote, submit } = voter(test, begun.session);
    let { queue } = begun;
    for (let votes = 0; votes < 8; votes++) {
      const given = await submit(vote(queue));
      expectFew(given, `vote ${votes}`);
      ({ queue } = given.reply);
    }
  });
});
