/** Judging the judge: what must hold of bias, calibration, correction, substitution and monitoring. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../shared/random/seeded-random.ts';
import { biasBeyondPeople, lengthFeature, lengthRegression } from '../../../shared/stats/bias/length-bias.ts';
import { favourBeyondPeople } from '../../../shared/stats/bias/self-preference.ts';
import { swapConsistency } from '../../../shared/stats/bias/swap-consistency.ts';
import { brierScore } from '../../../shared/stats/calibration/brier.ts';
import { deferralCurve, largestDelegation } from '../../../shared/stats/calibration/deferral-curve.ts';
import { isotonicRegression, isotonicValue } from '../../../shared/stats/calibration/isotonic.ts';
import { temperatureScaling } from '../../../shared/stats/calibration/scaling.ts';
import { dawidSkene } from '../../../shared/stats/consensus/dawid-skene.ts';
import { pluralityLabels } from '../../../shared/stats/consensus/plurality.ts';
import {
  GLIDE_CONVENTION,
  predictionPoweredBootstrap,
  predictionPoweredMean,
  tunedWeight,
} from '../../../shared/stats/correction/prediction-powered.ts';
import { correctedRateBootstrap, roganGladen } from '../../../shared/stats/correction/rogan-gladen.ts';
import { batchMonitor } from '../../../shared/stats/drift/batch-monitor.ts';
import { kolmogorovSmirnov } from '../../../shared/stats/drift/kolmogorov-smirnov.ts';
import { labelMixChange } from '../../../shared/stats/drift/label-mix.ts';
import { tableOfRows } from '../../../shared/stats/paired-table/contingency-table.ts';
import { kappaSampleSize } from '../../../shared/stats/planning/kappa-sample-size.ts';
import {
  designEffect,
  exactBinomialPower,
  exactBinomialSampleSize,
} from '../../../shared/stats/planning/proportion-sample-size.ts';
import { simulateKappaPower } from '../../../shared/stats/planning/simulated-kappa-power.ts';
import { bettingWealth } from '../../../shared/stats/sequential/betting.ts';
import { empiricalBernsteinSequence } from '../../../shared/stats/sequential/confidence-sequence.ts';
import { alternativeAnnotatorTest } from '../../../shared/stats/substitution/alternative-annotator-test.ts';

const shares = fc.array(
  fc.integer({ min: 0, max: 20 }).map((step) => step / 20),
  { minLength: 4, maxLength: 60 },
);
const labelled = shares.chain((scores) =>
  fc.tuple(fc.constant(scores), fc.array(fc.nat(1), { minLength: scores.length, maxLength: scores.length })),
);

describe('position', () => {
  it('naming the answers the other way round mirrors the win rate and nothing else', () => {
    const verdicts = fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(verdicts, (pairs) => {
        const one = swapConsistency(
          pairs.map(([xy]) => xy),
          pairs.map(([, yx]) => yx),
        );
        const two = swapConsistency(
          pairs.map(([, yx]) => yx),
          pairs.map(([xy]) => xy),
        );
        expect(two.consistency).toEqual(one.consistency);
        expect([two.bothFirst, two.bothSecond]).toEqual([one.bothFirst, one.bothSecond]);
        const rate = (swap: typeof one) =>
          swap.winRateAveraged.defined ? swap.winRateAveraged.value : Number.NaN;
        expect(rate(one) + rate(two)).toBeCloseTo(1, 12);
      }),
    );
  });
});

describe('length', () => {
  const random = seededRandom('length').unit;
  const rows = 400;
  const first = Array.from({ length: rows }, () => 50 + Math.floor(random() * 500));
  const second = Array.from({ length: rows }, () => 50 + Math.floor(random() * 500));
  const items = Array.from({ length: rows }, (_item, row) => Math.floor(row / 4));
  const feature = lengthFeature(first, second);
  if (!feature.defined) throw new Error(feature.reason);
  const preferring = (pull: number) =>
    Array.from(feature.values, (value) => (random() < 1 / (1 + Math.exp(-pull * value)) ? 1 : 0));

  it('a judge that likes length as people do is not biased; one that likes it more is', () => {
    const people = preferring(0.8);
    const fair = biasBeyondPeople(feature.values, preferring(0.8), people, items);
    const biased = biasBeyondPeople(feature.values, preferring(2.5), people, items);
    if (!fair.defined || !biased.defined) throw new Error('undefined');
    expect(fair.interval.low).toBeLessThan(0);
    expect(fair.interval.high).toBeGreaterThan(0);
    expect(biased.interval.low).toBeGreaterThan(0.5);
    expect(biased.judgeSlope - biased.humanSlope).toBeCloseTo(biased.difference, 12);
  });

  it('keeps a finite answer where length decides everything, and says so', () => {
    const decided = Array.from(feature.values, (value) => (value > 0.1 ? 1 : 0));
    expect(lengthRegression(feature, decided, items)).toMatchObject({ defined: true, separated: true });
    expect(lengthFeature([10, 20], [10, 20])).toMatchObject({ defined: false });
  });

  it('a favour people share is none', () => {
    const own = Array.from({ length: 200 }, () => (random() < 0.6 ? 1 : 0));
    const shared = favourBeyondPeople(own, own);
    expect(shared).toMatchObject({ difference: 0, p: 1 });
    const more = own.map((each) => (each === 1 || random() < 0.5 ? 1 : 0));
    const favoured = favourBeyondPeople(more, own);
    if (!favoured.defined) throw new Error(favoured.reason);
    expect(favoured.interval.low).toBeGreaterThan(0);
    expect(favoured.interval.high).toBeLessThan(0.5);
    expect(favoured.p).toBeLessThan(1e-6);
  });
});

describe('calibration', () => {
  it('isotonic values never fall, keep the mean, and do not see a rising transformation', () => {
    fc.assert(
      fc.property(labelled, ([scores, labels]) => {
        const fit = isotonicRegression(scores, labels);
        const fitted = scores.map((score) => isotonicValue(fit, score));
        expect(fit.values).toEqual(fit.values.slice().sort());
        const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
        expect(sum(fitted)).toBeCloseTo(sum(labels), 9);
        const risen = scores.map((score) => score ** 3 + 1);
        const again = isotonicRegression(risen, labels);
        expect(risen.map((score) => isotonicValue(again, score))).toEqual(fitted);
      }),
    );
  });

  it('Brier is reliability − resolution + uncertainty', () => {
    fc.assert(
      fc.property(labelled, ([scores, labels]) => {
        const brier = brierScore(scores, labels);
        if (!brier.defined) throw new Error(brier.reason);
        expect(brier.reliability - brier.resolution + brier.uncertainty).toBeCloseTo(brier.value, 12);
      }),
    );
  });

  it('a judge that points the wrong way has no temperature', () => {
    expect(temperatureScaling([0.1, 0.9, 0.2, 0.8], [1, 0, 1, 0])).toMatchObject({ defined: false });
  });
});

describe('deferral', () => {
  it('the curve ends at everything, and its agreement is the agreement', () => {
    fc.assert(
      fc.property(labelled, ([confidence, agrees]) => {
        const curve = deferralCurve(confidence, agrees);
        const last = curve.at(-1);
        expect(last).toMatchObject({ share: 1, kept: agrees.length });
        expect(last?.agreement).toBeCloseTo(
          agrees.reduce<number>((sum, each) => sum + each, 0) / agrees.length,
          12,
        );
      }),
    );
  });

  it('promises more than is there no more often than it says', () => {
    // Agreement rises with confidence from 0.6 to 1; below 0.5 it is under the target on the whole tail.
    const target = 0.9;
    let broken = 0;
    const studies = 600;
    for (let study = 0; study < studies; study++) {
      const random = seededRandom(`deferral ${study}`).unit;
      const confidence = Array.from({ length: 150 }, () => Math.ceil(random() * 10) / 10);
      const agrees = confidence.map((level) => (random() < 0.6 + 0.4 * level ? 1 : 0));
      const chosen = largestDelegation(deferralCurve(confidence, agrees), target);
      if (chosen === null) continue;
      // The true agreement among what is kept: confidences from the chosen one to 1 are equally likely.
      const kept = Array.from({ length: 10 }, (_level, index) => (index + 1) / 10).filter(
        (level) => level >= chosen.confidence - 1e-9,
      );
      const truth = kept.reduce((sum, level) => sum + 0.6 + 0.4 * level, 0) / kept.length;
      if (truth < target - 1e-9) broken++;
    }
    expect(broken / studies).toBeLessThan(0.05 + 3 * Math.sqrt((0.05 * 0.95) / studies));
  });

  it('leaves nothing to a judge that proves nothing', () => {
    expect(largestDelegation(deferralCurve([1, 1, 1], [1, 1, 1]), 0.9)).toBeNull();
    expect(largestDelegation(deferralCurve(new Array(60).fill(1), new Array(60).fill(1)), 0.9)).toMatchObject(
      {
        kept: 60,
      },
    );
  });
});

describe('correction', () => {
  it('undoes what the judge’s errors did', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 60, max: 100 }),
        fc.integer({ min: 60, max: 100 }),
        (rate, sensitivity, specificity) => {
          const passed = (rate * sensitivity + (100 - rate) * (100 - specificity)) / 10_000;
          const corrected = roganGladen({
            truePositives: sensitivity,
            falseNegatives: 100 - sensitivity,
            trueNegatives: specificity,
            falsePositives: 100 - specificity,
            unlabelledPositives: passed * 10_000,
            unlabelled: 10_000,
          });
          if (!corrected.defined) throw new Error(corrected.reason);
          expect(corrected.value).toBeCloseTo(rate / 100, 9);
        },
      ),
    );
  });

  it('resamples both sets: a perfect judge on few labels still has an interval', () => {
    const counts = {
      truePositives: 30,
      falseNegatives: 0,
      trueNegatives: 30,
      falsePositives: 0,
      unlabelledPositives: 45,
      unlabelled: 90,
    };
    const boot = correctedRateBootstrap(counts, seededRandom('both').unit);
    if (!boot.defined) throw new Error(boot.reason);
    // √(0.25/90) is 0.053: about ±0.1.
    expect(boot.interval.low).toBeLessThan(0.42);
    expect(boot.interval.high).toBeGreaterThan(0.58);
  });

  it('PPI at weight 0 is the mean of the labels; with a perfect judge it is the judge’s mean', () => {
    const random = seededRandom('ppi').unit;
    const labels = Array.from({ length: 40 }, () => (random() < 0.3 ? 1 : 0));
    const unlabelledScores = Array.from({ length: 400 }, () => (random() < 0.3 ? 1 : 0));
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const data = { labels, scores: labels, unlabelledScores };
    expect(predictionPoweredMean(data, 0)).toMatchObject({ value: mean(labels) });
    const plain = predictionPoweredMean(data, 1);
    expect(plain).toMatchObject({ value: expect.closeTo(mean(unlabelledScores), 12) });
    // The best weight of a perfect judge is N/(n + N), its interval narrower than the labels' alone.
    expect(tunedWeight(data, GLIDE_CONVENTION)).toBeCloseTo(400 / 440, 1);
    const [classical, tuned] = [predictionPoweredMean(data, 0), predictionPoweredMean(data, 'tuned')];
    if (!classical.defined || !tuned.defined) throw new Error('undefined');
    expect(tuned.standardError).toBeLessThan(0.5 * classical.standardError);
    const boot = predictionPoweredBootstrap(data, seededRandom('boot').unit, 1_000);
    if (!boot.defined) throw new Error(boot.reason);
    expect(boot.low).toBeCloseTo(tuned.interval.low, 1);
    expect(boot.high).toBeCloseTo(tuned.interval.high, 1);
  });
});

describe('consensus', () => {
  const triples = fc.array(fc.tuple(fc.nat(9), fc.nat(4), fc.nat(2)), { minLength: 5, maxLength: 80 });
  const annotationsOf = (rows: readonly (readonly [number, number, number])[]) => ({
    tasks: 10,
    workers: 5,
    classes: 3,
    task: Int32Array.from(rows, ([task]) => task),
    worker: Int32Array.from(rows, ([, worker]) => worker),
    label: Int32Array.from(rows, ([, , label]) => label),
  });

  it('Dawid–Skene: the likelihood never falls', () => {
    fc.assert(
      fc.property(triples, (rows) => {
        let before = Number.NEGATIVE_INFINITY;
        for (let iterations = 1; iterations <= 12; iterations++) {
          const { logLikelihood } = dawidSkene(annotationsOf(rows), { iterations });
          expect(logLikelihood).toBeGreaterThanOrEqual(before - 1e-6);
          before = logLikelihood;
        }
      }),
      { numRuns: 40 },
    );
  });

  it('the plurality says when it is split, and by how much', () => {
    const { labels, splits, margins } = pluralityLabels(
      annotationsOf([
        [0, 0, 1],
        [0, 1, 1],
        [0, 2, 2],
        [1, 0, 0],
        [1, 1, 2],
        [2, 3, 2],
      ]),
    );
    expect(Array.from(labels)).toEqual([1, -1, 2, -1, -1, -1, -1, -1, -1, -1]);
    expect(Array.from(splits)).toEqual([1]);
    expect(margins[0]).toBeCloseTo(1 / 3, 12);
    expect(margins[2]).toBe(1);
  });
});

describe('substitution', () => {
  it('does not see the names of labels, and a judge that is an annotator is never beaten', () => {
    const random = seededRandom('annotators').unit;
    const people = Array.from(
      { length: 3 },
      () => new Map(Array.from({ length: 50 }, (_item, item) => [item, Math.floor(random() * 3)])),
    );
    const [judge = new Map<number, number>()] = people;
    const options = { scoring: 'accuracy', epsilon: 0.1 } as const;
    const renamed = (labels: ReadonlyMap<number, number>) =>
      new Map([...labels].map(([item, label]) => [item, [7, 3, 5][label] ?? 0]));
    const test = alternativeAnnotatorTest(people, judge, options);
    expect(alternativeAnnotatorTest(people.map(renamed), renamed(judge), options)).toEqual(test);
    if (!test.defined) throw new Error(test.reason);
    expect(test.comparisons[0]).toMatchObject({ judgeWins: 1, annotatorWins: 1 });
  });
});

describe('monitoring', () => {
  it('a fair coin looked at every time is rarely rejected', () => {
    let rejected = 0;
    const studies = 400;
    for (let study = 0; study < studies; study++) {
      const random = seededRandom(`coin ${study}`).unit;
      const stream = Array.from({ length: 300 }, () => (random() < 0.5 ? 1 : 0));
      const { lower, upper } = empiricalBernsteinSequence(stream);
      const outside = lower.some((low, index) => low > 0.5 || (upper[index] ?? 1) < 0.5);
      const wealth = bettingWealth(stream, 0.5).larger.some((value) => value >= 20);
      if (outside || wealth) rejected++;
    }
    expect(rejected / studies).toBeLessThan(0.05);
  });

  it('an alarm comes after a fall and not without one', () => {
    const random = seededRandom('monitor').unit;
    const batch = (rate: number) => {
      const draw = () => {
        const label = random() < rate ? 1 : 0;
        return { label, score: random() < 0.9 ? label : 1 - label };
      };
      const people = Array.from({ length: 30 }, draw);
      return {
        labels: people.map(({ label }) => label),
        scores: people.map(({ score }) => score),
        unlabelledScores: Array.from({ length: 200 }, () => draw().score),
      };
    };
    const options = { threshold: 0.7, confidence: 0.9, higherIsBetter: true };
    const steady = batchMonitor(
      Array.from({ length: 15 }, () => batch(0.85)),
      options,
    );
    const fallen = batchMonitor(
      Array.from({ length: 15 }, (_batch, index) => batch(index < 5 ? 0.85 : 0.3)),
      options,
    );
    expect(steady).toMatchObject({ defined: true, firstAlarm: null });
    if (!fallen.defined) throw new Error(fallen.reason);
    expect(fallen.firstAlarm).toBeGreaterThan(5);
  });

  it('distances are the same both ways, and none between a thing and itself', () => {
    const values = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(values, values, (x, y) => {
        const [one, two] = [kolmogorovSmirnov(x, y), kolmogorovSmirnov(y, x)];
        if (!one.defined || !two.defined) throw new Error('undefined');
        expect(one.distance).toBe(two.distance);
        if (!one.exactP.defined || !two.exactP.defined) throw new Error('undefined');
        expect(one.exactP.value).toBeCloseTo(two.exactP.value, 12);
        expect(kolmogorovSmirnov(x, x)).toMatchObject({ distance: 0, exactP: { value: 1 } });
      }),
    );
    expect(labelMixChange([5, 7], [5, 7])).toMatchObject({ chiSquare: 0, p: 1, stabilityIndex: 0 });
  });
});

describe('planning', () => {
  it('the exact sample size keeps its power from there on', () => {
    const test = { alpha: 0.05, power: 0.8 };
    const size = exactBinomialSampleSize(0.65, 0.5, test);
    for (let more = 0; more < 25; more++) {
      expect(exactBinomialPower(size + more, 0.65, 0.5, 0.05)).toBeGreaterThanOrEqual(0.8);
    }
    expect(exactBinomialPower(size - 1, 0.65, 0.5, 0.05)).toBeLessThan(0.8);
  });

  it('simulated power rises with items and meets the formula', () => {
    // Both raters at 0.3 with kappa 0.6 against 0.4: Cantor's size for power 0.8, two-sided.
    const size = kappaSampleSize([0.3, 0.3], 0.6, 0.4, { alpha: 0.05, power: 0.8 });
    if (!size.defined) throw new Error(size.reason);
    const pilot = tableOfRows([
      [0.216, 0.084],
      [0.084, 0.616],
    ]);
    const power = (items: number) =>
      simulateKappaPower(pilot, items, 0.4, seededRandom('power').unit, 1_000).power;
    expect(power(Math.ceil(size.value))).toBeGreaterThan(0.72);
    expect(power(Math.ceil(size.value))).toBeLessThan(0.9);
    expect(power(60)).toBeLessThan(power(400));
    expect(designEffect(4, 0.5)).toBe(2.5);
    expect(kappaSampleSize([0.1, 0.9], 0.9, 0.5, { alpha: 0.05, power: 0.8 })).toMatchObject({
      defined: false,
    });
  });
});
