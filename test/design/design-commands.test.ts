/** `touchstone design`, through the command line's own entry. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandLine } from '../support/command-line.ts';
import { jsonLines } from '../support/comparisons.ts';
import { qualityRows } from '../support/simulated-rater.ts';

async function designed() {
  const line = commandLine();
  const rows = join(line.folder, 'rows.jsonl');
  writeFileSync(rows, jsonLines(qualityRows(50)));
  const at = ['--study', 'S', '--store', line.store];
  expect(await line.run('import', rows, ...at)).toMatchObject({ code: 0 });
  const file = (name: string, text: string): string => {
    const path = join(line.folder, name);
    writeFileSync(path, text);
    return path;
  };
  return { run: line.run, at, file, store: line.store };
}

describe('touchstone design', () => {
  it('sets rules, names known answers, draws pairs and keeps a plan', async () => {
    const { run, at, file } = await designed();
    const set = file('design.json', '{"scale": "graded_7", "overlapShare": 0.2, "ratersPerPair": 1}');
    expect(await run('design', 'set', set, ...at)).toMatchObject({
      code: 0,
      out: 'The design of “S” is set; guideline version 1.',
    });
    const wrong = file('wrong.json', '{"scale": "graded_9"}');
    expect(await run('design', 'set', wrong, ...at)).toMatchObject({
      code: 2,
      complaint: expect.stringContaining('design.scale'),
    });
    const known = file('known.jsonl', '{"pair": "pair-1", "stage": "gold", "verdict": "tie"}\n\n');
    expect(await run('design', 'answers', known, ...at)).toMatchObject({
      code: 0,
      out: 'known answers: 0 example, 0 practice, 0 qualifying, 1 gold',
    });
    const broken = file('broken.jsonl', '{"pair": "pair-2", "stage": "gold", "verdict": "tie"}\n{oops\n');
    expect(await run('design', 'answers', broken, ...at)).toMatchObject({
      code: 2,
      complaint: expect.stringMatching(/broken\.jsonl, line 2/u),
    });
    const drawn = await run(
      'design',
      'draw',
      '--pairs',
      '20',
      '--by',
      'rare-slice',
      '--slice',
      'part',
      '--json',
      ...at,
    );
    expect(drawn.code).toBe(0);
    expect(JSON.parse(drawn.out)).toMatchObject([{ wave: 0, pairs: 20, candidates: 49 }]);
    expect(await run('design', 'draw', '--pairs', '20', '--by', 'slice', ...at)).toMatchObject({
      code: 2,
      complaint: expect.stringContaining('--by slice needs --slice'),
    });
    expect((await run('design', 'plan', ...at)).out).toBe('There is no analysis plan.');
    const plan = file('plan.json', '{"primaryCoefficient": "kappa", "options": {"ties": "drop"}}');
    expect((await run('design', 'plan', plan, ...at)).out).toMatch(
      /with 0 votes there, sha256 [0-9a-f]{64}/u,
    );
    expect((await run('design', 'plan', '--json', ...at)).out).toContain('"ties":"drop"');
    expect((await run('study', 'show', 'S', '--store', at[3] ?? '')).out).toContain('scale: graded_7');
  });

  it('counts labels, and says when no number is enough', async () => {
    const { run, store } = await designed();
    const labels = (...options: string[]) => run('design', 'labels', ...options, '--store', store);
    expect(await labels('--kappa', '0.6', '--width', '0.3')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^\d+ votes on \d+ pairs/u),
    });
    expect((await labels('--agreements', '0.7', '0.7')).code).toBe(1);
    expect((await labels('--agreements', '0.8', '0.7', '--json')).out).toContain('"assurance":null');
    expect((await labels('--kappa', '0.6')).code).toBe(2);
    expect(await labels('--study', 'S', '--width', '0.2')).toMatchObject({
      code: 1,
      out: 'No interval yet: there is no judge.',
    });
  });

  it('tells a study how many labels more it needs', async () => {
    const line = commandLine();
    const rows = qualityRows(60).map((row, index) => {
      const [human, judge] = [index % 2 === 0 ? 'first' : 'second', index % 7 === 0 ? 'first' : null];
      return {
        ...row,
        human: [{ rater: 'r', verdict: human }],
        judge: [{ judge: 'j', order: 'both', verdict: judge ?? human }],
      };
    });
    const file = join(line.folder, 'rows.jsonl');
    writeFileSync(file, jsonLines(rows));
    await line.run('import', file, '--study', 'S', '--store', line.store);
    const ask = async (width: string) => {
      const { code, out } = await line.run(
        ...['design', 'labels', '--study', 'S', '--width', width, '--json', '--store', line.store],
      );
      return { code, ...JSON.parse(out) };
    };
    const now = await ask('0.1');
    expect(now).toMatchObject({ code: 1, judge: 'j', labels: 60, wished: 0.1 });
    expect(now.more).toBe(Math.ceil(60 * (now.width / 0.1) ** 2) - 60);
    expect(await ask('1.5')).toMatchObject({ code: 0, more: 0 });
  });
});
