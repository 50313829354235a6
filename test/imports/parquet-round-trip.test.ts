/** A study's own Parquet tables come back as the study they were written from. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { commandLine } from '../support/command-line.ts';
import { jsonLines } from '../support/comparisons.ts';

const said = (content: string) => [{ role: 'assistant', content }];
const ROWS = [
  {
    id: '1',
    prompt: 'Name a tree.',
    reference: '[]',
    a: { system: 'm', text: '[{"role":"assistant","content":"x"}]', meta: { n: 1, none: null } },
    b: { system: 'n', messages: [...said('Fir.'), { role: 'user', content: 'More' }, ...said('Yew.')] },
    slices: { kind: 'oak' },
    human: [
      {
        rater: 'r1',
        verdict: 'first',
        strength: 2,
        shown: 'b_left',
        at: '2026-01-02T03:04:05.678Z',
        note: 'n',
        viewed_ms: 1234,
        confidence: 3,
        criteria: { style: 'tie' },
        reasons: ['clear'],
      },
      { rater: 'r2', verdict: 'skipped', reason: 'other' },
    ],
    judge: [
      {
        judge: 'j',
        order: 'a_first',
        verdict: 'first',
        score: { kind: 'preference', value: 1.2, first: 1, second: 2 },
      },
      { judge: 'j', order: 'b_first', verdict: 'unparsed', failure: 'refused', raw: 'No.' },
      { judge: 'k', order: 'both', verdict: 'tie', sample: 3, score: 0.25, at: '2026-01-02T03:04:05.000Z' },
    ],
  },
  {
    id: '2',
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Why?' },
    ],
    a: { system: 'm', text: '' },
    b: { system: 'n', text: '{}' },
    adjudicated: [
      {
        by: 'ada',
        verdict: 'tie',
        shown: 'a_left',
        at: '2026-01-02T03:04:05.000Z',
        note: 'so',
        changed: true,
      },
    ],
  },
];

it('is read back without loss, and into its own study without change', async () => {
  const { run, store, folder } = commandLine();
  const path = join(folder, 'rows.jsonl');
  writeFileSync(path, jsonLines(ROWS));
  const into = async (study: string, from: string) => {
    const reply = await run('import', from, '--study', study, '--store', store, '--json');
    expect(reply.complaint).toBe('');
    return JSON.parse(reply.out) as unknown;
  };
  const write = async (study: string, format: string) => {
    const out = join(folder, `${study}-${format}`);
    await run('export', '--study', study, '--format', format, '--out', out, '--store', store);
    return out;
  };
  await into('first', path);
  const tables = await write('first', 'parquet');
  expect(await into('first', tables)).toMatchObject({ changedNothing: true });
  expect(await into('second', tables)).toMatchObject({
    counts: { pairsAdded: 2, votesAdded: 3, judgmentsAdded: 3 },
  });
  const stored = async (study: string) =>
    readFileSync(join(await write(study, 'native'), 'comparisons.jsonl'), 'utf8');
  expect(await stored('second')).toBe(await stored('first'));
});
