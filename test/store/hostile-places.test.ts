/** Files that are written beside hostile ones: whole, where they were meant, or not at all. */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { processMark } from '../../electron/core/files/process-mark.ts';
import { writeWholeFile } from '../../electron/core/files/whole-file.ts';
import { copyVerified, makeBackup } from '../../electron/core/store/engine/backup.ts';
import { Store } from '../../electron/core/store/engine/database.ts';
import { importText, jsonLines, nativeRows } from '../support/comparisons.ts';
import { openTestApp } from '../support/open-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('a copy of a store', () => {
  const opened = async () => {
    const { app, storePath } = await openTestApp();
    await importText(storePath, jsonLines(nativeRows(4)));
    return { store: app.context.store, storePath, folder: temporaryFolder() };
  };

  it.each<[about: string, make: (folder: string, storePath: string) => string, said: RegExp]>([
    [
      'a link that leads nowhere',
      (folder) => linkTo('/nowhere/x', join(folder, 'link')),
      /is there already/u,
    ],
    ['a link to the store', (folder, store) => linkTo(store, join(folder, 'link')), /is there already/u],
    ['a folder', (folder) => folder, /is there already/u],
    ['a device', () => '/dev/full', /is there already/u],
    ['the store itself', (_folder, store) => store, /is there already/u],
    ['its log', (_folder, store) => `${store}-wal`, /is there already/u],
    ['its journal, which is not there', (_folder, store) => `${store}-journal`, /where SQLite keeps/u],
    ['a file with somebody’s journal', (folder) => besideA(folder, '-journal'), /-journal is there already/u],
    ['a file with somebody’s log', (folder) => besideA(folder, '-wal'), /-wal is there already/u],
    ['a file below a file', (_folder, store) => join(store, 'x'), /cannot be written \(ENOTDIR\)/u],
    ['too long a name', (folder) => join(folder, 'n'.repeat(300)), /cannot be written \(ENAMETOOLONG\)/u],
    [
      'a place that takes no files',
      () => '/proc/copy.sqlite',
      /could not be written whole|cannot be written/u,
    ],
  ])('is refused as %s, and nothing is changed or left', async (_about, make, said) => {
    const { store, storePath, folder } = await opened();
    const target = make(folder, storePath);
    const before = [...readdirSync(folder), ...readdirSync(dirname(storePath))];
    await expect(copyVerified(store, target)).rejects.toThrow(said);
    expect([...readdirSync(folder), ...readdirSync(dirname(storePath))]).toEqual(before);
  });

  it('takes no name that somebody took while it was made', async () => {
    const { store, folder } = await opened();
    const target = join(folder, 'copy.sqlite');
    const copying = copyVerified(store, target);
    writeFileSync(target, 'mine');
    await expect(copying).rejects.toThrow(/is there already/u);
    expect([readFileSync(target, 'utf8'), readdirSync(folder)]).toEqual(['mine', ['copy.sqlite']]);
  });

  it('goes without what a killed one left, its log included', async () => {
    const { store, folder } = await opened();
    const { pid } = spawnSync('true');
    const mark = processMark().replace(/\d+$/u, String(pid));
    for (const suffix of ['', '-wal', '-shm', '-journal'])
      writeFileSync(join(folder, `.copy.sqlite.${mark}.unfinished${suffix}`), 'half');
    await copyVerified(store, join(folder, 'copy.sqlite'));
    expect(readdirSync(folder)).toEqual(['copy.sqlite']);
  });

  it('of a store that may only be read is made where somebody says, and nowhere else', async () => {
    const { store, storePath, folder } = await opened();
    const reader = new Store(storePath, { readonly: true, readOnlyOf: '/read/only.sqlite' });
    await expect(makeBackup(reader, 0)).rejects.toThrow('/read/only.sqlite may only be read here');
    expect(existsSync(join(dirname(storePath), 'backups'))).toBe(false);
    reader.close();
    await copyVerified(store, join(folder, 'copy.sqlite'));
  });
});

describe('a file that is written whole', () => {
  it('goes where a link leads, be anything there or not, and the link stays', () => {
    const folder = temporaryFolder();
    const target = join(folder, 'there');
    const link = linkTo('there', join(folder, 'link'));
    for (const text of ['one', 'two']) {
      writeWholeFile(link, text);
      expect([readFileSync(target, 'utf8'), lstatSync(link).isSymbolicLink()]).toEqual([text, true]);
    }
    const circle = linkTo('circle', join(folder, 'circle'));
    expect(() => writeWholeFile(circle, 'x')).toThrow(/circle cannot be written \(ELOOP\)/u);
  });

  it('may have as long a name as the system takes', async () => {
    const folder = temporaryFolder();
    const name = `${'n'.repeat(240)}.txt`;
    writeWholeFile(join(folder, name), 'x');
    const { app } = await openTestApp();
    await copyVerified(app.context.store, join(folder, 'c'.repeat(240)));
    expect(readdirSync(folder).sort()).toEqual(['c'.repeat(240), name]);
  });

  it('is closed to whoever the one before it was closed to', () => {
    const path = join(temporaryFolder(), 'private');
    writeFileSync(path, 'before', { mode: 0o600 });
    writeWholeFile(path, 'after');
    expect([readFileSync(path, 'utf8'), statSync(path).mode & 0o777]).toEqual(['after', 0o600]);
  });
});

function linkTo(target: string, path: string): string {
  symlinkSync(target, path);
  return path;
}

function besideA(folder: string, suffix: string): string {
  const path = join(folder, 'copy.sqlite');
  writeFileSync(path + suffix, 'left');
  return path;
}
