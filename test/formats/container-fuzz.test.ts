/** Files that hold many records in one, damaged anywhere: an error with a place, or an import; never a crash, and never half of one. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { parquetWriteFile } from 'hyparquet-writer/src/node.js';
import { describe, expect, it } from 'vitest';
import { UNWATCHED } from '../../electron/core/imports/import-source.ts';
import { inspectFile } from '../../electron/core/imports/inspect-file.ts';
import { withPlainFiles } from '../../electron/core/imports/plain-files.ts';
import { readParquet } from '../../electron/core/imports/read-parquet.ts';
import { readRecords } from '../../electron/core/imports/read-records.ts';
import { RecordFault } from '../../electron/core/imports/record-bytes.ts';
import { ServiceError } from '../../shared/errors/errors.ts';
import { seededRandom } from '../../shared/random/seeded-random.ts';
import { importFiles, jsonLines, nativeRows } from '../support/comparisons.ts';
import { evalArchive } from '../support/eval-archive.ts';
import { openTestApp } from '../support/open-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { tries } from '../support/tries.ts';

const MUTATIONS = tries(75, 5000);
const MUTATIONS_OF_TEXT = tries(50, 1500);
/** Each needs a thread of its own. */
const MUTATIONS_OF_PARQUET = tries(5, 150);
const IMPORTED = tries(5, 40);

function parquetFile(): Buffer {
  const path = join(temporaryFolder(), 'rows.parquet');
  const rows = Array.from({ length: 6 }, (_, index) => index);
  parquetWriteFile({
    filename: path,
    columnData: [
      { name: 'prompt', data: rows.map((row) => `Name tree ${row}.`), type: 'STRING' },
      { name: 'chosen', data: rows.map((row) => `Oak ${row}.`), type: 'STRING' },
      { name: 'rejected', data: rows.map((row) => `Moss ${row}.`), type: 'STRING' },
      { name: 'margin', data: rows.map((row) => row / 2), type: 'DOUBLE' },
    ],
    rowGroupSize: 3,
  });
  return readFileSync(path);
}

/** Comparisons as a spreadsheet of western Europe writes them. */
function table(separator: string): Buffer {
  const cells = nativeRows(6).map(({ id, prompt, a, b }) => {
    const output = ({ system, text }: { system: string; text: string }) => [
      system,
      `"${text} d\u00e9j\u00e0"`,
    ];
    return [id, prompt, ...output(a as never), ...output(b as never), 'tie'].join(separator);
  });
  const header = ['id', 'prompt', 'a.system', 'a.text', 'b.system', 'b.text', 'human.r1'].join(separator);
  return Buffer.from([header, ...cells, ''].join('\r\n'), 'latin1');
}

function wide(bytes: Buffer): Buffer {
  return Buffer.from(`\ufeff${bytes.toString('latin1')}`, 'utf16le');
}

function log(model: string): string {
  const sample = (id: number) => ({
    id,
    epoch: 1,
    input: `Name tree ${id}.`,
    target: '',
    output: { completion: `${model} ${id}` },
    scores: { graded: { value: id % 2 === 0 ? 'C' : 'I' } },
  });
  return JSON.stringify({ version: 2, eval: { model }, samples: [sample(1), sample(2), sample(3)] }, null, 1);
}

const FILES = [
  { name: 'rows.parquet', bytes: parquetFile, others: [] },
  {
    name: 'one.eval',
    bytes: () => evalArchive('m-1', ['Oak.', 'Elm.']),
    others: [['two.eval', () => evalArchive('m-2', ['Fir.', 'Yew.'])]],
  },
  {
    name: 'one.json',
    bytes: () => Buffer.from(log('m-1')),
    others: [['two.json', () => Buffer.from(log('m-2'))]],
  },
  { name: 'rows.csv', bytes: () => table(';'), others: [], mutations: MUTATIONS_OF_TEXT },
  { name: 'wide.csv', bytes: () => wide(table('\t')), others: [], mutations: MUTATIONS_OF_TEXT },
  {
    name: 'rows.jsonl.gz',
    bytes: () => gzipSync(jsonLines(nativeRows(6))),
    others: [],
    mutations: MUTATIONS_OF_TEXT,
  },
  {
    name: 'rows.jsonl.zst',
    bytes: () =>
      Buffer.concat([0, 3].map((at) => zstdCompressSync(jsonLines(nativeRows(6).slice(at, at + 3))))),
    others: [],
    mutations: MUTATIONS_OF_TEXT,
  },
  {
    name: 'values.json',
    bytes: () =>
      Buffer.from(
        nativeRows(6)
          .map((row) => JSON.stringify(row, null, 2))
          .join('\n'),
      ),
    others: [],
    mutations: MUTATIONS_OF_TEXT,
  },
] as const satisfies readonly {
  name: string;
  bytes: () => Buffer;
  others: readonly (readonly [string, () => Buffer])[];
  mutations?: number;
}[];

/** A byte changed, the file cut off, or a stretch of it doubled or gone. */
function damaged(whole: Buffer, random: ReturnType<typeof seededRandom>): Buffer {
  const at = random.below(whole.length);
  const kind = random.below(8);
  if (kind === 0) return whole.subarray(0, at);
  const end = at + 1 + random.below(Math.min(40, whole.length - at));
  if (kind === 1) return Buffer.concat([whole.subarray(0, at), whole.subarray(end)]);
  if (kind === 2) return Buffer.concat([whole.subarray(0, end), whole.subarray(at)]);
  const bytes = Buffer.from(whole);
  bytes[at] = random.below(256);
  return bytes;
}

describe.each(FILES)('$name', ({ name, bytes, others, ...rest }) => {
  it('damaged anywhere is read, or refused with a place', async () => {
    const random = seededRandom(`damaged ${name}`);
    const path = join(temporaryFolder(), name);
    const whole = bytes();
    const found = { read: 0, refused: 0 };
    const file = { path, name };
    const mutations =
      'mutations' in rest ? rest.mutations : name === 'rows.parquet' ? MUTATIONS_OF_PARQUET : MUTATIONS;
    for (let count = 0; count < mutations; count++) {
      writeFileSync(path, damaged(whole, random));
      try {
        await withPlainFiles([file], async ([plain = file]) => {
          const layout = await inspectFile(plain);
          const batches =
            layout.format === 'parquet'
              ? readParquet(plain, layout.bytes, UNWATCHED, 1000)
              : readRecords(plain, layout);
          for await (const batch of batches)
            for (const record of batch) expect(record.line).toBeGreaterThan(0);
        });
        found.read++;
      } catch (error) {
        found.refused++;
        if (error instanceof RecordFault) {
          expect(error.line).toBeGreaterThan(0);
          continue;
        }
        if (!(error instanceof ServiceError)) throw error;
        expect(error.code).toBe('import_failed');
        expect(error.message).toContain(name);
      }
    }
    expect(found.refused).toBeGreaterThan(mutations / ('mutations' in rest ? 50 : 5));
    expect(found.read + found.refused).toBe(mutations);
  });

  it('is imported whole or not at all', async () => {
    const { storePath, value } = await openTestApp();
    const random = seededRandom(`imported ${name}`);
    const folder = temporaryFolder();
    for (const [other, make] of others) writeFileSync(join(folder, other), make());
    const whole = bytes();
    let refused = 0;
    for (let count = 0; count < IMPORTED; count++) {
      writeFileSync(join(folder, name), damaged(whole, random));
      const studyName = `Study ${count}`;
      try {
        const files = [name, ...others.map(([other]) => other)].map((each) => ({
          path: join(folder, each),
          name: each,
        }));
        await importFiles(storePath, files, { study: studyName });
      } catch (error) {
        if (!(error instanceof ServiceError)) throw error;
        refused++;
        expect(error.code).toBe('import_failed');
        expect((await value('studies.list', {})).map((study) => study.name)).not.toContain(studyName);
      }
    }
    expect(refused).toBeGreaterThan(0);
  });
});
