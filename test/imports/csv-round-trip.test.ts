/** A study's own CSV comes back as it was, whatever its texts begin with, and no cell of it is a formula. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { seededRandom } from '../../shared/random/seeded-random.ts';
import { commandLine } from '../support/command-line.ts';
import { jsonLines } from '../support/comparisons.ts';

const OPENINGS = [
  '-',
  '=',
  '+',
  '@',
  '\t',
  '\r',
  '\n',
  "'",
  "''=",
  "'-",
  ' =',
  '\u00a0+',
  '＝',
  '＋',
  '－',
  '＠',
  '\ufeff=',
  '"',
  '{',
  '−',
];
const REST = [
  '1+1',
  ' apple\n- pear',
  'SUM(A1)',
  'HYPERLINK("http://x","y")',
  "cmd|' /C calc'!A0",
  ';=1+1',
  '',
  '"quoted", and; more|\ttabs\r\nlines',
];

function rows(): Record<string, unknown>[] {
  const random = seededRandom('cells');
  const text = () => `${OPENINGS[random.below(OPENINGS.length)]}${REST[random.below(REST.length)]}`;
  const verdicts = ['first', 'second', 'tie', 'both_bad'];
  return Array.from({ length: 120 }, (_none, index) => ({
    id: `${OPENINGS[index % OPENINGS.length]}${index}`,
    prompt: text(),
    ...(index % 3 === 0 ? { reference: index % 2 === 0 ? '' : `r${text()}` } : {}),
    a: { system: '=one', text: text(), ...(index % 4 === 0 ? { meta: { run: '=1', n: 2 } } : {}) },
    b: { system: '-two', text: text() },
    ...(index % 2 === 0
      ? {
          slices: {
            '=kind ': `-${index % 5}`,
            __proto: 'x',
            ...(index % 8 === 0 ? { often: '', apostrophe: "'" } : {}),
          },
        }
      : {}),
    human: [
      { rater: '+ada', verdict: verdicts[index % 4] },
      { rater: "'ben", verdict: 'tie' },
    ],
    judge: [
      { judge: '@home@b_first', order: 'a_first', verdict: 'first' },
      { judge: '@home@b_first', order: 'unknown', verdict: 'unparsed' },
    ],
  }));
}

it('is read back without loss, and into its own study without change', async () => {
  const { run, store, folder } = commandLine();
  const path = join(folder, 'rows.jsonl');
  writeFileSync(path, jsonLines(rows()));
  const into = (name: string, file: string) =>
    run('import', file, '--study', name, '--store', store, '--json');
  expect((await into('first', path)).code).toBe(0);
  const out = (name: string, format: string) => join(folder, `${name}-${format}`);
  const write = async (name: string, format: string) => {
    await run('export', '--study', name, '--format', format, '--out', out(name, format), '--store', store);
    return out(name, format);
  };
  const csv = join(await write('first', 'csv'), 'comparisons.csv');
  const cells = (parse(readFileSync(csv)) as string[][]).flat();
  expect(cells.filter((cell) => /^[\s\ufeff]*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(cell))).toEqual([]);
  expect(JSON.parse((await into('first', csv)).out)).toMatchObject({ changedNothing: true, errorCount: 0 });
  expect(JSON.parse((await into('second', csv)).out)).toMatchObject({
    counts: { pairsAdded: 120, votesAdded: 240 },
  });
  const stored = async (name: string) =>
    readFileSync(join(await write(name, 'native'), 'comparisons.jsonl'), 'utf8');
  expect(await stored('second')).toBe(await stored('first'));
});

it('contradicts nothing by saying less, and is refused where it says something else', async () => {
  const { run, store, folder } = commandLine();
  const row = {
    id: '1',
    prompt: 'p',
    a: { system: 'm', text: 'x' },
    b: { system: 'n', text: 'y' },
    human: [{ rater: 'r1', verdict: 'first', note: 'n', at: '2026-01-02T03:04:05Z', strength: 2 }],
    judge: [{ judge: 'j', order: 'a_first', verdict: 'tie', raw: 'Tie.', score: 0.5 }],
  };
  const path = join(folder, 'rows.jsonl');
  writeFileSync(path, jsonLines([row]));
  await run('import', path, '--study', 'S', '--store', store);
  await run('export', '--study', 'S', '--format', 'csv', '--out', folder, '--store', store);
  const csv = join(folder, 'comparisons.csv');
  const again = () => run('import', csv, '--study', 'S', '--store', store);
  expect(await again()).toMatchObject({ code: 0, out: expect.stringContaining('nothing was changed') });
  writeFileSync(csv, readFileSync(csv, 'utf8').replace(',first,tie,', ',second,tie,'));
  expect(await again()).toMatchObject({
    code: 2,
    complaint: expect.stringContaining(
      'comparisons.csv, line 2, human.r1: "r1" already has another verdict here than second: keep one of the two',
    ),
  });
});
