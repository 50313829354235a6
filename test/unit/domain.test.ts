import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { consensusOf } from '../../shared/labels/consensus.ts';
import { permutedIndex } from '../../shared/random/keyed-permutation.ts';
import { seededRandom } from '../../shared/random/seeded-random.ts';
import { balancedLeftSide, leadOf } from '../../shared/rating/side-balance.ts';
import { answersOfScale, verdictOfAnswer } from '../../shared/study/verdict.ts';
import { CODE, mergeJudgeVerdicts } from '../../shared/study/verdict-codes.ts';

describe('the order of pairs', () => {
  it('shows every pair exactly once, whatever the size and key', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 700 }), fc.string(), (size, key) => {
        const seen = new Set(
          Array.from({ length: size }, (_unused, position) => permutedIndex(position, size, key)),
        );
        expect(seen.size).toBe(size);
        expect(Math.max(...seen)).toBe(size - 1);
      }),
    );
  });

  it('differs between raters', () => {
    const order = (rater: string) =>
      Array.from({ length: 50 }, (_unused, at) => permutedIndex(at, 50, rater)).join();
    expect(order('ada')).not.toBe(order('ben'));
    expect(order('ada')).toBe(order('ada'));
  });

  it('refuses positions outside', () => {
    expect(() => permutedIndex(5, 5, 'k')).toThrow(RangeError);
    expect(() => permutedIndex(0, 0, 'k')).toThrow(RangeError);
  });
});

describe('sides', () => {
  it('never differ by more than one at any moment', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.integer({ min: 1, max: 200 }), (seed, rater, count) => {
        let difference = 0;
        for (let occurrence = 0; occurrence < count; occurrence++) {
          difference += leadOf(
            balancedLeftSide(seed, rater, '1|2', occurrence, { own: difference, other: 0 }),
          );
          expect(Math.abs(difference)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('start with either side equally often', () => {
    const firsts = Array.from({ length: 4000 }, (_unused, rater) =>
      balancedLeftSide('seed', `rater ${rater}`, '1|2', 0, { own: 0, other: 0 }),
    ).filter((side) => side === 'first').length;
    expect(firsts).toBeGreaterThan(1850);
    expect(firsts).toBeLessThan(2150);
  });
});

describe('verdicts', () => {
  it('map answers back to canonical sides', () => {
    expect(verdictOfAnswer('left', 'second')).toBe('second');
    expect(verdictOfAnswer('right', 'second')).toBe('first');
    expect(verdictOfAnswer('tie', 'second')).toBe('tie');
  });

  it('offer what the scale says', () => {
    expect(answersOfScale('two_way')).not.toContain('tie');
    expect(answersOfScale('with_tie')).not.toContain('both_bad');
    expect(answersOfScale('with_tie_and_both_bad')).toContain('both_bad');
  });
});

describe('consensus', () => {
  const { first, second, tie, both_bad, skipped, missing } = CODE;
  it.each([
    ['unanimous', [first, first, first], 'unanimous', first],
    ['two against one', [first, second, first], 'majority', first],
    ['a three-way split', [first, second, tie], 'split', missing],
    ['two against two', [first, first, second, second], 'split', missing],
    ['a single vote', [missing, both_bad, skipped], 'single', both_bad],
    ['only skips', [skipped, skipped], 'none', missing],
  ])('%s', (_name, codes, kind, code) => {
    expect(consensusOf(codes)).toMatchObject({ kind, code });
  });
});

describe('a judge over both orders', () => {
  const both = (first: Parameters<typeof mergeJudgeVerdicts>[0][number]['verdict'], second: typeof first) =>
    mergeJudgeVerdicts([
      { order: 'a_first', verdict: first },
      { order: 'b_first', verdict: second },
    ]);
  it('agrees or is inconsistent, never a tie by default', () => {
    expect(both('first', 'first')).toBe('first');
    expect(both('first', 'second')).toBe('inconsistent');
    expect(both('first', 'tie')).toBe('inconsistent');
    expect(both('tie', 'tie')).toBe('tie');
  });

  it('is unparsed or an error when one order is', () => {
    expect(both('first', 'unparsed')).toBe('unparsed');
    expect(both('error', 'unparsed')).toBe('error');
  });

  it('takes the plurality of samples within an order', () => {
    const samples = (['first', 'first', 'second'] as const).map((verdict) => ({ order: 'a_first', verdict }));
    expect(mergeJudgeVerdicts(samples)).toBe('first');
    expect(mergeJudgeVerdicts(samples.slice(1))).toBe('inconsistent');
    expect(mergeJudgeVerdicts([])).toBeUndefined();
    const readable = (['unparsed', 'first', 'error'] as const).map((verdict) => ({
      order: 'a_first',
      verdict,
    }));
    expect(mergeJudgeVerdicts(readable)).toBe('first');
    expect(mergeJudgeVerdicts(readable.toSpliced(1, 1))).toBe('unparsed');
  });
});

describe('seeded randomness', () => {
  it('repeats from its seed and is bounded', () => {
    const draw = (seed: string) => Array.from({ length: 5 }, seededRandom(seed).unit);
    expect(draw('a')).toEqual(draw('a'));
    expect(draw('a')).not.toEqual(draw('b'));
    const random = seededRandom('bounds');
    for (let count = 0; count < 1000; count++) expect(random.below(3)).toBeLessThan(3);
  });
});
