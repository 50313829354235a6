/** Files as spreadsheets, scripts and tables write them: read, or refused in one sentence that says what they are. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { ServiceError } from '../../shared/errors/errors.ts';
import { commandLine } from '../support/command-line.ts';
import { importFiles, importText, jsonLines, nativeRows } from '../support/comparisons.ts';
import { archive } from '../support/eval-archive.ts';
import { openTestApp } from '../support/open-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const HEADER = ['id', 'prompt', 'a.system', 'a.text', 'b.system', 'b.text', 'human.r1', 'human.r2'];
const ROWS = [
  [
    '1',
    'Wie heißt der Fluß; der durch Köln fließt?',
    'm1',
    'Der „Rhein“',
    'm2',
    'Donau, glaube ich',
    'first',
    'tie',
  ],
  ['2', 'Nenne einen See', 'm1', 'Der Königssee\tim Süden', 'm2', 'Müritz | Schweriner See', 'second', ''],
];

function table(separator: string, { header = HEADER, rows = ROWS, end = '\r\n', before = '' } = {}): string {
  const cell = (text: string) => (/[;,\t|"\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return before + [header, ...rows].map((cells) => cells.map(cell).join(separator) + end).join('');
}

function utf16(text: string, isBig: boolean, hasMark: boolean): Buffer {
  const bytes = Buffer.from(hasMark ? `\ufeff${text}` : text, 'utf16le');
  return isBig ? bytes.swap16() : bytes;
}

/** Windows-1252, for the characters used here. */
function western(text: string): Buffer {
  return Buffer.from(
    [...text].map((character) => ({ '„': 0x84, '“': 0x93 })[character] ?? character.charCodeAt(0)),
  );
}

const native = nativeRows(3);
const german = { ...native[0], prompt: 'Wie heißt der Fluß?' };

describe('comes in as it is', () => {
  it.each([
    ['semicolons and a mark', 'rows.csv', `\ufeff${table(';')}`, 'CSV separated by semicolons'],
    ['semicolons in a file of any name', 'rows.txt', table(';'), 'CSV separated by semicolons'],
    ['tabs in a file of any name', 'rows.txt', table('\t'), 'CSV separated by tabs'],
    ['tabs in a file that says commas', 'rows.csv', table('\t'), 'CSV separated by tabs'],
    ['commas in a file that says tabs', 'rows.tsv', table(','), 'CSV separated by commas'],
    ['bars', 'rows.psv', table('|'), 'CSV separated by bars'],
    [
      'a line that says the separator',
      'rows.csv',
      table(';', { before: 'sep=;\r\n' }),
      'CSV separated by semicolons',
    ],
    [
      'blanks about the names of columns',
      'rows.csv',
      table(',', { header: HEADER.map((name) => (name.startsWith('human') ? ` ${name}` : ` ${name} `)) }),
      'CSV separated by commas',
    ],
    ...['NA', 'NaN', 'NULL', 'None', '#N/A', '<NA>'].map((absent): [string, string, string, string] => [
      `${absent} for no vote`,
      'rows.csv',
      table(',', { rows: ROWS.map((row) => row.map((cell) => (cell === '' ? absent : cell))) }),
      'CSV separated by commas',
    ]),
    ['that line behind a mark', 'rows.csv', table('|', { before: '\ufeffsep=|\n' }), 'CSV separated by bars'],
    ['old line ends', 'rows.csv', table(';', { end: '\r' }), 'CSV separated by semicolons'],
    [
      'empty columns and rows',
      'rows.csv',
      table(';', {
        header: [...HEADER, '', ''],
        rows: [...ROWS.map((row) => [...row, '', '']), Array(10).fill('')],
      }),
      'CSV separated by semicolons',
    ],
    ['UTF-16 with a mark', 'rows.csv', utf16(table('\t'), false, true), 'CSV separated by tabs, in utf-16le'],
    [
      'UTF-16 the other way round',
      'rows.csv',
      utf16(table(';'), true, true),
      'CSV separated by semicolons, in utf-16be',
    ],
    [
      'UTF-16 without a mark',
      'rows.csv',
      utf16(table(','), false, false),
      'CSV separated by commas, in utf-16le',
    ],
    [
      'Windows-1252',
      'rows.csv',
      western(table(';')),
      'CSV separated by semicolons, in windows-1252 (a guess: it is not UTF-8)',
    ],
  ])('a table with %s', async (_what, name, content, readAs) => {
    const { storePath } = await openTestApp();
    const result = await importText(storePath, content, { name });
    expect(result.files).toMatchObject([{ readAs, records: 2 }]);
    expect(result.counts).toMatchObject({ pairsAdded: 2, votesAdded: 3 });
    expect(result.firstRows).toMatchObject(
      ROWS.map(([id, prompt, , a, , b]) => ({ id, prompt, a: { text: a }, b: { text: b } })),
    );
  });

  it.each([
    ['lines in UTF-16', 'rows.jsonl', utf16(jsonLines(native), false, true), 3],
    [
      'lines in UTF-16 the other way round, without a mark',
      'rows.jsonl',
      utf16(jsonLines(native), true, false),
      3,
    ],
    ['an array in UTF-16', 'rows.json', utf16(JSON.stringify(native), false, true), 3],
    ['lines in Windows-1252', 'rows.jsonl', western(jsonLines([german])), 1],
    ['lines packed by gzip', 'rows.jsonl.gz', gzipSync(jsonLines(native)), 3],
    ['a packed table under another name', 'download', gzipSync(utf16(table(';'), false, true)), 2],
    [
      'several members of gzip',
      'rows.jsonl.gz',
      Buffer.concat(native.map((row) => gzipSync(jsonLines([row])))),
      3,
    ],
    [
      'several frames of Zstandard, and one to be skipped',
      'rows.jsonl.zst',
      Buffer.concat([
        zstdCompressSync(jsonLines([native[0]])),
        Buffer.from([0x5f, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 7, 7]),
        zstdCompressSync(jsonLines(native.slice(1))),
      ]),
      3,
    ],
    ['what is packed twice', 'rows.jsonl.zst.gz', gzipSync(zstdCompressSync(jsonLines(native))), 3],
    ['one record over several lines', 'row.json', JSON.stringify(native[0], null, 2), 1],
    [
      'records over several lines',
      'rows.jsonl',
      native.map((row) => JSON.stringify(row, null, 2)).join('\n'),
      3,
    ],
  ])('%s', async (_what, name, content, records) => {
    const { storePath } = await openTestApp();
    const result = await importText(storePath, content, { name });
    expect(result.files).toMatchObject([{ records }]);
    expect(result.counts.pairsAdded).toBe(records);
    if (name === 'rows.jsonl' && records === 1)
      expect(result.firstRows).toMatchObject([{ prompt: german.prompt }]);
  });

  it('what comes through a pipe', () => {
    const store = join(temporaryFolder(), 'store.sqlite');
    const program = join(import.meta.dirname, '..', '..', 'electron', 'hosts', 'cli', 'touchstone.mjs');
    const reply = spawnSync(
      process.execPath,
      [program, 'import', '-', '--study', 'S', '--store', store, '--json'],
      { input: gzipSync(jsonLines(native)), encoding: 'utf8' },
    );
    expect(JSON.parse(reply.stdout)).toMatchObject({
      files: [{ name: 'standard input' }],
      counts: { pairsAdded: 3 },
    });
  });

  it('an encoding and a separator that somebody names', async () => {
    const { storePath } = await openTestApp();
    const path = join(temporaryFolder(), 'rows.csv');
    // “река течёт” in KOI8-R, which nothing tells from others.
    const russian = Buffer.from([0xd2, 0xc5, 0xcb, 0xc1, 0x20, 0xd4, 0xc5, 0xde, 0xa3, 0xd4]);
    const [before, after] = [`${HEADER.join(';')}\n1;`, ';m;x;n;y;tie;tie\n'];
    writeFileSync(path, Buffer.concat([Buffer.from(before), russian, Buffer.from(after)]));
    await expect(importFiles(storePath, [{ path, name: 'rows.csv' }])).rejects.toThrow('name its encoding');
    const named = { path, name: 'rows.csv', encoding: 'koi8-r', separator: ';' as const };
    const result = await importFiles(storePath, [named]);
    expect(result.firstRows).toMatchObject([{ prompt: 'река течёт' }]);
    await expect(importFiles(storePath, [{ ...named, encoding: 'klingon' }])).rejects.toThrow('no encoding');
  });
});

describe('is named for what it is', () => {
  it.each([
    ['other.eval', 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 12\n', 'Git LFS pointer'],
    [
      'rows.parquet',
      'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 12\n',
      'Git LFS pointer',
    ],
    ['rows.csv', '../../.git/annex/objects/aB/cD/MD5E-s1--0/MD5E-s1--0', 'pointer of git-annex'],
    ['rows.json', '\n<!doctype html><html><body>Sign in</body></html>', 'web page'],
    ['rows.csv', '<html lang="en">\n<body>, , ,</body></html>', 'web page'],
    ['rows.json', '<?xml version="1.0"?><rows/>', 'XML'],
    ['promptfooconfig.yaml', 'prompts:\n  - file://one.txt\nproviders:\n  - openai:gpt\n', 'YAML'],
    ['rows.csv', 'description: x\nprompts:\n  - one\nproviders:\n  - a\n', 'YAML'],
    ['one.eval', 'id,prompt\n1,x\n', 'no archive'],
    ['rows.parquet', Buffer.from('PAR2 and so on'), 'none: damaged'],
    ['rows.csv', Buffer.from('%PDF-1.7\n'), 'PDF'],
    ['rows.csv', Buffer.from('SQLite format 3\0'), 'SQLite'],
    ['rows.jsonl.bz2', Buffer.from('BZh91AY&SY'), 'bzip2'],
    ['rows.pkl', Buffer.from([0x80, 0x04, 0x95, 0, 0]), 'pickle'],
    ['rows.jsonl', "{'id': '1'}\n".repeat(2000), 'line 1: is not valid JSON'],
    ['notes.txt', 'Hello world.\nNo table at all.\n', 'neither JSON nor a table'],
    [
      'testset.json',
      JSON.stringify([...Array(2000)].map(() => ({ idx: 1, response1: 'x' }))),
      'idx, response1',
    ],
    ['rows.csv', 'idx;response1\n1;x\n', 'CSV separated by semicolons, its columns are idx, response1'],
    ['rows.csv.gz', gzipSync(jsonLines(native)).subarray(0, 60), 'cut short'],
    ['rows.csv.zst', zstdCompressSync(jsonLines(native)).subarray(0, 60), 'cut short'],
    ['bomb.jsonl.gz', gzipSync(Buffer.alloc(80 * 1024 ** 2, ' ')), 'more than 200 times its size'],
  ])('%s', async (name, content, reason) => {
    const { storePath } = await openTestApp();
    const failure = await importText(storePath, content, { name }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ServiceError);
    expect(failure).toMatchObject({
      code: 'import_failed',
      message: expect.stringMatching(
        new RegExp(`^${name.replaceAll('.', '\\.')}[,:].*Nothing was imported`, 'su'),
      ),
      details: {
        errors: [{ reason: expect.stringContaining(reason.replace(/^line 1: /u, '')) }],
        errorCount: 1,
      },
    });
  });

  it.each([
    [
      'rows.zip',
      ['one.jsonl', 'two.jsonl'],
      'is a ZIP archive: unpack it and import what it holds ("one.jsonl", "two.jsonl")',
    ],
    ['rows.xlsx', ['[Content_Types].xml', 'xl/workbook.xml'], 'is an Excel workbook'],
    ['rows.csv', ['mimetype', 'content.xml'], 'is an OpenDocument file'],
  ])('%s that is an archive of %s', async (name, members, reason) => {
    const { storePath } = await openTestApp();
    const bytes = archive(members.map((member) => ({ name: member, text: 'x', method: 'stored' })));
    await expect(importText(storePath, bytes, { name })).rejects.toThrow(reason);
  });

  it('first, and once for each of several files, whatever the others hold', async () => {
    const { storePath } = await openTestApp();
    const folder = temporaryFolder();
    const named = (name: string, content: string) => {
      writeFileSync(join(folder, name), content);
      return { path: join(folder, name), name };
    };
    const run = named(
      'run.json',
      '[{"instruction":"Name a river.","output":"The Danube.","generator":"m1"}]',
    );
    const pointer = named('other.eval', 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n');
    const odd = named('odd.json', JSON.stringify([{ x: 1 }, { x: 2 }]));
    await expect(importFiles(storePath, [run, pointer])).rejects.toThrow(
      /^other\.eval: is a Git LFS pointer/u,
    );
    await expect(importFiles(storePath, [run, odd, pointer])).rejects.toMatchObject({
      message: expect.stringMatching(/^2 files cannot be read\. odd\.json: is not understood/u),
      details: { errorCount: 2, errors: [{ file: 'odd.json' }, { file: 'other.eval' }] },
    });
  });

  it('by its folder, where several have one name', async () => {
    const { storePath } = await openTestApp();
    const folder = temporaryFolder();
    const files = ['one', 'two'].map((inside, index) => {
      mkdirSync(join(folder, inside));
      const path = join(folder, inside, 'model_outputs.json');
      writeFileSync(
        path,
        JSON.stringify([{ instruction: 'Q', output: index === 0 ? 'x' : 5, generator: inside }]),
      );
      return { path, name: 'model_outputs.json' };
    });
    await expect(importFiles(storePath, files)).rejects.toThrow(
      /^two\/model_outputs\.json, line 1, record 1, output/u,
    );
  });
});

describe('null, numbers and ids', () => {
  const a = { system: 'm1', text: 'x' };
  const b = { system: 'm2', text: 'y' };
  const row = { id: '1', prompt: 'p', a, b };

  it.each([
    ['reference', { ...row, reference: null }],
    ['messages', { ...row, messages: null }],
    ['slices', { ...row, slices: null }],
    ['a slice', { ...row, slices: { lang: null } }],
    ['votes and verdicts', { ...row, human: null, judge: null, adjudicated: null, draw: null, split: null }],
    [
      'all that a vote may say',
      {
        ...row,
        human: [{ rater: 'r', verdict: 'tie', note: null, strength: null, at: null, criteria: { c: null } }],
      },
    ],
    ['a score', { ...row, judge: [{ judge: 'j', verdict: 'tie', score: null, raw: null, failure: null }] }],
    ['meta', { ...row, a: { ...a, meta: null, messages: null } }],
    [
      'fields of turns',
      { ...row, prompt: null, messages: [{ role: 'user', content: 'p', tool_calls: null, name: null }] },
    ],
  ])('null is absent: %s', async (_what, record) => {
    const { storePath } = await openTestApp();
    expect((await importText(storePath, jsonLines([record]))).counts.pairsAdded).toBe(1);
  });

  it('NaN is no score', async () => {
    const { storePath } = await openTestApp();
    const line = JSON.stringify({ ...row, judge: [{ judge: 'j', verdict: 'tie', score: 0.5 }] }).replace(
      '0.5',
      'NaN',
    );
    expect((await importText(storePath, `${line}\n`)).counts.judgmentsAdded).toBe(1);
  });

  it('a number is the text of a name, to its last digit', async () => {
    const { storePath } = await openTestApp();
    const numbered = {
      ...row,
      id: 17,
      slices: { turn: 2, long: true },
      human: [{ rater: 3, verdict: 'tie' }],
    };
    const result = await importText(storePath, jsonLines([numbered]));
    expect(result.firstRows).toMatchObject([
      { id: '17', slices: { turn: '2', long: 'true' }, human: [{ rater: '3' }] },
    ]);
    const large = ['9007199254740992', '9007199254740993', '12345678901234567890', '12345678901234567891'];
    const lines = large.map((id) => jsonLines([row]).replace('"1"', id));
    const rows = (await importText(storePath, lines.join(''))).firstRows;
    expect(rows).toMatchObject(large.map((id) => ({ id })));
  });

  it('a large number that is no name stays one, also from our own export', async () => {
    const { storePath } = await openTestApp();
    const large = {
      ...row,
      a: { ...row.a, meta: { perplexity: 1e17, seeds: [2 ** 60] } },
      judge: [
        {
          judge: 'j',
          order: 'a_first',
          verdict: 'second',
          score: { kind: 'points', first: 1.5e17, second: 2e17 },
        },
      ],
    };
    await importText(storePath, jsonLines([large]));
    const out = join(temporaryFolder(), 'set');
    const study = ['--study', 'Study', '--store', storePath];
    expect((await commandLine().run('export', ...study, '--out', out)).code).toBe(0);
    const again = await commandLine().run('import', out, ...study, '--json');
    expect(JSON.parse(again.out)).toMatchObject({ changedNothing: true });
  });

  it('questions of a tool whose numbers differ in a digit that JSON would drop stay two', async () => {
    const { storePath } = await openTestApp();
    const of = (model: string) =>
      ['9007199254740992', '9007199254740993']
        .map(
          (id, place) =>
            `{"question_id": ${id}, "model_id": "${model}", "choices": [{"index": 0, "turns": ["${model} ${place}"]}]}\n`,
        )
        .join('');
    const folder = temporaryFolder();
    const files = ['m1', 'm2'].map((model) => {
      writeFileSync(join(folder, `${model}.jsonl`), of(model));
      return { path: join(folder, `${model}.jsonl`), name: `${model}.jsonl` };
    });
    writeFileSync(
      join(folder, 'question.jsonl'),
      '{"question_id": 9007199254740992, "turns": ["One?"]}\n{"question_id": 9007199254740993, "turns": ["Two?"]}\n',
    );
    const { counts, firstRows } = await importFiles(storePath, [
      { path: join(folder, 'question.jsonl'), name: 'question.jsonl' },
      ...files,
    ]);
    expect(counts.pairsAdded).toBe(2);
    expect(firstRows).toMatchObject([
      { prompt: 'One?', a: { text: 'm1 0' }, b: { text: 'm2 0' } },
      { prompt: 'Two?', a: { text: 'm1 1' }, b: { text: 'm2 1' } },
    ]);
  });

  it('without an id a comparison has the hash of its content, the same every time', async () => {
    const { storePath } = await openTestApp();
    const { id: _id, ...nameless } = row;
    const votes = (rater: string) => ({ ...nameless, human: [{ rater, verdict: 'first' }] });
    const result = await importText(
      storePath,
      jsonLines([votes('r1'), votes('r2'), { ...nameless, prompt: 'q' }]),
    );
    expect(result.counts).toMatchObject({ pairsAdded: 2, votesAdded: 2 });
    expect(result.warnings).toEqual([
      expect.stringMatching(/1 record without an id holds what an earlier one holds/u),
    ]);
    const csv = 'prompt,a.system,a.text,b.system,b.text,human.r1\np,m1,x,m2,y,first\n';
    const again = await importText(storePath, csv, { name: 'rows.csv' });
    expect(again).toMatchObject({ changedNothing: true, counts: { pairsKnown: 1, votesKnown: 1 } });
  });

  it('records of an array on one line are told apart, and a first line cut short is named', async () => {
    const { storePath } = await openTestApp();
    const array = JSON.stringify([row, { ...row, id: '2' }, { ...row, id: '3', b: { system: 'm2' } }]);
    await expect(importText(storePath, array, { name: 'rows.json' })).rejects.toThrow(
      /^rows\.json, line 1, record 3, b:/u,
    );
    await expect(
      importText(storePath, `${jsonLines([row]).slice(0, 30)}\n${jsonLines([row])}`),
    ).rejects.toThrow(/^rows\.jsonl, line 1, \(record\): is not valid JSON/u);
  });

  it('errors of a table name its columns', async () => {
    const { storePath } = await openTestApp();
    const head = 'id,prompt,a.system,a.text,b.system,b.text,human.r2,slices.lang,human.r3,judge.j@a_first\n';
    const wrong = `${head}1,p,m,x,n,y,,de,left,tie\n2,p,m,x,n,z,tie,,tie,FIRST\n`;
    await expect(importText(storePath, wrong, { name: 'rows.csv' })).rejects.toMatchObject({
      details: {
        errors: [
          { line: 2, field: 'human.r3' },
          { line: 3, field: 'judge.j@a_first' },
        ],
      },
    });
  });
});
