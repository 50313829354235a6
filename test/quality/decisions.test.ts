/** What a lead decides about raters, and what it does to every figure. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turnOfLoop } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { exportTo } from '../../electron/core/exports/export-service.ts';
import { warningsSinceResumed } from '../../electron/core/quality/report-raters.ts';
import { importFiles, importText, jsonLines } from '../support/comparisons.ts';
import { openTestApp, type TestApp } from '../support/open-app.ts';
import { qualityRows, trueAnswer, workSession } from '../support/simulated-rater.ts';
import { FAULTS, HONEST, ratedStudy } from '../support/simulated-raters.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const REASON = 'Answers do not follow the texts.';

async function withClicker() {
  const test = await openTestApp();
  const rows = qualityRows(60).map((row, index) => ({
    ...row,
    judge: [{ judge: 'the judge', order: 'both', verdict: index % 3 === 0 ? 'tie' : 'first' }],
  }));
  const { studyId } = await importText(test.storePath, jsonLines(rows));
  const id = studyId ?? '';
  for (const rater of ['ada', 'ben']) await workSession(test, id, rater, 1000, HONEST);
  await workSession(test, id, 'eve', 1000, FAULTS.clicks.habits);
  return { test, id };
}

const exclude = (test: TestApp, studyId: string, isOn: boolean) =>
  test.value('quality.decide', { studyId, rater: 'eve', about: 'exclusion', isOn, reason: REASON });

const card = (test: TestApp, studyId: string) =>
  test.value('agreement.card', { studyId, parts: ['standing', 'agreement', 'people'] });

describe('excluding a rater', () => {
  it('leaves the votes out of every figure, says so, and is taken back whole', async () => {
    const { test, id } = await withClicker();
    const before = await card(test, id);
    expect(before.raters).toEqual(['ada', 'ben', 'eve']);
    const effect = await test.value('quality.effect', { studyId: id, rater: 'eve' });
    const reports = await exclude(test, id, true);
    expect(reports.find(({ rater }) => rater === 'eve')).toMatchObject({
      isExcluded: true,
      decisions: [{ about: 'exclusion', isOn: true, reason: REASON, decidedBy: 'lead' }],
    });
    const without = await card(test, id);
    expect(without).toMatchObject({ raters: ['ada', 'ben'], excluded: ['eve'] });
    expect(without.parts.find(({ name }) => name === 'people')?.words).toContainEqual({
      row: 'excluded',
      text: 'Votes left out by the lead: those of eve.',
    });
    const figureIn = (of: typeof before, wanted: string) =>
      of.parts.flatMap(({ name, figures }) =>
        figures.filter((figure) => `${name}/${figure.row}/${figure.measure}` === wanted),
      )[0];
    const [judge] = effect.judges;
    expect(judge?.figures.length).toBeGreaterThan(8);
    for (const { id: figure, with: one, without: other } of judge?.figures ?? []) {
      expect(one, figure).toEqual(figureIn(before, figure));
      expect(other, figure).toEqual(figureIn(without, figure));
    }
    expect(effect.votes).toBe(60);
    const kappa = judge?.figures.find(({ id: figure }) => figure === 'people/all raters/alpha_nominal');
    expect((kappa?.without?.value ?? 0) - (kappa?.with.value ?? 1)).toBeGreaterThan(0.2);
    await exclude(test, id, false);
    expect(await card(test, id)).toEqual(before);
  });

  it('is said once, with a reason, and stands in the log', async () => {
    const { test, id } = await withClicker();
    await exclude(test, id, true);
    expect(
      await test.app.call('quality.decide', {
        studyId: id,
        rater: 'eve',
        about: 'exclusion',
        isOn: true,
        reason: REASON,
      }),
    ).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(
      await test.app.call('quality.decide', {
        studyId: id,
        rater: 'eve',
        about: 'exclusion',
        isOn: false,
        reason: ' ',
      }),
    ).toMatchObject({ ok: false, error: { code: 'invalid_input' } });
    const logged = test.app.context.store
      .query<{ action: string; details: string }>(
        "SELECT action, details FROM audit_log WHERE action LIKE 'rater.%'",
      )
      .all();
    expect(logged).toEqual([
      { action: 'rater.excluded', details: JSON.stringify({ rater: 'eve', reason: REASON }) },
    ]);
    expect((await test.value('audit.verify', {})).broken).toBeNull();
  });

  it('gives the places on pairs back, and takes them again', async () => {
    const test = await openTestApp();
    const { studyId } = await importText(test.storePath, jsonLines(qualityRows(30)));
    const id = studyId ?? '';
    await test.value('studies.configure', { studyId: id, design: { ratersPerPair: 2 } });
    for (const rater of ['ada', 'eve'])
      await workSession(test, id, rater, 1000, { skill: 1, skips: 0.1, undoes: 0.1 });
    const { store } = test.app.context;
    const taken = () => store.rawQuery<[number]>('SELECT taken FROM pairs ORDER BY id').all().flat();
    const before = taken();
    await exclude(test, id, true);
    const { shown } = await workSession(test, id, 'cyd', 1000, { skill: 1 });
    expect(shown).toHaveLength(30);
    await exclude(test, id, false);
    expect(taken().map((count, pair) => count - (before[pair] ?? 0))).toEqual(before.map(() => 1));
    const late = await test.value('rating.begin', { studyId: id, rater: 'dan' });
    const skipped = before.filter((count) => count < 1).length;
    expect(late.queue.length).toBe(Math.min(2, skipped));
  });

  it('goes with the calibration set, which gives the same bytes anew', async () => {
    const { test, id } = await withClicker();
    await exclude(test, id, true);
    const [folder, copy] = [temporaryFolder(), temporaryFolder()];
    await exportTo(test.app.context, id, 'native', folder);
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
    expect(manifest.raterDecisions).toMatchObject([{ rater: 'eve', about: 'exclusion', isOn: true }]);
    const [line = ''] = readFileSync(join(folder, 'comparisons.jsonl'), 'utf8').split('\n');
    const row = JSON.parse(line);
    expect(row.human).toHaveLength(3);
    expect(row.gold.votes).toBe(2);
    const shares = Object.values(row.gold.soft as Record<string, number>);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
    const other = await openTestApp(join(temporaryFolder(), 'other.sqlite'));
    const again = await importFiles(
      other.storePath,
      [{ path: join(folder, 'manifest.json'), name: 'manifest.json' }],
      { study: 'Study' },
    );
    await exportTo(other.app.context, again.studyId ?? '', 'native', copy);
    for (const name of ['comparisons.jsonl', 'agreement-card.json', 'manifest.json'])
      expect(readFileSync(join(copy, name), 'utf8'), name).toBe(readFileSync(join(folder, name), 'utf8'));
  });
});

/** What is to pause eve by the votes given so far. */
const reasonsToPause = ({ storePath }: TestApp, studyId: string) =>
  warningsSinceResumed({ storePath, studyId, rater: 'eve' }).filter(
    ({ consequence }) => consequence === 'pause',
  );

const openPairsOf = ({ app }: TestApp) =>
  app.context.store
    .rawQuery<[number]>(
      "SELECT count(*) FROM presentations WHERE is_open = 1 AND rater_id = (SELECT id FROM raters WHERE name = 'eve')",
    )
    .get()?.[0];

/** The look is taken beside the work: whoever answers at once would be through before it is over. */
async function untilPaused({ app }: TestApp): Promise<void> {
  await expect
    .poll(() => app.context.store.query('SELECT 1 FROM raters WHERE is_paused = 1').get())
    .toBeDefined();
}

describe('pausing', () => {
  it('gives no further pair, keeps the vote on screen, and is taken back', async () => {
    const test = await openTestApp();
    const { studyId } = await importText(test.storePath, jsonLines(qualityRows(20)));
    const id = studyId ?? '';
    const begun = await test.value('rating.begin', { studyId: id, rater: 'eve' });
    const decide = (isOn: boolean) =>
      test.value('quality.decide', { studyId: id, rater: 'eve', about: 'pause', isOn, reason: REASON });
    await decide(true);
    const vote = await test.value('rating.submit', {
      session: begun.session,
      commandId: crypto.randomUUID(),
      presentationId: begun.queue[0]?.presentationId ?? '',
      answer: 'left',
      viewedMs: 900,
    });
    expect(vote).toMatchObject({ stage: 'paused', queue: [], progress: { done: 1 } });
    expect(await test.value('rating.begin', { studyId: id, rater: 'eve' })).toMatchObject({ queue: [] });
    await decide(false);
    const back = await test.value('rating.begin', { studyId: id, rater: 'eve' });
    expect(back).toMatchObject({ stage: 'working', progress: { done: 1 } });
    expect(back.queue).toHaveLength(2);
  });

  it('comes by itself also where the store was too busy to open the next pair', async () => {
    const { test, studyId } = await ratedStudy(
      { ada: HONEST, ben: HONEST, cyd: HONEST },
      { pairs: 140, seed: 'pauses' },
    );
    const { quality } = (await test.value('studies.show', { studyId })).design;
    await test.value('studies.configure', {
      studyId,
      design: { quality: { ...quality, outlier: { consequence: 'pause' } } },
    });
    const begun = await test.value('rating.begin', { studyId, rater: 'eve' });
    let turn: Pick<typeof begun, 'queue' | 'stage'> = begun;
    let votes = 0;
    for (; turn.stage === 'working' && turn.queue[0] !== undefined && votes < 140; votes++) {
      turn = await test.value('rating.submit', {
        session: begun.session,
        commandId: crypto.randomUUID(),
        presentationId: turn.queue[0].presentationId,
        answer: votes % 2 === 0 ? 'left' : 'right',
        viewedMs: 3000,
      });
      if ((votes + 1) % 20 !== 0 || reasonsToPause(test, studyId).length === 0) continue;
      const other = new Database(test.storePath);
      other.exec('BEGIN IMMEDIATE');
      await turnOfLoop();
      other.exec('ROLLBACK');
      other.close();
      expect(openPairsOf(test)).toBe(2);
      await untilPaused(test);
    }
    expect(turn.stage).toBe('paused');
  });

  it('comes by itself where a threshold is to pause, with reasons for the rater', async () => {
    const { test, studyId, reports } = await ratedStudy(
      { ada: HONEST, ben: HONEST, cyd: HONEST },
      { pairs: 140, seed: 'pauses' },
    );
    const { quality } = (await test.value('studies.show', { studyId })).design;
    await test.value('studies.configure', {
      studyId,
      design: { quality: { ...quality, outlier: { consequence: 'pause' } } },
    });
    expect(reports.map(({ warnings }) => warnings)).toEqual([[], [], []]);
    const begun = await test.value('rating.begin', { studyId, rater: 'eve' });
    let turn: Pick<typeof begun, 'queue' | 'stage'> = begun;
    let votes = 0;
    for (; turn.stage === 'working' && turn.queue[0] !== undefined && votes < 140; votes++) {
      turn = await test.value('rating.submit', {
        session: begun.session,
        commandId: crypto.randomUUID(),
        presentationId: turn.queue[0].presentationId,
        answer: votes % 2 === 0 ? 'left' : 'right',
        viewedMs: 3000,
      });
      if ((votes + 1) % 20 === 0 && reasonsToPause(test, studyId).length > 0) await untilPaused(test);
    }
    expect(turn.stage).toBe('paused');
    expect(votes).toBeGreaterThan(20);
    const eve = (await test.value('quality.raters', { studyId })).find(({ rater }) => rater === 'eve');
    expect(eve).toMatchObject({ isPaused: true, decisions: [{ about: 'pause', decidedBy: 'thresholds' }] });
    expect(eve?.decisions[0]?.reason).toMatch(/\d+ of \d+ labels contradict another rater/u);
    const others = await test.value('quality.raters', { studyId });
    expect(others.filter(({ isPaused }) => isPaused).map(({ rater }) => rater)).toEqual(['eve']);
    // What was known when the lead let the work go on is weighed no second time.
    await test.value('quality.decide', {
      studyId,
      rater: 'eve',
      about: 'pause',
      isOn: false,
      reason: 'a talk',
    });
    const back = await test.value('rating.begin', { studyId, rater: 'eve' });
    let next: Pick<typeof begun, 'queue' | 'stage'> = back;
    for (let vote = 0; vote < 45 && next.queue[0] !== undefined; vote++) {
      next = await test.value('rating.submit', {
        session: back.session,
        commandId: crypto.randomUUID(),
        presentationId: next.queue[0].presentationId,
        answer: trueAnswer(next.queue[0]),
        viewedMs: 6000,
      });
    }
    expect(reasonsToPause(test, studyId)).toEqual([]);
    expect((await test.value('rating.begin', { studyId, rater: 'eve' })).stage).toBe('working');
  });
});
