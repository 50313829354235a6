/** Nothing that reaches a rater, or the page before unblinding, may say who wrote what. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { blindPresentation } from '../../electron/core/rating/blinding.ts';
import { Store } from '../../electron/core/store/engine/database.ts';
import type { BlindPresentation } from '../../shared/blind/blind-presentation.ts';
import { VISIBILITY } from '../../shared/blind/visibility.ts';
import { METHODS } from '../../shared/contract/methods.ts';
import { importFiles, importText, jsonLines, nativeRows, SECRET_SYSTEMS } from '../support/comparisons.ts';
import { PAIRWISE } from '../support/judge-study.ts';
import { openTestApp, type TestApp } from '../support/open-app.ts';
import { packOptions } from '../support/packs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const SECRET_FILE = 'zq-run-of-tuesday.jsonl';
const SECRETS = [...SECRET_SYSTEMS, '0123456789abcdef', 'zq-run', 'zq-pair', 'zq-reason', 'zq-meta'];

async function secretStudy(pairs = 60): Promise<{ test: TestApp; studyId: string }> {
  const test = await openTestApp(undefined, undefined, undefined, 'http');
  const rows = nativeRows(pairs, 'zq-pair').map((row, index) => ({
    ...row,
    prompt: `Question ${Math.floor(index / 2)}?`,
    a: { ...(row.a as object), meta: { run: 'zq-meta' } },
    human: [{ rater: 'early', verdict: 'first' }],
    judge: [{ judge: 'the judge', order: 'a_first', verdict: 'second', raw: 'zq-reason' }],
  }));
  const path = join(temporaryFolder(), SECRET_FILE);
  writeFileSync(path, jsonLines(rows));
  const { studyId } = await importFiles(test.storePath, [{ path, name: SECRET_FILE }]);
  return { test, studyId: studyId ?? '' };
}

/** A file that was handed in and is none of ours. */
function notAReturn({ app }: TestApp): string {
  const path = join(temporaryFolder(), 'none.touchreturn');
  writeFileSync(path, 'no return');
  return app.context.files.addFile(path).uploadId;
}

async function rateAll({ value }: TestApp, studyId: string, rater: string, count: number) {
  const replies: unknown[] = [];
  const begun = await value('rating.begin', { studyId, rater });
  replies.push(begun);
  const shown: BlindPresentation[] = [];
  let { queue } = begun;
  for (let vote = 0; vote < count && queue[0] !== undefined; vote++) {
    shown.push(queue[0]);
    const answer = (['left', 'right', 'tie', 'both_bad', 'skipped'] as const)[vote % 5] ?? 'tie';
    const reply = await value('rating.submit', {
      session: begun.session,
      commandId: crypto.randomUUID(),
      presentationId: queue[0].presentationId,
      answer,
      viewedMs: 500,
      ...(answer === 'skipped' ? { skipReason: 'other' as const } : {}),
    });
    replies.push(reply);
    queue = reply.queue;
  }
  replies.push(await value('rating.undo', { session: begun.session, commandId: crypto.randomUUID() }));
  return { replies, shown };
}

const expectNoSecret = (text: string) => {
  for (const secret of SECRETS) expect(text.toLowerCase().includes(secret), `“${secret}” leaked`).toBe(false);
};

describe('before unblinding', () => {
  it('no rater-facing reply names a system, run, file, id or verdict', async () => {
    const { test, studyId } = await secretStudy();
    const { replies } = await rateAll(test, studyId, 'ada', 60);
    replies.push(await test.value('rating.raters', { studyId }));
    expect(replies.length).toBeGreaterThan(60);
    const text = JSON.stringify(replies);
    expectNoSecret(text);
    expect(text).not.toMatch(/"(first|second|verdict|system|ordinal|leftSide|slices|reference)"/u);
  });

  it('nothing that an adjudicator or a last question is answered with does', async () => {
    const { test, studyId } = await secretStudy(40);
    await test.value('studies.configure', { studyId, design: { systemGuesses: 10 } });
    await rateAll(test, studyId, 'ada', 60);
    const { session } = await test.value('rating.begin', { studyId, rater: 'ada' });
    const replies: unknown[] = [];
    await test.value('reviews.make', {
      studyId,
      plan: { kind: 'adjudication', pairs: 8 },
    });
    await test.value('reviews.make', {
      studyId,
      plan: { kind: 'adjudication', judge: 'the judge', pairs: 12 },
    });
    const audit = { kind: 'audit', judge: 'the judge', disagreements: 10, agreements: 10 } as const;
    await test.value('reviews.make', { studyId, plan: audit });
    const begun = await test.value('rating.begin', { studyId, rater: 'judy', role: 'adjudicator' });
    replies.push(begun);
    let { queue } = begun;
    let revealed = 0;
    while (queue[0] !== undefined) {
      const reply = await test.value('rating.submit', {
        session: begun.session,
        commandId: crypto.randomUUID(),
        presentationId: queue[0].presentationId,
        answer: 'left',
        viewedMs: 500,
      });
      if (reply.revealed !== null) revealed++;
      replies.push(reply);
      queue = reply.queue;
    }
    expect(revealed).toBe(8);
    replies.push(await test.value('rating.history', { session: begun.session }));
    let turn = await test.value('guess.next', { session });
    while (turn.guess !== null) {
      replies.push(turn);
      turn = await test.value('guess.answer', { session, guessId: turn.guess.guessId, answer: 'right' });
    }
    expect(replies.length).toBeGreaterThan(25);
    const text = JSON.stringify(replies);
    expectNoSecret(text);
    expect(text).not.toMatch(
      /"(first|second|verdict|system|ordinal|leftSide|slices|reference|stratum|judge)"/u,
    );
    expect(text).not.toContain('the judge');
  });

  it('no blind reply to the lead’s page does either', async () => {
    const { test, studyId } = await secretStudy();
    const definition = { ...PAIRWISE, endpoint: 'http://127.0.0.1:9/v1' };
    const { judge } = await test.value('judges.keep', { studyId, definition });
    const inputs: Record<string, unknown> = {
      'studies.show': { studyId },
      'studies.configure': { studyId, design: { minimumViewingMs: 100 } },
      'agreement.card': { studyId },
      'agreement.cards': { studyId },
      'exports.run': { studyId, format: 'native' },
      'design.selections': { studyId },
      'design.plan': { studyId },
      'quality.raters': { studyId },
      'quality.decide': { studyId, rater: 'early', about: 'pause', isOn: true, reason: 'a test' },
      'quality.effect': { studyId, rater: 'early' },
      'quality.eraseNotes': { studyId, rater: 'early' },
      'quality.consensus': { studyId },
      'disagreements.find': { studyId, limit: 50 },
      'disagreements.classify': { studyId, pair: 1, class: 'guideline_gap' },
      'disagreements.gaps': { studyId },
      'reviews.make': { studyId, plan: { kind: 'adjudication', judge: 'the judge' } },
      'reviews.list': { studyId },
      'studies.progress': { studyId },
      'audit.list': { studyId },
      'pairs.find': { studyId, filter: { text: 'zq-' } },
      'pairs.list': { studyId, numbers: [1, 2, 3] },
      'pairs.show': { studyId, number: 1 },
      'pairs.leaveOut': { studyId, pairs: [2], reason: 'a test' },
      'pairs.takeBack': { studyId, pairs: [2], reason: 'a test' },
      'guess.report': { studyId },
      'seat.hand': { studyId, rater: 'ada' },
      'design.storePlan': { studyId, plan: { primaryCoefficient: 'kappa', options: {} } },
      'design.labels': { goal: { what: 'width', kappa: 0.5, width: 0.4 } },
      'studies.create': { name: 'Another' },
      'judges.list': { studyId },
      'judges.definition': { studyId, judge },
      'judges.keep': { studyId, definition },
      'judges.preview': { studyId, definition, number: 1 },
      'judges.estimate': { studyId, judge },
      'judges.run': { studyId, judge, selection: { limit: 1 } },
      'judges.probe': { studyId, judge },
      'judges.drift': { studyId, judge },
      'judges.runRound': { studyId, judge },
      'judges.report': { studyId, judge },
      'judges.compare': { studyId, before: 'the judge', after: 'the judge' },
      'judges.setPrice': { model: 'm', price: null },
      'judges.setKey': { endpoint: definition.endpoint, key: null },
      'packs.list': { studyId },
      'packs.make': {
        studyId,
        name: 'a pack',
        options: packOptions(['v1'], { identity: 'undecided' }),
        passphrase: 'long enough for this',
      },
      'packs.merge': { studyId, uploads: [notAReturn(test)], dryRun: true },
    };
    const asked: string[] = [];
    // The last, since the page is a rater’s from then on.
    const { 'seat.hand': handing, ...others } = METHODS;
    for (const [name, method] of [...Object.entries(others), ['seat.hand', handing] as const]) {
      if (
        method.audience !== 'lead' ||
        method.callers === 'commands' ||
        method.reveals !== 'blind' ||
        /pickFolder|showStudies|addSample|studies\.(?:rename|archive|restore|delete)|unblind|mappings|makePanel|markKnown|pairs.queue|addKnownAnswers|design.draw|askAgain|packs\.(?:acceptance|close|studyOfReturn)/u.test(
          name,
        )
      )
        continue;
      const reply = await test.app.call(name, inputs[name] ?? {});
      expect(reply, name).toMatchObject({ ok: true });
      expectNoSecret(JSON.stringify(reply));
      asked.push(name);
    }
    expect(asked).toEqual(
      expect.arrayContaining([
        'studies.list',
        'studies.show',
        'agreement.card',
        'exports.run',
        'doctor.report',
      ]),
    );
  });

  it('an import that contradicts what is stored is not told what is stored', async () => {
    const { test } = await secretStudy(2);
    const id = 'zq-pair-0';
    for (const row of [
      { id, human: [{ rater: 'early', verdict: 'tie' }] },
      { id, judge: [{ judge: 'the judge', order: 'a_first', verdict: 'tie' }] },
    ]) {
      const { errors } = await importText(test.storePath, jsonLines([row]), { dryRun: true });
      expect(errors).toHaveLength(1);
      expect(errors[0]?.reason).toMatch(/already has another/u);
      expect(errors[0]?.reason).not.toMatch(/first\b(?<!a_first)|second/u);
    }
  });

  it('the comparisons behind a figure are refused; afterwards they are named, and later votes are marked', async () => {
    const { test, studyId } = await secretStudy(6);
    const filter = { between: { judge: 'the judge' }, row: 'first', column: 'second' } as const;
    const input = { studyId, filter };
    const ask = () => test.app.call('agreement.comparisons', input);
    expect(await ask()).toMatchObject({ ok: false, error: { code: 'study_blinded' } });
    expect(await test.app.call('studies.unblind', { studyId, confirmName: 'Stud' })).toMatchObject({
      ok: false,
    });
    expect(await ask()).toMatchObject({ ok: false, error: { code: 'study_blinded' } });

    await rateAll(test, studyId, 'before', 2);
    await test.value('studies.unblind', { studyId, confirmName: 'Study' });
    const opened = await ask();
    expect(opened).toMatchObject({ ok: true, value: { total: expect.any(Number) } });
    expect(JSON.stringify(opened)).toContain(SECRET_SYSTEMS[0]);
    await rateAll(test, studyId, 'after', 2);

    const store = new Store(test.storePath, { readonly: true });
    const marked = store
      .query<{ name: string; marks: number }>(
        'SELECT raters.name AS name, max(after_unblinding) AS marks FROM ratings JOIN raters ON raters.id = rater_id WHERE presentation_id IS NOT NULL GROUP BY 1 ORDER BY 1',
      )
      .all();
    expect(marked).toEqual([
      { name: 'after', marks: 1 },
      { name: 'before', marks: 0 },
    ]);
    expect(store.query("SELECT 1 FROM audit_log WHERE action = 'study.unblinded'").get()).toBeDefined();
    store.close();
    expect(() =>
      new Store(test.storePath, { readonly: false }).write((store) =>
        store.execute('UPDATE studies SET unblinded_at = NULL'),
      ),
    ).toThrow('once and for all');
  });
});

describe('what a rater sees', () => {
  it('is decided for every field, and built from allowed ones only', () => {
    const stored = {
      presentationId: 'p',
      pairId: 1,
      externalId: 'zq-pair',
      ordinal: 1,
      position: 1,
      leftSide: 'second',
      task: [{ role: 'user', content: 't' }],
      reference: 'zq-reason',
      firstOutput: [{ role: 'assistant', content: 'one' }],
      secondOutput: [{ role: 'assistant', content: 'two' }],
      firstSystem: 'zq-vermilion-9',
      secondSystem: 'zq-cobalt-4',
      slices: 'zq-meta',
      kind: 'ordinary',
    } as const;
    expect(Object.keys(VISIBILITY).sort()).toEqual(Object.keys(stored).sort());
    expect(blindPresentation(stored)).toEqual({
      presentationId: 'p',
      task: stored.task,
      left: stored.secondOutput,
      right: stored.firstOutput,
    });
  });

  it('has sides balanced per rater and system pair, kept on revisit', async () => {
    const { test, studyId } = await secretStudy();
    const { shown } = await rateAll(test, studyId, 'ada', 37);
    const again = await test.value('rating.begin', { studyId, rater: 'ada' });
    expect(again.queue[0]).toEqual(shown.at(-1));

    const store = new Store(test.storePath, { readonly: true });
    const sides = store
      .query<{ systemA: string; leftSystem: string; rightSystem: string }>(
        `SELECT CASE left_side WHEN 'first' THEN f.name ELSE s.name END AS leftSystem,
                CASE left_side WHEN 'first' THEN s.name ELSE f.name END AS rightSystem
         FROM presentations p JOIN pairs ON pairs.id = p.pair_id
         JOIN responses rf ON rf.id = pairs.first_response_id JOIN systems f ON f.id = rf.system_id
         JOIN responses rs ON rs.id = pairs.second_response_id JOIN systems s ON s.id = rs.system_id`,
      )
      .all();
    store.close();
    const balance = new Map<string, number>();
    for (const { leftSystem, rightSystem } of sides) {
      const key = [leftSystem, rightSystem].sort().join('|');
      balance.set(key, (balance.get(key) ?? 0) + (leftSystem < rightSystem ? 1 : -1));
    }
    expect(balance.size).toBe(3);
    for (const difference of balance.values()) expect(Math.abs(difference)).toBeLessThanOrEqual(1);
  });

  it('comes in an order of each rater’s own that covers every pair', async () => {
    const { test, studyId } = await secretStudy(20);
    const order = async (rater: string) => {
      const { shown } = await rateAll(test, studyId, rater, 30);
      return shown.map(({ left, right }) => [left[0]?.content, right[0]?.content].sort().join());
    };
    const ada = await order('ada');
    const ben = await order('ben');
    expect(new Set(ada).size).toBe(20);
    expect([...ada].sort()).toEqual([...ben].sort());
    expect(ada).not.toEqual(ben);
  });

  it('carries ids that share nothing with the pair', async () => {
    const { test, studyId } = await secretStudy(20);
    const ids = new Set<string>();
    for (const rater of ['ada', 'ben']) {
      const { shown } = await rateAll(test, studyId, rater, 20);
      for (const { presentationId } of shown) {
        expect(presentationId).toMatch(/^[0-9a-f]{32}$/u);
        ids.add(presentationId);
      }
    }
    expect(ids.size).toBe(40);
  });

  it('stops at the raters a pair needs', async () => {
    const { test, studyId } = await secretStudy(10);
    await test.value('studies.configure', { studyId, design: { ratersPerPair: 1 } });
    const [ada, ben] = [await rateAll(test, studyId, 'ada', 4), await rateAll(test, studyId, 'ben', 20)];
    const shownTo = (rater: typeof ada) =>
      rater.shown.map(({ left, right }) => [left[0]?.content, right[0]?.content].sort().join());
    expect(shownTo(ada).filter((pair) => shownTo(ben).includes(pair))).toEqual([]);
    // Two more were opened for ada: the pair on screen and the one prepared behind it.
    expect(ben.shown).toHaveLength(4);
  });
});

describe('quotas', () => {
  it('a pair that was only skipped is given to somebody else', async () => {
    const { test, studyId } = await secretStudy(4);
    await test.value('studies.configure', { studyId, design: { ratersPerPair: 1 } });
    const begun = await test.value('rating.begin', { studyId, rater: 'ada' });
    let { queue } = begun;
    while (queue[0] !== undefined) {
      ({ queue } = await test.value('rating.submit', {
        session: begun.session,
        commandId: crypto.randomUUID(),
        presentationId: queue[0].presentationId,
        answer: 'skipped',
        skipReason: 'cannot_judge',
        viewedMs: 500,
      }));
    }
    const { shown } = await rateAll(test, studyId, 'ben', 10);
    expect(shown).toHaveLength(4);
  });
});

describe('the seed', () => {
  it('is kept from the page until unblinding, because the sides follow from it', async () => {
    const { test, studyId } = await secretStudy(4);
    const shown = async () => (await test.value('studies.show', { studyId })).design.seed;
    expect(await shown()).toBeNull();
    await test.value('studies.unblind', { studyId, confirmName: 'Study' });
    expect(await shown()).toBe('0123456789abcdef');
  });
});

describe('one rater in two places', () => {
  it('is served in the newer one; the older can still learn that its vote was recorded', async () => {
    const { test, studyId } = await secretStudy(10);
    const older = await test.value('rating.begin', { studyId, rater: 'ada' });
    const vote = {
      session: older.session,
      commandId: crypto.randomUUID(),
      presentationId: older.queue[0]?.presentationId ?? '',
      answer: 'left' as const,
      viewedMs: 500,
    };
    await test.value('rating.submit', vote);
    const newer = await test.value('rating.begin', { studyId, rater: 'ada' });
    expect(newer.progress.done).toBe(1);
    const stale = {
      ...vote,
      commandId: crypto.randomUUID(),
      presentationId: older.queue[1]?.presentationId ?? '',
    };
    expect(await test.app.call('rating.submit', stale)).toMatchObject({
      ok: false,
      error: { code: 'session_taken_over' },
    });
    expect(await test.value('rating.submit', vote)).toMatchObject({ receipt: { commandId: vote.commandId } });
    expect(
      (await test.value('studies.show', { studyId })).raterProgress.find(({ name }) => name === 'ada')?.votes,
    ).toBe(1);
  });
});
