/** Files for Inspect: what it reads, field by field. */
import { describe, expect, it } from 'vitest';
import { splitOf } from '../../electron/core/store/study/content-split.ts';
import { exportStudy, linesOf, PAIR, studyOf } from '../support/exported-study.ts';

describe('an export for Inspect', () => {
  it('is what Inspect’s precomputed scores ask for: an id once a file, and a scalar, a list or a dictionary', async () => {
    const storePath = await studyOf([PAIR]);
    const { content } = await exportStudy(storePath, 'one', 'inspect-scores');
    expect(linesOf(content['scores.jsonl'])).toEqual([
      {
        id: 'p1',
        value: 1,
        answer: 'first',
        metadata: { votes: 3, agreeing: 2, split: splitOf('"Name a tree."') },
      },
    ]);
    expect(linesOf(content['scores-raters.jsonl'])).toEqual([
      { id: 'p1', value: [1, 1, 0.5], metadata: { raters: ['r1', 'r2', 'r3'] } },
    ]);
    expect(linesOf(content['scores-criteria.jsonl'])).toEqual([
      { id: 'p1', value: { depth: 0.5, style: 0.5 } },
    ]);
  });

  it('goes back to the samples of Inspect’s own logs, a file a run', async () => {
    const sample = (run: string, id: string, said: string) => ({
      system: run,
      text: said,
      meta: { sample_id: id, epoch: '2' },
    });
    const pair = (id: string, one: string, other: string, verdict: string) => ({
      id,
      prompt: `Question ${id}?`,
      a: sample(one, 's-1', `${one} ${id}`),
      b: sample(other, 's-1', `${other} ${id}`),
      human: [{ rater: 'r1', verdict }],
    });
    const storePath = await studyOf([
      pair('p1', 'openai/m-1', 'openai/m-2', 'first'),
      pair('p2', 'openai/m-1', 'openai/m-3', 'tie'),
      pair('p3', 'openai/m-2', 'openai/m-3', 'both_bad'),
    ]);
    const { content } = await exportStudy(storePath, 'one', 'inspect-scores');
    const runs = Object.entries(content).filter(([name]) => name.startsWith('runs/'));
    expect(runs.map(([name]) => name.replace(/-[0-9a-f]{8}\.jsonl$/u, ''))).toEqual([
      'runs/openai_m-1',
      'runs/openai_m-2',
      'runs/openai_m-3',
    ]);
    expect(runs.map(([, text]) => linesOf(text))).toEqual([
      [{ id: 's-1', epoch: 2, value: 0.75, metadata: { against: ['openai/m-2', 'openai/m-3'] } }],
      [{ id: 's-1', epoch: 2, value: 0, metadata: { against: ['openai/m-1'] } }],
      [{ id: 's-1', epoch: 2, value: 0.5, metadata: { against: ['openai/m-1'] } }],
    ]);
  });

  it('keeps Inspect’s rules: required fields, whole epochs, and no sample twice in a file', async () => {
    const storePath = await studyOf([PAIR, { ...PAIR, id: 'p2', prompt: 'Another?' }]);
    const { content } = await exportStudy(storePath, 'one', 'inspect-scores');
    for (const [name, text] of Object.entries(content)) {
      const seen = new Set<string>();
      for (const record of linesOf(text) as Record<string, unknown>[]) {
        expect(Object.keys(record), name).toEqual(expect.arrayContaining(['id', 'value']));
        if ('epoch' in record) expect(Number.isInteger(record.epoch)).toBe(true);
        // Ids are compared as texts, and a sample that comes again is an error of the whole file.
        const key = JSON.stringify([String(record.id), record.epoch ?? null]);
        expect(seen.has(key), name).toBe(false);
        seen.add(key);
        const { value } = record;
        const scalars = Array.isArray(value)
          ? value
          : typeof value === 'object'
            ? Object.values(value ?? {})
            : [value];
        for (const each of scalars) expect(['string', 'number', 'boolean']).toContain(typeof each);
        if ('answer' in record) expect(typeof record.answer).toBe('string');
        if ('metadata' in record) expect(record.metadata).toBeTypeOf('object');
      }
      expect(seen.size, name).toBeGreaterThan(0);
    }
  });
});
