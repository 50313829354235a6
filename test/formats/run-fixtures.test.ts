/** Runs as other tools write them, a folder for each trap, with what is made of them in `expected.json` there. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ImportResult } from '../../shared/contract/import-methods.ts';
import { ServiceError } from '../../shared/errors/errors.ts';
import { RUN_FORMATS } from '../../shared/formats/harness/read/run-formats.ts';
import { importFiles } from '../support/comparisons.ts';
import { openTestApp } from '../support/open-app.ts';

const FOLDER = join(import.meta.dirname, 'run-fixtures');
const EXPECTED = 'expected.json';

/** Files as they lie, folders and all: some tools name a run by its folder. */
function filesIn(folder: string): { path: string; name: string }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== EXPECTED)
    .map((entry) => ({ path: join(entry.parentPath, entry.name), name: entry.name }))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
}

async function importing(folder: string) {
  const { storePath } = await openTestApp();
  let result: ImportResult;
  try {
    result = await importFiles(storePath, filesIn(folder));
  } catch (error) {
    if (error instanceof ServiceError) return { refused: error.message };
    throw error;
  }
  const { files, counts, leftOut, warnings, firstRows } = result;
  return {
    files: files.map(({ name, format, recognised }) => [name, format, recognised?.name ?? null]),
    pairs: counts.pairsAdded,
    leftOut,
    ...(warnings.length === 0 ? {} : { warnings }),
    rows: firstRows,
  };
}

const formats = readdirSync(FOLDER);

it.each(formats)('%s is a format', (name) => {
  expect(RUN_FORMATS.map((format) => format.name)).toContain(name);
});

describe.each(formats)('%s', (format) => {
  it.each(readdirSync(join(FOLDER, format)))('%s', async (trap) => {
    const folder = join(FOLDER, format, trap);
    const found = JSON.parse(JSON.stringify(await importing(folder)));
    expect(found).toEqual(JSON.parse(readFileSync(join(folder, EXPECTED), 'utf8')));
    if ('refused' in found) return;
    expect(found.files.map(([, , recognised]: (string | null)[]) => recognised)).toContain(format);
    expect(found.rows).toHaveLength(Math.min(5, found.pairs));
  });
});
