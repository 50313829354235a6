/** What has no answer says so, instead of NaN, Infinity, a throw or a wait. */
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../shared/random/seeded-random.ts';
import { biasBeyondPeople, lengthRegression } from '../../../shared/stats/bias/length-bias.ts';
import { favourBeyondPeople } from '../../../shared/stats/bias/self-preference.ts';
import { brierScore } from '../../../shared/stats/calibration/brier.ts';
import { expectedCalibrationError, reliabilityBins } from '../../../shared/stats/calibration/reliability.ts';
import {
  coxRecalibration,
  logLoss,
  plattScaling,
  temperatureScaling,
} from '../../../shared/stats/calibration/scaling.ts';
import {
  pairedKappaBootstrapP,
  pairedKappas,
  pairedPatterns,
} from '../../../shared/stats/comparison/paired-kappas.ts';
import {
  predictionPoweredBootstrap,
  predictionPoweredMean,
  predictionPoweredP,
  stratifiedPredictionPoweredMean,
} from '../../../shared/stats/correction/prediction-powered.ts';
import { langReiczigelInterval, roganGladen } from '../../../shared/stats/correction/rogan-gladen.ts';
import { areaUnderCurve, averagePrecision, compareAreas } from '../../../shared/stats/discrimination/roc.ts';
import { batchMonitor } from '../../../shared/stats/drift/batch-monitor.ts';
import { kolmogorovSmirnov } from '../../../shared/stats/drift/kolmogorov-smirnov.ts';
import { labelMixChange } from '../../../shared/stats/drift/label-mix.ts';
import { mannWhitney, welchTest } from '../../../shared/stats/drift/location-tests.ts';
import type { Outcome } from '../../../shared/stats/estimate.ts';
import { gwetsACOfMany } from '../../../shared/stats/many-raters/gwets-ac-many.ts';
import { intraclassCorrelations } from '../../../shared/stats/many-raters/intraclass-correlation.ts';
import { allRatersAgree, pairwiseAgreement } from '../../../shared/stats/many-raters/pairwise-agreement.ts';
import { ratingMatrix } from '../../../shared/stats/many-raters/rating-matrix.ts';
import { unitCounts } from '../../../shared/stats/many-raters/unit-counts.ts';
import { emptyTable, tableOfRows } from '../../../shared/stats/paired-table/contingency-table.ts';
import { mcNemar } from '../../../shared/stats/paired-table/mcnemar.ts';
import { twoSamplePermutationTest } from '../../../shared/stats/permutation/two-sample-test.ts';
import { kappaFitSampleSize, kappaSampleSize } from '../../../shared/stats/planning/kappa-sample-size.ts';
import {
  exactBinomialSampleSize,
  rateSampleSize,
} from '../../../shared/stats/planning/proportion-sample-size.ts';
import { simulateKappaPower } from '../../../shared/stats/planning/simulated-kappa-power.ts';
import { twoProportionTest } from '../../../shared/stats/proportion/two-proportions.ts';
import { winRate } from '../../../shared/stats/proportion/win-rate.ts';
import { comparisonBootstrap } from '../../../shared/stats/ranking/bradley-terry-bootstrap.ts';
import { countComparisons } from '../../../shared/stats/ranking/comparison-counts.ts';
import { pearsonCorrelation, spearmanCorrelation } from '../../../shared/stats/ranking/correlation.ts';
import { concordance } from '../../../shared/stats/ranking/kendall.ts';
import { logisticRegression } from '../../../shared/stats/regression/logistic-regression.ts';
import { alternativeAnnotatorTest } from '../../../shared/stats/substitution/alternative-annotator-test.ts';
import { averagedScores } from '../../../shared/stats/two-raters/class-scores.ts';
import { gwetsAC } from '../../../shared/stats/two-raters/gwets-ac.ts';

const unit = seededRandom('no answer').unit;
const none = { defined: false, reason: expect.stringMatching(/\w+ \w+/) };
const unrated = unitCounts(
  ratingMatrix(
    [
      [null, null],
      [0, null],
    ],
    2,
  ),
);
const noJudge = {
  truePositives: 5,
  falseNegatives: 1,
  trueNegatives: 0,
  falsePositives: 0,
  unlabelledPositives: 3,
  unlabelled: 9,
};
const constant = { labels: [1, 1, 1], scores: [1, 1, 1], unlabelledScores: [1, 1, 1] };

describe('is undefined with a reason', () => {
  it.each<[string, () => Outcome<unknown>]>([
    ['AC1 of one category', () => gwetsAC(tableOfRows([[5]]))],
    ['AC1 of many, one category', () => gwetsACOfMany(unitCounts(ratingMatrix([[0, 0]], 1)))],
    ['agreement without two ratings', () => pairwiseAgreement(unrated)],
    ['all agree without two ratings', () => allRatersAgree(unrated)],
    ['averaged scores of nothing', () => averagedScores(emptyTable(2), 'weighted')],
    [
      'ICC of units that do not differ',
      () =>
        intraclassCorrelations([
          [1, 2],
          [2, 1],
          [1, 2],
          [2, 1],
        ]),
    ],
    [
      'ICC of perfect scores',
      () =>
        intraclassCorrelations([
          [0.1, 0.1],
          [0.2, 0.2],
          [0.7, 0.7],
        ]),
    ],
    ['Pearson of a constant', () => pearsonCorrelation([0.1, 0.1, 0.1], [1, 2, 3])],
    ['Spearman of a constant', () => spearmanCorrelation([1, 2, 3], [4, 4, 4])],
    ['tau of a constant', () => concordance([1, 1], [1, 2]).tauB],
    ['Welch of constants', () => welchTest([0.1, 0.1, 0.1], [0.1, 0.1, 0.1])],
    ['Mann–Whitney of nothing', () => mannWhitney([], [1, 1])],
    ['Kolmogorov–Smirnov of nothing', () => kolmogorovSmirnov([], [1])],
    ['label mix of one label', () => labelMixChange([3, 0], [4, 0])],
    ['AUC of one class', () => areaUnderCurve([1, 1], [0.1, 0.2])],
    ['AUC comparison with one case of a class', () => compareAreas([1, 0, 0], [3, 2, 1], [1, 2, 3])],
    ['average precision without positives', () => averagePrecision([0, 0], [1, 2])],
    ['Brier of nothing', () => brierScore([], [])],
    ['log loss of nothing', () => logLoss([], [])],
    ['ECE of nothing', () => expectedCalibrationError(reliabilityBins([], [], 'equal-mass'))],
    ['Platt of nothing', () => plattScaling([], [])],
    ['temperature of nothing', () => temperatureScaling([], [])],
    ['recalibration of separated labels', () => coxRecalibration([0.1, 0.2, 0.8, 0.9], [0, 0, 1, 1])],
    ['paired kappas of nothing', () => pairedKappas(pairedPatterns([], [], [], 2))],
    ['bootstrap p of nothing', () => pairedKappaBootstrapP(pairedPatterns([], [], [], 2), unit, 99)],
    [
      'PPI of one label',
      () => predictionPoweredMean({ labels: [1], scores: [1], unlabelledScores: [1, 0] }, 1),
    ],
    ['PPI bootstrap of a handful', () => predictionPoweredBootstrap(constant, unit, 99)],
    ['stratified PPI of nothing', () => stratifiedPredictionPoweredMean([], 1)],
    ['Rogan–Gladen without failures', () => roganGladen(noJudge)],
    ['Lang–Reiczigel without failures', () => langReiczigelInterval(noJudge)],
    [
      'two proportions of nothing',
      () => twoProportionTest({ successes: 0, trials: 0 }, { successes: 1, trials: 2 }),
    ],
    ['McNemar without discordance', () => mcNemar(0, 0)],
    ['favour on no item', () => favourBeyondPeople([], [])],
    [
      'kappa planned against itself',
      () => kappaSampleSize([0.5, 0.5], 0.5, 0.5, { alpha: 0.05, power: 0.8 }),
    ],
    [
      'regression of nothing',
      () => logisticRegression({ predictors: new Float64Array(0), columns: 2, outcome: [] }),
    ],
    [
      'monitor of batches that do not vary',
      () => batchMonitor([constant, constant], { threshold: 0.9, confidence: 0.9, higherIsBetter: true }),
    ],
    [
      'length regression of one item',
      () => lengthRegression({ values: Float64Array.of(1, -1, 1), atEqualLength: 0 }, [1, 0, 1], [7, 7, 7]),
    ],
    ['bias of one item', () => biasBeyondPeople([1, -1, 1], [1, 0, 1], [0, 0, 1], [7, 7, 7])],
    [
      'annotators without items',
      () =>
        alternativeAnnotatorTest([new Map(), new Map()], new Map(), { scoring: 'accuracy', epsilon: 0.1 }),
    ],
    [
      'a resampled ranking that is rarely one',
      () => comparisonBootstrap(countComparisons([{ a: 0, b: 1, winA: 9, winB: 1, tie: 0 }], 2), unit, 200),
    ],
  ])('%s', (_name, compute) => {
    expect(compute()).toMatchObject(none);
  });

  it('a separated outcome that hides behind a thousand mixed rows', () => {
    const predictors = new Float64Array(2 * 1001).fill(1);
    predictors[1] = 0;
    const outcome = Array.from({ length: 1001 }, (_row, row) => (row === 0 || row % 2 === 0 ? 1 : 0));
    expect(logisticRegression({ predictors, columns: 2, outcome })).toMatchObject(none);
    const firth = logisticRegression({ predictors, columns: 2, outcome }, { bias: 'firth' });
    expect(firth.defined && firth.coefficients.every((each) => Math.abs(each) < 5)).toBe(true);
  });

  it('a judge identical to people has no error, and no bias of rounding noise', () => {
    const feature = Array.from({ length: 60 }, () => unit() - 0.5);
    const same = feature.map((value) => (unit() < 0.5 + value / 2 ? 1 : 0));
    const items = feature.map((_value, row) => row >> 1);
    expect(biasBeyondPeople(feature, same, same, items)).toMatchObject(none);
  });

  it('parts of a result that do not exist, beside those that do', () => {
    expect(areaUnderCurve([1, 0, 0], [3, 2, 1])).toMatchObject({ value: 1, variance: none, interval: none });
    expect(mannWhitney([1, 1], [1, 1])).toMatchObject({ u: 2, p: none });
    expect(winRate(1, 0, 0)).toMatchObject({ value: 1, standardError: none, interval: none });
    expect(pearsonCorrelation([1, 2], [1, 3])).toMatchObject({ p: none, interval: none });
    const mean = predictionPoweredMean(constant, 1);
    expect(mean.defined && predictionPoweredP(mean, 0.5)).toMatchObject(none);
  });
});

describe('is refused, not waited for', () => {
  it('a plan to find nothing', () => {
    expect(() => rateSampleSize(0.5, 0.5, { alpha: 0.05, power: 0.8 })).toThrow(/no difference to find/);
    expect(() => exactBinomialSampleSize(0.5, 0.5, { alpha: 0.05, power: 0.8 })).toThrow(/no difference/);
    const planned = { kappa: 0.9, against: 1, prevalence: 0.5, raters: 2 };
    expect(() => kappaFitSampleSize(planned, { alpha: 0.05, power: 0.8 })).toThrow(/cannot be planned/);
  });

  it('large inputs end', () => {
    const long = Array.from({ length: 20_000 }, (_value, index) => index);
    expect(twoSamplePermutationTest(long, [5], unit)).toMatchObject({ defined: true, exact: true });
    expect(
      kolmogorovSmirnov(
        long,
        Array.from({ length: 6_000 }, () => 1),
      ),
    ).toMatchObject({ exactP: none });
    const batch = {
      labels: [0, 1, 1],
      scores: [0, 1, 0],
      unlabelledScores: Array.from({ length: 200_000 }, () => unit()),
    };
    const options = { threshold: 0.1, confidence: 0.9, higherIsBetter: true };
    expect(batchMonitor([batch, batch], options)).toMatchObject({ defined: true });
    expect(exactBinomialSampleSize(0.55, 0.5, { alpha: 0.05, power: 0.8 })).toBeGreaterThan(750);
  });

  it('power rises with kappa up to perfect agreement', () => {
    const power = (kappa: number) => {
      const [both, apart] = [kappa / 2 + (1 - kappa) / 4, (1 - kappa) / 4];
      return simulateKappaPower(
        tableOfRows([
          [both, apart],
          [apart, both],
        ]),
        30,
        0.6,
        unit,
        400,
      ).power;
    };
    expect(power(0.95)).toBeGreaterThan(power(0.8));
    expect(power(1)).toBe(1);
  });
});
