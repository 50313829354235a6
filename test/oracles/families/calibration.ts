import { brierScore } from '../../../shared/stats/calibration/brier.ts';
import { isotonicRegression, isotonicValue } from '../../../shared/stats/calibration/isotonic.ts';
import {
  type Binning,
  expectedCalibrationError,
  maximumCalibrationError,
  reliabilityBins,
} from '../../../shared/stats/calibration/reliability.ts';
import {
  clippedLogit,
  coxRecalibration,
  logLoss,
  plattScaling,
  temperatureScaling,
} from '../../../shared/stats/calibration/scaling.ts';
import {
  areaUnderCurve,
  averagePrecision,
  compareAreas,
  rocPoints,
} from '../../../shared/stats/discrimination/roc.ts';
import { type Answers, family } from '../answer.ts';
import { endsOf, partOf } from '../part-of.ts';

interface CalibrationInput {
  readonly score: number[];
  readonly label: number[];
  readonly weights?: number[];
  readonly sortOrder?: number[];
}

export const calibration = family<CalibrationInput>({
  answers: ({ score, label, weights, sortOrder }): Answers => {
    const isotonic = isotonicRegression(score, label);
    const brier = brierScore(score, label);
    const platt = plattScaling(score, label);
    const plattOnLogit = plattScaling(score.map(clippedLogit), label);
    const cox = coxRecalibration(score, label);
    const temperature = temperatureScaling(score, label);
    const map = (fit: typeof platt) => () => partOf(fit, ({ intercept, slope }) => [intercept, slope]);
    return {
      isotonicFitted: () => score.map((each) => isotonicValue(isotonic, each)),
      isotonicAtGrid: () => Array.from({ length: 21 }, (_grid, step) => isotonicValue(isotonic, step * 0.05)),
      isotonicWeighted: () => {
        const weighted = isotonicRegression(score, label, weights);
        return score.map((each) => isotonicValue(weighted, each));
      },
      isotonicFittedInScoreOrder: () =>
        (sortOrder ?? []).map((index) => isotonicValue(isotonic, score[index] ?? Number.NaN)),
      plattOnScore: map(platt),
      plattOnLogit: map(plattOnLogit),
      recalibrationInterceptSlope: map(cox),
      temperature: () => partOf(temperature, (parts) => parts.temperature),
      logLossAtTemperature: () => partOf(temperature, (parts) => parts.logLoss),
      brier: () => brier,
      brierDecomposition: () =>
        partOf(brier, ({ reliability, resolution, uncertainty }) => [reliability, resolution, uncertainty]),
      brierSkill: () => partOf(brier, ({ skill }) => skill),
      logLossClipped: () => logLoss(score, label),
    };
  },
  parametric: ({ score, label }, quantity) => {
    const [, what, count, where] = quantity.match(/^(bins|ece|mce)(\d+)Equal(Width|Mass)$/) ?? [];
    if (count === undefined) return undefined;
    const binning: Binning = where === 'Width' ? 'equal-width' : 'equal-mass';
    const bins = reliabilityBins(score, label, binning, Number(count));
    if (what === 'ece') return () => expectedCalibrationError(bins);
    if (what === 'mce') return () => maximumCalibrationError(bins);
    return () => bins.map((each) => [each.bin, each.count, each.meanScore, each.shareTrue]);
  },
});

export const auc = family<{ label: number[]; score: number[]; score2?: number[] }>({
  answers: ({ label, score, score2 = [] }): Answers => {
    const area = areaUnderCurve(label, score);
    const compared = () => compareAreas(label, score, score2);
    return {
      auc: () => area,
      auc2: () => areaUnderCurve(label, score2),
      delongVariance: () => partOf(area, ({ variance }) => variance),
      delongCI95: () => partOf(area, ({ interval }) => partOf(interval, endsOf)),
      delongCovariance: () => partOf(compared(), ({ covariance }) => covariance),
      pairedZ: () => partOf(compared(), ({ test }) => partOf(test, ({ z }) => z)),
      pairedP: () => partOf(compared(), ({ test }) => partOf(test, ({ p }) => p)),
      averagePrecision: () => averagePrecision(label, score),
      rocPoints: () =>
        rocPoints(label, score).map(({ falsePositiveRate, truePositiveRate }) => [
          falsePositiveRate,
          truePositiveRate,
        ]),
    };
  },
});
