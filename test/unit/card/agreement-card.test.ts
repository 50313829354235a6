/** The whole card on made-up studies: what it says, where it is silent, and that it never says NaN. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SPLIT_SLICE } from '../../../shared/card/columns/card-data.ts';
import { matchingPairs } from '../../../shared/card/columns/matching-pairs.ts';
import { agreementOptionsSchema } from '../../../shared/labels/agreement-options.ts';
import { tableOfColumns } from '../../../shared/labels/label-pairs.ts';
import { seededRandom } from '../../../shared/random/seeded-random.ts';
import { CODE } from '../../../shared/study/verdict-codes.ts';
import { type CardInput, cardData } from '../../support/card-data.ts';
import { figuresById, numberAt, partsOf, wordsOf } from '../../support/card-figures.ts';

const options = agreementOptionsSchema.parse({});
const { first, second, tie, both_bad, missing, inconsistent, unparsed } = CODE;

const figuresOf = (input: CardInput, settings: Parameters<typeof partsOf>[1] = {}) =>
  figuresById(partsOf(cardData(input), settings));

describe('policies', () => {
  const rows = Int8Array.from([first, tie, tie, both_bad]);
  const columns = Int8Array.from([first, first, tie, inconsistent]);
  const table = (ties: 'separate' | 'drop' | 'half') =>
    tableOfColumns(rows, columns, { ...options, ties }).counts;
  const at = (counts: Float64Array, row: number, column: number) => counts[row * 6 + column];

  it('keep ties, drop them or halve them', () => {
    expect(at(table('separate'), tie, first)).toBe(1);
    expect(table('drop').reduce((sum, count) => sum + count)).toBe(2);
    const half = table('half');
    expect(at(half, first, first)).toBe(2);
    expect(at(half, second, first)).toBe(0.5);
    expect(at(half, second, second)).toBe(0.5);
    expect(half.reduce((sum, count) => sum + count)).toBe(4);
  });

  it('name what becomes of both bad and of inconsistent verdicts', () => {
    const folded = tableOfColumns(rows, columns, { ...options, bothBad: 'tie', inconsistent: 'drop' }).counts;
    expect(folded.reduce((sum, count) => sum + count)).toBe(3);
    expect(at(tableOfColumns(rows, columns, options).counts, both_bad, inconsistent)).toBe(1);
  });

  it('stand side by side on the card, with everything the judge said', () => {
    const figures = figuresOf({
      raters: { ada: [first, second, tie, first, second, tie, first, second] },
      judges: { j: [first, second, first, first, first, tie, unparsed, inconsistent] },
    });
    expect(numberAt(figures, 'policies/ties: separate/agreement')).toBeCloseTo(4 / 7, 12);
    expect(numberAt(figures, 'policies/ties: drop/agreement')).toBeCloseTo(3 / 5, 12);
    expect(numberAt(figures, 'policies/ties: half/agreement')).toBeCloseTo(4.5 / 7, 12);
    expect(numberAt(figures, 'policies/unparsed/verdicts')).toBe(1);
    expect(numberAt(figures, 'policies/inconsistent/verdicts')).toBe(1);
    expect(numberAt(figures, 'policies/both_bad/verdicts')).toBe(0);
  });
});

describe('swapping which output is called first', () => {
  const code = fc.constantFrom(first, second, tie, both_bad, missing);
  const turned = (codes: ArrayLike<number>) =>
    Array.from(codes, (each) => (each === first ? second : each === second ? first : each));

  it('leaves agreement, kappa and the rankings unchanged', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(code, code, code), { minLength: 8, maxLength: 40 }), (rows) => {
        const column = (at: 0 | 1 | 2) => rows.map((row) => row[at]);
        const itemOfPair = rows.map((_row, pair) => pair >> 1);
        const input = (swap: (codes: number[]) => number[], systemOf: CardInput['systemOf']): CardInput => ({
          raters: { ada: swap(column(0)), ben: swap(column(1)) },
          judges: { j: swap(column(2)) },
          itemOfPair,
          ...(systemOf === undefined ? {} : { systemOf }),
        });
        const zeros = rows.map(() => 0);
        const ones = rows.map(() => 1);
        const one = figuresOf(input((codes) => codes, { first: zeros, second: ones }));
        const two = figuresOf(input(turned, { first: ones, second: zeros }));
        for (const id of [
          'agreement/people/agreement',
          'agreement/people/kappa',
          'agreement/people/weighted_kappa',
          'agreement/people/ac1',
          'people/all raters/fleiss_kappa',
          'standing/judge less rater/kappa_difference',
          'ranking/one/people_ranked_rate',
          'ranking/two/judge_ranked_rate',
          'decision/one/naive_win_rate',
        ]) {
          const [before, after] = [one.get(id), two.get(id)];
          expect(after === undefined, id).toBe(before === undefined);
          if (before?.value === null || before === undefined) expect(after?.value ?? null, id).toBeNull();
          else expect(after?.value, id).toBeCloseTo(before.value, 9);
        }
      }),
      { numRuns: 40 },
    );
  });
});

/** A judge that says people's label with a chance, else another. */
function noisy(people: readonly number[], skill: number, seed: string): number[] {
  const { unit, below } = seededRandom(seed);
  return people.map((code) => (unit() < skill ? code : (code + 1 + below(2)) % 3));
}

const LABELS = Array.from(
  { length: 240 },
  (_label, pair) => [first, second, first, tie, second][pair % 5] ?? first,
);

describe('the biases', () => {
  it('name a judge that follows the place, with the comparisons behind it', () => {
    // The first place in both orders on a third of the pairs; else people's label.
    const follows = (pair: number) => pair % 3 === 0;
    const input = {
      raters: { ada: LABELS },
      judges: {
        j: {
          firstShownFirst: LABELS.map((code, pair) => (follows(pair) ? first : code)),
          secondShownFirst: LABELS.map((code, pair) => (follows(pair) ? second : code)),
        },
      },
    };
    const data = cardData(input);
    const parts = partsOf(data);
    const figures = figuresById(parts);
    expect(numberAt(figures, 'orders/first place twice/flips')).toBe(80);
    expect(numberAt(figures, 'orders/both orders/consistency')).toBeCloseTo(160 / 240, 12);
    expect(numberAt(figures, 'orders/both orders/flip_rate')).toBeCloseTo(80 / 240, 12);
    expect(wordsOf(parts, 'bias')).toMatch(/^j favours what is shown first: \+\d+\.\d points/mu);
    const behind = figures.get('bias/first place/bias')?.behind;
    if (behind === null || behind === undefined) throw new Error('nothing behind the position bias');
    const pairs = matchingPairs(data, options, behind);
    expect(Array.from(pairs as Int32Array)).toEqual(
      LABELS.flatMap((_code, pair) => (follows(pair) ? [pair] : [])),
    );
  });

  it('name a judge that follows length beyond people, and are silent about one that does not', () => {
    const people = LABELS.map((_code, pair) => (pair % 2 === 0 ? first : second));
    const length = {
      first: people.map((_code, pair) => (pair % 4 < 2 ? 900 : 300)),
      second: people.map(() => 500),
    };
    const longer = people.map((_code, pair) => ((length.first[pair] ?? 0) > 500 ? first : second));
    const lover = people.map((code, pair) => (pair % 3 === 0 ? (longer[pair] ?? code) : code));
    const parts = (judge: number[]) =>
      partsOf(cardData({ raters: { ada: people }, judges: { j: judge }, length }));
    expect(wordsOf(parts(lover), 'bias')).toContain('j favours the longer output: +');
    const figures = figuresById(parts(lover));
    expect(numberAt(figures, 'bias/longer output/people_share')).toBeCloseTo(0.5, 12);
    expect(figures.get('bias/longer output/length_odds_ratio')?.interval?.low).toBeGreaterThan(1);
    const fair = noisy(people, 0.9, 'fair').map((code) => (code === tie ? first : code));
    expect(wordsOf(parts(fair), 'bias')).toContain('No bias shown towards the longer output');
  });

  it('know the judge’s own outputs and its family by name', () => {
    const systems = ['gpt-4o', 'claude-x', 'gpt-3.5'];
    const systemOf = {
      first: LABELS.map((_code, pair) => (pair % 2 === 0 ? 0 : 2)),
      second: LABELS.map(() => 1),
    };
    const people = LABELS.map((_code, pair) => (pair % 2 === 0 ? first : second));
    const figures = figuresOf({
      raters: { ada: people },
      judges: { 'gpt-4o@v3': people.map(() => first) },
      systems,
      systemOf,
    });
    expect(figures.get('bias/its own output/bias')).toMatchObject({ n: 120, value: 0 });
    expect(numberAt(figures, 'bias/output of its family/judge_share')).toBe(1);
    expect(numberAt(figures, 'bias/output of its family/bias')).toBeCloseTo(0.5, 12);
  });
});

describe('slices', () => {
  const slices = [
    { name: 'kind', value: 'easy', pairs: LABELS.flatMap((_code, pair) => (pair < 120 ? [pair] : [])) },
    { name: 'kind', value: 'hard', pairs: LABELS.flatMap((_code, pair) => (pair >= 120 ? [pair] : [])) },
  ];
  const judge = noisy(LABELS, 0.95, 'easy').map((code, pair) =>
    pair < 120 ? code : (noisy(LABELS, 0.5, 'hard')[pair] ?? code),
  );

  it('show where the judge fails, and a card of one slice has its figures', () => {
    const data = cardData({ raters: { ada: LABELS }, judges: { j: judge }, slices });
    const parts = partsOf(data);
    const figures = figuresById(parts);
    expect(wordsOf(parts, 'slices')).toContain('kind=hard: kappa is lower than on the rest');
    const hard = numberAt(figures, 'slices/kind=hard/kappa');
    expect(numberAt(figures, 'slices/kind=hard/kappa_less_rest')).toBeCloseTo(
      hard - numberAt(figures, 'slices/kind=easy/kappa'),
      12,
    );
    const alone = figuresById(partsOf(data, { slice: { name: 'kind', value: 'hard' } }));
    expect(numberAt(alone, 'agreement/people/kappa')).toBeCloseTo(hard, 12);
    expect(alone.get('agreement/people/kappa')?.n).toBe(120);
  });

  it('have figures that say which side of the stable split they are on', () => {
    const split = [
      { name: SPLIT_SLICE, value: 'dev', pairs: LABELS.flatMap((_code, pair) => (pair < 150 ? [pair] : [])) },
      {
        name: SPLIT_SLICE,
        value: 'test',
        pairs: LABELS.flatMap((_code, pair) => (pair < 150 ? [] : [pair])),
      },
    ];
    const data = cardData({ raters: { ada: LABELS }, judges: { j: judge }, slices: [...slices, ...split] });
    const figures = figuresById(partsOf(data));
    const splitAt = (id: string) => figures.get(id)?.split;
    expect(splitAt('agreement/people/kappa')).toBe('dev + test');
    expect(splitAt('slices/kind=easy/kappa')).toBe('dev');
    expect(splitAt('slices/kind=hard/kappa_less_rest')).toBe('dev + test');
    expect(splitAt(`splits/${SPLIT_SLICE}=test/kappa`)).toBe('test');
    const alone = figuresById(partsOf(data, { slice: { name: SPLIT_SLICE, value: 'test' } }));
    expect(new Set([...alone.values()].map(({ split: side }) => side))).toEqual(new Set(['test']));
    expect(new Set([...figures.values()].map(({ split: side }) => side))).toEqual(
      new Set(['dev', 'test', 'dev + test']),
    );
  });

  it('find no difference where there is none in most of 60 studies of 12 slices', () => {
    let found = 0;
    for (let study = 0; study < 60; study++) {
      const many = Array.from({ length: 12 }, (_value, value) => ({
        name: 's',
        value: `${value}`,
        pairs: LABELS.flatMap((_code, pair) => (pair % 12 === value ? [pair] : [])),
      }));
      const parts = partsOf(
        cardData({
          raters: { ada: LABELS },
          judges: { j: noisy(LABELS, 0.7, `null ${study}`) },
          slices: many,
        }),
      );
      if (!wordsOf(parts, 'slices').includes('Kappa is nowhere shown to differ')) found++;
    }
    // 5 % of 60 are 3; 8 or more would happen once in 100 such tests.
    expect(found).toBeLessThan(8);
  });
});

describe('confidence', () => {
  const agrees = LABELS.map((_code, pair) => pair % 10 < 8);
  const judge = LABELS.map((code, pair) => (agrees[pair] ? code : (code + 1) % 3));

  it('of a judge that knows when it errs leaves most to it', () => {
    const scores = agrees.map((right, pair) => (right ? 0.9 : 0.3) + (pair % 7) / 1000);
    const parts = partsOf(cardData({ raters: { ada: LABELS }, judges: { j: { codes: judge, scores } } }));
    const figures = figuresById(parts);
    expect(numberAt(figures, 'confidence/error ≤ 5 %/delegated_share')).toBeCloseTo(0.8, 2);
    expect(wordsOf(parts, 'confidence')).toMatch(/Leave 80 % to j at ≤ 5 % error/u);
    const ece = figures.get('confidence/all scores/ece_debiased');
    expect(ece).toMatchObject({ n: 240, seed: null, interval: { level: 0.95 } });
    expect(ece?.value).toBeLessThan(numberAt(figures, 'confidence/all scores/ece'));
    expect(wordsOf(parts, 'confidence')).toMatch(/scores of j/u);
  });

  it('of a judge that is always sure leaves nothing', () => {
    const scores = LABELS.map((_code, pair) => 0.99 + (pair % 9) / 10_000);
    const parts = partsOf(cardData({ raters: { ada: LABELS }, judges: { j: { codes: judge, scores } } }));
    expect(wordsOf(parts, 'confidence')).toContain(
      'No share of the verdicts is shown to stay within 5 % error',
    );
  });

  it('that is no probability is an order of sureness only', () => {
    const scores = LABELS.map((_code, pair) => pair % 11);
    const parts = partsOf(
      cardData({ raters: { ada: LABELS }, judges: { j: { codes: judge, scores, scoresAre: 'points' } } }),
    );
    expect(wordsOf(parts, 'confidence')).toContain('is no probability');
    expect(figuresById(parts).has('confidence/all scores/ece')).toBe(false);
  });
});

describe('win rates', () => {
  // System one wins 70 % with people; the judge calls a fifth of its losses wins. People saw the first half only.
  const truth = LABELS.map((_code, pair) => (pair % 10 < 7 ? first : second));
  const people = truth.map((code, pair) => (pair < 120 ? code : missing));
  const judge = truth.map((code, pair) => (code === second && pair % 3 === 0 ? first : code));

  it('are moved towards the truth by the labelled pairs, each with its interval', () => {
    const figures = figuresOf({ raters: { ada: people }, judges: { j: judge } });
    const naive = numberAt(figures, 'decision/one/naive_win_rate');
    const corrected = figures.get('decision/one/ppi_win_rate');
    const outright = figures.get('decision/one/rogan_gladen');
    expect(numberAt(figures, 'decision/one/people_win_rate')).toBeCloseTo(0.7, 12);
    expect(naive).toBeGreaterThan(0.75);
    for (const figure of [corrected, outright]) {
      expect(Math.abs((figure?.value ?? 0) - 0.7)).toBeLessThan(Math.abs(naive - 0.7));
      expect(figure?.interval?.low).toBeLessThan(0.7);
      expect(figure?.interval?.high).toBeGreaterThan(0.7);
    }
  });

  it('have nothing to correct for where every pair is labelled', () => {
    const figures = figuresOf({ raters: { ada: truth }, judges: { j: judge } });
    expect(figures.get('decision/one/ppi_win_rate')).toMatchObject({
      value: null,
      reason: expect.stringContaining('nothing to correct for'),
    });
  });
});

describe('judges beside each other', () => {
  it('are told apart where one agrees more, by name', () => {
    const parts = partsOf(
      cardData({
        raters: { ada: LABELS },
        judges: {
          good: noisy(LABELS, 0.9, 'good'),
          bad: noisy(LABELS, 0.5, 'bad'),
          same: noisy(LABELS, 0.9, 'good'),
        },
      }),
      { judge: 'bad' },
    );
    expect(wordsOf(parts, 'judges')).toContain('good agrees with people more than bad does');
    const figures = figuresById(parts);
    expect(figures.get('judges/good less bad/judges_difference')?.interval?.low).toBeGreaterThan(0);
    expect(figures.get('judges/good less same/judges_difference')).toMatchObject({
      value: 0,
      noInterval: expect.stringContaining('every item says the same about both judges'),
    });
  });
});

describe('degenerate studies', () => {
  const none = (count: number) => Array.from({ length: count }, () => missing);
  const cases: [string, CardInput][] = [
    ['no pair', { raters: {}, judges: {} }],
    [
      'no overlap',
      { raters: { ada: [first, missing], ben: [missing, second] }, judges: { j: [missing, first] } },
    ],
    ['one rater', { raters: { ada: LABELS }, judges: { j: noisy(LABELS, 0.8, 'one') } }],
    [
      'one category',
      {
        raters: { ada: LABELS.map(() => tie), ben: LABELS.map(() => tie) },
        judges: { j: LABELS.map(() => tie) },
      },
    ],
    ['one pair', { raters: { ada: [first], ben: [second] }, judges: { j: [first] } }],
    ['a judge without people', { raters: {}, judges: { j: LABELS } }],
    [
      'a judge whose pairs people skipped',
      { raters: { ada: LABELS.map(() => CODE.skipped) }, judges: { j: LABELS } },
    ],
    [
      'only unreadable verdicts',
      { raters: { ada: LABELS, ben: LABELS }, judges: { j: LABELS.map(() => unparsed) } },
    ],
    ['perfect agreement', { raters: { ada: LABELS, ben: LABELS, cy: LABELS }, judges: { j: LABELS } }],
    [
      'one item',
      {
        raters: { ada: LABELS, ben: noisy(LABELS, 0.7, 'b') },
        judges: { j: noisy(LABELS, 0.7, 'j') },
        itemOfPair: LABELS.map(() => 0),
      },
    ],
  ];
  const settings = (['separate', 'drop', 'half'] as const).flatMap((ties) =>
    (['majority', 'sign_of_mean', 'dawid_skene'] as const).map((consensus) => ({ ties, consensus })),
  );

  it.each(cases)('%s: every figure has a value or a reason, under every policy', (_name, input) => {
    for (const chosen of settings) {
      const parts = partsOf(cardData(input), { options: chosen });
      const figures = figuresById(parts);
      for (const [id, { value, reason, interval, noInterval }] of figures) {
        expect(value === null ? (reason ?? '') : '-', id).not.toBe('');
        if (value !== null) expect(Number.isFinite(value), id).toBe(true);
        if (interval !== null) expect(Number.isFinite(interval.low + interval.high), id).toBe(true);
        if (noInterval !== null) expect(noInterval, id).not.toBe('');
      }
      for (const { words } of parts) {
        for (const { text } of words) expect(text).not.toMatch(/NaN|undefined:|null|Infinity/u);
      }
    }
  });

  it('a study without a judge has the people’s part alone, an empty one says so', () => {
    expect(partsOf(cardData({ raters: { ada: LABELS, ben: LABELS } })).map(({ name }) => name)).toEqual([
      'people',
    ]);
    expect(partsOf(cardData({ raters: { ada: none(3) }, judges: { j: none(3) } })).length).toBeGreaterThan(1);
    expect(() => partsOf(cardData({ raters: {} }), { judge: 'nobody' })).toThrow('no such judge');
    expect(() => partsOf(cardData({ raters: {} }), { slice: { name: 'a', value: 'b' } })).toThrow(
      'no such slice',
    );
  });
});

describe('labels that do not match', () => {
  const mapped = (judgeSays: (human: number, at: number) => number) => {
    const human = Array.from({ length: 40 }, (_row, at) => (at % 2 === 0 ? first : second));
    return wordsOf(
      partsOf(cardData({ raters: { ada: human, ben: human }, judges: { j: human.map(judgeSays) } })),
      'standing',
    );
  };

  it('are named when "2" of one side arrives as a tie of the other', () => {
    expect(mapped((human) => (human === second ? tie : first))).toContain(
      'people often say second and the judge never does',
    );
  });

  it('are not seen in a judge that errs, is inconsistent or never ties', () => {
    for (const says of [
      (human: number, at: number) => (at % 5 === 0 ? 1 - human : human),
      (_human: number, at: number) => (at % 2 === 0 ? inconsistent : unparsed),
      () => first,
    ]) {
      expect(mapped(says)).not.toContain('Check the mapping');
    }
  });
});

describe('a kappa that tells another story than the agreement', () => {
  it('is explained in one line', () => {
    const people = LABELS.map((_code, pair) => (pair % 10 === 0 ? second : first));
    const judge = people.map((code, pair) =>
      pair % 10 === 1 || (code === second && pair % 20 === 0) ? 1 - code : code,
    );
    const parts = partsOf(cardData({ raters: { ada: people }, judges: { j: judge } }));
    expect(wordsOf(parts, 'agreement')).toMatch(
      /Agreement of 85\.0 % and a kappa of 0\.\d+ tell different stories: .* 90\.0 %/u,
    );
  });
});

describe('pairs that were drawn with unequal chances', () => {
  it('rank systems as if each stood there as often as it stands for, and are corrected by nothing', () => {
    const { below } = seededRandom('drawn');
    const rows = Array.from({ length: 60 }, (_row, index) => ({
      people: [first, second, tie][below(3)] ?? tie,
      judge: [first, second, tie][below(3)] ?? tie,
      one: index % 3,
      two: (index + 1) % 3,
      item: Math.floor(index / 2),
      weight: index % 7 === 6 ? 0 : 1 + below(3),
    }));
    const study = (all: typeof rows): CardInput => ({
      raters: { ada: all.map(({ people }) => people) },
      judges: { j: all.map(({ judge }) => judge) },
      itemOfPair: all.map(({ item }) => item),
      systems: ['x', 'y', 'z'],
      systemOf: { first: all.map(({ one }) => one), second: all.map(({ two }) => two) },
    });
    const weighted = figuresOf({ ...study(rows), weights: rows.map(({ weight }) => weight) });
    const copied = figuresOf(study(rows.flatMap((row) => Array.from({ length: row.weight }, () => row))));
    let compared = 0;
    for (const system of ['x', 'y', 'z']) {
      for (const id of [
        `ranking/${system}/people_ranked_rate`,
        `ranking/${system}/judge_ranked_rate`,
        `ranking/${system}/people_elo`,
        `ranking/${system}/judge_elo`,
        `ranking/${system}/people_rank`,
        `decision/${system}/people_win_rate`,
      ]) {
        expect(numberAt(weighted, id), id).toBeCloseTo(numberAt(copied, id), 9);
        const [own, other] = [weighted.get(id)?.interval, copied.get(id)?.interval];
        if (own == null || other == null) continue;
        expect(own.low, id).toBeCloseTo(other.low, 6);
        compared++;
      }
      for (const measure of ['ppi_win_rate', 'rogan_gladen'])
        expect(weighted.get(`decision/${system}/${measure}`)).toMatchObject({
          value: null,
          reason: expect.stringContaining('unequal chances'),
        });
    }
    expect(compared).toBeGreaterThan(10);
    const plain = figuresOf(study(rows));
    expect(numberAt(plain, 'ranking/x/people_ranked_rate')).not.toBeCloseTo(
      numberAt(weighted, 'ranking/x/people_ranked_rate'),
      6,
    );
  });
});
