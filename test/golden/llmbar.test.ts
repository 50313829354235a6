/** LLMBar: 75 runs of evaluators in both orders against gold labels, and the kappas its scripts got wrong. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { swapConsistency } from '../../shared/stats/bias/swap-consistency.ts';
import { kappaPoint } from '../../shared/stats/two-raters/cohens-kappa.ts';
import { labelSetMismatch } from '../../shared/stats/two-raters/label-set-mismatch.ts';
import { tableOfLabels } from '../../shared/stats/two-raters/table-of-labels.ts';
import { realDataFolder } from '../support/real-data.ts';

const folder = realDataFolder('llmbar');

interface Run {
  readonly published: Readonly<Record<string, number>>;
  readonly computed: Readonly<Record<string, number>> & { readonly swap: Readonly<Record<string, number>> };
}

interface Expected {
  readonly subsets: Readonly<Record<string, { readonly evaluators: Readonly<Record<string, Run>> }>>;
}

type Winner = '1' | '2' | null;

interface Reply {
  readonly label: 1 | 2;
  readonly results: readonly Readonly<Record<'swap = False' | 'swap = True', { readonly winner: Winner }>>[];
}

/** The verdict of each order as the output preferred: 0, 2, or 3 where nothing could be read. */
function outputs(replies: readonly Reply[], order: 'swap = False' | 'swap = True'): number[] {
  return replies.map(({ results }) => {
    const winner = results.at(-1)?.[order].winner ?? null;
    return winner === null ? 3 : winner === '1' ? 0 : 2;
  });
}

describe.runIf(folder !== null)('LLMBar', () => {
  const read = (...path: string[]) => JSON.parse(readFileSync(join(folder ?? '', ...path), 'utf8'));
  const expected = folder === null ? { subsets: {} } : (read('expected.json') as Expected);
  const runs = Object.entries(expected.subsets).flatMap(([subset, { evaluators }]) =>
    Object.entries(evaluators).map(([evaluator, run]) => ({ subset, evaluator, run })),
  );

  it('has 75 runs', () => {
    expect(runs).toHaveLength(75);
  });

  it.each(runs)('$subset, $evaluator', ({ subset, evaluator, run }) => {
    const replies = read(subset, 'evaluators', evaluator, 'result.json') as Reply[];
    const gold = replies.map(({ label }) => (label === 1 ? 0 : 2));
    const given = outputs(replies, 'swap = False');
    const swapped = outputs(replies, 'swap = True');
    const right = (verdicts: number[]) => verdicts.filter((verdict, index) => verdict === gold[index]).length;
    expect(right(given)).toBe(run.computed.correct_given_order);
    expect(right(swapped)).toBe(run.computed.correct_swapped);

    // In the swapped order the first place is output 2.
    const swap = swapConsistency(
      given,
      swapped.map((output) => (output === 3 ? 3 : 2 - output)),
    );
    expect(swap.n).toBe(run.computed.swap.n);
    expect(swap.consistency).toMatchObject({ value: run.computed.swap.consistency });
    expect(swap.bothFirst).toBe(run.computed.swap.prefers_first_both_times);
    expect(swap.bothSecond).toBe(run.computed.swap.prefers_second_both_times);
    expect(swap.otherFlips).toBe(run.computed.swap.other_flips);
    expect(swap.kappa.defined ? swap.kappa.value : null).toBeCloseTo(
      run.computed.swap.kappa_between_orders ?? Number.NaN,
      12,
    );
    const kappa = (verdicts: number[]) => kappaPoint(tableOfLabels(gold, verdicts, 4));
    expect(kappa(given)).toBeCloseTo(run.computed.kappa_vs_gold_given_order ?? Number.NaN, 12);
    expect(kappa(swapped)).toBeCloseTo(run.computed.kappa_vs_gold_swapped ?? Number.NaN, 12);
  });

  it('catches the wrong mapping behind the published .268', () => {
    const replies = read('LLMBar/Natural', 'evaluators', 'GPT-4/Vanilla', 'result.json') as Reply[];
    const gold = replies.map(({ label }) => label);
    const verdicts = replies.map(({ results }) => Number(results.at(-1)?.['swap = False'].winner ?? 0));
    // The published script leaves the gold labels at 1 and 2 and turns every winner but "1" into 0.
    const wrong = tableOfLabels(
      gold,
      verdicts.map((winner) => (winner === 1 ? 1 : 0)),
      3,
    );
    expect(kappaPoint(wrong)).toBeCloseTo(0.2678, 4);
    expect(labelSetMismatch(wrong)).toEqual({ onlyRows: [2], onlyColumns: [0] });
    const right = tableOfLabels(gold, verdicts, 3);
    expect(kappaPoint(right)).toBeCloseTo(0.8977, 4);
    expect(labelSetMismatch(right)).toBeNull();
  });
});
