import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { PartBuilder } from '../../../shared/card/figures/figure.ts';
import { figuresCsv } from '../../../shared/card/figures/figure-text.ts';

describe('figures as CSV', () => {
  const builder = new PartBuilder('slices', { split: 'dev + test', data: { weights: null } });
  const interval = { low: 1 / 7, high: 2 / 3, level: 0.95, method: 'score, by item' };
  builder.add(
    { kind: 'slice', name: 'task', value: '"a, b"\nc' },
    'kappa',
    12,
    { defined: true, value: 1 / 3 },
    { interval: { defined: true, interval } },
  );
  builder.add({ kind: 'rater', name: '=cmd()' }, 'kappa', 0, {
    defined: false,
    reason: 'no pair has both, at all',
  });
  const text = figuresCsv([builder.part()]);
  const rows: Record<string, string>[] = parse(text, { columns: true, record_delimiter: '\r\n' });

  it('reads back in full precision, whatever a name holds', () => {
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({
      part: 'slices',
      row: 'task="\\"a, b\\"\\nc"',
      subject: '{"kind":"slice","name":"task","value":"\\"a, b\\"\\nc"}',
      measure: 'kappa',
      n: '12',
      split: 'dev + test',
      seed: '',
    });
    expect(rows.map(({ value, low, high }) => [value, low, high].map((cell) => Number(cell)))[0]).toEqual([
      1 / 3,
      1 / 7,
      2 / 3,
    ]);
  });

  it('says why there is no value, and gives a spreadsheet nothing to run', () => {
    expect(rows[1]).toMatchObject({
      row: "'=cmd()",
      value: '',
      low: '',
      undefined_because: 'no pair has both, at all',
    });
  });
});
