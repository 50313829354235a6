/** Cards worked out in a thread: one run for all calls of one card, and none for nobody. */
import { Worker } from 'node:worker_threads';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CardComputations } from '../../electron/core/card/card-computations.ts';
import { type CardRequest, computeCard } from '../../electron/core/card/compute-card.ts';
import { NO_CONTROLS } from '../../electron/core/work/task-controls.ts';
import { unlessCancelled } from '../../electron/core/work/unless-cancelled.ts';
import { PART_NAMES, type PartName } from '../../shared/card/figures/figure.ts';
import { agreementOptionsSchema } from '../../shared/labels/agreement-options.ts';
import { startChatServer } from '../support/chat-server.ts';
import { importText, jsonLines, nativeRows } from '../support/comparisons.ts';
import { addJudge, judgeStudy, PAIRWISE, runTestJudge } from '../support/judge-study.ts';
import { openTestApp } from '../support/open-app.ts';

async function requestOfStudy(rows: readonly object[] = nativeRows(12)): Promise<CardRequest> {
  const { storePath } = await openTestApp();
  const { studyId } = await importText(storePath, jsonLines(rows));
  if (studyId === null) throw new Error('nothing was imported');
  return {
    storePath,
    studyId,
    judge: null,
    slice: null,
    isForPage: false,
    raterPairs: false,
    options: agreementOptionsSchema.parse({}),
  };
}

/** Threads are numbered as they start. */
function nextThreadNumber(): number {
  const probe = new Worker('', { eval: true });
  void probe.terminate();
  return probe.threadId;
}

describe('cards being worked out', () => {
  it('give every call its own parts of one run', async () => {
    const request = await requestOfStudy();
    const computations = new CardComputations();
    const [standing, rest] = await Promise.all([
      computations.card(request, ['standing', 'people']),
      computations.card({ ...request }, PART_NAMES),
    ]);
    expect(rest.head).toBe(standing.head);
    expect(standing.parts.every((part) => rest.parts.includes(part))).toBe(true);
    expect(standing.parts.map(({ name }) => name)).toContain('people');
    const again = await computations.card(request, ['people']);
    expect(again.head).not.toBe(standing.head);
    expect(again.head).toEqual(standing.head);
  });

  it('use the thread again, also after a card that does not exist', async () => {
    const request = await requestOfStudy();
    const computations = new CardComputations();
    await expect(computations.card({ ...request, studyId: 'none' }, ['people'])).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(computations.card({ ...request, judge: 'nobody' }, ['people'])).rejects.toMatchObject({
      message: 'This study has no judge named “nobody”.',
    });
    for (let turn = 0; turn < 3; turn++) {
      expect((await computations.card(request, ['people'])).parts).toHaveLength(1);
    }
  });

  it('find the thread of the card before, whole or given up, and start none', async () => {
    const rows = nativeRows(600).map((row, index) => ({
      ...row,
      human: ['r1', 'r2', 'r3'].map((rater, place) => ({
        rater,
        verdict: (index + place) % 4 < 2 ? 'first' : 'second',
      })),
      judge: [{ judge: 'j', order: 'both', verdict: index % 3 === 0 ? 'first' : 'second' }],
    }));
    const request = await requestOfStudy(rows);
    const computations = new CardComputations();
    const ask = (raterPairs: boolean, parts = PART_NAMES as readonly PartName[]) =>
      computations.card({ ...request, raterPairs }, parts);
    await ask(false);
    const before = nextThreadNumber();
    for (let turn = 0; turn < 2; turn++) {
      await ask(turn % 2 === 0);
      // Nobody waits for the rest of the first card.
      await ask(true, ['standing']);
      await ask(false);
    }
    expect(nextThreadNumber() - before).toBe(1);
  });

  it('are given up between two parts when asked to', async () => {
    const pieces: unknown[] = [];
    const controls = {
      ...NO_CONTROLS,
      isCancelled: () => pieces.length >= 1,
      onPartial: (piece: unknown) => void pieces.push(piece),
    };
    await expect(computeCard(await requestOfStudy(), controls)).rejects.toMatchObject({ code: 'cancelled' });
    expect(pieces).toHaveLength(1);
  });

  it('are noted once, for the first that gets anything of them', async () => {
    const server = await startChatServer();
    onTestFinished(() => server.close());
    const place = await judgeStudy(400);
    const judge = addJudge(place, { ...PAIRWISE, endpoint: server.endpoint });
    await runTestJudge(place, judge);
    const { app, value } = await openTestApp(place.storePath);
    const looks = async () => (await value('judges.report', { studyId: place.studyId, judge })).testLooks;
    const ask = (more: object = {}) => app.call('agreement.card', { studyId: place.studyId, judge, ...more });
    const jobId = crypto.randomUUID();
    const [stopped, joined, third] = [ask({ jobId }), ask(), ask()];
    await value('jobs.cancel', { jobId });
    expect(await stopped).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect([(await joined).ok, (await third).ok]).toEqual([true, true]);
    expect(await looks()).toBe(1);
    await ask({ slice: { name: 'split', value: 'dev' } });
    expect(await looks()).toBe(1);
    await ask();
    expect(await looks()).toBe(2);
  });

  it('are nothing to who was stopped, however soon they were done', async () => {
    const given = { isCancelled: () => true };
    await expect(unlessCancelled(Promise.resolve('done'), given)).rejects.toMatchObject({
      code: 'cancelled',
    });
  });

  it('can be asked for anew after all were given up', async () => {
    const request = await requestOfStudy();
    const computations = new CardComputations();
    const asked = computations.card(request, PART_NAMES).catch(() => null);
    computations.cancelAll();
    await asked;
    expect((await computations.card(request, ['people'])).parts).toHaveLength(1);
  });
});
