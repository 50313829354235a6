/** Studies that are imported, exported, and imported again. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { runExport } from '../../electron/core/exports/run-export.ts';
import { runImport } from '../../electron/core/imports/run-import.ts';
import { NO_CONTROLS } from '../../electron/core/work/task-controls.ts';
import type { ExportFormat } from '../../shared/contract/export-methods.ts';
import { jsonLines } from './comparisons.ts';
import { openTestApp } from './open-app.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Imports a file into a study, which is made if it is not there. */
export async function importStudy(storePath: string, path: string, study: string, format?: string) {
  return runImport({
    files: [{ path, name: path.split(/[/\\]/u).at(-1) ?? '' }],
    studyName: study,
    storePath,
    dryRun: false,
    ...(format === undefined ? {} : { format }),
    nowMs: 1,
    newSeed: '0123456789abcdef',
    newStudyId: study,
  });
}

/** Exports a study into a folder of its own. @returns also the text of each file, by its name */
export async function exportStudy(storePath: string, studyId: string, format: ExportFormat) {
  const folder = join(temporaryFolder(), format);
  const outcome = await runExport({ storePath, studyId, format, folder }, NO_CONTROLS);
  const content = Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  );
  return { folder, outcome, content };
}

/** A store with one study of these rows. @returns where it is */
export async function studyOf(rows: readonly unknown[], name = 'one') {
  const { storePath } = await openTestApp();
  const path = join(temporaryFolder(), 'rows.jsonl');
  writeFileSync(path, jsonLines(rows));
  await importStudy(storePath, path, name);
  return storePath;
}

/** A pair with three raters, who differ, and two judges, one of them inconsistent. */
export const PAIR = {
  id: 'p1',
  prompt: 'Name a tree.',
  a: { system: 'm-1', text: 'Oak.' },
  b: { system: 'm-2', text: 'Moss.' },
  slices: { kind: 'easy' },
  human: [
    { rater: 'r1', verdict: 'first', strength: 2, note: 'clear', criteria: { depth: 'first', style: 'tie' } },
    { rater: 'r2', verdict: 'first', criteria: { depth: 'second' } },
    { rater: 'r3', verdict: 'tie' },
  ],
  judge: [
    { judge: 'j', order: 'a_first', verdict: 'first' },
    { judge: 'j', order: 'b_first', verdict: 'first' },
    { judge: 'k', order: 'a_first', verdict: 'first' },
    { judge: 'k', order: 'b_first', verdict: 'second' },
  ],
};

export const jsonOf = (text: string | undefined) => JSON.parse(text ?? '') as unknown;
export const linesOf = (text: string | undefined) =>
  (text ?? '')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
