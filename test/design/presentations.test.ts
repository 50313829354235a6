/** The design holds whatever raters do: simulated ones work through the real services. */
import { describe, expect, it } from 'vitest';
import { Store } from '../../electron/core/store/engine/database.ts';
import { importText, jsonLines } from '../support/comparisons.ts';
import { openTestApp, type TestApp } from '../support/open-app.ts';
import { qualityRows, type RaterHabits, workSession } from '../support/simulated-rater.ts';

interface Row {
  readonly rater: string;
  readonly position: number;
  readonly kind: string;
  readonly pair: string;
  readonly leftSystem: number;
  readonly rightSystem: number;
  readonly leftResponse: number;
  readonly rightResponse: number;
  readonly repeatOf: number | null;
  readonly id: number;
}

function rowsOf<Found>(storePath: string, sql: string): Found[] {
  const store = new Store(storePath, { readonly: true });
  try {
    return store.query<Found>(sql).all();
  } finally {
    store.close();
  }
}

function presentations(storePath: string): Row[] {
  return rowsOf<Row>(
    storePath,
    `SELECT p.id AS id, raters.name AS rater, p.position AS position, p.kind AS kind, pairs.external_id AS pair,
            p.repeat_of AS repeatOf,
            CASE p.left_side WHEN 'first' THEN f.system_id ELSE s.system_id END AS leftSystem,
            CASE p.left_side WHEN 'first' THEN s.system_id ELSE f.system_id END AS rightSystem,
            CASE p.left_side WHEN 'first' THEN f.id ELSE s.id END AS leftResponse,
            CASE p.left_side WHEN 'first' THEN s.id ELSE f.id END AS rightResponse
     FROM presentations p JOIN raters ON raters.id = p.rater_id JOIN pairs ON pairs.id = p.pair_id
     JOIN responses f ON f.id = coalesce(p.first_response_id, pairs.first_response_id)
     JOIN responses s ON s.id = coalesce(p.second_response_id, pairs.second_response_id)
     ORDER BY raters.name, p.position`,
  );
}

/** The most any count of sides of one rater and two systems ever ran ahead, at any moment. */
function largestLead(rows: readonly Row[]): number {
  const leads = new Map<string, number>();
  let largest = 0;
  for (const { rater, leftSystem, rightSystem } of rows) {
    if (leftSystem === rightSystem) continue;
    const [low, high] = [Math.min(leftSystem, rightSystem), Math.max(leftSystem, rightSystem)];
    const key = `${rater}|${low}|${high}`;
    const lead = (leads.get(key) ?? 0) + (leftSystem === low ? 1 : -1);
    leads.set(key, lead);
    largest = Math.max(largest, Math.abs(lead));
  }
  return largest;
}

async function studyWith(
  pairs: number,
  design: Parameters<TestApp['value']>[1] extends never ? never : Record<string, unknown>,
  gold = 0,
) {
  const test = await openTestApp();
  const { studyId } = await importText(test.storePath, jsonLines(qualityRows(pairs)));
  if (studyId === null) throw new Error('nothing was imported');
  await test.value('studies.configure', { studyId, design });
  if (gold > 0) {
    await test.value('design.addKnownAnswers', {
      studyId,
      answers: Array.from({ length: gold }, (_answer, index) => ({
        pair: `pair-${index}`,
        stage: 'gold' as const,
        verdict: 'first' as const,
      })),
    });
  }
  return { test, studyId };
}

const CHECKS = { repeatShare: 0.15, catchShare: 0.1, goldShare: 0.1, repeatGap: 8 };
const HABITS: Readonly<Record<string, RaterHabits>> = {
  ada: { skill: 0.95 },
  ben: { skill: 0.7, leftBias: 0.9, skips: 0.1 },
  cyd: { skill: 0.9, fatigue: 0.005, undoes: 0.15 },
  dee: { skill: 0, leftBias: 0.5, skips: 0.05, undoes: 0.05 },
};

describe('sides', () => {
  it('stay balanced to one for every rater and system pair, under abandonment, sessions and added raters', async () => {
    const { test, studyId } = await studyWith(160, { ratersPerPair: 2, checks: CHECKS }, 20);
    for (const [rater, votes] of [
      ['ada', 31],
      ['ben', 17],
      ['ada', 5],
      ['cyd', 44],
      ['ben', 40],
      ['dee', 23],
      ['ada', 60],
      ['cyd', 38],
      ['dee', 55],
    ] as const) {
      await workSession(test, studyId, rater, votes, HABITS[rater] ?? { skill: 1 });
      const rows = presentations(test.storePath);
      expect(largestLead(rows)).toBeLessThanOrEqual(1);
      // What counts as a label is balanced for itself, too.
      expect(largestLead(rows.filter(({ kind }) => kind === 'ordinary'))).toBeLessThanOrEqual(1);
    }
    const rows = presentations(test.storePath);
    const kinds = new Set(rows.map(({ kind }) => kind));
    expect(kinds).toEqual(new Set(['ordinary', 'repeat', 'gold', 'identical', 'off_topic']));
    const byId = new Map(rows.map((row) => [row.id, row]));
    for (const row of rows) {
      if (row.kind === 'identical') expect(row.leftResponse).toBe(row.rightResponse);
      if (row.kind !== 'repeat') continue;
      const was = byId.get(row.repeatOf ?? 0);
      expect([was?.leftResponse, was?.rightResponse]).toEqual([row.rightResponse, row.leftResponse]);
      expect(row.position - (was?.position ?? row.position)).toBeGreaterThanOrEqual(CHECKS.repeatGap);
    }
    // No text comes back before the gap, whatever kind shows it.
    for (const rater of Object.keys(HABITS)) {
      const lastAt = new Map<number, number>();
      for (const row of rows.filter((each) => each.rater === rater)) {
        for (const response of new Set([row.leftResponse, row.rightResponse])) {
          const last = lastAt.get(response);
          if (last !== undefined) expect(row.position - last).toBeGreaterThanOrEqual(CHECKS.repeatGap);
          lastAt.set(response, row.position);
        }
      }
    }
    // Nothing that checks is a label, and each label is of another pair.
    const labels = rowsOf<{ rater: number; pair: number; kind: string }>(
      test.storePath,
      `SELECT r.rater_id AS rater, r.pair_id AS pair, p.kind AS kind FROM ratings r
       JOIN presentations p ON p.id = r.presentation_id WHERE r.role = 'label' AND r.kind = 'vote'
         AND NOT EXISTS (SELECT 1 FROM ratings later WHERE later.supersedes = r.id)`,
    );
    expect(new Set(labels.map(({ kind }) => kind))).toEqual(new Set(['ordinary']));
    expect(new Set(labels.map(({ rater, pair }) => `${rater}|${pair}`)).size).toBe(labels.length);
  });

  it('start from what earlier votes of a store left behind', async () => {
    const { test, studyId } = await studyWith(60, {});
    await workSession(test, studyId, 'ada', 13, { skill: 1 });
    const leads = rowsOf<{ lead: number }>(test.storePath, 'SELECT lead FROM side_counts');
    expect(leads.length).toBeGreaterThan(0);
    expect(leads.every(({ lead }) => Math.abs(lead) <= 1)).toBe(true);
  });
});

describe('own votes', () => {
  it('are found whatever the case of their words, and by comments with quotation marks', async () => {
    const test = await openTestApp();
    const rows = qualityRows(3).map((row) => ({ ...row, prompt: `Übersetze „Äpfel“ (${row.id}).` }));
    const { studyId } = await importText(test.storePath, jsonLines(rows));
    const { session, queue } = await test.value('rating.begin', { studyId: studyId ?? '', rater: 'ada' });
    await test.value('rating.submit', {
      session,
      commandId: crypto.randomUUID(),
      presentationId: queue[0]?.presentationId ?? '',
      answer: 'left',
      note: 'The "Right" one lies.',
      viewedMs: 500,
    });
    const found = async (search: string) => (await test.value('rating.history', { session, search })).total;
    expect(await found('übersetze')).toBe(1);
    expect(await found('ÄPFEL')).toBe(1);
    expect(await found('"right"')).toBe(1);
    expect(await found('birnen')).toBe(0);
  });
});

describe('the own votes a rater may look at', () => {
  const checks = { ...CHECKS, repeatShare: 0.3, catchShare: 0.2, repeatGap: 6 };

  it.each([
    ['without blocks', null],
    ['in blocks', 8],
  ])(
    'tell nothing of checks %s, and never what was said of a pair that comes again',
    async (_name, blockSize) => {
      const { test, studyId } = await studyWith(80, { checks, blockSize });
      const { session, ...begun } = await test.value('rating.begin', { studyId, rater: 'ada' });
      let turn: Pick<typeof begun, 'queue' | 'progress'> = begun;
      for (let votes = 1; votes <= 60; votes++) {
        if (turn.progress.blockLeft === 0) turn = await test.value('rating.closeBlock', { session });
        const [pair] = turn.queue;
        if (pair === undefined) throw new Error('the work is over');
        const task = pair.task[0]?.content ?? '';
        const known = await test.value('rating.history', { session, limit: 100 });
        expect(known.votes.filter((vote) => vote.task === task)).toEqual([]);
        turn = await test.value('rating.submit', {
          session,
          commandId: crypto.randomUUID(),
          presentationId: pair.presentationId,
          answer: 'left',
          viewedMs: 500,
        });
        const history = await test.value('rating.history', { session, limit: 100 });
        const { done, blockLeft } = turn.progress;
        // Nor does any count of votes stand still at a check.
        expect((await test.value('studies.list', {}))[0]?.votes).toBe(votes);
        expect((await test.value('studies.show', { studyId })).raterProgress).toEqual([
          { name: 'ada', votes, skipped: 0, isExcluded: false },
        ]);
        expect(history.total).toBe(
          blockSize === null ? Math.min(done, checks.repeatGap - 3) : blockSize - (blockLeft ?? 0),
        );
        expect(history.votes).toHaveLength(history.total);
        expect(history.isAll).toBe(blockSize === null ? done <= checks.repeatGap - 3 : done <= blockSize);
      }
      const kinds = presentations(test.storePath).map(({ kind }) => kind);
      for (const kind of ['repeat', 'identical', 'off_topic']) expect(kinds).toContain(kind);
      // What is too old cannot be opened by its id either.
      const old = rowsOf<{ id: string }>(
        test.storePath,
        "SELECT public_id AS id FROM presentations WHERE kind = 'ordinary' ORDER BY position LIMIT 1",
      );
      expect(
        await test.app.call('rating.revisit', { session, presentationId: old[0]?.id ?? '' }),
      ).toMatchObject({ ok: false, error: { code: 'not_found' } });
    },
  );
});

describe('own votes of conversations', () => {
  it('are found by what was said, not by how it is stored', async () => {
    const test = await openTestApp();
    const rows = qualityRows(2).map(({ prompt, ...row }) => ({
      ...row,
      messages: [
        { role: 'user', content: 'Say "hello"\nplease.' },
        { role: 'assistant', content: 'Which one?' },
        { role: 'user', content: String(prompt) },
      ],
    }));
    const { studyId } = await importText(test.storePath, jsonLines(rows));
    await workSession(test, studyId ?? '', 'ada', 2, { skill: 1 });
    const { session } = await test.value('rating.begin', { studyId: studyId ?? '', rater: 'ada' });
    const found = async (search: string) => (await test.value('rating.history', { session, search })).total;
    expect(await found('"HELLO"')).toBe(2);
    expect(await found('hello"\nplease')).toBe(2);
    for (const word of ['content', 'role', '\\n']) expect(await found(word), word).toBe(0);
  });
});

describe('a check of one output twice', () => {
  it('is given only where a tie can be answered', async () => {
    for (const scale of ['two_way', 'with_tie'] as const) {
      const { test, studyId } = await studyWith(80, {
        scale,
        checks: { ...CHECKS, catchShare: 0.3, repeatGap: 2 },
      });
      const { session, ...begun } = await test.value('rating.begin', { studyId, rater: 'ada' });
      let { queue } = begun;
      for (let votes = 0; votes < 60; votes++) {
        ({ queue } = await test.value('rating.submit', {
          session,
          commandId: crypto.randomUUID(),
          presentationId: queue[0]?.presentationId ?? '',
          answer: 'left',
          viewedMs: 500,
        }));
      }
      const kinds = presentations(test.storePath).map(({ kind }) => kind);
      expect(kinds).toContain('off_topic');
      expect(kinds.includes('identical'), scale).toBe(scale === 'with_tie');
    }
  });
});

describe('a rater with an imported vote', () => {
  it('is given the other pairs that become free', async () => {
    const test = await openTestApp();
    const rows = qualityRows(6).map((row, index) =>
      index === 0 ? { ...row, human: [{ rater: 'cyd', verdict: 'tie' }] } : row,
    );
    const { studyId } = await importText(test.storePath, jsonLines(rows));
    const id = studyId ?? '';
    await test.value('studies.configure', { studyId: id, design: { ratersPerPair: 1 } });
    // Another rater takes all places and leaves two of them again.
    await workSession(test, id, 'ada', 4, { skill: 1 });
    await workSession(test, id, 'ada', 2, { skill: 1, skips: 1 });
    const { shown } = await workSession(test, id, 'cyd', 10, { skill: 1 });
    const skipped = rowsOf<{ pair: string }>(
      test.storePath,
      `SELECT external_id AS pair FROM ratings r JOIN pairs ON pairs.id = r.pair_id WHERE verdict = 'skipped'`,
    ).map(({ pair }) => `Question ${pair.replace('pair-', '')}?`);
    const wanted = skipped.filter((question) => question !== 'Question 0?').sort();
    expect(shown.map(({ task }) => task[0]?.content ?? '').sort()).toEqual(wanted);
  });
});

describe('how many see a pair', () => {
  it('is everybody for the share that overlaps, and the set number for the rest', async () => {
    const { test, studyId } = await studyWith(60, { ratersPerPair: 1, overlapShare: 0.2 });
    for (const rater of ['ada', 'ben', 'cyd'])
      await workSession(test, studyId, rater, 1000, HABITS[rater] ?? { skill: 1 });
    const perPair = rowsOf<{ raters: number }>(
      test.storePath,
      `SELECT count(*) AS raters FROM ratings r WHERE role = 'label' AND kind = 'vote' AND verdict <> 'skipped'
         AND NOT EXISTS (SELECT 1 FROM ratings later WHERE later.supersedes = r.id) GROUP BY pair_id`,
    );
    expect(perPair).toHaveLength(60);
    const byAll = perPair.filter(({ raters }) => raters >= 2).length;
    // Ben skips one in ten, so a few that all were given have fewer than three.
    expect(byAll).toBeGreaterThanOrEqual(11);
    expect(byAll).toBeLessThanOrEqual(12);
  });

  it('is more where those before were split', async () => {
    const { test, studyId } = await studyWith(40, { ratersPerPair: 2, ratersWhereSplit: 3 });
    // Two who mostly disagree, then two who find what is left.
    for (const [rater, habits] of [
      ['ada', { skill: 1 }],
      ['ben', { skill: 0.3 }],
      ['cyd', { skill: 0.9 }],
      ['dee', { skill: 0.9 }],
    ] as const)
      await workSession(test, studyId, rater, 1000, habits);
    const perPair = rowsOf<{ raters: number; verdicts: number; firstTwo: number }>(
      test.storePath,
      `SELECT count(*) AS raters, count(DISTINCT verdict) AS verdicts,
              count(DISTINCT CASE WHEN place <= 2 THEN verdict END) AS firstTwo
       FROM (SELECT pair_id, verdict, row_number() OVER (PARTITION BY pair_id ORDER BY id) AS place FROM ratings
             WHERE role = 'label' AND kind = 'vote') GROUP BY pair_id`,
    );
    expect(perPair).toHaveLength(40);
    for (const { raters, firstTwo } of perPair) expect(raters).toBe(firstTwo > 1 ? 3 : 2);
    expect(new Set(perPair.map(({ raters }) => raters))).toEqual(new Set([2, 3]));
  });
});

describe('a design that is changed while raters work', () => {
  it('leaves nobody without the pairs that are theirs by now', async () => {
    const { test, studyId } = await studyWith(12, { ratersPerPair: 1 });
    await workSession(test, studyId, 'ada', 8, { skill: 1 });
    await workSession(test, studyId, 'ben', 100, { skill: 1 });
    await test.value('studies.configure', { studyId, design: { ratersPerPair: null } });
    await workSession(test, studyId, 'ben', 100, { skill: 1 });
    const perRater = rowsOf<{ rater: string; pairs: number; given: number }>(
      test.storePath,
      `SELECT raters.name AS rater, count(DISTINCT pair_id) AS pairs, count(*) AS given
       FROM presentations p JOIN raters ON raters.id = p.rater_id GROUP BY 1 ORDER BY 1`,
    );
    expect(perRater.at(-1)).toEqual({ rater: 'ben', pairs: 12, given: 12 });
  });

  it('says of each vote which guideline was on screen', async () => {
    const { test, studyId } = await studyWith(12, {});
    const begun = await test.value('rating.begin', { studyId, rater: 'ada' });
    expect(begun.study.guidelineVersion).toBe(1);
    await test.value('studies.configure', { studyId, design: { guideline: 'Otherwise.' } });
    const vote = (presentationId: string | undefined, guidelineVersion?: number) =>
      test.value('rating.submit', {
        session: begun.session,
        commandId: crypto.randomUUID(),
        presentationId: presentationId ?? '',
        answer: 'left',
        viewedMs: 500,
        ...(guidelineVersion === undefined ? {} : { guidelineVersion }),
      });
    const turn = await vote(begun.queue[0]?.presentationId, 1);
    expect(turn.guidelineVersion).toBe(2);
    await vote(turn.queue[0]?.presentationId);
    expect(
      rowsOf<{ version: number }>(
        test.storePath,
        'SELECT guideline_version AS version FROM ratings ORDER BY id',
      ).map(({ version }) => version),
    ).toEqual([1, 2]);
  });
});

describe('a block', () => {
  it('counts what is left of it however many votes were taken back', async () => {
    const { test, studyId } = await studyWith(20, { blockSize: 5 });
    await workSession(test, studyId, 'ada', 5, { skill: 1 });
    const { session, ...begun } = await test.value('rating.begin', { studyId, rater: 'ada' });
    let turn: Pick<typeof begun, 'queue' | 'progress'> = begun;
    for (let undone = 1; undone <= 4; undone++) {
      turn = await test.value('rating.undo', { session, commandId: crypto.randomUUID() });
      expect(turn.progress).toMatchObject({ blockLeft: undone, done: 5 - undone });
    }
    for (let vote = 0; vote < 4; vote++) {
      const commandId = crypto.randomUUID();
      turn = await test.value('rating.submit', {
        session,
        commandId,
        presentationId: turn.queue[0]?.presentationId ?? '',
        answer: 'left',
        viewedMs: 900,
      });
      // The id of a vote takes nothing back.
      expect(await test.app.call('rating.undo', { session, commandId })).toMatchObject({
        ok: false,
        error: { code: 'conflict' },
      });
    }
    expect(turn.progress).toMatchObject({ blockLeft: 0, done: 5 });
  });

  it('is final once it is closed; until then every vote in it can be changed', async () => {
    const { test, studyId } = await studyWith(20, { blockSize: 5 });
    const { session, queue } = await test.value('rating.begin', { studyId, rater: 'ada' });
    let turn: { queue: typeof queue; progress: { blockLeft: number | null } } = {
      queue,
      progress: { blockLeft: 5 },
    };
    const given: string[] = [];
    for (let vote = 0; vote < 5; vote++) {
      const [pair] = turn.queue;
      given.push(pair?.presentationId ?? '');
      expect(turn.progress.blockLeft).toBe(5 - vote);
      turn = await test.value('rating.submit', {
        session,
        commandId: crypto.randomUUID(),
        presentationId: pair?.presentationId ?? '',
        answer: 'left',
        viewedMs: 900,
        idleMs: 100,
      });
    }
    expect(turn).toMatchObject({ queue: [], progress: { blockLeft: 0, canUndo: true } });
    const change = (presentationId: string) =>
      test.app.call('rating.submit', {
        session,
        commandId: crypto.randomUUID(),
        presentationId,
        answer: 'tie',
        viewedMs: 500,
        revises: true,
      });
    expect(await change(given[1] ?? '')).toMatchObject({ ok: true });
    const mine = await test.value('rating.history', { session });
    expect(mine.total).toBe(5);
    expect(
      mine.votes.map(({ presentationId, answer, changes }) => [presentationId, answer, changes]),
    ).toEqual([[given[1], 'tie', 1], ...[4, 3, 2, 0].map((place) => [given[place], 'left', 0])]);
    const [first] = mine.votes;
    const found = await test.value('rating.history', { session, search: first?.task.slice(0, 12) ?? '' });
    expect(found.votes.map(({ presentationId }) => presentationId)).toContain(given[1]);
    expect((await test.value('rating.history', { session, search: 'no such words' })).total).toBe(0);
    expect(await test.value('rating.revisit', { session, presentationId: given[1] ?? '' })).toMatchObject({
      answer: 'tie',
      canChange: true,
    });
    const next = await test.value('rating.closeBlock', { session });
    expect(next.queue).toHaveLength(2);
    expect(next.progress).toMatchObject({ blockLeft: 5, canUndo: false });
    expect(await change(given[0] ?? '')).toMatchObject({ ok: false, error: { code: 'presentation_closed' } });
    expect(await test.value('rating.revisit', { session, presentationId: given[0] ?? '' })).toMatchObject({
      answer: 'left',
      canChange: false,
    });
    // Every version of the vote is kept.
    const kept = rowsOf<{ votes: number }>(
      test.storePath,
      "SELECT count(*) AS votes FROM ratings WHERE kind = 'vote'",
    );
    expect(kept[0]?.votes).toBe(6);
  });
});
