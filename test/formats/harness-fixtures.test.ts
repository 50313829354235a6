/** Small files as other tools write them, one for each trap, with what is read of each beside it. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileReading } from '../../electron/core/imports/file-reading.ts';
import { withFirstRecords } from '../../electron/core/imports/first-records.ts';
import { inspectFile } from '../../electron/core/imports/inspect-file.ts';
import { MappedImport } from '../../electron/core/imports/mapped-import.ts';
import { readRecords } from '../../electron/core/imports/read-records.ts';
import { recogniseFile } from '../../electron/core/imports/recognise-file.ts';
import { HARNESS_FORMATS } from '../../shared/formats/harness/read/harness-formats.ts';

const FOLDER = join(import.meta.dirname, 'fixtures');

/** The pair that judgments without texts are about. */
const STORED = { 'p-1': { first: 'apple-7b', second: 'zebra-7b' } } as const;

/** What is read of a file: how it is recognised, the rows, what is left out, what is wrong. */
async function readingOf(path: string, options: { readonly format?: string } = {}): Promise<unknown> {
  const file = { path, name: basename(path) };
  const layout = await inspectFile(file);
  const recognition = await recogniseFile(withFirstRecords(file, layout, 20), options);
  const systemsOf = (id: string) => (id in STORED ? STORED[id as keyof typeof STORED] : undefined);
  const reading = fileReading(
    { ...file, layout, recognition, records: 0 },
    {},
    systemsOf,
    new MappedImport(),
  );
  const records: unknown[] = [];
  for await (const batch of readRecords(file, layout)) {
    for (const record of batch) {
      if ('problem' in record) records.push({ line: record.line, problem: record.problem });
      else {
        const result = reading.read(record.value, record.line);
        const { line } = record;
        if (!result.ok) records.push({ line, problems: result.problems });
        else
          records.push({
            line,
            rows: result.rows.map(({ row }) => row),
            ...(result.leftOut === undefined ? {} : { leftOut: result.leftOut }),
            ...(result.unread === undefined ? {} : { unread: result.unread }),
          });
      }
    }
  }
  return { recognised: recognition?.format.name ?? null, records, warnings: reading.warnings() };
}

/** Nothing in the files tells these from each other. */
const LOOK_ALIKE = new Set(['alt-test-humans', 'alt-test-judges']);

it('refuses to guess between formats that look alike, and names them', async () => {
  await expect(readingOf(join(FOLDER, 'alt-test-humans', 'verdicts-and-systems.json'))).rejects.toThrow(
    /could be several formats: alt-test-humans \(.*\); alt-test-judges \(.*\)\. Name the one it is/u,
  );
});

describe.each(HARNESS_FORMATS.map(({ name }) => name))('%s', (name) => {
  const files = readdirSync(join(FOLDER, name)).filter((each) => !each.includes('.expected.'));
  it.each(files)('reads %s as expected', async (each) => {
    const path = join(FOLDER, name, each);
    const expectedPath = path.replace(/\.jsonl?$/u, '.expected.json');
    const found = await readingOf(path, LOOK_ALIKE.has(name) ? { format: name } : {});
    expect(found).toEqual(JSON.parse(readFileSync(expectedPath, 'utf8')));
    expect((found as { recognised: string }).recognised).toBe(name);
  });
});
