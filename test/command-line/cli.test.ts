/** The command line through its own entry, with a terminal that keeps what was said. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandLine } from '../support/command-line.ts';
import { jsonLines, nativeRows } from '../support/comparisons.ts';

describe('touchstone', () => {
  it('does not make a store for a command that only reads', async () => {
    const { run, store } = commandLine();
    for (const args of [['doctor'], ['study', 'list'], ['agreement', '--study', 'X']]) {
      expect(await run(...args, '--store', store)).toMatchObject({
        code: 2,
        complaint: expect.stringContaining('no store at'),
      });
    }
    expect(existsSync(store)).toBe(false);
  });

  it('imports, reports, exports and says what went wrong by its exit code', async () => {
    const { run, store, folder } = commandLine();
    const file = join(folder, 'rows.jsonl');
    const human = (index: number) => [
      { rater: 'r1', verdict: index % 2 === 0 ? 'first' : 'second' },
      { rater: 'r2', verdict: index % 3 === 0 ? 'first' : 'second' },
    ];
    writeFileSync(
      file,
      jsonLines(
        nativeRows(24).map((row, index) => ({
          ...row,
          human: human(index),
          judge: [{ judge: 'j', order: 'a_first', verdict: index % 5 === 0 ? 'tie' : 'first' }],
        })),
      ),
    );
    const at = ['--store', store, '--json'];
    const dry = await run('import', file, '--study', 'S', '--dry-run', ...at);
    expect(JSON.parse(dry.out)).toMatchObject({ dryRun: true, counts: { pairsAdded: 24 } });
    expect((await run('import', file, '--study', 'S', ...at)).code).toBe(0);
    expect(JSON.parse((await run('import', file, '--study', 'S', ...at)).out)).toMatchObject({
      changedNothing: true,
    });
    const agreement = JSON.parse((await run('agreement', '--study', 'S', '--by', 'half', ...at)).out);
    const { judge, parts } = agreement.cards[0];
    expect(judge).toBe('j');
    const figuresOf = (part: string) =>
      (parts as { name: string; figures: { row: string; measure: string; n: number }[] }[]).find(
        ({ name }) => name === part,
      )?.figures ?? [];
    expect(figuresOf('people')).toContainEqual(
      expect.objectContaining({ row: 'r1 – r2', measure: 'kappa', n: 24 }),
    );
    expect(new Set(figuresOf('slices').map(({ row }) => row))).toEqual(new Set(['half=even', 'half=odd']));
    expect(agreement.measures.kappa).toMatchObject({ source: expect.stringContaining('Cohen 1960') });
    const csv = (await run('agreement', '--study', 'S', '--csv', '--store', store)).out;
    expect(csv.split('\n')[0]).toMatch(/^judge,part,row,measure,label,n,counted,split,value,low,high,level/u);
    expect(csv).toMatch(/^j,agreement,people,kappa,Cohen’s kappa,12,pairs,/mu);
    const text = (await run('agreement', '--study', 'S', '--slice', 'half=odd', '--store', store)).out;
    expect(text).toMatch(/12 pairs of 12 items, 2 raters, 1 judge, only half = odd\./u);
    for (const wrong of [
      ['--slice', 'half'],
      ['--slice', 'half=none'],
      ['--by', 'none'],
    ]) {
      expect(await run('agreement', '--study', 'S', ...wrong, '--store', store)).toMatchObject({ code: 2 });
    }
    const out = join(folder, 'out');
    expect(JSON.parse((await run('export', '--study', 'S', '--out', out, ...at)).out)).toMatchObject({
      rows: 24,
    });
    expect(await run('export', '--study', 'S', '--out', file, '--store', store)).toMatchObject({ code: 2 });
    expect(await run('agreement', '--study', 'T', '--store', store)).toMatchObject({
      code: 2,
      complaint: expect.stringContaining('“S”'),
    });
    expect(await run('agreement', '--study', 'S', '--judge', 'nobody', '--store', store)).toMatchObject({
      code: 2,
    });
    expect((await run('doctor', '--store', store)).code).toBe(0);
    expect(JSON.parse((await run('call', 'studies.list', '{}', '--store', store)).out)).toMatchObject({
      ok: true,
    });
    expect(await run('call', 'studies.show', '{}', '--store', store)).toMatchObject({ code: 1 });
  });

  it('refuses a mapping that names none of the files', async () => {
    const { run, store, folder } = commandLine();
    const file = join(folder, 'rows.jsonl');
    const map = join(folder, 'map.json');
    writeFileSync(file, jsonLines(nativeRows(2)));
    writeFileSync(
      map,
      JSON.stringify({
        format: 'touchstone-mapping/1',
        sources: [{ file: 'other.json', fields: { id: 'x' } }],
      }),
    );
    const reply = await run('import', file, '--study', 'S', '--map', map, '--store', store);
    expect(reply).toMatchObject({
      code: 2,
      complaint: expect.stringContaining('matches no source of the mapping'),
    });
    writeFileSync(map, '{"format": "touchstone-mapping/2"}');
    expect((await run('import', file, '--study', 'S', '--map', map, '--store', store)).complaint).toContain(
      'map.json: format',
    );
  });

  it('prints schemas and the reference of every method', async () => {
    const { run } = commandLine();
    expect(JSON.parse((await run('schema')).out)).toMatchObject({
      title: expect.stringContaining('Touchstone'),
    });
    expect(JSON.parse((await run('schema', '--mapping')).out)).toMatchObject({
      $id: 'urn:touchstone:mapping:1',
    });
    expect((await run('methods')).out).toContain('## rating.submit');
    expect((await run('frobnicate')).code).toBe(2);
    expect((await run('--version')).code).toBe(0);
  });

  it('leaves no store behind for a question that is about none', async () => {
    const { run, store } = commandLine();
    for (const args of [
      ['judge', 'templates'],
      [
        'judge',
        'new',
        'pairwise-with-tie',
        '--name',
        'n',
        '--model',
        'm',
        '--endpoint',
        'http://127.0.0.1:9/v1',
      ],
      ['design', 'labels', '--kappa', '0.5', '--width', '0.4'],
    ])
      expect(await run(...args, '--store', store), args.join(' ')).toMatchObject({ code: 0, complaint: '' });
    expect(existsSync(store)).toBe(false);
  });

  it('says which argument a command found wrong for itself', async () => {
    const { run, store } = commandLine();
    await run('study', 'sample', '--store', store);
    for (const wrong of ['abc', '-1', '']) {
      const { code, out, complaint } = await run(
        'judge',
        'price',
        '--store',
        store,
        '--json',
        '--',
        'm',
        wrong,
        '3',
      );
      expect(code).toBe(2);
      expect(complaint).toBe('An argument is wrong. What is needed: a number from 0 on.');
      expect(JSON.parse(out)).toMatchObject({
        ok: false,
        error: { code: 'invalid_input', message: complaint },
      });
    }
    expect((await run('judge', 'price', '--store', store, '--json')).out).not.toContain('"m"');
  });
});

describe('touchstone pack', () => {
  it('names a file that cannot be read, and a folder, wherever it takes one', async () => {
    const { run, store, folder } = commandLine();
    expect((await run('study', 'sample', '--store', store)).code).toBe(0);
    const study = ['--study', 'Sample study (synthetic)'];
    for (const [path, said] of [
      [join(folder, 'none.file'), 'none.file: cannot be read (ENOENT'],
      [folder, 'is no ordinary file'],
    ] as const)
      for (const args of [
        ['merge', path, ...study],
        ['inspect', path],
        ['open', path, '--no-start'],
        ['html', path, '--out', join(folder, 'page.html')],
        ['acceptance', '--pack', path],
        ...(path === folder
          ? []
          : [['create', '--raters', '1', '--out', join(folder, 'a.touchpack'), '--pairs', path, ...study]]),
      ])
        expect(await run('pack', ...args, '--store', store), args.join(' ')).toMatchObject({
          code: 2,
          complaint: expect.stringContaining(said),
        });
  });
});
