/** Who may do what, what was agreed to, and what can be made to be gone. */
import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { verifyAudit } from '../../electron/core/audit/verify-audit.ts';
import { appendAudit } from '../../electron/core/store/engine/audit.ts';
import { firstReceipt, ratingReceipt } from '../../electron/core/store/rating/rating-receipt.ts';
import { createClient } from '../../shared/contract/client.ts';
import { importText, jsonLines } from '../support/comparisons.ts';
import { startHttpFixture } from '../support/http-fixture.ts';
import { logRow } from '../support/logged-row.ts';
import { openTestApp, type TestApp } from '../support/open-app.ts';
import { qualityRows, workSession } from '../support/simulated-rater.ts';

async function study(): Promise<{ test: TestApp; id: string }> {
  const test = await openTestApp();
  const { studyId } = await importText(test.storePath, jsonLines(qualityRows(20)));
  return { test, id: studyId ?? '' };
}

describe('consent', () => {
  it('comes before the first vote, and anew when the text changes', async () => {
    const { test, id } = await study();
    await test.value('studies.configure', { studyId: id, design: { consent: 'Votes are **kept**.' } });
    const begun = await test.value('rating.begin', { studyId: id, rater: 'ada' });
    expect(begun).toMatchObject({ stage: 'consent', queue: [], study: { consent: 'Votes are **kept**.' } });
    const { session } = begun;
    expect(await test.app.call('rating.consent', { session, text: 'Something else.' })).toMatchObject({
      ok: false,
      error: { code: 'conflict' },
    });
    const agreed = await test.value('rating.consent', { session, text: 'Votes are **kept**.' });
    expect(agreed).toMatchObject({ stage: 'working' });
    expect(agreed.queue).toHaveLength(2);
    await test.value('studies.configure', { studyId: id, design: { consent: 'Votes are published.' } });
    const vote = {
      session,
      presentationId: agreed.queue[0]?.presentationId ?? '',
      answer: 'left' as const,
      viewedMs: 900,
    };
    expect(await test.app.call('rating.submit', { ...vote, commandId: crypto.randomUUID() })).toMatchObject({
      ok: false,
      error: { code: 'conflict' },
    });
    expect(await test.value('rating.begin', { studyId: id, rater: 'ada' })).toMatchObject({
      stage: 'consent',
      queue: [],
    });
    const log = test.app.context.store
      .query<{ actor: string; details: string }>(
        "SELECT actor, details FROM audit_log WHERE action = 'consent.given'",
      )
      .all();
    expect(log).toHaveLength(1);
    expect(log[0]).toMatchObject({
      actor: 'ada',
      details: expect.stringMatching(/"sha256":"[0-9a-f]{64}"/u),
    });
  });
});

describe('a rater’s name', () => {
  it('is no address and no number of a person', async () => {
    const { test, id } = await study();
    for (const rater of ['ada@example.org', '+49 1512345678', '04915123456'])
      expect(await test.app.call('rating.begin', { studyId: id, rater }), rater).toMatchObject({
        ok: false,
        error: { code: 'invalid_input' },
      });
    for (const rater of ['ada', 'rater 12', 'R-2026', 'rater 20261122', '5f8a9c1234567890abcdef12'])
      expect(await test.app.call('rating.begin', { studyId: id, rater }), rater).toMatchObject({ ok: true });
  });
});

describe('notes', () => {
  async function noted() {
    const { test, id } = await study();
    const begun = await test.value('rating.begin', { studyId: id, rater: 'ada' });
    let { queue } = begun;
    for (const note of ['zq-my-home-is-in-Ulm', 'zq-second', '']) {
      const [pair] = queue;
      ({ queue } = await test.value('rating.submit', {
        session: begun.session,
        commandId: crypto.randomUUID(),
        presentationId: pair?.presentationId ?? '',
        answer: 'left',
        viewedMs: 900,
        note,
      }));
    }
    await test.value('rating.undo', { session: begun.session, commandId: crypto.randomUUID() });
    await workSession(test, id, 'ben', 3, { skill: 1 });
    return { test, id };
  }

  it('are erased on request, from every byte of the store, and the log accounts for each', async () => {
    const { test, id } = await noted();
    const { store } = test.app.context;
    const votes = () =>
      store.query('SELECT id, rater_id, verdict, recorded_at FROM ratings ORDER BY id').all();
    const before = votes();
    expect(await test.value('quality.eraseNotes', { studyId: id, rater: 'ada' })).toEqual({
      erased: 2,
      isPending: false,
    });
    expect(votes()).toEqual(before);
    for (const file of [test.storePath, `${test.storePath}-wal`])
      for (const note of ['zq-my-home', 'zq-second'])
        expect(readFileSync(file).includes(note), `${note} in ${file}`).toBe(false);
    expect(await test.value('quality.eraseNotes', { studyId: id, rater: 'ada' })).toEqual({
      erased: 0,
      isPending: false,
    });
    expect(verifyAudit(store).broken).toBeNull();
    const { session } = await test.value('rating.begin', { studyId: id, rater: 'ada' });
    const { votes: own } = await test.value('rating.history', { session });
    expect(own.map(({ note }) => note)).toEqual([null, null]);
  });

  it('stay erased when a file is imported again that still has them', async () => {
    const test = await openTestApp();
    const rows = qualityRows(4).map((row) => ({
      ...row,
      human: [{ rater: 'ada', verdict: 'first', note: 'My home is in Ulm.' }],
    }));
    const { studyId } = await importText(test.storePath, jsonLines(rows));
    await test.value('quality.eraseNotes', { studyId: studyId ?? '', rater: 'ada' });
    const again = await importText(test.storePath, jsonLines(rows));
    expect(again).toMatchObject({ changedNothing: true, errorCount: 0 });
    const { store } = test.app.context;
    expect(store.query('SELECT 1 FROM ratings WHERE note IS NOT NULL').all()).toEqual([]);
    expect(verifyAudit(store).broken).toBeNull();
  });

  it('are changed by nothing else, and no vote can hide behind an erasure', async () => {
    const { test, id } = await noted();
    const { store } = test.app.context;
    expect(() =>
      store.write((store) => store.run("UPDATE ratings SET note = NULL WHERE note = 'zq-second'")),
    ).toThrow('append-only');
    expect(() =>
      store.write((store) => store.run("UPDATE ratings SET note = 'other' WHERE note = 'zq-second'")),
    ).toThrow('append-only');
    await test.value('quality.eraseNotes', { studyId: id, rater: 'ada' });
    expect(() => store.write((store) => store.run("UPDATE ratings SET note = 'back' WHERE id = 1"))).toThrow(
      'append-only',
    );
    const [first] = store
      .query<{ id: number }>("SELECT id FROM audit_log WHERE action = 'rating.recorded' ORDER BY id LIMIT 1")
      .all();
    store.write((store) => store.execute('DROP TRIGGER ratings_are_never_updated'));
    store.begin();
    store.write((store) => store.run("UPDATE ratings SET verdict = 'tie' WHERE id = 1"));
    expect(verifyAudit(store).broken).toMatchObject({ row: first?.id });
    store.rollback();
    expect(verifyAudit(store).broken).toBeNull();
    // A made-up erasure accounts for nothing.
    store.begin();
    const before = firstReceipt(store, 2);
    const recorded = ratingReceipt(store, 2);
    store.write((store) => store.run("UPDATE ratings SET verdict = 'tie' WHERE id = 2"));
    for (const claimed of [before, recorded])
      store.write((store) =>
        appendAudit(store, {
          at: 1,
          studyId: 1,
          actor: 'lead',
          action: 'note.erased',
          details: { ratingId: 2, before: claimed, sha256: firstReceipt(store, 2) },
        }),
      );
    expect(verifyAudit(store).broken?.reason).toContain('rating 2, which says something else now');
    store.rollback();
    store.begin();
    logRow(store, 'rating.recorded', 'null');
    expect(verifyAudit(store).broken?.reason).toBe('does not hold what a row of “rating.recorded” holds');
    store.rollback();
  });
});

describe('whose votes are left out', () => {
  it('is what the log says, or its row is named', async () => {
    const { test, id } = await study();
    for (const rater of ['ada', 'eve']) await workSession(test, id, rater, 3, { skill: 1 });
    const { store } = test.app.context;
    const decide = (isOn: boolean) =>
      test.value('quality.decide', { studyId: id, rater: 'eve', about: 'exclusion', isOn, reason: 'a test' });
    await decide(true);
    expect(verifyAudit(store).broken).toBeNull();
    const [row] = store
      .query<{ id: number }>("SELECT id FROM audit_log WHERE action = 'rater.excluded'")
      .all();
    store.begin();
    store.write((store) => store.run("UPDATE raters SET is_excluded = 0 WHERE name = 'eve'"));
    expect(verifyAudit(store).broken).toMatchObject({ row: row?.id });
    store.rollback();
    store.begin();
    store.write((store) => store.run("UPDATE raters SET is_excluded = 1 WHERE name = 'ada'"));
    expect(verifyAudit(store).broken?.reason).toContain('“ada” is left out by no row');
    store.rollback();
    await decide(false);
    expect(verifyAudit(store).broken).toBeNull();
  });
});

describe('a window handed to a rater', () => {
  it('answers that rater’s calls and nothing of the lead’s, until it is taken back', async () => {
    const fixture = await startHttpFixture();
    const { app } = fixture;
    onTestFinished(() => fixture.close());
    const client = createClient(app);
    const { studyId } = await importText(app.context.store.path, jsonLines(qualityRows(20)));
    const id = studyId ?? '';
    const seat = { studyId: id, rater: 'ada', role: 'rater' as const, passphrase: 'open sesame' };
    expect(await client.call('seat.get', {})).toMatchObject({ ok: true, value: { role: 'lead' } });
    const earlier = await client.call('rating.begin', { studyId: id, rater: 'ben' });
    const session = earlier.ok ? earlier.value.session : '';
    expect(await client.call('seat.hand', seat)).toMatchObject({
      ok: true,
      value: { role: 'rater', rater: 'ada', study: 'Study', hasPassphrase: true },
    });
    const refused = { ok: false, error: { code: 'forbidden' } };
    expect(await client.call('studies.list', {})).toMatchObject(refused);
    expect(await client.call('quality.raters', { studyId: id })).toMatchObject(refused);
    expect(await client.call('rating.raters', { studyId: id })).toMatchObject(refused);
    expect(await client.call('rating.begin', { studyId: id, rater: 'ben' })).toMatchObject(refused);
    expect(
      await client.call('rating.begin', { studyId: id, rater: 'ada', role: 'adjudicator' }),
    ).toMatchObject(refused);
    expect(await client.call('rating.begin', { studyId: id, rater: 'ada' })).toMatchObject({
      ok: true,
      value: { stage: 'working' },
    });
    expect(await client.call('settings.get', {})).toMatchObject({ ok: true });
    // A session begun before by somebody else is bound by the seat, too.
    expect(await client.call('rating.history', { session })).toMatchObject(refused);
    expect(await client.call('rating.undo', { session, commandId: crypto.randomUUID() })).toMatchObject(
      refused,
    );
    expect(await client.call('seat.takeBack', { passphrase: 'wrong' })).toMatchObject(refused);
    expect(await client.call('seat.takeBack', { passphrase: 'open sesame' })).toMatchObject({
      ok: true,
      value: { role: 'lead' },
    });
    expect(await client.call('studies.list', {})).toMatchObject({ ok: true });
    const stored = JSON.stringify(app.context.store.query('SELECT * FROM settings').all());
    expect(stored).not.toContain('sesame');
  });
});

describe('a retention date', () => {
  it('is a date, and is said once it has passed', async () => {
    const { test, id } = await study();
    expect(
      await test.app.call('studies.configure', { studyId: id, design: { retainUntil: 'soon' } }),
    ).toMatchObject({ ok: false, error: { code: 'invalid_input' } });
    await test.value('studies.configure', { studyId: id, design: { retainUntil: '2999-01-01' } });
    expect((await test.value('studies.show', { studyId: id })).isOverdue).toBe(false);
    await test.value('studies.configure', { studyId: id, design: { retainUntil: '2020-01-01' } });
    expect((await test.value('studies.show', { studyId: id })).isOverdue).toBe(true);
    const { problems } = await test.value('doctor.report', {});
    expect(problems.join()).toContain('“Study” was to be kept until 2020-01-01');
  });
});
