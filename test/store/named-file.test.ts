/** What is acknowledged stands in the file that the path names, and what is backed up is whole. */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../electron/core/ports/system-ports.ts';
import { copyVerified } from '../../electron/core/store/engine/backup.ts';
import { Store } from '../../electron/core/store/engine/database.ts';
import { openStore } from '../../electron/core/store/engine/open-store.ts';
import { commandLine } from '../support/command-line.ts';
import { importText, jsonLines, nativeRows } from '../support/comparisons.ts';
import { openTestApp } from '../support/open-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function rated(votes: number) {
  const test = await openTestApp();
  const { studyId } = await importText(test.storePath, jsonLines(nativeRows(20)));
  const begun = await test.value('rating.begin', { studyId: studyId ?? '', rater: 'ada' });
  let [pair] = begun.queue;
  const vote = () =>
    test.app.call('rating.submit', {
      session: begun.session,
      commandId: crypto.randomUUID(),
      presentationId: pair?.presentationId ?? '',
      answer: 'left',
      viewedMs: 400,
    });
  for (let given = 0; given < votes; given++) {
    const reply = await vote();
    if (!reply.ok) throw new Error(reply.error.message);
    [pair] = (reply.value as { queue: typeof begun.queue }).queue;
  }
  return { ...test, vote };
}

const ratingsIn = (path: string) => {
  const store = new Store(path, { readonly: true });
  const count = store.query<{ count: number }>('SELECT count(*) AS count FROM ratings').get()?.count;
  store.close();
  return count;
};

describe('a store whose file goes while it is open', () => {
  const cases: Readonly<Record<string, (path: string) => void>> = {
    'is moved': (path) => renameSync(path, `${path}.elsewhere`),
    'is deleted': (path) => rmSync(path),
    'is replaced by a copy': (path) => {
      copyFileSync(path, `${path}.copy`);
      renameSync(`${path}.copy`, path);
    },
    'is replaced by an empty one': (path) => {
      rmSync(path);
      writeFileSync(path, '');
    },
    'loses its log': (path) => rmSync(`${path}-wal`),
  };
  it.each(Object.keys(cases))('acknowledges nothing more, and says so: it %s', async (name) => {
    const { storePath, vote } = await rated(3);
    cases[name]?.(storePath);
    expect(await vote()).toMatchObject({
      ok: false,
      error: { code: 'store_unavailable', message: expect.stringContaining('moved, deleted or replaced') },
    });
  });

  it('goes on where the file comes back', async () => {
    const { storePath, vote } = await rated(3);
    renameSync(storePath, `${storePath}.elsewhere`);
    expect(await vote()).toMatchObject({ ok: false });
    renameSync(`${storePath}.elsewhere`, storePath);
    expect(await vote()).toMatchObject({ ok: true });
    expect(ratingsIn(storePath)).toBe(4);
  });
});

describe('a log beside a store that is empty or gone', () => {
  it.each(['empty', 'gone'])('is set aside with what it holds: %s', async (what) => {
    const { storePath, app } = await rated(3);
    const folder = temporaryFolder();
    mkdirSync(folder, { recursive: true });
    const path = join(folder, 'store.sqlite');
    copyFileSync(`${storePath}-wal`, `${path}-wal`);
    await app.close();
    if (what === 'empty') writeFileSync(path, '');
    const log = readFileSync(`${path}-wal`);
    await expect(openStore(path, systemClock)).rejects.toThrow(/stand in the log beside it.*set aside/u);
    const [aside] = readdirSync(folder).filter((name) => name.endsWith('-wal'));
    expect(readFileSync(join(folder, aside ?? '')).equals(log)).toBe(true);
    expect(existsSync(path)).toBe(false);
  });
});

describe('touchstone backup', () => {
  it('makes one whole file of an open store, checked, and writes over nothing', async () => {
    const { storePath } = await rated(12);
    const { run } = commandLine();
    const folder = temporaryFolder();
    const copy = join(folder, 'copy.sqlite');
    expect(await run('backup', copy, '--store', storePath)).toMatchObject({ code: 0 });
    expect(readdirSync(folder)).toEqual(['copy.sqlite']);
    expect(ratingsIn(copy)).toBe(12);
    expect(await run('backup', copy, '--store', storePath)).toMatchObject({
      code: 2,
      complaint: expect.stringContaining('is there already'),
    });
    expect(await run('backup', storePath, '--store', storePath)).toMatchObject({ code: 2 });
    expect(await run('backup', '--store', storePath)).toMatchObject({ code: 0 });
    expect(readdirSync(join(storePath, '..', 'backups'))).toEqual([
      expect.stringMatching(/^store\.sqlite\..*\.backup$/u),
    ]);
  });

  it('keeps nothing of a copy that is not sound', async () => {
    const { storePath, app } = await rated(3);
    await app.close();
    const folder = temporaryFolder();
    const damaged = join(folder, 'damaged.sqlite');
    mkdirSync(folder, { recursive: true });
    copyFileSync(storePath, damaged);
    const store = new Store(damaged, { readonly: true });
    // Only after opening, which by itself notices this.
    const bytes = readFileSync(damaged);
    bytes.fill(0x5a, bytes.length - 3 * 4096);
    writeFileSync(damaged, bytes);
    await expect(copyVerified(store, join(folder, 'copy.sqlite'))).rejects.toThrow();
    store.close();
    expect(readdirSync(folder).filter((name) => name.includes('copy'))).toEqual([]);
  });
});

describe('a store that was cut short', () => {
  it.each([16, 60, 90, 4000, 4096, 40_000])(
    'is named a damaged store, with nothing beside it: %d bytes',
    async (bytes) => {
      const { storePath, app } = await rated(2);
      await app.close();
      const folder = temporaryFolder();
      mkdirSync(folder, { recursive: true });
      const path = join(folder, 'store.sqlite');
      copyFileSync(storePath, path);
      expect(statSync(path).size).toBeGreaterThan(bytes);
      truncateSync(path, bytes);
      const { run } = commandLine();
      expect(await run('doctor', '--store', path)).toMatchObject({
        code: 2,
        complaint: expect.stringMatching(/is damaged/u),
      });
      expect(readdirSync(folder).filter((name) => /-(?:wal|shm|journal)$/u.test(name))).toEqual([]);
      expect(readdirSync(folder)).toHaveLength(1);
    },
  );
});
