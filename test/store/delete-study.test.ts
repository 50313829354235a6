/** A study that is deleted is gone from the store, to the last byte, and nothing else is. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verifyAudit } from '../../electron/core/audit/verify-audit.ts';
import { Store } from '../../electron/core/store/engine/database.ts';
import { applyMigrations } from '../../electron/core/store/engine/migrate.ts';
import { productMigrations } from '../../electron/core/store/engine/open-store.ts';
import { runDeletion } from '../../electron/core/studies/run-deletion.ts';
import { NO_CONTROLS } from '../../electron/core/work/task-controls.ts';
import { METHODS, type MethodName } from '../../shared/contract/methods.ts';
import { commandLine } from '../support/command-line.ts';
import { importText, jsonLines } from '../support/comparisons.ts';
import { openTestApp, type TestApp } from '../support/open-app.ts';
import { qualityRows, workSession } from '../support/simulated-rater.ts';
import { putIn } from '../support/store-of-step.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** What is not a study's, and what is left to account for it. */
const KEPT = [
  'audit_head',
  'audit_log',
  'mappings',
  'opened_packs',
  'pack_claims',
  'pack_log',
  'packed_known',
  'packed_pairs',
  'packed_texts',
  'pinned_keys',
  'schema_migrations',
  'settings',
  'signing_key',
  'studies',
];

function tablesOf(store: Store): string[] {
  return store
    .query<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .all()
    .map(({ name }) => name);
}

function everythingIn(path: string): Record<string, unknown[]> {
  const store = new Store(path, { readonly: true });
  const rows = Object.fromEntries(
    ['sqlite_schema', ...tablesOf(store)].map((table) => [
      table,
      store.query(`SELECT * FROM ${table}`).all(),
    ]),
  );
  store.close();
  return rows;
}

/** A store with a row of one study in every table. */
function filledStore(): string {
  const path = join(temporaryFolder(), 'store.sqlite');
  const store = new Store(path, { readonly: false });
  const steps = productMigrations();
  applyMigrations(store, steps, 1);
  putIn(store, steps.at(-1)?.id ?? 0);
  store.close();
  return path;
}

const SECRET = 'zq-secret';

/** Rows whose every text says the word, some so long that they take pages of their own. */
function secretRows(count: number): Record<string, unknown>[] {
  return qualityRows(count).map((row, index) => ({
    ...row,
    id: `${SECRET}-id-${index}`,
    prompt: `${SECRET} asks ${index} ${'x'.repeat((index % 5) * 3000)}`,
    a: { system: `${SECRET}-one`, text: `${SECRET} says ${index} ${'y'.repeat((index % 7) * 900)}` },
    b: { system: `${SECRET}-two`, text: `${SECRET} answers ${index}` },
    slices: { [SECRET]: `${SECRET}-${index % 3}` },
    human: [{ rater: `${SECRET}-ann`, verdict: 'first', note: `${SECRET} noted` }],
    judge: [{ judge: `${SECRET}-judge`, order: 'a_first', verdict: 'second', raw: `${SECRET} since` }],
  }));
}

interface Two {
  readonly test: TestApp;
  readonly kept: string;
  readonly doomed: string;
}

/** A study that is to stay, and one that is to go, whose rows came by turns. */
async function twoStudies(): Promise<Two> {
  const test = await openTestApp();
  const rows = qualityRows(40).map((row) => ({
    ...row,
    judge: [{ judge: 'one', order: 'a_first', verdict: 'second' }],
  }));
  const secret = secretRows(60);
  const kept =
    (await importText(test.storePath, jsonLines(rows.slice(0, 20)), { study: 'Kept' })).studyId ?? '';
  const doomed =
    (await importText(test.storePath, jsonLines(secret.slice(0, 30)), { study: 'Doomed' })).studyId ?? '';
  await workSession(test, kept, 'ada', 8, { skill: 0.8, skips: 0.1, undoes: 0.2 });
  await workSession(test, doomed, `${SECRET}-ben`, 12, { skill: 0.8, skips: 0.1, undoes: 0.2 });
  await importText(test.storePath, jsonLines(rows.slice(20)), { study: 'Kept' });
  await importText(test.storePath, jsonLines(secret.slice(30)), { study: 'Doomed' });
  await test.value('studies.configure', { studyId: doomed, design: { guideline: `${SECRET} guides` } });
  await test.value('quality.decide', {
    studyId: doomed,
    rater: `${SECRET}-ben`,
    about: 'exclusion',
    isOn: true,
    reason: `${SECRET} reason`,
  });
  await workSession(test, kept, 'ben', 8, { skill: 0.8, skips: 0.1, undoes: 0.2 });
  return { test, kept, doomed };
}

const remove = ({ test, doomed }: Two) =>
  test.value('studies.delete', { studyId: doomed, confirmName: 'Doomed' });

function holds(path: string, word: string): boolean {
  return [path, `${path}-wal`].some((file) => readFileSync(file).includes(word));
}

async function factsOf({ test, kept }: Two) {
  const { value } = test;
  return {
    study: await value('studies.show', { studyId: kept }),
    card: await value('agreement.card', { studyId: kept }),
    raters: await value('quality.raters', { studyId: kept }),
  };
}

describe('a deleted study', () => {
  it('leaves nothing in any table but its account in the log, and the guards as they were', async () => {
    const path = filledStore();
    const before = everythingIn(path);
    const test = await openTestApp(path);
    const refused = await test.app.call('studies.delete', { studyId: 's', confirmName: 'Study' });
    expect(refused).toMatchObject({ ok: false, error: { code: 'conflict', key: 'study.work_is_out' } });
    for (const out of ['the pack “Vendor”', 'a batch of', 'a run of'])
      expect(refused).toMatchObject({ error: { message: expect.stringContaining(out) } });
    expect(everythingIn(path)).toEqual(before);
    await test.value('studies.delete', { studyId: 's', confirmName: 'Study', losesOpenWork: true });
    const after = everythingIn(path);
    const left = Object.entries(after).filter(([, rows]) => rows.length > 0);
    expect(left.map(([table]) => table).sort()).toEqual([...KEPT, 'sqlite_schema'].sort());
    for (const table of [...KEPT, 'sqlite_schema'])
      if (!['audit_head', 'audit_log', 'studies', 'sqlite_schema'].includes(table))
        expect(after[table], table).toEqual(before[table]);
    const byName = (rows: unknown[] = []) =>
      new Map((rows as { name: string; sql: string }[]).map(({ name, sql }) => [name, sql]));
    expect(byName(after.sqlite_schema)).toEqual(byName(before.sqlite_schema));
    expect(after.studies).toMatchObject([{ id: 1, name: 'deleted s', seed: '', design: '{}' }]);
    expect((await test.value('doctor.report', {})).problems).toEqual([]);
    expect(await test.value('studies.list', {})).toEqual([]);
    expect(await test.value('audit.verify', {})).toMatchObject({ broken: null, notCovered: [] });
  });

  it('is not found in one byte of the store, its name aside', async () => {
    const two = await twoStudies();
    const { storePath } = two.test;
    expect(holds(storePath, SECRET)).toBe(true);
    const { isPending } = await remove(two);
    expect(isPending).toBe(false);
    expect(holds(storePath, SECRET)).toBe(false);
  });

  it('takes nothing from another one, whose figures, votes and log are as they were', async () => {
    const two = await twoStudies();
    const { test, kept } = two;
    const before = await factsOf(two);
    await remove(two);
    expect(await factsOf(two)).toEqual(before);
    expect(await test.value('audit.verify', {})).toMatchObject({ broken: null, notCovered: [] });
    // What comes later gets numbers that the deleted rows had.
    await importText(test.storePath, jsonLines(secretRows(10)), { study: 'Anew' });
    await workSession(test, kept, 'cem', 8, { skill: 0.8, skips: 0, undoes: 0.2 });
    expect(await test.value('audit.verify', {})).toMatchObject({ broken: null, notCovered: [] });
    expect((await test.value('studies.list', {})).map(({ name }) => name)).toEqual(['Kept', 'Anew']);
  });

  it('is deleted whole or not at all: stopped anywhere, everything is as it was', async () => {
    const two = await twoStudies();
    const before = everythingIn(two.test.storePath);
    for (const stopAt of [0, 1, 2, 3]) {
      let looks = 0;
      const controls = { ...NO_CONTROLS, isCancelled: () => looks++ >= stopAt };
      const request = {
        storePath: two.test.storePath,
        studyId: two.doomed,
        losesOpenWork: false,
        votes: 0,
        nowMs: 1,
      };
      await expect(runDeletion(request, controls), String(stopAt)).rejects.toMatchObject({
        code: 'cancelled',
      });
      expect(everythingIn(two.test.storePath)).toEqual(before);
    }
  });

  it('wants its name, a log that is whole, and windows that are the lead’s', async () => {
    const two = await twoStudies();
    const { test, doomed } = two;
    const call = (confirmName: string) => test.app.call('studies.delete', { studyId: doomed, confirmName });
    expect(await call('Kept')).toMatchObject({ error: { code: 'invalid_input' } });
    await test.value('seat.hand', { studyId: doomed, rater: 'eve', role: 'rater' });
    expect(await call('Doomed')).toMatchObject({ error: { key: 'study.handed' } });
    await test.value('seat.takeBack', {});
    const store = new Store(test.storePath, { readonly: false });
    store.write((store) => store.execute('DROP TRIGGER judgments_are_never_updated'));
    store.write((store) => store.run("UPDATE judgments SET verdict = 'tie' WHERE id = 1"));
    store.close();
    expect(await call('Doomed')).toMatchObject({ error: { key: 'study.log_broken' } });
    expect((await test.value('studies.list', {})).map(({ name }) => name)).toEqual(['Kept', 'Doomed']);
  });

  it('is told of in every other window', async () => {
    const two = await twoStudies();
    const { test, doomed } = two;
    const begun = await test.value('rating.begin', { studyId: doomed, rater: 'eve' });
    await remove(two);
    const vote = {
      session: begun.session,
      commandId: crypto.randomUUID(),
      presentationId: begun.queue[0]?.presentationId ?? '',
      answer: 'left',
      viewedMs: 900,
    };
    const gone = { error: { code: 'not_found', key: 'rating.work_gone' } };
    expect(await test.app.call('rating.submit', vote)).toMatchObject(gone);
    expect(await test.app.call('rating.history', { session: begun.session })).toMatchObject(gone);
    const deleted = { error: { code: 'not_found', key: 'rating.study_deleted' } };
    expect(await test.app.call('studies.show', { studyId: doomed })).toMatchObject(deleted);
    expect(await test.app.call('rating.begin', { studyId: doomed, rater: 'eve' })).toMatchObject(deleted);
  });

  it('leaves a log in which any change is found', async () => {
    const two = await twoStudies();
    await remove(two);
    const store = new Store(two.test.storePath, { readonly: false });
    for (const name of [
      'audit_log_is_never_updated',
      'judgments_are_never_updated',
      'ratings_are_never_updated',
    ])
      store.write((store) => store.execute(`DROP TRIGGER ${name}`));
    const rows = store
      .query<{ id: number; details: string; action: string }>(
        'SELECT id, details, action FROM audit_log ORDER BY id',
      )
      .all();
    const emptied = rows.filter(({ details }) => details === '');
    const others = rows.filter(({ details }) => details !== '');
    expect(emptied.length).toBeGreaterThan(15);
    const broken = (change: string) => {
      const writable = store.begin();
      writable.run(change);
      const found = verifyAudit(store).broken;
      store.rollback();
      return found;
    };
    expect(broken('UPDATE audit_log SET at = at WHERE id = 1')).toBe(null);
    for (const { id } of emptied.slice(0, 6)) {
      for (const change of [
        "action = 'export'",
        'at = at + 1',
        "hash = iif(hash LIKE 'f%', 'e', 'f') || substr(hash, 2)",
        'study_id = 1',
      ])
        expect(broken(`UPDATE audit_log SET ${change} WHERE id = ${id}`), `${id} ${change}`).not.toBe(null);
      expect(broken(`UPDATE audit_log SET details = '{}' WHERE id = ${id}`)).not.toBe(null);
    }
    for (const { id } of others)
      expect(broken(`UPDATE audit_log SET details = '', actor = '' WHERE id = ${id}`), String(id)).not.toBe(
        null,
      );
    expect(broken("UPDATE ratings SET verdict = 'tie' WHERE id = (SELECT min(id) FROM ratings)")).not.toBe(
      null,
    );
    expect(broken("UPDATE judgments SET verdict = 'error', failure = 'error'")).not.toBe(null);
    store.close();
  });
});

describe('on the command line', () => {
  it('a study is renamed, archived, restored and deleted', async () => {
    const { run, store } = commandLine();
    expect((await run('study', 'sample', '--store', store)).code).toBe(0);
    const [{ name = '' } = {}] = JSON.parse((await run('study', 'list', '--json', '--store', store)).out) as {
      name: string;
    }[];
    expect(await run('study', 'rename', name, '--to', 'Better', '--store', store)).toMatchObject({
      code: 0,
    });
    expect(await run('study', 'archive', 'Better', '--store', store)).toMatchObject({ code: 0 });
    expect((await run('study', 'list', '--store', store)).out).toMatch(/Better .* yes$/mu);
    expect(await run('study', 'restore', 'Better', '--store', store)).toMatchObject({ code: 0 });
    expect((await run('study', 'list', '--store', store)).out).toMatch(/Better .* no$/mu);
    expect(await run('study', 'delete', 'Better', '--confirm', 'Beter', '--store', store)).toMatchObject({
      code: 2,
    });
    const backup = await run('backup', '--store', store);
    expect(backup.code).toBe(0);
    const deleted = await run('study', 'delete', 'Better', '--confirm', 'Better', '--store', store);
    expect(deleted.code).toBe(0);
    expect(deleted.out).toContain('“Better” was deleted, with 60 pairs');
    expect(deleted.out).toContain('.backup');
    expect((await run('audit', 'verify', '--store', store)).code).toBe(0);
  });
});

describe('an archived study', () => {
  it('begins nothing new, and all else goes on', async () => {
    const { test, kept, doomed } = await twoStudies();
    const begun = await test.value('rating.begin', { studyId: kept, rater: 'eve' });
    const archived = await test.value('studies.archive', { studyId: kept });
    expect(archived.archivedAt).toBeGreaterThan(0);
    expect(await test.value('studies.archive', { studyId: kept })).toEqual(archived);
    const beginning = (Object.keys(METHODS) as MethodName[]).filter((name) => 'beginsWork' in METHODS[name]);
    expect(beginning.length).toBeGreaterThan(12);
    const refused = { ok: false, error: { code: 'conflict', key: 'rating.study_archived' } };
    expect(await test.app.call('rating.begin', { studyId: kept, rater: 'fay' })).toMatchObject(refused);
    expect(await test.app.call('studies.configure', { studyId: kept, design: {} })).toMatchObject(refused);
    expect(
      await test.app.call('design.draw', { studyId: kept, method: { kind: 'random', pairs: 1 } }),
    ).toMatchObject(refused);
    await expect(
      importText(test.storePath, jsonLines(qualityRows(50)), { study: 'Kept' }),
    ).rejects.toMatchObject({
      said: { key: 'rating.study_archived' },
    });
    const vote = {
      session: begun.session,
      commandId: crypto.randomUUID(),
      presentationId: begun.queue[0]?.presentationId ?? '',
      answer: 'left' as const,
      viewedMs: 900,
    };
    expect(await test.value('rating.submit', vote)).toMatchObject({ queue: expect.any(Array) });
    await test.value('agreement.card', { studyId: kept });
    await test.value('exports.run', { studyId: kept, format: 'native' });
    await test.value('studies.rename', { studyId: kept, name: 'Kept still' });
    expect(await test.app.call('studies.rename', { studyId: doomed, name: 'Kept still' })).toMatchObject({
      error: { code: 'already_exists' },
    });
    expect(await test.value('studies.restore', { studyId: kept })).toMatchObject({ archivedAt: null });
    await test.value('rating.begin', { studyId: kept, rater: 'fay' });
    const actions = test.app.context.store
      .query<{ action: string }>("SELECT action FROM audit_log WHERE action LIKE 'study.%' AND study_id = 1")
      .all()
      .map(({ action }) => action);
    expect(actions.slice(-4)).toEqual(['study.created', 'study.archived', 'study.renamed', 'study.restored']);
    expect(await test.value('audit.verify', {})).toMatchObject({ broken: null });
  });
});
