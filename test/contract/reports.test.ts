/** Questions to whole studies: a thread of their own answers each, and each can be followed and stopped. */
import { describe, expect, it } from 'vitest';
import { REPORTS } from '../../electron/core/reports.ts';
import { METHODS, type MethodName } from '../../shared/contract/methods.ts';
import { importText, jsonLines, nativeRows } from '../support/comparisons.ts';
import { openTestApp } from '../support/open-app.ts';

const tasks = (Object.keys(METHODS) as MethodName[]).filter((name) => METHODS[name].runs === 'worker');
const names = tasks.filter((name) => 'isReport' in METHODS[name]);

describe('reports', () => {
  it('each have one function', async () => {
    expect(Object.keys(REPORTS).sort()).toEqual([...names].sort());
    for (const load of Object.values(REPORTS)) expect(await load()).toBeTypeOf('function');
  });

  it('take the name of a job, as all that may take long', () => {
    for (const name of tasks) expect(Object.keys(METHODS[name].input.shape), name).toContain('jobId');
  });

  it('are followed under the id that the caller names, and stopped', async () => {
    const { app, storePath, value } = await openTestApp();
    const rows = nativeRows(5000).map((row, index) => ({
      ...row,
      human: ['r1', 'r2', 'r3'].map((rater, place) => ({
        rater,
        verdict: ['first', 'second', 'tie'][(index * 7 + place * place) % 3],
      })),
    }));
    const { studyId } = await importText(storePath, jsonLines(rows));
    const input = { studyId: studyId ?? '' };
    const followed = crypto.randomUUID();
    expect(await value('quality.consensus', { ...input, jobId: followed })).toMatchObject({ pairs: 5000 });
    expect(await value('jobs.get', { jobId: followed })).toMatchObject({ kind: 'followed', state: 'done' });
    const stopped = crypto.randomUUID();
    const reply = app.call('quality.consensus', { ...input, jobId: stopped });
    await value('jobs.cancel', { jobId: stopped });
    expect(await reply).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(await value('jobs.get', { jobId: stopped })).toMatchObject({ state: 'cancelled' });
    // The thread that was ended is not the one that the next question waits for.
    expect(await value('quality.consensus', input)).toMatchObject({ pairs: 5000 });
  });

  it('tell of the connection that serves how it keeps what is written', async () => {
    const { value } = await openTestApp();
    const { pragmas } = await value('doctor.report', {});
    expect(pragmas).toEqual({ journal_mode: 'wal', synchronous: 2, foreign_keys: 1 });
  });
});
