/** The card's closed parts and its first look: each says what the figures of the part say, and only what is shown stands out. */
import { describe, expect, it } from 'vitest';
import { PART_NAMES, type PartName } from '../../../shared/card/figures/figure.ts';
import { seededRandom } from '../../../shared/random/seeded-random.ts';
import { partFinding, standOuts } from '../../../shared/report/part-findings.ts';
import { CODE } from '../../../shared/study/verdict-codes.ts';
import { cardData } from '../../support/card-data.ts';
import { figuresById, numberAt, partsOf } from '../../support/card-figures.ts';

const LEVEL = 0.95;
const { first, second } = CODE;
const PAIRS = 200;

/** Raters who mostly say the truth, and a judge that takes what is shown first, or the longer output, so often. */
function studyOf({ placeBias, lengthBias }: { readonly placeBias: number; readonly lengthBias: number }) {
  const random = seededRandom(`findings ${placeBias} ${lengthBias}`);
  const truth = Array.from({ length: PAIRS }, () => (random.below(2) === 0 ? first : second));
  const other = (code: number) => (code === first ? second : first);
  const noisy = (share: number) => truth.map((code) => (random.unit() < share ? other(code) : code));
  const length = Array.from({ length: PAIRS }, () => (random.below(2) === 0 ? [100, 300] : [300, 100]));
  const said = truth.map((code, pair) => {
    if (random.unit() < lengthBias) return (length[pair]?.[0] ?? 0) > 200 ? first : second;
    return code;
  });
  const shown = (firstPlace: number) => said.map((code) => (random.unit() < placeBias ? firstPlace : code));
  const [one, two] = [shown(first), shown(second)];
  const half = Array.from({ length: PAIRS / 2 }, (_pair, index) => index);
  return partsOf(
    cardData({
      raters: { ada: noisy(0.1), ben: noisy(0.1), cyd: noisy(0.1) },
      judges: {
        j: {
          codes: one.map((code, pair) => (code === two[pair] ? code : CODE.inconsistent)),
          firstShownFirst: one,
          secondShownFirst: two,
        },
      },
      length: {
        first: length.map(([size = 0]) => size),
        second: length.map(([, size = 0]) => size),
      },
      slices: [
        { name: 'half', value: 'one', pairs: half },
        { name: 'half', value: 'two', pairs: half.map((pair) => pair + PAIRS / 2) },
      ],
    }),
    { judge: 'j' },
  );
}

const byName = (parts: ReturnType<typeof studyOf>) =>
  Object.fromEntries(parts.map((part) => [part.name, part])) as Record<PartName, (typeof parts)[number]>;

describe('what a closed part says', () => {
  const parts = studyOf({ placeBias: 0.4, lengthBias: 0 });
  const figures = figuresById(parts);

  it('is one sentence for every part, without raw codes or missing values', () => {
    expect(parts.map(({ name }) => name)).toEqual([...PART_NAMES]);
    for (const part of parts) {
      const said = partFinding(part, LEVEL);
      expect(said, part.name).toMatch(/\S.*[.]$/u);
      expect(said, part.name).not.toMatch(/undefined|null|NaN|both_bad|_/u);
    }
  });

  it('quotes the figures that the part holds', () => {
    const of = byName(parts);
    expect(partFinding(of.agreement, LEVEL)).toContain(
      numberAt(figures, 'agreement/people/kappa').toFixed(3),
    );
    expect(partFinding(of.orders, LEVEL)).toContain(
      `${(100 * numberAt(figures, 'orders/both orders/consistency')).toFixed(1)} % of 200 pairs`,
    );
    const kappas = parts
      .find(({ name }) => name === 'policies')
      ?.figures.flatMap(({ measure, value }) => (measure === 'kappa' ? (value ?? []) : []));
    expect(partFinding(of.policies, LEVEL)).toContain(
      `from ${Math.min(...(kappas ?? [])).toFixed(3)} to ${Math.max(...(kappas ?? [])).toFixed(3)}`,
    );
  });
});

describe('what stands out', () => {
  it('names a bias towards the first place and the contradictions it makes', () => {
    const parts = studyOf({ placeBias: 0.4, lengthBias: 0 });
    const found = standOuts(byName(parts), LEVEL);
    expect(found[0]?.part).toBe('bias');
    expect(found.at(-1)).toMatchObject({
      part: 'orders',
      text: expect.stringMatching(/^It contradicts itself .* of 200 pairs\.$/u),
    });
    const bias = 100 * numberAt(figuresById(parts), 'bias/first place/bias');
    expect(found[0]?.text).toContain(`It favours the first place: +${bias.toFixed(1)} points`);
    expect(partFinding(byName(parts).bias, LEVEL)).toContain('It favours the first place');
  });

  it('names the largest of two biases, and neither of a fair judge', () => {
    const [worst] = standOuts(byName(studyOf({ placeBias: 0.1, lengthBias: 0.6 })), LEVEL);
    expect(worst?.text).toContain('It favours the longer output');
    const fair = byName(studyOf({ placeBias: 0, lengthBias: 0 }));
    expect(standOuts(fair, LEVEL)).toEqual([]);
    expect(partFinding(fair.bias, LEVEL)).toMatch(/^None shown/u);
  });

  it('is rarely anything where nothing is: biases and slices of fair judges, over many studies', () => {
    const studies = 200;
    let claimed = 0;
    for (let study = 0; study < studies; study++) {
      const random = seededRandom(`fair ${study}`);
      const truth = Array.from({ length: 60 }, () => (random.below(2) === 0 ? first : second));
      const noisy = () =>
        truth.map((code) => (random.unit() < 0.15 ? (code === first ? second : first) : code));
      const [one, two] = [noisy(), noisy()];
      const parts = partsOf(
        cardData({
          raters: { ada: noisy(), ben: noisy() },
          judges: {
            j: {
              codes: one.map((code, pair) => (code === two[pair] ? code : CODE.inconsistent)),
              firstShownFirst: one,
              secondShownFirst: two,
            },
          },
          length: {
            first: truth.map(() => 50 + random.below(200)),
            second: truth.map(() => 50 + random.below(200)),
          },
          slices: ['a', 'b', 'c'].map((value, index) => ({
            name: 'third',
            value,
            pairs: truth.flatMap((_code, pair) => (pair % 3 === index ? pair : [])),
          })),
        }),
        { judge: 'j' },
      );
      claimed += standOuts(byName(parts), LEVEL).filter(({ part }) => part !== 'orders').length;
    }
    // Two families, each corrected at 5 %: at most one study in ten, and three standard errors more.
    expect(claimed / studies).toBeLessThan(0.1 + 3 * Math.sqrt((0.1 * 0.9) / studies));
  });
});
