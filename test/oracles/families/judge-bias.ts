import {
  lengthControlledWinRate,
  lengthFeature,
  lengthRegression,
  longerPreferredShare,
} from '../../../shared/stats/bias/length-bias.ts';
import { swapConsistency } from '../../../shared/stats/bias/swap-consistency.ts';
import { logisticRegression } from '../../../shared/stats/regression/logistic-regression.ts';
import { type Answers, family } from '../answer.ts';
import { partOf } from '../part-of.ts';

interface Input {
  readonly orderXY?: string[];
  readonly orderYX: string[];
  readonly lenFirst?: number[];
  readonly lenSecond: number[];
  readonly preferFirst: number[];
  readonly item: number[];
  readonly lenBaseline: number[];
  readonly lenModel?: number[];
  readonly preferModel: number[];
  readonly X: number[][];
  readonly y: number[];
}

const PLACES = ['first', 'tie', 'second'];

function swapAnswers(orderXY: string[], orderYX: string[]): Answers {
  const codes = (verdicts: string[]) => verdicts.map((verdict) => PLACES.indexOf(verdict));
  const swap = swapConsistency(codes(orderXY), codes(orderYX));
  return {
    consistencyRate: () => swap.consistency,
    bothFirst: () => swap.bothFirst,
    bothSecond: () => swap.bothSecond,
    firstShare: () => swap.firstShare,
    positionBiasExactP: () => swap.positionP,
    swapKappa: () => swap.kappa,
    winRateXAveraged: () => swap.winRateAveraged,
    winRateXConservative: () => swap.winRateConservative,
  };
}

export const judgeBias = family<Input>({
  answers: (input): Answers => {
    if (input.orderXY !== undefined) return swapAnswers(input.orderXY, input.orderYX);
    if (input.lenModel !== undefined) {
      const { lenModel, lenBaseline, preferModel } = input;
      const rate = lengthControlledWinRate(lenModel, lenBaseline, preferModel);
      return {
        rawWinRate: () => partOf(rate, ({ raw }) => raw),
        rawSE: () => partOf(rate, ({ rawStandardError }) => rawStandardError),
        thetaPhi: () => partOf(rate, ({ coefficients }) => coefficients),
        lengthControlledWinRate: () => partOf(rate, ({ controlled }) => controlled),
        shareLongerPreferredOver30: () => longerPreferredShare(lenModel, lenBaseline, preferModel, 30),
      };
    }
    if (input.lenFirst !== undefined) {
      const { lenFirst, lenSecond, preferFirst, item } = input;
      const feature = lengthFeature(lenFirst, lenSecond);
      const made = feature.defined ? lengthRegression(feature, preferFirst, item) : feature;
      // Firth's fit is another estimate: the plain one, which is asked for, does not exist there.
      const fit =
        made.defined && made.separated
          ? ({ defined: false, reason: 'length separates the preferences' } as const)
          : made;
      return {
        feature: () => partOf(feature, ({ values }) => [...values]),
        coef: () => partOf(fit, ({ coefficients }) => coefficients),
        se: () => partOf(fit, ({ standardErrors }) => standardErrors),
        seHC0: () => partOf(fit, ({ robustErrors }) => robustErrors),
        seCluster: () => partOf(fit, ({ clusterErrors }) => clusterErrors),
        seClusterCorrected: () => partOf(fit, ({ clusterErrorsCorrected }) => clusterErrorsCorrected),
        waldP: () => partOf(fit, ({ waldP }) => waldP),
        winRateAtEqualLength: () => partOf(fit, ({ rateAtEqualLength }) => rateAtEqualLength),
        shareLongerPreferred: () => longerPreferredShare(lenFirst, lenSecond, preferFirst),
      };
    }
    const data = {
      predictors: Float64Array.from(input.X.flat()),
      columns: input.X[0]?.length ?? 0,
      outcome: input.y,
    };
    return {
      coef: () => partOf(logisticRegression(data), ({ coefficients }) => [...coefficients]),
      firth: () =>
        partOf(logisticRegression(data, { bias: 'firth' }), ({ coefficients }) => [...coefficients]),
    };
  },
});
