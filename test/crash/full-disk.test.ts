/** What the product writes is written fully or not at all, and nothing unfinished is left. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runExport } from '../../electron/core/exports/run-export.ts';
import { writeWholeFile } from '../../electron/core/files/whole-file.ts';
import { NO_CONTROLS } from '../../electron/core/work/task-controls.ts';
import { EXPORT_FORMATS } from '../../shared/contract/export-methods.ts';
import { importText, jsonLines, nativeRows } from '../support/comparisons.ts';
import { openTestApp } from '../support/open-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** What a run of tests records of every process would meet the limit, too. */
const UNRECORDED = { ...process.env, TOUCHSTONE_RECORD_STATEMENTS: undefined };

/** The index of a log of SQLite takes 32 of them. */
const LIMIT_KIB = 40;

function listing(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const path = join(parentPath, name);
      return [path, createHash('sha256').update(readFileSync(path)).digest('hex')];
    }),
  );
}

const largest = (folder: string) =>
  Math.max(...Object.keys(listing(folder)).map((path) => statSync(path).size));

async function judgedStudy(storePath: string, count: number): Promise<string> {
  const verdicts = ['first', 'second', 'tie'] as const;
  const rows = nativeRows(count).map((row, index) => ({
    ...row,
    prompt: `${row.prompt} ${createHash('sha512').update(String(index)).digest('hex')}`,
    a: { system: 'base', text: `One answer to ${index}.`, meta: { run_id: `a${index}` } },
    b: { ...(row.b as object), meta: { run_id: `b${index}` } },
    human: ['r1', 'r2'].map((rater) => ({ rater, verdict: verdicts[index % 3], shown: 'a_left' })),
    judge: ['a_first', 'b_first'].map((order) => ({ judge: 'j', order, verdict: verdicts[index % 2] })),
  }));
  const { studyId } = await importText(storePath, jsonLines(rows));
  return studyId ?? '';
}

describe('a disk that is full', () => {
  it('leaves every export as it was, says so, and leaves nothing unfinished', async () => {
    const storePath = join(temporaryFolder(), 'store.sqlite');
    const { app } = await openTestApp(storePath);
    const studyId = await judgedStudy(storePath, 900);
    const folder = temporaryFolder();
    const large = new Set<string>();
    for (const format of EXPORT_FORMATS) {
      const target = join(folder, format);
      await runExport({ storePath, studyId, format, folder: target }, NO_CONTROLS);
      if (largest(target) > LIMIT_KIB * 1024) large.add(format);
    }
    mkdirSync(join(folder, 'one'));
    writeFileSync(join(folder, 'one', 'file'), 'what was there');
    await app.close();
    const before = listing(folder);
    const child = join(import.meta.dirname, 'full-disk-child.ts');
    const { stdout, stderr } = spawnSync(
      'bash',
      [
        '-c',
        `ulimit -f ${LIMIT_KIB}; exec "$@"`,
        'bash',
        process.execPath,
        child,
        storePath,
        studyId,
        folder,
      ],
      { encoding: 'utf8', env: UNRECORDED },
    );
    const outcomes = JSON.parse(stdout || `{"child": ${JSON.stringify(stderr)}}`) as Record<string, string>;
    for (const format of EXPORT_FORMATS)
      expect([format, outcomes[format]]).toEqual([
        format,
        large.has(format) ? expect.stringMatching(/^The disk is full: (?!.*unfinished\/)/u) : 'whole',
      ]);
    expect(outcomes['a file']).toMatch(/^The disk is full: /u);
    expect(large.size).toBeGreaterThan(10);
    expect(listing(folder)).toEqual(before);
  });

  it('is met where a device takes no more', () => {
    expect(() => writeWholeFile('/dev/full', 'text')).toThrow(/The disk is full: \/dev\/full/u);
  });

  it('is met where standard output goes into a file', async () => {
    const storePath = join(temporaryFolder(), 'store.sqlite');
    const { app } = await openTestApp(storePath);
    await judgedStudy(storePath, 40);
    await app.close();
    const program = join(import.meta.dirname, '..', '..', 'electron', 'hosts', 'cli', 'touchstone.mjs');
    const said = spawnSync(
      'bash',
      [
        '-c',
        '"$@" > /dev/full',
        'bash',
        process.execPath,
        program,
        'agreement',
        '--study',
        'Study',
        '--csv',
        '--store',
        storePath,
      ],
      { encoding: 'utf8', env: UNRECORDED },
    );
    expect([said.status, said.stderr]).toEqual([
      2,
      expect.stringContaining('The disk is full: standard output'),
    ]);
  });
});

describe('a set of exported files', () => {
  const exported = async (count: number, folder: string, format: 'native' | 'csv' = 'native') => {
    const storePath = join(temporaryFolder(), 'store.sqlite');
    await openTestApp(storePath);
    const studyId = await judgedStudy(storePath, count);
    await runExport({ storePath, studyId, format, folder }, NO_CONTROLS);
  };

  it('takes the place of an earlier one, and keeps what somebody else put there', async () => {
    const folder = join(temporaryFolder(), 'set');
    await exported(4, folder);
    const first = listing(folder);
    await exported(6, folder);
    expect(Object.keys(listing(folder)).sort()).toEqual(Object.keys(first).sort());
    expect(listing(folder)).not.toEqual(first);
    writeFileSync(join(folder, 'notes.txt'), 'mine');
    mkdirSync(join(folder, 'manifest.d'));
    await exported(4, folder, 'csv');
    expect(readdirSync(folder)).toEqual(
      expect.arrayContaining(['notes.txt', 'comparisons.csv', 'comparisons.jsonl', 'manifest.json']),
    );
    expect(readdirSync(join(folder, '..'))).toEqual(['set']);
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('comes back where a killed process had moved it away, and what it left unfinished goes', async () => {
    const above = temporaryFolder();
    const folder = join(above, 'set');
    await exported(4, folder);
    const first = listing(folder);
    // What a process that is no more leaves between two renames, and while it writes.
    const dead = spawnSync(
      process.execPath,
      [
        '-e',
        `import(${JSON.stringify(join(import.meta.dirname, '../../electron/core/files/unfinished.ts'))}).then(({ besideOf }) => {
        const { mkdirSync, renameSync } = require('node:fs');
        const folder = ${JSON.stringify(folder)};
        mkdirSync(besideOf(folder, 'unfinished'));
        renameSync(folder, besideOf(folder, 'replaced'));
      });`,
      ],
      { encoding: 'utf8', env: UNRECORDED },
    );
    expect(dead.stderr).not.toMatch(/Error/u);
    expect(readdirSync(above)).not.toContain('set');
    await openTestApp(join(above, 'store.sqlite'));
    expect(listing(folder)).toEqual(first);
    expect(readdirSync(above).filter((name) => name.startsWith('.'))).toEqual([]);
  });
});
