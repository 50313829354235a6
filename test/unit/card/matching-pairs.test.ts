/** The comparisons behind a figure: one small study on which every kind of filter must select what it says. */
import { describe, expect, it } from 'vitest';
import type { ComparisonFilter } from '../../../shared/card/columns/comparison-filter.ts';
import { matchingPairs } from '../../../shared/card/columns/matching-pairs.ts';
import { agreementOptionsSchema } from '../../../shared/labels/agreement-options.ts';
import { CODE } from '../../../shared/study/verdict-codes.ts';
import { cardData } from '../../support/card-data.ts';

const { first: F, second: S, tie: T, missing: M, unparsed: U, both_bad: B } = CODE;
const options = agreementOptionsSchema.parse({});

// pair                    0  1  2  3  4  5  6  7
const ada = /*         */ [F, F, S, S, T, F, M, B];
const ben = /*         */ [F, S, S, S, T, F, M, F];
const judgeFirstWay = [F, F, S, F, T, U, F, S];
const judgeOtherWay = [F, F, F, S, T, F, S, S];
const data = cardData({
  raters: { ada, ben },
  judges: {
    j: {
      codes: [F, F, S, F, T, U, F, S],
      firstShownFirst: judgeFirstWay,
      secondShownFirst: judgeOtherWay,
      scores: [0.9, 0.5, 0.7, 0.2, 1, 0.6, 0.8, Number.NaN],
    },
    k: [S, F, S, F, T, F, F, S],
  },
  systems: ['x', 'y', 'j'],
  systemOf: { first: [0, 1, 0, 2, 0, 0, 1, 2], second: [1, 0, 2, 0, 1, 2, 2, 1] },
  length: { first: [10, 20, 5, 30, 8, 9, 1, 0], second: [10, 10, 15, 10, 8, 9, 99, 0] },
  slices: [{ name: 'task', value: 'code', pairs: [0, 2, 4, 6] }],
});

const found = (filter: ComparisonFilter, changes: object = {}) => {
  const pairs = matchingPairs(data, { ...options, ...changes }, filter);
  return 'unknown' in pairs ? pairs : [...pairs];
};
const j = { between: { judge: 'j' } } as const;

describe('a filter selects', () => {
  // People's majority: F, split, S, S, T, F, none, split; the judge's unparsed verdict is no label by default.
  it.each([
    ['what people and a judge both labelled', { between: { judge: 'j' } }, [0, 2, 3, 4]],
    ['a cell of the matrix', { ...j, row: 'second', column: 'first' }, [3]],
    ['agreement', { ...j, agree: true }, [0, 2, 4]],
    ['disagreement', { ...j, agree: false }, [3]],
    ['two raters', { between: { raterA: 'ada', raterB: 'ben' }, agree: false }, [1, 7]],
    ['a judge and one rater', { between: { judge: 'j', rater: 'ben' }, agree: false }, [1, 3, 7]],
    ['two judges, whoever voted', { between: { judgeA: 'j', judgeB: 'k' }, agree: false }, [0]],
    ['a slice', { ...j, slice: { name: 'task', value: 'code' } }, [0, 2, 4]],
    ['two systems in either order', { ...j, systems: ['y', 'x'] }, [0, 4]],
    ['one system, labelled or not', { ...j, system: 'j' }, [2, 3, 5, 6, 7]],
    ['a gap of length, open below and closed above', { ...j, lengthGap: [0, 0.5] }, [2, 3]],
    ['equal lengths', { ...j, lengthGap: [-1, 0] }, [0, 4]],
    ['the same output in both orders', { ...j, orders: 'same' }, [0, 1, 4, 7]],
    ['the first place twice', { ...j, orders: 'both_first' }, [3, 6]],
    ['the second place twice', { ...j, orders: 'both_second' }, [2]],
    ['what the judge alone favours', { ...j, favours: { feature: 'longer', by: 'judge_only' } }, [3]],
    ['what people favour', { ...j, favours: { feature: 'longer', by: 'people' } }, [2]],
    ['what both could see of its own outputs', { ...j, favours: { feature: 'own', by: 'judge' } }, [2, 3]],
    ['a score above one end and up to the other', { ...j, confidence: [0.2, 0.9] }, [0, 2]],
    [
      'several conditions at once',
      { ...j, agree: true, slice: { name: 'task', value: 'code' }, confidence: [0.8, 1] },
      [0, 4],
    ],
  ] satisfies [string, ComparisonFilter, number[]][])('%s', (_name, filter, expected) => {
    expect(found(filter)).toEqual(expected);
  });

  it('by the options it is given', () => {
    expect(found(j, { unparsed: 'class' })).toEqual([0, 2, 3, 4, 5]);
    expect(found({ ...j, column: 'unparsed' }, { unparsed: 'class' })).toEqual([5]);
    expect(found(j, { ties: 'drop' })).toEqual([0, 2, 3]);
  });

  it.each([
    [{ between: { judge: 'nobody' } }, { unknown: 'judge', name: 'nobody' }],
    [{ between: { judge: 'j', rater: 'eve' } }, { unknown: 'rater', name: 'eve' }],
    [
      { ...j, slice: { name: 'task', value: 'poems' } },
      { unknown: 'slice', name: 'task=poems' },
    ],
    [
      { ...j, system: 'z' },
      { unknown: 'system', name: 'z' },
    ],
    [
      { ...j, systems: ['x', 'z'] as [string, string] },
      { unknown: 'system', name: 'z' },
    ],
  ])('nothing under a name the study does not have: %o', (filter, unknown) => {
    expect(found(filter)).toEqual(unknown);
  });
});
