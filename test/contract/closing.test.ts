/** An app that is closed while it works. */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turnOfLoop } from 'node:timers/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import { verifyAudit } from '../../electron/core/audit/verify-audit.ts';
import { systemClock, systemEntropy } from '../../electron/core/ports/system-ports.ts';
import { Store } from '../../electron/core/store/engine/database.ts';
import { Jobs } from '../../electron/core/work/jobs.ts';
import { ServiceError } from '../../shared/errors/errors.ts';
import { importText, jsonLines, nativeRows } from '../support/comparisons.ts';
import { openTestApp } from '../support/open-app.ts';
import { PATIENCE_MS } from '../support/patience.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

it('waits for what runs, leaves whole files only, and answers nothing after', async () => {
  const { app, storePath, value } = await openTestApp();
  const { studyId } = await importText(storePath, jsonLines(nativeRows(400)));
  const folder = temporaryFolder();
  const ended: string[] = [];
  const exporting = app
    .call('exports.run', {
      studyId,
      format: 'native',
      folderId: app.context.files.addPlace(join(folder, 'out')),
    })
    .finally(() => ended.push('export'));
  const asking = app.call('quality.consensus', { studyId }).finally(() => ended.push('question'));
  const upload = app.context.files.addFile(storePath, 'no-records.jsonl').uploadId;
  const { jobId } = await value('imports.start', { uploads: [upload], studyName: 'S', dryRun: false });
  await app.close();
  expect(ended.sort()).toEqual(['export', 'question']);
  expect(app.context.jobs.get(jobId).state).not.toBe('running');
  // What writes is asked to stop: it is whole by then, or it leaves nothing.
  const exported = await exporting;
  if (!exported.ok) expect(exported.error.code).toBe('cancelled');
  expect(readdirSync(folder)).toEqual(exported.ok ? ['out'] : []);
  expect(existsSync(join(folder, 'out', 'manifest.json'))).toBe(exported.ok);
  // A question changes nothing, so nobody waits for its answer.
  expect(await asking).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  expect(await app.call('studies.list', {})).toMatchObject({
    ok: false,
    error: { code: 'store_unavailable' },
  });
  closedStore(storePath).close();
});

/** The store that was closed: nobody holds it any more, so another connection may change what one in use may not. */
function closedStore(storePath: string): Store {
  const store = new Store(storePath, { readonly: false });
  store.setPragma('journal_mode = DELETE');
  expect(store.pragma('journal_mode')).toBe('delete');
  return store;
}

const countOf = (store: Store, table: 'ratings' | 'studies' | 'pairs') =>
  store.rawQuery<[number]>(`SELECT count(*) FROM ${table}`).get()?.[0];

/** Threads at work: one that is kept for later holds nothing open. */
const threadsAtWork = () => process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length;

it('keeps a vote in flight, and is not outlived by what a vote leaves behind', async () => {
  for (const waits of ['for no reply', 'for the reply', 'until figures are looked at']) {
    const { app, storePath, value } = await openTestApp();
    const { studyId = '' } = await importText(storePath, jsonLines(nativeRows(60)));
    const study = { studyId: studyId ?? '' };
    const { quality } = (await value('studies.show', study)).design;
    await value('studies.configure', {
      ...study,
      design: { quality: { ...quality, outlier: { consequence: 'pause' } } },
    });
    const { session, queue } = await value('rating.begin', { ...study, rater: 'ada' });
    const vote = (presentationId = '') =>
      value('rating.submit', {
        session,
        commandId: crypto.randomUUID(),
        presentationId,
        answer: 'left',
        viewedMs: 3000,
      });
    let shown = queue;
    for (let votes = 0; votes < 19; votes++) shown = (await vote(shown[0]?.presentationId)).queue;
    // The twentieth has the rater's figures looked at.
    const last = vote(shown[0]?.presentationId);
    if (waits !== 'for no reply') await last;
    const threads = threadsAtWork();
    if (waits === 'until figures are looked at') await turnOfLoop();
    await app.close();
    expect(threadsAtWork(), waits).toBe(threads);
    expect((await last).receipt.presentationId).toBe(shown[0]?.presentationId);
    const store = closedStore(storePath);
    expect(countOf(store, 'ratings'), waits).toBe(20);
    expect(verifyAudit(store).broken).toBeNull();
    store.close();
  }
});

it('stops a report and a long import halfway, and nothing of it is there', async () => {
  const { app, storePath, value } = await openTestApp();
  const { studyId } = await importText(storePath, jsonLines(nativeRows(400)));
  const file = join(temporaryFolder(), 'long.jsonl');
  writeFileSync(file, jsonLines(nativeRows(30_000, 'long')));
  const { uploadId } = app.context.files.addFile(file);
  const { jobId } = await value('imports.start', { uploads: [uploadId], studyName: 'Long', dryRun: false });
  const report = app.call('quality.raters', { studyId: studyId ?? '' });
  const isUnderWay = () => {
    const { progress } = app.context.jobs.get(jobId);
    return 'records' in progress && progress.records > 0;
  };
  await vi.waitUntil(isUnderWay, { timeout: PATIENCE_MS });
  await app.close();
  expect(app.context.jobs.get(jobId)).toMatchObject({ state: 'cancelled' });
  const answer = await report;
  if (!answer.ok) expect(answer.error.code).toBe('cancelled');
  const store = closedStore(storePath);
  expect([countOf(store, 'studies'), countOf(store, 'pairs')]).toEqual([1, 400]);
  expect(verifyAudit(store).broken).toBeNull();
  store.close();
});

it('logs a fault in what nobody follows, and lets a refusal be', async () => {
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  onTestFinished(() => said.mockRestore());
  const jobs = new Jobs(systemClock, systemEntropy, () => undefined);
  const fault = new Error('a column that is not there');
  jobs.runAside(() => Promise.reject(fault));
  jobs.runAside(() => Promise.reject(new ServiceError('store_busy', { key: 'store.busy' })));
  await jobs.waitForEnd();
  expect(said.mock.calls).toEqual([[fault]]);
});

it('stops work that begins while it closes, and waits for what that leaves', async () => {
  const jobs = new Jobs(systemClock, systemEntropy, () => undefined);
  const ended: string[] = [];
  const waitsForStop = async (name: string, isCancelled: () => boolean) => {
    while (!isCancelled()) await turnOfLoop();
    ended.push(name);
  };
  jobs.runAside(async ({ isCancelled }) => {
    await waitsForStop('aside', isCancelled);
    jobs.runAside(async (controls) => {
      await waitsForStop('left behind', controls.isCancelled);
      throw new ServiceError('cancelled', { key: 'call.cancelled' });
    });
  });
  jobs.cancelAll();
  const followed = jobs.follow('late', ({ isCancelled }) => waitsForStop('followed', isCancelled));
  await jobs.waitForEnd();
  await followed;
  expect(ended.sort()).toEqual(['aside', 'followed', 'left behind']);
});
