import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordDifferences } from '../../renderer/reading/word-differences.ts';

describe('differences of two texts', () => {
  it('are the words only one of them has', () => {
    const [left, right] = ['The quick brown fox jumps.', 'The slow brown fox jumps high.'];
    const found = wordDifferences(left, right);
    expect(found?.left.map(([from, to]) => left.slice(from, to))).toEqual(['quick']);
    expect(found?.right.map(([from, to]) => right.slice(from, to).trim())).toEqual(['slow', 'high']);
  });

  it('leave the same text on both sides when they are taken out', () => {
    const word = fc.constantFrom('one', 'two', 'three', 'four', '.', '\n');
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), fc.array(word, { maxLength: 30 }), (one, two) => {
        const [left, right] = [one.join(' '), two.join(' ')];
        const found = wordDifferences(left, right);
        if (found === null) throw new Error('short texts have differences');
        const rest = (text: string, stretches: readonly (readonly [number, number])[]) =>
          stretches
            .toReversed()
            .reduce((kept, [from, to]) => kept.slice(0, from) + kept.slice(to), text)
            .replace(/\s+/gu, '');
        expect(rest(left, found.left)).toBe(rest(right, found.right));
      }),
    );
  });

  it('are not sought in texts that have nothing in common', () => {
    const text = (seed: number) =>
      Array.from({ length: 6000 }, (_word, index) => `w${(index * 7919 + seed) % 100_003}`).join(' ');
    expect(wordDifferences(text(1), text(50_000))).toBeNull();
  });
});
