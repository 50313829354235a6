/** An app that is closed while it works. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Store } from '../../electron/core/store/engine/database.ts';
import { importText, jsonLines, nativeRows } from '../support/comparisons.ts';
import { openTestApp } from '../support/open-app.ts';
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
  // Nobody holds the file any more: another connection may change what one in use may not.
  const again = new Store(storePath, { readonly: false });
  again.setPragma('journal_mode = DELETE');
  expect(again.pragma('journal_mode')).toBe('delete');
  again.close();
});
