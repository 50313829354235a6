/** Simulated active selection: draws under a method, labels, and the card's estimates beside the truth of all pairs. */

import type { CardData } from '../../shared/card/columns/card-data.ts';
import { agreementOf, patternsOf } from '../../shared/card/figures/compared-columns.ts';
import { agreementOptionsSchema } from '../../shared/labels/agreement-options.ts';
import { type RandomSource, seededRandom } from '../../shared/random/seeded-random.ts';
import { drawPairs } from '../../shared/selection/draw-pairs.ts';
import type { SelectionMethod } from '../../shared/selection/selection-method.ts';
import { type DrawnUnit, waveWeights } from '../../shared/stats/sampling/wave-weights.ts';
import { CODE } from '../../shared/study/verdict-codes.ts';
import { cardData } from './card-data.ts';

export const SIMULATED_PAIRS = 1200;
const OPTIONS = agreementOptionsSchema.parse({});

/** A study in which the judge is worse where it is unsure, contradicts itself, or the slice is rare, and raters split there. */
export function simulatedPopulation(seed: string): CardData {
  const { unit } = seededRandom(`population ${seed}`);
  const label = (p: number) => (unit() < p ? CODE.first : CODE.second);
  const pairs = Array.from({ length: SIMULATED_PAIRS }, (_pair, index) => {
    const isHard = unit() < 0.25;
    const truth = label(0.6);
    const other = truth === CODE.first ? CODE.second : CODE.first;
    const right = unit() < (isHard ? 0.6 : 0.93);
    const first = right ? truth : other;
    const isInconsistent = unit() < (isHard ? 0.5 : 0.05);
    return {
      isHard,
      item: Math.floor(index / 3),
      people: unit() < (isHard ? 0.75 : 0.97) ? truth : other,
      first,
      second: isInconsistent ? (first === CODE.first ? CODE.second : CODE.first) : first,
      sureness: isHard ? 0.5 + 0.3 * unit() : 0.8 + 0.2 * unit(),
    };
  });
  const hard = pairs.flatMap(({ isHard }, pair) => (isHard ? [pair] : []));
  const easy = pairs.flatMap(({ isHard }, pair) => (isHard ? [] : [pair]));
  return cardData({
    raters: { people: pairs.map(({ people }) => people) },
    judges: {
      judge: {
        firstShownFirst: pairs.map(({ first }) => first),
        secondShownFirst: pairs.map(({ second }) => second),
        scores: pairs.map(({ sureness }) => sureness),
      },
    },
    itemOfPair: pairs.map(({ item }) => item),
    slices: [
      { name: 'kind', value: 'hard', pairs: hard },
      { name: 'kind', value: 'easy', pairs: easy },
    ],
  });
}

interface Estimates {
  readonly agreement: number;
  readonly kappa: number;
  /** Whether kappa's interval holds the kappa of all pairs. */
  readonly isHeld: boolean;
}

function estimatesOf(
  data: CardData,
  labels: Int8Array,
  weights: Float64Array | null,
  truth: number,
): Estimates {
  const judge = data.judges[0]?.codes ?? new Int8Array();
  const { itemOfPair, itemCount } = data;
  const compared = { rows: labels, columns: judge, itemOfPair, itemCount, weights };
  const { agreement, kappa, kappaInterval } = agreementOf(patternsOf(compared, OPTIONS), OPTIONS.level);
  if (!agreement.defined || !kappa.defined) throw new Error('a simulated figure is undefined');
  const isHeld =
    kappaInterval.defined && kappaInterval.interval.low <= truth && truth <= kappaInterval.interval.high;
  return { agreement: agreement.value, kappa: kappa.value, isHeld };
}

/** The figures of all pairs, and of one study that drew its pairs in these waves: weighted, and as if all pairs were alike. */
export function simulatedDraws(
  data: CardData,
  methods: readonly SelectionMethod[],
  random: RandomSource,
): { readonly truth: Estimates; readonly weighted: Estimates; readonly plain: Estimates } {
  const people = data.raters[0]?.codes ?? new Int8Array();
  const labels = new Int8Array(people.length).fill(CODE.missing);
  const units: DrawnUnit[] = [];
  const drawnPairs: number[] = [];
  const waves = methods.map((method, wave) => {
    const isDrawn = new Set(drawnPairs);
    const candidates = Int32Array.from(people.keys()).filter((pair) => !isDrawn.has(pair));
    // What a later draw goes by is what was rated before it.
    const drawn = drawPairs(
      { ...data, raters: [{ name: 'people', codes: labels }] },
      candidates,
      method,
      random,
    );
    if (!('pairs' in drawn)) throw new Error('nothing was drawn');
    drawn.pairs.forEach((pair, place) => {
      drawnPairs.push(pair);
      units.push({ wave, probability: drawn.probabilities[place] ?? 1, entry: 0 });
      labels[pair] = people[pair] ?? CODE.missing;
    });
    return { drawn: drawn.pairs.length, labelled: drawn.pairs.length };
  });
  const weights = new Float64Array(people.length);
  const ofDrawn = waveWeights(waves, units);
  const mean = ofDrawn.reduce((sum, weight) => sum + weight, 0) / ofDrawn.length;
  drawnPairs.forEach((pair, place) => {
    weights[pair] = (ofDrawn[place] ?? 0) / mean;
  });
  const truth = estimatesOf(data, people, null, 0);
  return {
    truth,
    weighted: estimatesOf(data, labels, weights, truth.kappa),
    plain: estimatesOf(data, labels, null, truth.kappa),
  };
}

/** Ways to draw 240 of the pairs. */
export const SIMULATED_METHODS: Readonly<Record<string, readonly SelectionMethod[]>> = {
  random: [{ kind: 'random', pairs: 240 }],
  'stratified, half hard': [{ kind: 'stratified', pairs: 240, slice: 'kind', quotas: { hard: 120 } }],
  'judge uncertain': [
    { kind: 'prioritised', pairs: 240, emphasis: 8, by: { what: 'judge_uncertain', judge: 'judge' } },
  ],
  'judge inconsistent': [
    { kind: 'prioritised', pairs: 240, emphasis: 6, by: { what: 'judge_inconsistent', judge: 'judge' } },
  ],
  'rare slice': [
    { kind: 'prioritised', pairs: 240, emphasis: 10, by: { what: 'rare_slice', slice: 'kind' } },
  ],
  'random, then inconsistent': [
    { kind: 'random', pairs: 120 },
    { kind: 'prioritised', pairs: 120, emphasis: 6, by: { what: 'judge_inconsistent', judge: 'judge' } },
  ],
};

export interface SelectionBias {
  readonly studies: number;
  /** Mean error of agreement and of kappa, and the standard error of these means. */
  readonly agreement: number;
  readonly agreementError: number;
  readonly kappa: number;
  readonly kappaError: number;
  readonly plainAgreement: number;
  readonly plainKappa: number;
  /** Share of studies whose interval of kappa holds the truth. */
  readonly held: number;
}

export function selectionBias(
  methods: readonly SelectionMethod[],
  studies: number,
  seed: string,
): SelectionBias {
  const data = simulatedPopulation(seed);
  const random = seededRandom(`draws ${seed}`);
  const runs = Array.from({ length: studies }, () => simulatedDraws(data, methods, random));
  const errors = (of: (run: (typeof runs)[number]) => number) => {
    const all = runs.map(of);
    const mean = all.reduce((sum, each) => sum + each, 0) / studies;
    const variance = all.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (studies - 1);
    return { mean, error: Math.sqrt(variance / studies) };
  };
  const agreement = errors(({ truth, weighted }) => weighted.agreement - truth.agreement);
  const kappa = errors(({ truth, weighted }) => weighted.kappa - truth.kappa);
  return {
    studies,
    agreement: agreement.mean,
    agreementError: agreement.error,
    kappa: kappa.mean,
    kappaError: kappa.error,
    plainAgreement: errors(({ truth, plain }) => plain.agreement - truth.agreement).mean,
    plainKappa: errors(({ truth, plain }) => plain.kappa - truth.kappa).mean,
    held: runs.filter(({ weighted }) => weighted.isHeld).length / studies,
  };
}
