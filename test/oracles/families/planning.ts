import {
  kappaFitSampleSize,
  kappaLimitSampleSize,
  kappaSampleSize,
} from '../../../shared/stats/planning/kappa-sample-size.ts';
import {
  effectSizeH,
  exactBinomialPower,
  mcNemarSampleSize,
  rateSampleSize,
  rateSampleSizeArcsine,
  twoRatesSampleSize,
  twoRatesSampleSizeArcsine,
  waldSampleSize,
  wilsonSampleSize,
} from '../../../shared/stats/planning/proportion-sample-size.ts';
import { type Answers, family } from '../answer.ts';
import { numberOf } from '../part-of.ts';

interface Input {
  readonly alpha: number;
  readonly power: number;
  readonly sides?: 1 | 2;
  readonly twoSided?: boolean;
  readonly p?: number;
  readonly halfWidth: number;
  readonly p0?: number;
  readonly p1: number;
  readonly p2?: number;
  readonly p10?: number;
  readonly p01: number;
  readonly rate1?: number;
  readonly rate2: number;
  readonly kappa0: number;
  readonly kappa1: number;
  readonly kappa?: number;
  readonly lower: number;
  readonly prevalence: number;
  readonly raters: number;
}

export const power = family<Input>({
  answers: (input, expected): Answers => {
    const { alpha } = input;
    const test = { alpha, power: input.power, sides: input.sides ?? 2 };
    if (input.p10 !== undefined) {
      const { p10, p01 } = input;
      return { nPairs: () => mcNemarSampleSize(p10, p01, test) };
    }
    if (input.rate1 !== undefined) {
      const rates = [input.rate1, input.rate2] as const;
      const sides = input.twoSided === false ? 1 : 2;
      return {
        n: () => Math.ceil(numberOf(kappaSampleSize(rates, input.kappa1, input.kappa0, { ...test, sides }))),
      };
    }
    const { prevalence, raters } = input;
    if (input.kappa !== undefined) {
      const planned = { kappa: input.kappa, against: input.lower, prevalence, raters };
      return { n: () => Math.ceil(kappaLimitSampleSize(planned, alpha)) };
    }
    if (input.kappa1 !== undefined) {
      const planned = { kappa: input.kappa1, against: input.kappa0, prevalence, raters };
      return {
        nUnrounded: () => kappaFitSampleSize(planned, test),
        n: () => Math.ceil(kappaFitSampleSize(planned, test)),
      };
    }
    if (input.p !== undefined) {
      const { p, halfWidth } = input;
      return {
        waldN: () => waldSampleSize(p, halfWidth, 1 - alpha),
        wilsonSmallestN: () => wilsonSampleSize(p, halfWidth, 1 - alpha),
      };
    }
    if (input.p2 !== undefined) {
      const { p1, p2 } = input;
      return {
        nPerGroup: () => twoRatesSampleSize(p1, p2, test),
        nPerGroupArcsine: () => twoRatesSampleSizeArcsine(p1, p2, test),
      };
    }
    const { p1, p0 = 0.5 } = input;
    const sizes = (expected.exactBinomialPowerAtN?.value ?? []) as readonly (readonly number[])[];
    return {
      normalApproxN: () => rateSampleSize(p1, p0, test),
      effectSizeH: () => effectSizeH(p1, p0),
      arcsineN: () => rateSampleSizeArcsine(p1, p0, test),
      exactBinomialPowerAtN: () => sizes.map(([n = 0]) => [n, exactBinomialPower(n, p1, p0, alpha)]),
    };
  },
});
