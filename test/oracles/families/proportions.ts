import type { Interval } from '../../../shared/stats/estimate.ts';
import {
  benjaminiHochberg,
  benjaminiYekutieli,
  bonferroni,
  hochberg,
  holm,
  hommel,
} from '../../../shared/stats/multiplicity/adjusted-p-values.ts';
import {
  agrestiCoullInterval,
  clopperPearsonInterval,
  jeffreysInterval,
  waldInterval,
  wilsonInterval,
} from '../../../shared/stats/proportion/binomial-intervals.ts';
import { exactBinomialTest } from '../../../shared/stats/proportion/exact-binomial-test.ts';
import {
  fisherExactP,
  newcombeInterval,
  twoProportionTest,
  waldDifferenceInterval,
} from '../../../shared/stats/proportion/two-proportions.ts';
import { winRate } from '../../../shared/stats/proportion/win-rate.ts';
import { type Answers, family } from '../answer.ts';
import { endsOf, partOf } from '../part-of.ts';

interface Input {
  readonly x: number;
  readonly n: number;
  readonly conf: number;
  readonly p0: number;
  readonly wins?: number;
  readonly ties: number;
  readonly losses: number;
  readonly x1?: number;
  readonly n1: number;
  readonly x2: number;
  readonly n2: number;
}

export const proportions = family<Input>({
  answers: (input): Answers => {
    if (input.wins !== undefined) return winRateAnswers(input.wins, input.ties, input.losses);
    if (input.x1 !== undefined) {
      const first = { successes: input.x1, trials: input.n1 };
      const second = { successes: input.x2, trials: input.n2 };
      const test = twoProportionTest(first, second);
      return {
        difference: () => first.successes / first.trials - second.successes / second.trials,
        newcombe95: () => endsOf(newcombeInterval(first, second)),
        wald95: () => endsOf(waldDifferenceInterval(first, second)),
        chi2: () => partOf(test, ({ chiSquare }) => chiSquare),
        chi2P: () => partOf(test, ({ p }) => p),
        fisherP: () => fisherExactP(first, second),
      };
    }
    const { x, n, conf, p0 } = input;
    const ends = (interval: (successes: number, trials: number, level: number) => Interval) => () =>
      endsOf(interval(x, n, conf));
    return {
      wilson95: ends(wilsonInterval),
      clopperPearson95: ends(clopperPearsonInterval),
      jeffreys95: ends(jeffreysInterval),
      agrestiCoull95: ends(agrestiCoullInterval),
      wald95: ends(waldInterval),
      exactTwoSidedP: () => exactBinomialTest(x, n, p0).twoSidedP,
      exactGreaterP: () => exactBinomialTest(x, n, p0).greaterP,
      midP: () => exactBinomialTest(x, n, p0).midP,
    };
  },
});

function winRateAnswers(wins: number, ties: number, losses: number): Answers {
  const rate = winRate(wins, ties, losses);
  return {
    winRate: () => rate,
    winRateSE: () => partOf(rate, ({ standardError }) => standardError),
    signTestP: () => partOf(rate, ({ signTestP }) => signTestP),
    meanDifferenceWaldCI95: () => partOf(rate, ({ interval }) => partOf(interval, endsOf)),
  };
}

export const multiplicity = family<{ p: (number | null)[] }>({
  answers: ({ p }) => {
    const adjusted = (procedure: (pValues: (number | null)[]) => (number | null)[]) => () =>
      procedure(p).map((each) =>
        each === null ? { defined: false as const, reason: 'the test was not made' } : each,
      );
    return {
      bonferroni: adjusted(bonferroni),
      holm: adjusted(holm),
      hochberg: adjusted(hochberg),
      hommel: adjusted(hommel),
      BH: adjusted(benjaminiHochberg),
      BY: adjusted(benjaminiYekutieli),
    };
  },
});
