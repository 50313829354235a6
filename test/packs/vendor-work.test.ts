/** What a vendor's store does and does not: raters apart, training, blocks, top-ups, and nothing of a lead's. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { acceptFiles } from '../../electron/core/packs/accept-files.ts';
import { acceptPack } from '../../electron/core/packs/accept-pack.ts';
import { METHODS, type MethodName } from '../../shared/contract/methods.ts';
import { canonicalJson } from '../../shared/json/canonical-json.ts';
import { importText, jsonLines, nativeRows } from '../support/comparisons.ts';
import { openTestApp, type TestApp } from '../support/open-app.ts';
import { containerOf, filesOf } from '../support/pack-bytes.ts';
import {
  IDENTITY,
  makeTestPack,
  mergeFiles,
  packOptions,
  rateInPack,
  returnOf,
  vendorWith,
} from '../support/packs.ts';
import { qualityRows, trueAnswer } from '../support/simulated-rater.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function leadWith(
  rows: readonly unknown[],
  design: Record<string, unknown> = {},
  host: 'in_process' | 'http' = 'in_process',
) {
  const lead = await openTestApp(undefined, undefined, undefined, host);
  const { studyId } = await importText(lead.storePath, jsonLines(rows));
  const id = studyId ?? '';
  await lead.value('studies.configure', { studyId: id, design: { minimumViewingMs: 0, ...design } });
  return { lead, studyId: id };
}

const begin = ({ value }: TestApp, packId: string, rater: string, passphrase = `the word of ${rater}`) =>
  value('rating.begin', { studyId: packId, rater, passphrase });

const side = (content: string) => [{ role: 'assistant' as const, content }];

describe('a vendor’s store', () => {
  it('answers nothing of a lead’s, and is opened only where there is no study', async () => {
    const { lead, studyId } = await leadWith(nativeRows(6));
    const made = await makeTestPack(lead, studyId, packOptions(['v1', 'v2']));
    await expect(vendorWith(made.path, lead)).rejects.toThrow(/holds studies of its own/u);
    const { vendor } = await vendorWith(made.path);
    const allowed = new Set<string>([
      'host.info',
      'host.pickFiles',
      'host.handedFile',
      'host.receiveFile',
      'host.showStudies',
      'doctor.report',
      'store.backup',
      'settings.get',
      'settings.put',
      'seat.get',
      'jobs.get',
      'jobs.cancel',
      'packs.open',
      'packs.opened',
      'packs.makeReturn',
      'packs.check',
      'rating.begin',
      'rating.submit',
      'rating.undo',
      'rating.keepDraft',
      'rating.consent',
      'rating.closeBlock',
      'rating.examples',
      'rating.history',
      'rating.revisit',
    ]);
    let refused = 0;
    for (const name of Object.keys(METHODS) as MethodName[]) {
      if (allowed.has(name)) continue;
      const reply = await vendor.app.call(name, {});
      if (reply.ok) throw new Error(`${name} was answered`);
      if (reply.error.code === 'forbidden') refused++;
      else expect(reply.error.code, name).toBe('invalid_input');
    }
    expect(refused).toBeGreaterThan(5);
    for (const name of ['studies.list', 'seat.get'] as const) {
      const reply = await vendor.app.call(name, {});
      expect(reply.ok, name).toBe(name === 'seat.get');
    }
    expect(await vendor.value('seat.get', {})).toEqual({ role: 'vendor' });
  });

  it('keeps raters apart: a name that is taken takes its passphrase, a session only its own votes', async () => {
    const { lead, studyId } = await leadWith(nativeRows(6));
    const made = await makeTestPack(lead, studyId, packOptions(['v1', 'v2']));
    const { vendor, packId } = await vendorWith(made.path);
    await expect(begin(vendor, packId, 'v1', '')).rejects.toThrow(/Choose a passphrase first/u);
    await expect(begin(vendor, packId, 'somebody')).rejects.toThrow(/has no rater “somebody”/u);
    await rateInPack(vendor, packId, 'v1', 3);
    const mine = await begin(vendor, packId, 'v1');
    for (const word of ['', 'the word of v2'])
      await expect(begin(vendor, packId, 'v1', word)).rejects.toThrow(/not the passphrase/u);
    const other = await begin(vendor, packId, 'v2');
    const history = await vendor.value('rating.history', { session: mine.session });
    expect(history.total).toBe(3);
    expect((await vendor.value('rating.history', { session: other.session })).total).toBe(0);
    for (const { presentationId } of history.votes)
      await expect(
        vendor.value('rating.revisit', { session: other.session, presentationId }),
      ).rejects.toThrow(/not_found/u);
    const [pair] = mine.queue;
    await expect(
      vendor.value('rating.submit', {
        session: other.session,
        commandId: crypto.randomUUID(),
        presentationId: pair?.presentationId ?? '',
        answer: 'left',
        viewedMs: 500,
      }),
    ).rejects.toThrow(/not one of this rater’s/u);
    // The window that had the session goes on without the passphrase; a stolen old one does not.
    const again = await vendor.value('rating.begin', {
      studyId: packId,
      rater: 'v1',
      earlierSession: mine.session,
    });
    await expect(
      vendor.value('rating.begin', { studyId: packId, rater: 'v1', earlierSession: mine.session }),
    ).rejects.toThrow(/not the passphrase/u);
    expect(again.progress.done).toBe(3);
    const stored = JSON.stringify(vendor.app.context.store.query('SELECT passphrase FROM pack_claims').all());
    expect(stored).not.toContain('the word of');
  });

  it('records a retried vote once, and gives the same receipt', async () => {
    const { lead, studyId } = await leadWith(nativeRows(6));
    const made = await makeTestPack(lead, studyId, packOptions(['v1']));
    const { vendor, packId } = await vendorWith(made.path);
    const begun = await begin(vendor, packId, 'v1');
    const vote = {
      session: begun.session,
      commandId: crypto.randomUUID(),
      presentationId: begun.queue[0]?.presentationId ?? '',
      answer: 'tie' as const,
      viewedMs: 400,
    };
    const [one, two] = await Promise.all([
      vendor.value('rating.submit', vote),
      vendor.value('rating.submit', vote),
    ]);
    expect(two.receipt).toEqual(one.receipt);
    expect(two.progress.done).toBe(1);
    // Killed and opened anew, the vote is there.
    const reopened = await openTestApp(vendor.storePath);
    expect((await begin(reopened, packId, 'v1')).progress.done).toBe(1);
    await expect(vendor.value('rating.submit', { ...vote, commandId: crypto.randomUUID() })).rejects.toThrow(
      /session_taken_over/u,
    );
  });

  it('trains with feedback, closes blocks for good, and lets the lead score the qualifying set', async () => {
    const { lead, studyId } = await leadWith(qualityRows(20, 2), {
      training: { passMark: 1, attempts: 1 },
      blockSize: 4,
      consent: 'Please agree.',
      asksConfidence: true,
    });
    await lead.value('design.addKnownAnswers', {
      studyId,
      answers: (['example', 'practice', 'qualifying', 'qualifying'] as const).map((stage, index) => ({
        pair: `pair-${index}`,
        stage,
        verdict: 'first',
        explanation: `Why ${index}.`,
      })),
    });
    const made = await makeTestPack(lead, studyId, packOptions(['v1']));
    const { vendor, packId } = await vendorWith(made.path);
    const { session, stage, study } = await begin(vendor, packId, 'v1');
    expect(stage).toBe('consent');
    expect(study.examples).toBe(1);
    const agreed = await vendor.value('rating.consent', { session, text: 'Please agree.' });
    expect(agreed).toMatchObject({ stage: 'practice', training: { done: 0, total: 1 } });
    expect((await vendor.value('rating.examples', { session }))[0]?.explanation).toBe('Why 0.');
    const answer = (presentationId: string, more = {}) =>
      vendor.value('rating.submit', {
        session,
        commandId: crypto.randomUUID(),
        presentationId,
        answer: 'left',
        viewedMs: 500,
        ...more,
      });
    const practised = await answer(agreed.queue[0]?.presentationId ?? '');
    expect(practised.feedback?.explanation).toBe('Why 1.');
    expect(practised).toMatchObject({ stage: 'qualifying', training: { total: 2 } });
    let turn = await answer(practised.queue[0]?.presentationId ?? '');
    expect(turn.feedback).toBeNull();
    turn = await answer(turn.queue[0]?.presentationId ?? '');
    expect(turn.stage).toBe('working');
    const first = turn.queue[0]?.presentationId ?? '';
    await expect(answer(first, { confidence: 2, strength: 2 })).rejects.toThrow(/does not ask by how much/u);
    for (let vote = 0; vote < 4; vote++)
      turn = await answer(turn.queue[0]?.presentationId ?? '', { confidence: 2 });
    expect(turn).toMatchObject({ queue: [], progress: { blockLeft: 0 } });
    const undone = await vendor.value('rating.undo', { session, commandId: crypto.randomUUID() });
    turn = await answer(undone.queue[0]?.presentationId ?? '');
    turn = { ...turn, ...(await vendor.value('rating.closeBlock', { session })) };
    expect(turn.queue).toHaveLength(2);
    await expect(answer(first, { revises: true })).rejects.toThrow(/its vote is final/u);
    const merged = await mergeFiles(lead, studyId, [await returnOf(vendor, packId)], {
      trusts: [(await vendor.value('packs.makeReturn', { packId })).words],
    });
    expect(merged.files[0]?.rows).toEqual([]);
    const { store } = lead.app.context;
    expect(store.query('SELECT attempt, answered FROM qualifications').all()).toEqual([
      { attempt: 0, answered: 2 },
    ]);
    expect(store.query<{ block: number }>("SELECT block FROM raters WHERE name = 'v1'").get()?.block).toBe(1);
    await expect(lead.value('rating.begin', { studyId, rater: 'v1' })).rejects.toThrow(/works in the pack/u);
  });

  it('tops up: work that was done is recognised, and only new pairs come', async () => {
    const { lead, studyId } = await leadWith(nativeRows(20));
    const half = await makeTestPack(lead, studyId, packOptions(['v1'], { share: 0.5 }));
    const { vendor, packId } = await vendorWith(half.path);
    expect(await rateInPack(vendor, packId, 'v1')).toBe(10);
    const whole = await makeTestPack(lead, studyId, packOptions(['v1', 'v2']), { isTopUp: true });
    expect(whole).toMatchObject({ packId, revision: 2, pairs: 20 });
    await vendorWith(whole.path, vendor);
    const begun = await begin(vendor, packId, 'v1');
    expect(begun.progress).toMatchObject({ done: 10, total: 20 });
    expect(await rateInPack(vendor, packId, 'v1')).toBe(10);
    await expect(vendorWith(half.path, vendor)).rejects.toThrow(/later revision/u);
    const words = (await vendor.value('packs.makeReturn', { packId })).words;
    const merged = await mergeFiles(lead, studyId, [await returnOf(vendor, packId)], { trusts: [words] });
    expect(merged).toMatchObject({ taken: 20, keptAside: 0 });
    // A machine that opened only the later revision serves the same pairs under the same ids.
    const { vendor: fresh } = await vendorWith(whole.path);
    expect((await begin(fresh, packId, 'v1')).progress.total).toBe(20);
    await expect(makeTestPack(lead, studyId, packOptions(['v1']))).rejects.toThrow(/holds something else/u);
    await expect(makeTestPack(lead, studyId, packOptions(['v1']), { isTopUp: true })).rejects.toThrow(
      /no pair for these raters/u,
    );
  });

  it('masks what must not leave, once somebody decided', async () => {
    const rows = nativeRows(8).map((row, index) =>
      index === 3
        ? {
            ...row,
            a: {
              system: 'zq-cobalt-4',
              text: 'As Zq Cobalt 4, an AI model, write to ann@example.org or +49 30 1234567.',
            },
          }
        : row,
    );
    const { lead, studyId } = await leadWith(rows);
    const undecided = { identity: 'undecided', personal: 'undecided' } as const;
    const asked = makeTestPack(lead, studyId, packOptions(['v1'], undecided));
    await expect(asked).rejects.toThrow(/look as if they should not leave \(.*identity.*\)/u);
    await asked.catch(({ details }: { details: { findings: { rule: string }[] } }) =>
      expect(details.findings.map(({ rule }) => rule).sort()).toEqual(
        expect.arrayContaining(['email', 'phone', 'system_name']),
      ),
    );
    expect(await lead.value('packs.list', { studyId })).toEqual([]);
    const made = await makeTestPack(
      lead,
      studyId,
      packOptions(['v1'], { identity: 'mask', personal: 'mask', spared: ['ann@example.org'] }),
    );
    const files = await filesOf(await containerOf(made.path, IDENTITY));
    const texts = files.get('texts.jsonl') ?? '';
    expect(texts).toContain('[masked]');
    expect(texts).toContain('ann@example.org');
    expect(texts.toLowerCase()).not.toMatch(/cobalt|1234567/u);
    expect(made.masked).toBeGreaterThan(1);
    // A page is shown less than whoever runs commands, who decides by what they say.
    const page = await leadWith(rows, {}, 'http');
    const shown = await page.lead.value('packs.make', {
      studyId: page.studyId,
      name: 'other',
      options: packOptions(['v5'], undecided),
      recipients: [],
      passphrase: 'long enough for this',
    });
    expect(shown.findings?.places).toBeGreaterThan(0);
    expect(JSON.stringify(shown).toLowerCase()).not.toMatch(/cobalt/u);
  });

  it('works out the same acceptance on both sides, with the answer key only where it is the one the pack named', async () => {
    const { lead, studyId } = await leadWith(qualityRows(40, 2), {
      checks: { repeatShare: 0.15, catchShare: 0.1, goldShare: 0.15, repeatGap: 3 },
    });
    await lead.value('design.addKnownAnswers', {
      studyId,
      answers: [0, 1, 2, 3, 4].map((index) => ({
        pair: `pair-${index}`,
        stage: 'gold',
        verdict: 'tie',
        explanation: '',
      })),
    });
    const made = await makeTestPack(lead, studyId, packOptions(['v1', 'v2']));
    const { vendor, packId } = await vendorWith(made.path);
    for (const rater of ['v1', 'v2'])
      await rateInPack(vendor, packId, rater, Number.POSITIVE_INFINITY, ({ task, left, right }) =>
        trueAnswer({ task: side(task), left: side(left), right: side(right) }),
      );
    const path = await returnOf(vendor, packId);
    const { words } = await vendor.value('packs.makeReturn', { packId });
    await mergeFiles(lead, studyId, [path], { trusts: [words] });
    const { report, answerKey } = acceptPack({ storePath: lead.storePath, studyId, packId, nowMs: 1 });
    expect(report.criteria.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['coverage', 'gold', 'catches', 'self_consistency', 'agreement']),
    );
    for (const name of ['catches', 'self_consistency', 'agreement'] as const)
      expect(report.criteria.find((each) => each.name === name)?.share, name).toBe(1);
    const folder = temporaryFolder();
    mkdirSync(folder, { recursive: true });
    const answers = { path: join(folder, 'answers.json'), name: 'answers.json' };
    writeFileSync(answers.path, canonicalJson(answerKey));
    const file = { path: made.path, name: 'work.touchpack' };
    const returned = { path, name: 'work.touchreturn' };
    {
      const ask = (key: typeof answers | null) =>
        acceptFiles({ pack: file, secret: IDENTITY, returns: [returned], answers: key });
      expect(await ask(answers)).toEqual(report);
      const withoutKey = await ask(null);
      expect(withoutKey.verdict).toBe('incomplete');
      const own = await vendor.value('packs.check', { packId });
      expect(own.criteria.find(({ name }) => name === 'agreement')).toEqual(
        withoutKey.criteria.find(({ name }) => name === 'agreement'),
      );
      const written = canonicalJson(answerKey);
      for (const loose of [
        `${written}\n`,
        ` ${written}`,
        JSON.stringify(answerKey, null, 1),
        `\ufeff${written}`,
        written.replace('{', '{"salt":"00",'),
        Buffer.concat([Buffer.from(written.slice(0, -1)), Buffer.from([0xff, 0x7d])]),
        canonicalJson({ ...answerKey, more: 1 }),
      ]) {
        writeFileSync(answers.path, loose);
        await expect(ask(answers)).rejects.toThrow(/^answers\.json: /u);
      }
      writeFileSync(answers.path, canonicalJson({ ...answerKey, gold: {} }));
      await expect(ask(answers)).rejects.toThrow(/not the answer key whose hash/u);
    }
  });

  it('gives the agreement that the same votes give when they are made at the lead’s', async () => {
    const rows = qualityRows(30, 2).map((row, index) => ({
      ...row,
      judge: [{ judge: 'j', order: 'both', verdict: index % 3 === 0 ? 'tie' : 'first' }],
    }));
    const { lead, studyId } = await leadWith(rows);
    const made = await makeTestPack(lead, studyId, packOptions(['v1', 'v2']));
    const { vendor, packId } = await vendorWith(made.path);
    for (const rater of ['v1', 'v2'])
      await rateInPack(vendor, packId, rater, Number.POSITIVE_INFINITY, ({ task, left, right }, index) =>
        index % 9 === 8 ? 'skipped' : trueAnswer({ task: side(task), left: side(left), right: side(right) }),
      );
    const { words } = await vendor.value('packs.makeReturn', { packId });
    await mergeFiles(lead, studyId, [await returnOf(vendor, packId)], { trusts: [words] });
    const votes = lead.app.context.store
      .query<{ pair: string; rater: string; verdict: string }>(
        `SELECT p.external_id AS pair, ra.name AS rater, r.verdict FROM ratings r JOIN pairs p ON p.id = r.pair_id
         JOIN raters ra ON ra.id = r.rater_id`,
      )
      .all();
    expect(votes).toHaveLength(60);
    const direct = await leadWith(
      rows.map((row) => ({
        ...row,
        human: votes
          .filter(({ pair }) => pair === (row as Record<string, unknown>).id)
          .map(({ rater, verdict }) => ({
            rater,
            verdict,
            ...(verdict === 'skipped' ? { reason: 'cannot_judge' } : {}),
          })),
      })),
    );
    const cardOf = async (app: TestApp, id: string) =>
      (await app.value('agreement.card', { studyId: id, judge: 'j', options: {} })) as unknown as Record<
        string,
        unknown
      >;
    const [merged, imported] = [await cardOf(lead, studyId), await cardOf(direct.lead, direct.studyId)];
    const figures = (card: Record<string, unknown>) =>
      JSON.stringify(card).match(/"(?:kappa|value)":[^,}]+/gu);
    expect(figures(merged)?.length).toBeGreaterThan(3);
    expect(figures(merged)).toEqual(figures(imported));
  });
});
