/** Annotations for AlpacaEval: what it reads, and the way back. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Comparison } from '../../shared/formats/own/native.ts';
import { exportStudy, importStudy, jsonOf, studyOf } from '../support/exported-study.ts';
import { openTestApp } from '../support/open-app.ts';
import { nativeRowsOf, STUDY } from '../support/round-trip.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { tries } from '../support/tries.ts';

describe('alpacaeval-annotations', () => {
  /** What `get_winrate` of its `metrics/winrate.py` works out: the second generator's share. */
  const winRate = (rows: readonly { preference: number | null }[]) => {
    const said = rows.flatMap(({ preference }) => (preference === null ? [] : [preference || 1.5]));
    return said.reduce((sum, preference) => sum + preference - 1, 0) / said.length;
  };

  it('out and in again loses no verdict of a judge, in either order', async () => {
    const verdict = fc.constantFrom('first', 'second', 'tie', 'unparsed', 'error', 'both_bad');
    await fc.assert(
      fc.asyncProperty(
        STUDY,
        fc.array(fc.tuple(verdict, verdict, fc.constantFrom('first', 'inconsistent')), {
          minLength: 6,
          maxLength: 6,
        }),
        async (study, verdicts) => {
          const judged = study.map(({ human: _, ...row }, index) => {
            const [one, two, both] = verdicts[index] ?? ['tie', 'tie', 'first'];
            return {
              ...row,
              judge: [
                { judge: 'j', order: 'a_first', verdict: one },
                { judge: 'j', order: 'b_first', verdict: two, sample: 2 },
                { judge: 'k', order: 'both', verdict: both },
              ],
            };
          });
          const storePath = await studyOf(judged);
          const out = await exportStudy(storePath, 'one', 'alpacaeval-annotations');
          await importStudy(storePath, join(out.folder, 'annotations.json'), 'two');
          const said = (rows: readonly Comparison[]) =>
            rows
              .map(({ prompt, a, b, judge = [] }) => [
                prompt,
                a,
                b,
                judge.map((each) => [each.judge, each.order, each.verdict, each.sample ?? 0]),
              ])
              .map((row) => JSON.stringify(row))
              .sort();
          // Side a is output_1, so that both are the same whatever they are called.
          const outputs = (rows: readonly Comparison[]) =>
            rows.map(({ id: _, ...row }) => ({ ...row, id: '' }) as Comparison);
          expect(said(outputs(await nativeRowsOf(storePath, 'two')))).toEqual(
            said(outputs(await nativeRowsOf(storePath, 'one'))),
          );
        },
      ),
      { numRuns: tries(3, 30) },
    );
  });

  it('come back with their preferences, the baseline in its place, and the win rate that they had', async () => {
    const row = (index: number, preference: number | null, more: object = {}) => ({
      instruction: `Task ${index}?`,
      output_1: 'Of the baseline.',
      generator_1: 'zeta-base',
      output_2: 'Of the model.',
      generator_2: 'alpha-model',
      dataset: 'helpful_base',
      annotator: 'weighted',
      preference,
      ...more,
    });
    const thought = {
      concise_explanation: 'm is short.',
      ordered_models: [
        { model: 'M', rank: 1 },
        { model: 'm', rank: 2 },
      ],
    };
    const rows = [
      row(0, 1.02, { raw_completion: 'm' }),
      row(1, 1.4000000000000001),
      row(2, null),
      row(3, 1.97),
      row(4, 1.5),
      row(5, 2, {
        annotator: 'chain',
        raw_completion: thought,
        referenced_models: { M: 'output_2', m: 'output_1' },
        concise_explanation: 'm is short.',
      }),
    ];
    const path = join(temporaryFolder(), 'annotations.json');
    writeFileSync(path, JSON.stringify(rows));
    const { storePath } = await openTestApp();
    await importStudy(storePath, path, 'one');
    const { content, outcome } = await exportStudy(storePath, 'one', 'alpacaeval-annotations');
    expect(jsonOf(content['annotations.json'])).toEqual(rows);
    expect(outcome.leftOut).toEqual([]);
    // The same comparison with the sides exchanged is no other one.
    const turned = rows.slice(0, 2).map(({ preference, ...each }) => ({
      ...each,
      output_1: each.output_2,
      generator_1: each.generator_2,
      output_2: each.output_1,
      generator_2: each.generator_1,
      annotator: 'another',
      preference: 3 - (preference ?? 0),
    }));
    writeFileSync(path, JSON.stringify(turned));
    const { counts } = await importStudy(storePath, path, 'one');
    expect([counts.pairsAdded, counts.pairsKnown]).toEqual([0, 2]);
    const all = jsonOf(
      (await exportStudy(storePath, 'one', 'alpacaeval-annotations')).content['annotations.json'],
    );
    const another = (all as { annotator: string; preference: number; generator_2: string }[]).filter(
      ({ annotator }) => annotator === 'another',
    );
    expect(another.map(({ generator_2 }) => generator_2)).toEqual(['alpha-model', 'alpha-model']);
    expect(winRate(another)).toBeCloseTo(winRate(rows.slice(0, 2)), 12);
  });
});
