import { describe, expect, it } from 'vitest';
import { fittedWeights, panelColumn } from '../../../shared/card/judge-panel.ts';
import { seededRandom } from '../../../shared/random/seeded-random.ts';
import { CODE } from '../../../shared/study/verdict-codes.ts';
import { cardData } from '../../support/card-data.ts';

const { first: F, second: S, tie: T, missing: M, inconsistent: I, unparsed: U, error: E } = CODE;
const ONE = [1, 1, 1];

const columnsOf = (...codes: number[][]) =>
  cardData({
    raters: { ada: codes[0] ?? [] },
    judges: Object.fromEntries(codes.map((each, index) => [`j${index}`, each])),
  }).judges;

describe('a panel by majority', () => {
  const panel = panelColumn(
    { name: 'panel', rule: 'majority', weights: ONE, tunedOn: null },
    columnsOf([F, F, F, T, F, I, U, E, F], [F, F, S, T, I, I, U, E, M], [F, S, T, S, S, F, F, E, F]),
  );

  it('takes the most frequent readable verdict, calls a draw inconsistent, and needs every member', () => {
    expect([...panel.codes]).toEqual([F, F, I, T, I, F, F, E, M]);
    expect(panel.sureness?.values[0]).toBe(1);
    expect(panel.sureness?.values[1]).toBeCloseTo(2 / 3, 12);
    expect(panel.sureness?.values[8]).toBeNaN();
  });
});

describe('a panel by mean probability', () => {
  it('decides by the mean, and says nothing where a member gave none', () => {
    const members = columnsOf([F, F, F], [S, S, S]).map((judge, index) => ({
      ...judge,
      probabilityFirst: index === 0 ? Float64Array.of(0.9, 0.6, 0.7) : Float64Array.of(0.3, 0.4, Number.NaN),
    }));
    const panel = panelColumn(
      { name: 'panel', rule: 'mean_probability', weights: [1, 1], tunedOn: null },
      members,
    );
    expect([...panel.codes]).toEqual([F, T, M]);
    expect(panel.sureness?.values[0]).toBeCloseTo(0.6, 12);
  });
});

describe('fitted weights', () => {
  const { unit } = seededRandom('panel');
  const n = 600;
  const people = Int8Array.from({ length: n }, () => (unit() < 0.5 ? F : S));
  const judge = (skill: number) =>
    Array.from(people, (label) => (unit() < skill ? label : label === F ? S : F));
  const members = columnsOf(judge(0.9), judge(0.65), judge(0.6), judge(0.35));
  const isDev = (pair: number) => pair % 2 === 0;

  it('are log-odds of agreement on the dev split alone, and 0 for a judge that is worse than a coin', () => {
    const { weights, pairs } = fittedWeights(members, people, isDev);
    expect(pairs).toBe(n / 2);
    const right = [...people.keys()].filter(
      (pair) => isDev(pair) && members[0]?.codes[pair] === people[pair],
    ).length;
    expect(weights[0]).toBeCloseTo(Math.log((right + 0.5) / (n / 2 - right + 0.5)), 12);
    expect(weights[3]).toBe(0);
    const turned = people.map((label, pair) => (isDev(pair) ? label : label === F ? S : F));
    expect(fittedWeights(members, turned, isDev).weights).toEqual(weights);
  });

  it('let the better judge overrule two worse ones, which a majority does not', () => {
    const { weights } = fittedWeights(members, people, isDev);
    const rightOf = (rule: 'majority' | 'weighted') => {
      const panel = panelColumn(
        { name: 'p', rule, weights: rule === 'weighted' ? weights : members.map(() => 1), tunedOn: null },
        members,
      );
      return (
        [...people.keys()].filter((pair) => !isDev(pair) && panel.codes[pair] === people[pair]).length /
        (n / 2)
      );
    };
    expect(rightOf('weighted')).toBeGreaterThan(rightOf('majority') + 0.1);
  });
});
