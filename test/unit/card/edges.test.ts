/** Studies at the edge of what can be told: constant judges, systems that never win, pairs people split over, rates beyond one. */
import { describe, expect, it } from 'vitest';
import { baselineCheck, limitCheck } from '../../../shared/card/gate/gate-check.ts';
import { type GateFigure, kappaOf } from '../../../shared/card/gate/gate-figure.ts';
import { seededRandom } from '../../../shared/random/seeded-random.ts';
import { constantKappaBound } from '../../../shared/stats/two-raters/constant-kappa-bound.ts';
import { CODE } from '../../../shared/study/verdict-codes.ts';
import { type CardInput, cardData } from '../../support/card-data.ts';
import { figuresById, partsOf, wordsOf } from '../../support/card-figures.ts';

const { first, second, tie, missing, inconsistent } = CODE;
const partsFor = (input: CardInput, judge = 'j') => partsOf(cardData(input), { judge });

describe('a judge that always says the same', () => {
  const random = seededRandom('constant judges');
  const people = Array.from({ length: 100 }, (_each, pair) => (pair % 2 === 0 ? first : second));
  const noisy = () =>
    people.map((label) => (random.below(10) === 0 ? (label === first ? second : first) : label));
  it.each([
    ['first', first],
    ['tie', tie],
    ['what it reads first', inconsistent],
  ])('fails a gate it cannot pass: %s', (_name, code) => {
    const parts = partsFor({ raters: { ada: noisy(), ben: noisy() }, judges: { j: people.map(() => code) } });
    const agreement = parts.find(({ name }) => name === 'agreement');
    if (agreement === undefined) throw new Error('no part');
    const check = limitCheck(kappaOf(agreement, 'all pairs'), 'least', 0.3, 'lower');
    expect(check).toMatchObject({ value: 0, outcome: 'failed' });
    expect(wordsOf(parts, 'standing')).toContain('agrees with people less than a human rater does');
  });

  it('agrees less than raters who agree perfectly', () => {
    const parts = partsFor({ raters: { ada: people, ben: people }, judges: { j: people.map(() => first) } });
    expect(wordsOf(parts, 'standing')).toContain('agrees with people less than a human rater does');
  });

  it('is bounded by what so few items leave open, and by nothing where all is said alike', () => {
    const patterns = (items: number) => ({
      size: 2,
      tables: [Float64Array.of(1, 0, 0, 0), Float64Array.of(0, 0, 1, 0)],
      itemCounts: Float64Array.of(items / 2, items / 2),
    });
    const reach = (items: number) => {
      const bound = constantKappaBound(patterns(items));
      return bound.defined ? bound.interval.high : Number.NaN;
    };
    // Of 100 items that say one thing, at most 1 − 0.025^(1/100) = 3.62 % say another; all rightly, kappa is twice that.
    expect(reach(100)).toBeCloseTo(2 * (1 - 0.025 ** (1 / 100)), 3);
    expect(reach(1000)).toBeLessThan(0.01);
    expect(reach(10)).toBeGreaterThan(0.5);
    expect(
      constantKappaBound({ size: 2, tables: [Float64Array.of(1, 0, 0, 0)], itemCounts: Float64Array.of(50) }),
    ).toMatchObject({ defined: false });
  });
});

describe('a baseline with a margin', () => {
  const figure = (value: number, reach: number): GateFigure => ({
    measure: 'kappa',
    about: 'all pairs',
    n: 5000,
    value,
    low: value - reach,
    high: value + reach,
    level: 0.95,
    reason: null,
  });
  const outcome = (fall: number, reach: number) =>
    baselineCheck(figure(0.7 - fall, reach), figure(0.7, reach), {
      minKappa: null,
      maxFlipRate: null,
      bound: 'lower',
      margin: 0.2,
      altTestEpsilon: null,
      slices: [],
    }).outcome;

  it('fails on falls shown to be larger than it, and on no others', () => {
    expect(outcome(0.1, 0.05)).toBe('passed');
    expect(outcome(0.1, 0.02)).toBe('passed');
    expect(outcome(0.2, 0.05)).toBe('inconclusive');
    expect(outcome(0.4, 0.05)).toBe('failed');
  });
});

describe('systems that never win or lose', () => {
  const pairs = 120;
  const systemOf = {
    first: Array.from({ length: pairs }, (_each, pair) => pair % 4),
    second: Array.from({ length: pairs }, (_each, pair) => (pair + 1) % 4),
  };
  const random = seededRandom('never wins');
  const codes = systemOf.first.map((one, pair) => {
    if (one === 1) return second;
    return systemOf.second[pair] === 1 ? first : random.below(2);
  });
  const parts = partsFor({
    raters: { ada: codes },
    judges: { j: codes },
    systems: ['m1', 'm2', 'm3', 'm4'],
    systemOf,
  });
  const figures = figuresById(parts);

  it('are named, and the others are ranked without them', () => {
    expect(figures.get('ranking/m2/people_elo')).toMatchObject({
      value: null,
      reason: expect.stringContaining('never won'),
    });
    for (const name of ['m1', 'm3', 'm4'])
      expect(figures.get(`ranking/${name}/people_elo`)?.value).toEqual(expect.any(Number));
    const mean = ['m1', 'm3', 'm4'].reduce(
      (sum, name) => sum + (figures.get(`ranking/${name}/people_elo`)?.value ?? 0) / 3,
      0,
    );
    expect(mean).toBeCloseTo(1000, 6);
    expect(wordsOf(parts, 'ranking')).toContain('m2: it never won against those that are ranked');
  });
});

describe('systems of one win rate', () => {
  it('are in no order that could be held against another', () => {
    const pairs = 20;
    const codes = Array.from({ length: pairs }, (_each, pair) => (pair % 2 === 0 ? first : second));
    const parts = partsFor({
      raters: { ada: codes },
      judges: { j: codes },
      systems: ['m1', 'm2'],
      systemOf: { first: codes.map(() => 0), second: codes.map(() => 1) },
    });
    for (const measure of ['kendall_tau', 'spearman'])
      expect(figuresById(parts).get(`ranking/both rankings/${measure}`)).toMatchObject({
        value: null,
        reason: 'all systems have the same win rate by people',
      });
  });
});

describe('a rater under warning', () => {
  it('is named beside the sentence, with what it would be without', () => {
    const random = seededRandom('warned');
    const truth = Array.from({ length: 200 }, () => random.below(2));
    const say = (skill: number) => truth.map((label) => (random.unit() < skill ? label : 1 - label));
    const input: CardInput = {
      raters: { ada: say(0.9), ben: say(0.9), cem: say(0.9), r7: truth.map(() => random.below(2)) },
      judges: { j: say(0.9) },
      warned: ['r7'],
    };
    expect(wordsOf(partsFor(input), 'standing')).toMatch(
      /1 of 4 raters is warned\. Without r7: j .* of 200 items and 3 raters/u,
    );
    expect(wordsOf(partsFor({ ...input, warned: [] }), 'standing')).not.toContain('warned');
  });
});

describe('pairs that people split over', () => {
  const pairs = 60;
  const one = Array.from({ length: pairs }, (_each, pair) => (pair % 3 === 0 ? second : first));
  const two = one.map((code, pair) => (pair < 20 ? (code === first ? second : first) : code));

  it('are no unlabelled ones: where all were voted on there is nothing to correct', () => {
    const parts = partsFor({ raters: { ada: one, ben: two }, judges: { j: one } });
    const figures = figuresById(parts);
    for (const measure of ['ppi_win_rate', 'rogan_gladen', 'naive_outright'])
      expect(figures.get(`decision/one/${measure}`)).toMatchObject({
        value: null,
        reason: expect.stringContaining('nothing to correct for'),
      });
    expect(wordsOf(parts, 'decision')).toContain('20 judged pairs were voted on and got no label');
  });

  it('stand on neither side of a correction', () => {
    const unseen = (codes: number[]) => codes.map((code, pair) => (pair >= 40 ? missing : code));
    const figures = figuresById(
      partsFor({ raters: { ada: unseen(one), ben: unseen(two) }, judges: { j: one } }),
    );
    expect(figures.get('decision/one/ppi_win_rate')?.n).toBe(40);
    expect(figures.get('decision/one/naive_outright')?.n).toBe(20);
  });
});

describe('estimates', () => {
  it('stand inside their intervals and their range', () => {
    const random = seededRandom('inside');
    for (let study = 0; study < 30; study++) {
      const rate = 0.9 + random.unit() / 10;
      const pairs = 150;
      const judge = Array.from({ length: pairs }, () => (random.unit() < rate ? first : second));
      const people = judge.map((code, pair) => {
        if (pair >= 30) return missing;
        return random.unit() < 0.1 ? (code === first ? second : first) : code;
      });
      const parts = partsFor({ raters: { ada: people }, judges: { j: judge } });
      for (const part of parts)
        for (const { row, measure, value, interval } of part.figures) {
          if (value === null || interval === null) continue;
          expect(value, `${part.name}/${row}/${measure}`).toBeGreaterThanOrEqual(interval.low);
          expect(value, `${part.name}/${row}/${measure}`).toBeLessThanOrEqual(interval.high);
          if (['ppi_win_rate', 'rogan_gladen', 'pabak'].includes(measure)) {
            expect(interval.high).toBeLessThanOrEqual(1);
            expect(interval.high).toBeGreaterThan(interval.low);
          }
        }
    }
  });
});

describe('votes that are drawn within one order', () => {
  it('are neither unparsed nor the same output twice', () => {
    const drawn = Array.from({ length: 30 }, (_each, pair) => (pair < 10 ? inconsistent : pair % 2));
    const figures = figuresById(
      partsFor({
        raters: { ada: drawn.map((code) => (code === inconsistent ? first : code)) },
        judges: { j: { firstShownFirst: drawn, secondShownFirst: drawn } },
      }),
    );
    expect(figures.get('orders/same output twice/flips')?.value).toBe(20);
    expect(figures.get('orders/unparsed/place_verdicts')?.value).toBe(0);
    expect(figures.get('orders/both orders/consistency')?.n).toBe(20);
  });
});

describe('a bias whose own interval leaves 0 out', () => {
  it('is said to be none only once all are tested together', () => {
    // Of 200 pairs of which the longer output is known, the judge chooses it a little more often than people do.
    const pairs = 400;
    const people = Array.from({ length: pairs }, (_each, pair) => (pair % 2 === 0 ? first : second));
    const sentences = Array.from({ length: 40 }, (_study, more) => {
      const judge = people.map((code, pair) =>
        code === second && pair % 4 === 1 && pair < 4 * more ? first : code,
      );
      const parts = partsFor({
        raters: { ada: people },
        judges: { j: { firstShownFirst: judge, secondShownFirst: judge } },
        length: { first: people.map(() => 20), second: people.map(() => 10) },
      });
      const figure = figuresById(parts).get('bias/longer output/bias');
      const words = parts
        .find(({ name }) => name === 'bias')
        ?.words.find(({ row }) => row === 'longer output');
      return { interval: figure?.interval ?? null, text: words?.text ?? '' };
    });
    for (const { interval, text } of sentences)
      if (interval !== null && text.startsWith('No bias'))
        expect(text.includes('tested together')).toBe(interval.low * interval.high > 0);
    expect(sentences.some(({ text }) => text.startsWith('j favours'))).toBe(true);
  });
});
