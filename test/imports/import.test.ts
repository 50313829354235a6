import { closeSync, ftruncateSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runImport } from '../../electron/core/imports/run-import.ts';
import { Store } from '../../electron/core/store/engine/database.ts';
import { NO_CONTROLS } from '../../electron/core/work/task-controls.ts';
import { importFiles, importText, jsonLines, nativeRows, SECRET_SYSTEMS } from '../support/comparisons.ts';
import { openTestApp } from '../support/open-app.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Every row of every table, so that "changes nothing" means nothing. */
function contentOf(storePath: string): string {
  const store = new Store(storePath, { readonly: true });
  const tables = store
    .query<{ name: string }>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )
    .all();
  const content = JSON.stringify(
    tables.map(({ name }) => [name, store.query(`SELECT * FROM ${name}`).all()]),
  );
  store.close();
  return content;
}

const first = nativeRows(1)[0] ?? {};
const withRow = (row: unknown, at = 2) => {
  const rows: unknown[] = nativeRows(4);
  rows.splice(at, 0, row);
  return jsonLines(rows);
};

describe('bad input', () => {
  it.each([
    [
      'broken JSON',
      `${jsonLines(nativeRows(2))}{"id": "x", \n`,
      'rows.jsonl',
      3,
      '(record)',
      'not valid JSON',
    ],
    ['a wrong type', withRow({ ...first, id: true }), 'rows.jsonl', 3, 'id', 'must be text'],
    [
      'an unknown verdict',
      withRow({ ...first, id: 'n', human: [{ rater: 'r', verdict: 'A' }] }),
      'rows.jsonl',
      3,
      'human[0].verdict',
      '"A"',
    ],
    ['a missing field', withRow({ id: 'n', prompt: 'p', a: first.a }), 'rows.jsonl', 3, 'b', 'is missing'],
    [
      'a duplicate id with another text',
      withRow({ ...first, prompt: 'other' }),
      'rows.jsonl',
      3,
      'prompt',
      'already taken',
    ],
    [
      'a duplicate id with another system',
      withRow({ ...first, a: { system: 's', text: 'One answer to 0.' } }),
      'rows.jsonl',
      3,
      'a',
      'already taken',
    ],
    [
      'verdicts about nothing',
      withRow({ id: 'nowhere', judge: [{ judge: 'j', verdict: 'tie' }] }),
      'rows.jsonl',
      3,
      'id',
      'no comparison',
    ],
    [
      'two votes by one rater',
      withRow({
        ...first,
        id: 'n',
        human: [
          { rater: 'r', verdict: 'tie' },
          { rater: 'r', verdict: 'first' },
        ],
      }),
      'rows.jsonl',
      3,
      'human[1]',
      'votes twice',
    ],
    [
      'a broken array element',
      `[\n${JSON.stringify(first)},\n{"id": }\n]`,
      'rows.json',
      3,
      '(record)',
      'not valid JSON',
    ],
    ['a CSV with a short row', 'id,prompt\n1,p\n2\n', 'rows.csv', 3, '(file)', 'not valid CSV'],
    [
      'a CSV with a wrong verdict',
      'id,prompt,a.system,a.text,b.system,b.text,human.x\n1,"two\nlines",m,t,n,u,tie\n2,q,m,t,n,u,left\n',
      'rows.csv',
      4,
      'human.x',
      '"left"',
    ],
  ])('%s names file, line and field', async (_name, text, name, line, field, reason) => {
    const { storePath } = await openTestApp();
    const before = contentOf(storePath);
    const failure = await importText(storePath, text, { name }).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 'import_failed',
      message: expect.stringMatching(/Nothing was imported/u),
      details: {
        errors: [
          expect.objectContaining({ file: name, line, field, reason: expect.stringContaining(reason) }),
        ],
      },
    });
    expect(contentOf(storePath)).toBe(before);
  });

  it('that is not UTF-8 names the line', async () => {
    const { storePath } = await openTestApp();
    const text = Buffer.concat([
      Buffer.from(jsonLines(nativeRows(2))),
      Buffer.from([0x22, 0xff, 0xfe, 0x22, 0x0a]),
    ]);
    await expect(importText(storePath, text)).rejects.toMatchObject({
      details: { errors: [expect.objectContaining({ line: 3, reason: 'is not valid UTF-8' })] },
    });
    const csv = Buffer.concat([Buffer.from('id,prompt\n1,a\n2,'), Buffer.from([0xff]), Buffer.from('\n')]);
    await expect(importText(storePath, csv, { name: 'rows.csv' })).rejects.toThrow(
      'line 3: is not valid UTF-8',
    );
  });

  it('of 200 MB in a single line is refused without reading it into memory', async () => {
    const { storePath } = await openTestApp();
    const path = join(temporaryFolder(), 'long.jsonl');
    const handle = openSync(path, 'w');
    writeSync(handle, '{"id": "');
    ftruncateSync(handle, 200 * 1024 * 1024);
    closeSync(handle);
    const before = process.memoryUsage().rss;
    await expect(importFiles(storePath, [{ path, name: 'long.jsonl' }])).rejects.toThrow(
      'line 1: the record is longer than 32 MiB',
    );
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024);
  });

  it.each([
    ['an empty file', '', 'is empty'],
    ['white space only', ' \n\n', 'nothing but white space'],
    ['an empty array', '[]', 'holds no record'],
    ['an array cut short', '[{"id": "1"', 'ends before its JSON array does'],
    ['text after an array', '[{"id":"1"}] more', 'more after the end'],
    ['a doubled comma', '[{"id":"1"},,{"id":"2"}]', 'a comma stands'],
    ['a trailing comma', '[{"id":"1"},]', 'ends where a record was expected'],
  ])('%s is refused', async (_name, text, reason) => {
    const { storePath } = await openTestApp();
    await expect(importText(storePath, text, { name: 'rows.json' })).rejects.toThrow(reason);
  });

  it('a folder, a missing file and a file that shrinks while it is read are refused', async () => {
    const { storePath } = await openTestApp();
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'sub'));
    await expect(importFiles(storePath, [{ path: join(folder, 'sub'), name: 'sub' }])).rejects.toThrow(
      'is a folder',
    );
    await expect(
      importFiles(storePath, [{ path: join(folder, 'no.jsonl'), name: 'no.jsonl' }]),
    ).rejects.toThrow('ENOENT');
    const path = join(folder, 'shrinks.jsonl');
    writeFileSync(path, jsonLines(nativeRows(5000)));
    let hasShrunk = false;
    const request = {
      files: [{ path, name: 'shrinks.jsonl' }],
      studyName: 'S',
      storePath,
      dryRun: false,
      nowMs: 0,
      newSeed: '0123456789abcdef',
      newStudyId: 'x',
    };
    await expect(
      runImport(request, {
        ...NO_CONTROLS,
        isCancelled: () => false,
        onProgress: () => {
          if (!hasShrunk) writeFileSync(path, jsonLines(nativeRows(1500)));
          hasShrunk = true;
        },
      }),
    ).rejects.toThrow(/changed while it was read|not valid JSON/u);
  });
});

describe('an import', () => {
  it('run twice changes nothing and says so', async () => {
    const { storePath } = await openTestApp();
    const rows = nativeRows(20).map((row, index) => ({
      ...row,
      human: [
        { rater: 'r', verdict: 'tie', shown: 'a_left', at: '2026-01-01T00:00:00.000Z', note: `n ${index}` },
      ],
      judge: [{ judge: 'j', order: 'a_first', verdict: 'first', score: 0.5 }],
    }));
    const once = await importText(storePath, jsonLines(rows));
    expect(once).toMatchObject({
      changedNothing: false,
      counts: { pairsAdded: 20, votesAdded: 20, judgmentsAdded: 20 },
    });
    const before = contentOf(storePath);
    const twice = await importText(storePath, jsonLines(rows));
    expect(twice).toMatchObject({
      changedNothing: true,
      studyId: once.studyId,
      counts: { pairsKnown: 20, votesKnown: 20, judgmentsKnown: 20 },
    });
    expect(contentOf(storePath)).toBe(before);
  });

  it('that is only tried lets others write meanwhile, and leaves nothing behind', async () => {
    const { storePath, value } = await openTestApp();
    const { studyId } = await importText(storePath, jsonLines(nativeRows(4)));
    const before = contentOf(storePath);
    const path = join(temporaryFolder(), 'more.jsonl');
    writeFileSync(path, jsonLines(nativeRows(3000)));
    const other = new Store(storePath, { readonly: false });
    let writes = 0;
    const tried = await runImport(
      {
        files: [{ path, name: 'more.jsonl' }],
        studyName: 'Study',
        storePath,
        dryRun: true,
        nowMs: 1,
        newSeed: '0123456789abcdef',
        newStudyId: 'new',
      },
      {
        ...NO_CONTROLS,
        onProgress: () => {
          other.begin();
          other.rollback();
          writes++;
        },
      },
    );
    other.close();
    expect(tried).toMatchObject({ dryRun: true, counts: { pairsAdded: 2996, pairsKnown: 4 } });
    expect(writes).toBeGreaterThan(0);
    expect(contentOf(storePath)).toBe(before);
    expect((await value('studies.show', { studyId: studyId ?? '' })).pairs).toBe(4);
  });

  it('knows all of a long file again, however little of it is kept in mind', async () => {
    const { storePath } = await openTestApp();
    const rows = nativeRows(2500).map((row) => ({ ...row, human: [{ rater: 'r', verdict: 'tie' }] }));
    await importText(storePath, jsonLines(rows));
    const twice = [...rows, ...rows.slice(0, 10)];
    expect(await importText(storePath, jsonLines(twice))).toMatchObject({
      changedNothing: true,
      counts: { pairsKnown: 2510, votesKnown: 2510, votesAdded: 0 },
    });
    const altered = jsonLines([...rows, { ...rows[3], human: [{ rater: 'r', verdict: 'first' }] }]);
    await expect(importText(storePath, altered)).rejects.toThrow(/line 2501/u);
  });

  it('of an altered vote or verdict is refused with the item named', async () => {
    const { storePath } = await openTestApp();
    const row = {
      ...first,
      human: [{ rater: 'r', verdict: 'tie' }],
      judge: [{ judge: 'j', verdict: 'tie' }],
    };
    await importText(storePath, jsonLines([row]));
    await expect(
      importText(storePath, jsonLines([{ ...row, human: [{ rater: 'r', verdict: 'first' }] }])),
    ).rejects.toThrow('another verdict');
    await expect(
      importText(storePath, jsonLines([{ ...row, judge: [{ judge: 'j', verdict: 'first' }] }])),
    ).rejects.toThrow('another verdict');
  });

  it('can be cancelled and leaves nothing behind', async () => {
    const { storePath } = await openTestApp();
    const before = contentOf(storePath);
    const path = join(temporaryFolder(), 'rows.jsonl');
    writeFileSync(path, jsonLines(nativeRows(5000)));
    let looks = 0;
    const request = {
      files: [{ path, name: 'rows.jsonl' }],
      studyName: 'S',
      storePath,
      dryRun: false,
      nowMs: 0,
      newSeed: '0123456789abcdef',
      newStudyId: 'x',
    };
    await expect(
      runImport(request, { ...NO_CONTROLS, isCancelled: () => looks++ > 2 }),
    ).rejects.toMatchObject({ code: 'cancelled' });
    expect(contentOf(storePath)).toBe(before);
  });

  it('reads CSV, JSON arrays and JSON Lines alike', async () => {
    const { storePath } = await openTestApp();
    const rows = nativeRows(6);
    const columns = ['id', 'prompt', 'a.system', 'a.text', 'b.system', 'b.text', 'slices.half'];
    const cellOf = (row: Record<string, unknown>, column: string) =>
      column.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown>)[key], row);
    const csv = [
      columns.join(','),
      ...rows.map((row) => columns.map((column) => `"${cellOf(row, column)}"`).join(',')),
    ].join('\r\n');
    await importText(storePath, `\uFEFF${csv}\r\n`, { name: 'rows.csv' });
    const array = await importText(storePath, JSON.stringify(rows, null, 2), { name: 'rows.json' });
    expect(array).toMatchObject({ changedNothing: true, counts: { pairsKnown: 6 } });
    expect(await importText(storePath, jsonLines(rows))).toMatchObject({ changedNothing: true });
  });

  it('of a vote on a pair that its rater has open here is refused: it would count twice', async () => {
    const { storePath, value } = await openTestApp();
    const { studyId } = await importText(storePath, jsonLines(nativeRows(2)));
    const begun = await value('rating.begin', { studyId: studyId ?? '', rater: 'ada' });
    const row = { id: 'pair-0', human: [{ rater: 'ada', verdict: 'tie' }] };
    await expect(importText(storePath, jsonLines([row]))).rejects.toThrow('count twice');
    const dry = await importText(storePath, jsonLines([row]), { dryRun: true });
    expect(dry.errorCount).toBe(1);
    expect(begun.queue).toHaveLength(2);
  });

  it('keeps halves of surrogate pairs out, so that importing again changes nothing', async () => {
    const { storePath } = await openTestApp();
    const text = jsonLines([
      { ...first, reference: 'R', judge: [{ judge: 'j', verdict: 'tie', raw: 'CUT' }] },
    ])
      .replace('CUT', 'cut \\ud83d')
      .replace('"R"', '"\\uDE00 r"');
    await importText(storePath, text);
    expect(await importText(storePath, text)).toMatchObject({ changedNothing: true });
  });

  it('finds a name in an output that stands before the named system is met', async () => {
    const { storePath } = await openTestApp();
    const rows = [
      {
        ...first,
        id: 'early',
        a: { system: 'one-1', text: 'Hello, Juniper Mini speaking.' },
        b: { system: 'two-2', text: 't' },
      },
      { ...first, id: 'late', a: { system: 'juniper-mini', text: 'x' }, b: { system: 'two-2', text: 't' } },
    ];
    const result = await importText(storePath, jsonLines(rows));
    expect(result.findings).toEqual([expect.objectContaining({ line: 1, rule: 'system_name' })]);
    const kept = new Store(storePath, { readonly: true });
    expect(
      kept
        .query<{ output: string }>(
          'SELECT output FROM identity_findings f JOIN responses r ON r.id = f.response_id',
        )
        .all(),
    ).toEqual([{ output: '"Hello, Juniper Mini speaking."' }]);
    kept.close();
    const second = await importText(
      storePath,
      jsonLines([
        {
          ...first,
          id: 'third',
          a: { system: 'one-1', text: 'I, juniper_mini, say' },
          b: { system: 'two-2', text: 'u' },
        },
      ]),
    );
    expect(second.findings).toEqual([expect.objectContaining({ line: 1, rule: 'system_name' })]);
  });

  it('with a thousand systems is refused as a wrong mapping', async () => {
    const { storePath } = await openTestApp();
    const rows = nativeRows(1200).map((row, index) => ({ ...row, a: { system: `m${index}`, text: 't' } }));
    await expect(importText(storePath, jsonLines(rows))).rejects.toThrow('different systems');
  });

  it('counts lines in CSV through blank lines and quoted line ends', async () => {
    const { storePath } = await openTestApp();
    const text =
      'id,prompt,a.system,a.text,b.system,b.text,human.x\n\n1,"two\n\nlines",m,t,n,u,tie\n\n\n2,q,m,t,n,u,left\n';
    await expect(importText(storePath, text, { name: 'rows.csv' })).rejects.toMatchObject({
      details: { errors: [expect.objectContaining({ line: 8 })] },
    });
    const cut = Buffer.concat([Buffer.from('id,prompt\n1,'), Buffer.from([0xe2, 0x82])]);
    await expect(importText(storePath, cut, { name: 'rows.csv' })).rejects.toThrow('not valid UTF-8');
  });

  it('lists the same content under another id', async () => {
    const { storePath } = await openTestApp();
    const result = await importText(storePath, jsonLines([first, { ...first, id: 'twin' }]));
    expect(result.duplicates).toEqual([{ id: 'twin', sameAs: 'pair-0' }]);
  });
});

describe('a dry run', () => {
  it('finds the conflicts that the import would find', async () => {
    const { storePath } = await openTestApp();
    await importText(storePath, jsonLines([first]));
    const rows = [
      { id: 'pair-0', judge: [{ judge: 'j', verdict: 'first' }] },
      { id: 'pair-0', judge: [{ judge: 'j', verdict: 'second' }] },
    ];
    const result = await importText(storePath, jsonLines(rows), { dryRun: true });
    expect(result.errors).toEqual([
      expect.objectContaining({ line: 2, reason: expect.stringContaining('another verdict') }),
    ]);
    await expect(importText(storePath, jsonLines(rows))).rejects.toThrow('another verdict');
  });

  it('tells what is known in the live store from what is new', async () => {
    const { storePath } = await openTestApp();
    await importText(storePath, jsonLines([first]));
    const rehearsal = await importText(storePath, jsonLines([{ ...first, id: 'twin' }]), { dryRun: true });
    expect(rehearsal.counts).toMatchObject({ pairsAdded: 1, itemsAdded: 0, sameContent: 1 });
    const real = await importText(storePath, jsonLines([{ ...first, id: 'twin' }]));
    expect(real.counts).toEqual(rehearsal.counts);
  });

  it('shows what would happen, every error, and writes nothing', async () => {
    const { storePath } = await openTestApp();
    await importText(storePath, jsonLines(nativeRows(4)));
    const before = contentOf(storePath);
    const rows = [
      ...nativeRows(10),
      { ...first, id: 'twin' },
      {
        ...first,
        id: 'telling',
        a: { system: SECRET_SYSTEMS[0], text: 'As an AI language model, I cannot.' },
      },
      { id: 'bad' },
      { ...first, id: 'worse', human: [{ rater: 'r', verdict: 'x' }] },
    ];
    const result = await importText(storePath, jsonLines(rows), { dryRun: true });
    expect(result.counts).toMatchObject({ records: 14, pairsKnown: 4, pairsAdded: 8, sameContent: 1 });
    expect(result.errors.map(({ line, field }) => [line, field])).toEqual([
      [13, 'human'],
      [14, 'human[0].verdict'],
    ]);
    expect(result.systems.map(({ name }) => name)).toEqual([...SECRET_SYSTEMS].sort());
    expect(result.slices).toEqual([{ name: 'half', values: 2 }]);
    expect(result.findings).toEqual([expect.objectContaining({ line: 12, rule: 'self_identification' })]);
    expect(result.firstRows[0]).toMatchObject({ id: 'pair-4' });
    expect(contentOf(storePath)).toBe(before);
  });

  it('agrees with the import that follows it', async () => {
    const { storePath } = await openTestApp();
    const text = jsonLines(
      nativeRows(30).map((row) => ({ ...row, human: [{ rater: 'r', verdict: 'tie' }] })),
    );
    const rehearsal = await importText(storePath, text, { dryRun: true });
    const real = await importText(storePath, text);
    expect(real.counts).toEqual(rehearsal.counts);
    expect(real.firstRows).toEqual(rehearsal.firstRows);
  });
});

describe('a vote on a pair whose answer is known', () => {
  it('is refused by the dry run as by the import', async () => {
    const { storePath, value } = await openTestApp();
    const { studyId } = await importText(storePath, jsonLines(nativeRows(3)));
    await value('design.addKnownAnswers', {
      studyId: studyId ?? '',
      answers: [{ pair: 'pair-1', stage: 'gold', verdict: 'first' }],
    });
    const votes = jsonLines([{ id: 'pair-1', human: [{ rater: 'ada', verdict: 'first' }] }]);
    const says = 'the answer of this comparison is known, so a vote on it is no result';
    const rehearsed = await importText(storePath, votes, { dryRun: true });
    expect(rehearsed.errors).toEqual([expect.objectContaining({ line: 1, reason: says })]);
    await expect(importText(storePath, votes)).rejects.toThrow(says);
  });
});
