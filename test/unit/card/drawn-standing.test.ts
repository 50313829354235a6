/** The first sentence on drawn pairs: what a draw prefers must not turn it round. */
import { expect, it } from 'vitest';
import { judgeVersusPeople } from '../../../shared/card/columns/judge-versus-people.ts';
import { agreementOptionsSchema } from '../../../shared/labels/agreement-options.ts';
import { seededRandom } from '../../../shared/random/seeded-random.ts';
import { drawPairs } from '../../../shared/selection/draw-pairs.ts';
import { waveWeights } from '../../../shared/stats/sampling/wave-weights.ts';
import { CODE } from '../../../shared/study/verdict-codes.ts';
import { cardData } from '../../support/card-data.ts';
import { partsOf, wordsOf } from '../../support/card-figures.ts';

const OPTIONS = agreementOptionsSchema.parse({});
const PAIRS = 600;
const DRAWN = 200;

/** Three raters and a judge that is better than they are, but contradicts itself now and then. */
function population(seed: string) {
  const { unit, below } = seededRandom(seed);
  const truth = Array.from({ length: PAIRS }, () => below(3));
  const say = (skill: number) => truth.map((label) => (unit() < skill ? label : (label + 1 + below(2)) % 3));
  return cardData({
    raters: { r1: say(0.8), r2: say(0.8), r3: say(0.8) },
    judges: { j: { firstShownFirst: say(0.94), secondShownFirst: say(0.94) } },
  });
}

/** The same study with votes on the pairs only that a draw chose where the judge contradicts itself. */
function drawn(data: ReturnType<typeof population>, seed: string) {
  const method = {
    kind: 'prioritised',
    pairs: DRAWN,
    emphasis: 6,
    by: { what: 'judge_inconsistent', judge: 'j' },
  } as const;
  const draw = drawPairs(
    { ...data, raters: [] },
    Int32Array.from({ length: PAIRS }, (_pair, index) => index),
    method,
    seededRandom(seed),
  );
  if (!('pairs' in draw)) throw new Error('nothing was drawn');
  const chosen = new Set(draw.pairs);
  const units = [...draw.pairs].map((_pair, place) => ({
    wave: 0,
    probability: draw.probabilities[place] ?? 1,
    entry: 0,
  }));
  const ofDrawn = waveWeights([{ drawn: DRAWN, labelled: DRAWN }], units);
  const mean = ofDrawn.reduce((sum, weight) => sum + weight, 0) / ofDrawn.length;
  const weights = new Float64Array(PAIRS);
  draw.pairs.forEach((pair, place) => {
    weights[pair] = (ofDrawn[place] ?? 0) / mean;
  });
  const raters = data.raters.map(({ name, codes }) => ({
    name,
    codes: codes.map((code, pair) => (chosen.has(pair) ? code : CODE.missing)),
  }));
  return { ...data, raters, weights };
}

it('is about all pairs: unbiased with weights, far off without, and its interval holds', () => {
  const studies = 120;
  let [weighted, plain, truth, held] = [0, 0, 0, 0];
  for (let index = 0; index < studies; index++) {
    const data = population(`population ${index}`);
    const judge = data.judges[0]?.codes ?? new Int8Array();
    const study = drawn(data, `draw ${index}`);
    const [all, seen, unweighted] = [data, study, { ...study, weights: null }].map((each) => {
      const found = judgeVersusPeople(each, judge, OPTIONS);
      if (!found.defined) throw new Error(found.reason);
      return found;
    });
    if (all === undefined || seen === undefined || unweighted === undefined) throw new Error('no figure');
    truth += all.difference / studies;
    weighted += seen.difference / studies;
    plain += unweighted.difference / studies;
    if (seen.interval.low <= all.difference && all.difference <= seen.interval.high) held++;
    expect(seen.comparisons[0]?.n).toBeLessThanOrEqual(DRAWN);
  }
  expect(Math.abs(weighted - truth)).toBeLessThan(0.02);
  expect(plain - truth).toBeLessThan(-0.1);
  expect(held / studies).toBeGreaterThanOrEqual(0.94);
});

it('says of every figure of people’s labels whether it weighs, and refuses what cannot', () => {
  const parts = partsOf(drawn(population('card'), 'draw'), { judge: 'j' });
  const figures = parts.flatMap((part) => part.figures.map((figure) => ({ part: part.name, ...figure })));
  const weighingOf = (part: string, measure: string) =>
    new Set(
      figures.filter((each) => each.part === part && each.measure === measure).map((each) => each.weighing),
    );
  expect(weighingOf('standing', 'kappa_difference')).toEqual(new Set(['weighed']));
  expect(weighingOf('agreement', 'kappa')).toEqual(new Set(['weighed']));
  expect(weighingOf('agreement', 'judge_tie_rate')).toEqual(new Set(['unweighed']));
  expect(weighingOf('people', 'fleiss_kappa')).toEqual(new Set(['unweighed']));
  expect(weighingOf('orders', 'consistency')).toEqual(new Set([null]));
  expect(figures.find(({ measure }) => measure === 'winning_rate')?.reason).toContain('unequal chances');
  expect(figures.find(({ measure }) => measure === 'ppi_win_rate')?.reason).toContain('unequal chances');
  expect(wordsOf(parts, 'confidence')).toContain('unequal chances');
  // Without a draw there is nothing to say.
  const plain = partsOf(population('card'), { judge: 'j' }).flatMap((part) => part.figures);
  expect(new Set(plain.map(({ weighing }) => weighing))).toEqual(new Set([null]));
});
