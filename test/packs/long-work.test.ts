/** Work on packs that takes long: followed under an id of the caller's, and stopped without a trace. */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { acceptFiles } from '../../electron/core/packs/accept-files.ts';
import { acceptPack } from '../../electron/core/packs/accept-pack.ts';
import { writeReturn } from '../../electron/core/packs/write-return.ts';
import { NO_CONTROLS } from '../../electron/core/work/task-controls.ts';
import type { InputOf, MethodName } from '../../shared/contract/methods.ts';
import { importText, jsonLines, nativeRows } from '../support/comparisons.ts';
import { openTestApp, type TestApp } from '../support/open-app.ts';
import {
  IDENTITY,
  makeTestPack,
  mergeFiles,
  packOptions,
  RECIPIENT,
  rateInPack,
  returnOf,
  vendorWith,
} from '../support/packs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

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

/** Stopped at the third look. */
function stoppedSoon() {
  let looks = 0;
  return { ...NO_CONTROLS, isCancelled: () => ++looks > 2 };
}

describe('what goes through the rows of a pack', () => {
  it('looks at a stop between them, and leaves no file', async () => {
    const { lead, studyId } = await leadWith(12);
    const { path, packId } = await makeTestPack(lead, studyId, packOptions(['v1']));
    const { vendor } = await vendorWith(path);
    await rateInPack(vendor, packId, 'v1');
    const { header, isComplete } = await vendor.app.context.packs.returnOf(packId);
    const returned = await returnOf(vendor, packId);
    await mergeFiles(lead, studyId, [returned], { trusts: [header.key] });

    const target = join(temporaryFolder(), 'stopped.touchreturn');
    const { storePath } = vendor;
    const request = { storePath, header, isComplete, target, nowMs: 1 };
    const cancelled = expect.objectContaining({ code: 'cancelled' });
    expect(() => writeReturn(request, stoppedSoon())).toThrow(cancelled);
    expect(readdirSync(dirname(target))).toEqual([]);
    const asked = { storePath: lead.storePath, studyId, packId, nowMs: 1 };
    expect(() => acceptPack(asked, stoppedSoon())).toThrow(cancelled);
    const files = { pack: { path, name: 'a pack' }, returns: [{ path: returned, name: 'a return' }] };
    await expect(acceptFiles({ ...files, secret: IDENTITY, answers: null }, stoppedSoon())).rejects.toEqual(
      cancelled,
    );
  });
});

describe('a file that is written off the serving thread', () => {
  it('is a page with a pack in it, and is not there after a stop', async () => {
    const { lead } = await leadWith(1);
    const folder = temporaryFolder();
    const [pack, page, target] = ['work.touchpack', 'page.html', 'work.html'].map((name) =>
      join(folder, name),
    );
    if (pack === undefined || page === undefined || target === undefined) throw new Error('no places');
    writeFileSync(pack, Buffer.concat([Buffer.from('age-encryption.org/v1\n'), Buffer.alloc(150_000_000)]));
    writeFileSync(
      page,
      '<!--touchstone-policy--><script type="module">1</script><style rel="stylesheet">a{}</style><!--touchstone-pack-->',
    );
    const input = {
      uploadId: (await lead.value('host.nameFile', { path: pack, name: 'work.touchpack' })).uploadId,
      pageId: (await lead.value('host.nameFile', { path: page, name: 'page.html' })).uploadId,
      placeId: (await lead.value('host.namePlace', { path: target })).placeId,
    };
    const writing = lead.app.call('packs.writePage', { ...input, jobId: JOB });
    await stop(lead, JOB);
    expect(await writing).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(readdirSync(folder).sort()).toEqual(['page.html', 'work.touchpack']);
    writeFileSync(pack, 'age-encryption.org/v1\n');
    expect(await lead.value('packs.writePage', input)).toMatchObject({ path: target });
  });

  it('is a backup, whole although somebody writes meanwhile, and not there after a stop', async () => {
    const lead = await openTestApp();
    const rows = nativeRows(300).map((row, index) => ({ ...row, prompt: `${index} ${'x'.repeat(200_000)}` }));
    await importText(lead.storePath, jsonLines(rows));
    const folder = temporaryFolder();
    const target = join(folder, 'copy.sqlite');
    const placeId = (await lead.value('host.namePlace', { path: target })).placeId;
    const stopped = lead.app.call('store.backup', { placeId, jobId: JOB });
    await stop(lead, JOB);
    expect(await stopped).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(readdirSync(folder)).toEqual([]);

    let writes = 0;
    const backup = lead.value('store.backup', { placeId });
    const writing = setInterval(
      () => void lead.app.call('settings.put', { linkedScrolling: ++writes % 2 === 0 }),
      2,
    );
    expect(await backup).toEqual({ path: target, of: lead.storePath });
    clearInterval(writing);
    expect(writes).toBeGreaterThan(5);
    expect(readdirSync(folder)).toEqual(['copy.sqlite']);
    const copy = await openTestApp(target);
    expect((await copy.value('doctor.report', {})).pairs).toBe(300);
  });
});
