import { asymptoticSequence } from '../../../shared/stats/sequential/asymptotic-sequence.ts';
import {
  betaBinomialInterval,
  logEvidenceAgainstHalf,
} from '../../../shared/stats/sequential/beta-binomial.ts';
import { bettingSequence, bettingWealth } from '../../../shared/stats/sequential/betting.ts';
import {
  empiricalBernsteinSequence,
  hoeffdingSequence,
  normalMixtureSequence,
  runningLower,
} from '../../../shared/stats/sequential/confidence-sequence.ts';
import {
  logNormalMixture,
  normalMixtureBound,
  stitchedBound,
} from '../../../shared/stats/sequential/normal-mixture.ts';
import { type Answers, family } from '../answer.ts';

interface Input {
  readonly x?: number[];
  readonly alpha: number;
  readonly v?: number;
  readonly vOpt: number;
  readonly s: number;
  readonly estimates: number[];
  readonly ses: number[];
  readonly tightestAtBatch: number;
}

export const sequential = family<Input>({
  answers: (input, expected): Answers => {
    const { x, alpha, v, vOpt, s } = input;
    if (v !== undefined) {
      return {
        bound: () => normalMixtureBound(v, vOpt, alpha),
        logMixture: () => logNormalMixture(s, v, vOpt, alpha),
        polyStitching: () => stitchedBound(v, vOpt, alpha),
      };
    }
    if (x === undefined) {
      const { runningMean, lower } = asymptoticSequence(
        input.estimates,
        input.ses,
        alpha,
        input.tightestAtBatch,
      );
      return { runningMean: () => Array.from(runningMean), lower: () => Array.from(lower) };
    }
    const successesAfter = (trials: number) => x.slice(0, trials).reduce((sum, value) => sum + value, 0);
    const trials = ((expected.betaBinomialCI?.value ?? []) as readonly (readonly number[])[]).map(
      ([t = 0]) => t,
    );
    const wealth = () => bettingWealth(x, 0.5, alpha);
    return {
      empiricalBernsteinLower: () => Array.from(empiricalBernsteinSequence(x, alpha).lower),
      empiricalBernsteinUpper: () => Array.from(empiricalBernsteinSequence(x, alpha).upper),
      empiricalBernsteinRunningLower: () =>
        Array.from(runningLower(empiricalBernsteinSequence(x, alpha).lower)),
      predmixHoeffdingLower: () => Array.from(hoeffdingSequence(x, alpha).lower),
      predmixHoeffdingUpper: () => Array.from(hoeffdingSequence(x, alpha).upper),
      normalMixtureLower: () => Array.from(normalMixtureSequence(x, alpha).lower),
      normalMixtureUpper: () => Array.from(normalMixtureSequence(x, alpha).upper),
      bettingWealthAgainstHalf: () => Array.from(wealth().larger),
      bettingWealthHedgedAgainstHalf: () => Array.from(wealth().hedged),
      bettingLower: () => Array.from(bettingSequence(x, alpha).lower),
      bettingUpper: () => Array.from(bettingSequence(x, alpha).upper),
      logBayesFactorUniformPriorAgainstHalf: () =>
        x.map((_value, index) => logEvidenceAgainstHalf(successesAfter(index + 1), index + 1)),
      betaBinomialCI: () =>
        trials.map((t) => {
          const { low, high } = betaBinomialInterval(successesAfter(t), t, alpha);
          return [t, low, high];
        }),
    };
  },
});
