import { describe, expect, it } from 'vitest';
import { labelOf } from '../../../shared/labels/consensus.ts';
import { consensusColumn } from '../../../shared/labels/consensus-column.ts';
import { CODE } from '../../../shared/study/verdict-codes.ts';

const { first, second, tie, both_bad, missing, skipped } = CODE;

describe('the label of a pair', () => {
  it.each([
    ['three agree', [first, first, first], first, first, first, first],
    ['two against one', [first, first, second], first, missing, first, first],
    ['a three-way split', [first, tie, second], missing, missing, tie, tie],
    ['two against a tie and the other side', [first, first, tie, second], missing, missing, first, first],
    ['ties in the majority with one side', [tie, tie, second], tie, missing, tie, second],
    ['two against two', [first, first, second, second], missing, missing, tie, tie],
    ['one vote', [second], second, missing, second, second],
    ['both bad twice', [both_bad, both_bad, first], both_bad, missing, both_bad, first],
    ['nobody', [missing, skipped], missing, missing, missing, missing],
  ])('%s', (_name, votes, majority, unanimous, plurality, sign) => {
    expect(labelOf(votes, 'majority')).toBe(majority);
    expect(labelOf(votes, 'unanimous')).toBe(unanimous);
    expect(labelOf(votes, 'plurality_or_tie')).toBe(plurality);
    expect(labelOf(votes, 'sign_of_mean')).toBe(sign);
  });
});

describe('Dawid–Skene labels', () => {
  it('follow the two careful raters against one who always says first', () => {
    const truth = Array.from({ length: 60 }, (_label, pair) =>
      pair % 3 === 0 ? first : pair % 3 === 1 ? second : tie,
    );
    const careful = (step: number) => truth.map((code, pair) => (pair % step === 0 ? (code + 1) % 3 : code));
    const raters = [careful(11), careful(13), truth.map(() => first)].map((codes, index) => ({
      name: `r${index}`,
      codes: Int8Array.from([...codes, missing]),
    }));
    const { codes, kinds } = consensusColumn({ raters, adjudicated: null }, 61, {
      consensus: 'dawid_skene',
      bothBad: 'separate',
      adjudicated: 'where_split',
    });
    const right = truth.filter((code, pair) => codes[pair] === code).length;
    expect(right).toBeGreaterThan(52);
    expect(codes[60]).toBe(missing);
    expect(kinds.none).toBe(1);
  });
});
