/** Tasks for Label Studio: what it reads, and the way back. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportStudy, importStudy, jsonOf, PAIR, studyOf } from '../support/exported-study.ts';
import { nativeRowsOf } from '../support/round-trip.ts';

describe('label-studio', () => {
  const full = {
    ...PAIR,
    a: { system: 'z-1', text: 'Oak.' },
    b: { system: 'm-2', text: 'Moss.' },
    reference: 'Any tree.',
    human: [
      { rater: 'r1', verdict: 'first', strength: 2, confidence: 3, note: 'clear', shown: 'b_left' },
      { rater: 'r2', verdict: 'skipped', reason: 'cannot_judge', shown: 'a_left' },
      { rater: 'r3', verdict: 'tie' },
    ],
    judge: [
      { judge: 'j', order: 'a_first', verdict: 'first', score: { kind: 'sureness', value: 0.7 } },
      { judge: 'j', order: 'b_first', verdict: 'second' },
      { judge: 'j', order: 'b_first', verdict: 'tie', sample: 1 },
      { judge: 'odd@both', order: 'unknown', verdict: 'tie' },
    ],
  };

  it('keeps raters, both orders of a judge that contradicts itself, strength, notes and names', async () => {
    const storePath = await studyOf([full]);
    const out = await exportStudy(storePath, 'one', 'label-studio');
    expect(out.outcome.leftOut).toEqual([]);
    const [task] = jsonOf(out.content['tasks.json']) as {
      annotations: Record<string, unknown>[];
      predictions: { model_version: string }[];
    }[];
    // Its own import takes nobody's name, and what does not say otherwise for ground truth.
    for (const annotation of task?.annotations ?? []) {
      expect(annotation).not.toHaveProperty('completed_by');
      expect(annotation.ground_truth).toBe(false);
    }
    expect(task?.predictions.map(({ model_version }) => model_version)).toEqual([
      'j',
      'j@b_first',
      'j@b_first#1',
      'odd@both@unknown',
    ]);
    await importStudy(storePath, join(out.folder, 'tasks.json'), 'two');
    const [back] = await nativeRowsOf(storePath, 'two');
    const [sent] = await nativeRowsOf(storePath, 'one');
    expect(back).toEqual(sent);
    // A study takes its own export for what it is.
    const again = await importStudy(storePath, join(out.folder, 'tasks.json'), 'one');
    expect(again.changedNothing).toBe(true);
  });

  it('leaves out what Label Studio would load, and says what leaving verdicts out does', async () => {
    const addresses = [
      's3://bucket/secret.txt',
      'see "gs://bucket/x"',
      'https://example.com/a',
      '/data/upload/1/x.txt',
      'upload/1/x.txt',
    ];
    const storePath = await studyOf([
      ...addresses.map((text, index) => ({
        ...PAIR,
        id: `x${index}`,
        prompt: `${index}`,
        a: { system: 'm-1', text },
      })),
      {
        ...PAIR,
        prompt: 'See https://example.com/a, and s3 is a store.',
        judge: [{ judge: 'j', order: 'both', verdict: 'inconsistent' }],
      },
    ]);
    const { content, outcome } = await exportStudy(storePath, 'one', 'label-studio');
    expect((jsonOf(content['tasks.json']) as { data: { id: string } }[]).map(({ data }) => data.id)).toEqual([
      'p1',
    ]);
    const left = Object.fromEntries(outcome.leftOut.map(({ what, rows }) => [what, rows]));
    expect(left['pairs with a text that Label Studio would take for the address of a file']).toBe(5);
    expect(left['verdicts “inconsistent” of judges, without which a judge looks better than it is']).toBe(1);
  });
});
