/** How a judge's orders become one verdict, and what it was written against. */
import { describe, expect, it } from 'vitest';
import { cardMaker } from '../../../shared/card/agreement-card.ts';
import { judgesUnder } from '../../../shared/card/columns/judges-under.ts';
import { agreementOptionsSchema } from '../../../shared/labels/agreement-options.ts';
import { CODE, pluralityVerdict } from '../../../shared/study/verdict-codes.ts';
import { cardData } from '../../support/card-data.ts';

const { first: F, second: S, tie: T, missing: M, inconsistent: I, unparsed: U } = CODE;
const options = agreementOptionsSchema.parse({});

describe('a policy for orders', () => {
  const base = cardData({
    raters: { ada: [F, F, S, S] },
    judges: { j: { firstShownFirst: [F, F, S, U], secondShownFirst: [F, S, S, F] } },
  });
  const [judge] = base.judges;
  if (judge === undefined) throw new Error('no judge');
  const data = {
    ...base,
    judges: [
      {
        ...judge,
        pooled: Int8Array.from([F, I, S, F]),
        probabilityFirst: Float64Array.of(0.9, 0.5, 0.2, Number.NaN),
      },
    ],
  };
  const codes = (orders: (typeof options)['orders']) => [
    ...(judgesUnder(data, { orders }).judges[0]?.codes ?? []),
  ];

  it('takes agreement, one order, the plurality, or the mean probability', () => {
    expect(codes('agree')).toEqual([...judge.codes]);
    expect(codes('first_order')).toEqual([F, F, S, U]);
    expect(codes('majority')).toEqual([F, I, S, F]);
    expect(codes('mean_probability')).toEqual([F, T, S, M]);
  });

  it('never makes a tie of a contradiction', () => {
    expect(pluralityVerdict(['first', 'second'])).toBe('inconsistent');
    expect(pluralityVerdict(['first', 'second', 'unparsed'])).toBe('inconsistent');
    expect(pluralityVerdict(['first', 'first', 'second', 'error'])).toBe('first');
    expect(pluralityVerdict(['unparsed', 'error'])).toBe('unparsed');
    expect(pluralityVerdict(['error'])).toBe('error');
  });
});

describe('pairs a judge was written against', () => {
  // Right on the half it was tuned on, a coin on the rest.
  const n = 200;
  const labels = Array.from({ length: n }, (_pair, index) => (index % 3 === 0 ? S : F));
  const tunedOn = labels.map((_label, pair) => (pair < n / 2 ? 1 : 0));
  const verdicts = labels.map((label, pair) =>
    pair < n / 2 || (pair * 7) % 4 < 2 ? label : label === F ? S : F,
  );
  const data = cardData({
    raters: { ada: labels, ben: labels },
    judges: { j: { codes: verdicts, tunedOn } },
  });
  const maker = cardMaker(data, 'j', options, null);
  if ('missing' in maker) throw new Error('no card');
  const figure = (part: 'standing' | 'agreement' | 'policies', row: string, measure: string) =>
    maker.part(part).figures.find((each) => each.row === row && each.measure === measure);

  it('are in no figure but those that say so', () => {
    expect(figure('agreement', 'people', 'agreement')).toMatchObject({ n: 100, value: 0.5 });
    expect(figure('policies', 'ties: separate', 'agreement')).toMatchObject({ n: 100 });
    expect(figure('standing', 'pairs it was tuned on', 'agreement')).toMatchObject({
      n: 100,
      value: 1,
      interval: expect.anything(),
    });
    expect(maker.part('standing').words.find(({ row }) => row === 'tuned')?.text).toContain(
      'written against 100 of the labelled pairs',
    );
  });

  it('stay out when the card is of a slice, and a judge tuned on nothing is whole', () => {
    const whole = cardMaker(
      cardData({ raters: { ada: labels }, judges: { j: { codes: verdicts } } }),
      'j',
      options,
      null,
    );
    if ('missing' in whole) throw new Error('no card');
    expect(whole.part('agreement').figures.find(({ row }) => row === 'people')?.n).toBe(200);
    const sliced = cardMaker(
      {
        ...data,
        slices: () => [
          { name: 's', value: 'x', pairs: Int32Array.from({ length: 150 }, (_pair, index) => index) },
        ],
      },
      'j',
      options,
      { name: 's', value: 'x' },
    );
    if ('missing' in sliced) throw new Error('no card');
    expect(sliced.part('agreement').figures.find(({ row }) => row === 'people')?.n).toBe(50);
  });
});
