import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wordDifferences } from '../../renderer/reading/word-differences.ts';

type Stretches = readonly (readonly [from: number, to: number])[];

const quoted = (text: string, stretches: Stretches = []) =>
  stretches.map(([from, to]) => text.slice(from, to));

const words = (text: string) => text.match(/[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu) ?? [];

function counts(list: readonly string[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const word of list) found.set(word, (found.get(word) ?? 0) + 1);
  return found;
}

describe('differences of two texts', () => {
  it('are the words only one of them has', () => {
    const [left, right] = ['The quick brown fox jumps.', 'The slow brown fox jumps high.'];
    const found = wordDifferences(left, right);
    expect(quoted(left, found?.left.only)).toEqual(['quick']);
    expect(quoted(right, found?.right.only)).toEqual(['slow', 'high']);
    expect([found?.left.moved, found?.right.moved]).toEqual([[], []]);
  });

  it('are told from words that merely moved, which are found together where they moved together', () => {
    const left = 'Action items: call the plumber on Friday. Ottilie writes the report.';
    const right = 'Ottilie writes the report. Action items: call the plumber on Monday.';
    const found = wordDifferences(left, right);
    expect(quoted(left, found?.left.only)).toEqual(['Friday']);
    expect(quoted(right, found?.right.only)).toEqual(['Monday']);
    expect(found?.left.moved.length).toBeGreaterThan(0);
    expect(quoted(left, found?.left.moved).join(' ')).toBe(quoted(right, found?.right.moved).join(' '));
  });

  const word = fc.constantFrom('one', 'two', 'three', 'four', 'vier', '.', '\n');
  const text = fc.array(word, { maxLength: 30 }).map((list) => list.join(' '));

  it('leave the same text on both sides when they are taken out', () => {
    fc.assert(
      fc.property(text, text, (left, right) => {
        const found = wordDifferences(left, right);
        if (found === null) throw new Error('short texts have differences');
        const rest = (of: string, { only, moved }: { only: Stretches; moved: Stretches }) =>
          [...only, ...moved]
            .toSorted(([one], [other]) => other - one)
            .reduce((kept, [from, to]) => kept.slice(0, from) + kept.slice(to), of)
            .replace(/\s+/gu, '');
        expect(rest(left, found.left)).toBe(rest(right, found.right));
      }),
    );
  });

  it('are on one side only as often as that side has a word more often; what moved is the same on both', () => {
    fc.assert(
      fc.property(text, text, (left, right) => {
        const found = wordDifferences(left, right);
        const [inLeft, inRight] = [counts(words(left)), counts(words(right))];
        const only = (of: string, stretches: Stretches = []) =>
          counts(quoted(of, stretches).flatMap((each) => words(each)));
        const more = (one: Map<string, number>, other: Map<string, number>) =>
          new Map(
            [...one].flatMap(([each, count]) => {
              const rest = count - (other.get(each) ?? 0);
              return rest > 0 ? [[each, rest] as const] : [];
            }),
          );
        expect(only(left, found?.left.only)).toEqual(more(inLeft, inRight));
        expect(only(right, found?.right.only)).toEqual(more(inRight, inLeft));
        expect(only(left, found?.left.moved)).toEqual(only(right, found?.right.moved));
      }),
    );
  });

  it('are not sought in texts that have nothing in common', () => {
    const long = (seed: number) =>
      Array.from({ length: 6000 }, (_word, index) => `w${(index * 7919 + seed) % 100_003}`).join(' ');
    expect(wordDifferences(long(1), long(50_000))).toBeNull();
  });
});
