/** Work on packs that takes long: followed under an id of the caller's, and stopped without a trace. */
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { InputOf, MethodName } from '../../shared/contract/methods.ts';
import { importText, jsonLines, nativeRows } from '../support/comparisons.ts';
import { openTestApp, type TestApp } from '../support/open-app.ts';
import { packOptions, RECIPIENT } from '../support/packs.ts';

const JOB = 'a0000000-0000-4000-8000-000000000001';

/** Waits until a job is there, and asks it to stop. */
async function stop({ app }: TestApp, jobId: string): Promise<void> {
  await expect.poll(async () => (await app.call('jobs.cancel', { jobId })).ok, { interval: 5 }).toBe(true);
}

async function leadWith(pairs: number): Promise<{ lead: TestApp; studyId: string }> {
  const lead = await openTestApp();
  const { studyId } = await importText(lead.storePath, jsonLines(nativeRows(pairs)));
  return { lead, studyId: studyId ?? '' };
}

describe('making a pack', () => {
  it('is stopped without a pack, a rater or a file, and made when it is asked for again', async () => {
    const { lead, studyId } = await leadWith(4000);
    const input: InputOf<'packs.make'> = {
      studyId,
      name: 'acme',
      options: packOptions(['v1', 'v2']),
      recipients: [RECIPIENT],
      jobId: JOB,
    };
    const making = lead.app.call('packs.make' satisfies MethodName, input);
    await stop(lead, JOB);
    const stopped = await making;
    expect(stopped.ok ? 'made' : stopped.error.code).toBe('cancelled');
    expect((await lead.value('jobs.get', { jobId: JOB })).state).toBe('cancelled');
    expect(await lead.value('packs.list', { studyId })).toEqual([]);
    expect(await lead.value('rating.raters', { studyId })).toEqual([]);
    const folder = join(dirname(lead.storePath), 'packs');
    expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([]);

    const taken = await lead.app.call('packs.make', input);
    expect(taken.ok ? 'made' : taken.error.code).toBe('conflict');
    const jobId = JOB.replace(/1$/u, '2');
    const { made } = await lead.value('packs.make', { ...input, jobId });
    expect(made?.pairs).toBe(4000);
    const job = await lead.value('jobs.get', { jobId });
    expect(job).toMatchObject({ kind: 'followed', state: 'done', result: null });
    expect('records' in job.progress && job.progress.records).toBeGreaterThan(4000);
  });
});
