/** Preferences to train on, and the way back. */
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Comparison } from '../../shared/formats/own/native.ts';
import { exportStudy, importStudy, studyOf } from '../support/exported-study.ts';
import { nativeRowsOf, STUDY } from '../support/round-trip.ts';
import { tries } from '../support/tries.ts';

describe('preference', () => {
  it('out and in again loses no label that is a side, nor its texts', async () => {
    await fc.assert(
      fc.asyncProperty(STUDY, async (study) => {
        const storePath = await studyOf(study);
        const sides = (rows: readonly Comparison[], label: (row: Comparison) => string | undefined) =>
          rows
            .flatMap((row) => {
              const [won, lost] = label(row) === 'first' ? [row.a, row.b] : [row.b, row.a];
              const isSide = label(row) === 'first' || label(row) === 'second';
              return isSide && won.text !== lost.text
                ? [JSON.stringify([row.prompt, won.text, lost.text])]
                : [];
            })
            .sort();
        const sent = sides(await nativeRowsOf(storePath, 'one'), (row) => {
          const { verdict } = row.gold as { readonly verdict?: string };
          return verdict;
        });
        if (sent.length === 0) return;
        const out = await exportStudy(storePath, 'one', 'preference');
        for (const file of ['preference-dev.jsonl', 'preference-test.jsonl'])
          if (file in out.content) await importStudy(storePath, join(out.folder, file), 'two');
        const back = sides(await nativeRowsOf(storePath, 'two'), ({ human }) => human?.[0]?.verdict);
        expect(back).toEqual(sent);
      }),
      { numRuns: tries(3, 30) },
    );
  });
});
