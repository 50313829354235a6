import {
  clusterMeans,
  GLIDE_CONVENTION,
  meanAt,
  PPI_PY_CONVENTION,
  predictionPoweredMean,
  predictionPoweredP,
  stratifiedPredictionPoweredMean,
  tunedWeight,
} from '../../../shared/stats/correction/prediction-powered.ts';
import {
  correctedWithKnownRates,
  type JudgeCounts,
  judgeRates,
  langReiczigelInterval,
  roganGladen,
} from '../../../shared/stats/correction/rogan-gladen.ts';
import type { Interval, Outcome } from '../../../shared/stats/estimate.ts';
import {
  clopperPearsonInterval,
  modifiedWilsonInterval,
} from '../../../shared/stats/proportion/binomial-intervals.ts';
import { sortedQuantile } from '../../../shared/stats/resampling/sorted-quantile.ts';
import { type Answer, type Answers, family } from '../answer.ts';
import { endsOf, numberOf, partOf } from '../part-of.ts';

interface CorrectionInput {
  readonly tp: number;
  readonly fn: number;
  readonly tn: number;
  readonly fp: number;
  readonly unlabeledPositives: number;
  readonly unlabeled: number;
  readonly conf: number;
  readonly labels?: number[];
  readonly predictions?: number[];
  readonly bootstrapIndices?: number[][];
}

export const judgeCorrection = family<CorrectionInput>({
  answers: (input): Answers => {
    const counts: JudgeCounts = {
      truePositives: input.tp,
      falseNegatives: input.fn,
      trueNegatives: input.tn,
      falsePositives: input.fp,
      unlabelledPositives: input.unlabeledPositives,
      unlabelled: input.unlabeled,
    };
    const rates = judgeRates(counts);
    const corrected = roganGladen(counts, input.conf);
    const lang = langReiczigelInterval(counts, input.conf);
    const known = (interval: (successes: number, trials: number, level: number) => Interval): Answer => {
      const { low, high } = interval(counts.unlabelledPositives, counts.unlabelled, input.conf);
      const raw = { value: numberOf(rates.rawRate), low, high };
      return partOf(
        correctedWithKnownRates(numberOf(rates.sensitivity), numberOf(rates.specificity), raw),
        (parts) => [parts.value, parts.low, parts.high],
      );
    };
    return {
      tpr: () => rates.sensitivity,
      tnr: () => rates.specificity,
      rawRate: () => rates.rawRate,
      theta: () => corrected,
      thetaUnclipped: () => partOf(corrected, ({ unclipped }) => unclipped),
      deltaSE: () => partOf(corrected, ({ standardError }) => standardError),
      deltaCI95Unclipped: () => partOf(corrected, ({ interval }) => endsOf(interval)),
      langReiczigelCI95: () => partOf(lang, ({ interval }) => endsOf(interval)),
      langReiczigelEstimate: () => partOf(lang, ({ estimate }) => estimate),
      knownSeSpWilson95: () => known(modifiedWilsonInterval),
      knownSeSpClopperPearson95: () => known(clopperPearsonInterval),
      judgyBootstrapCI95: () => judgyBootstrap(input, counts),
    };
  },
});

/** judgy's interval, with the draws stated: labelled items only, which is why it is too narrow. */
function judgyBootstrap(
  { labels = [], predictions = [], bootstrapIndices = [] }: CorrectionInput,
  counts: JudgeCounts,
): Answer {
  const values = bootstrapIndices.flatMap((draw) => {
    const count = (label: number, prediction: number) =>
      draw.filter((index) => labels[index] === label && predictions[index] === prediction).length;
    const estimate = roganGladen({
      ...counts,
      truePositives: count(1, 1),
      falseNegatives: count(1, 0),
      trueNegatives: count(0, 0),
      falsePositives: count(0, 1),
    });
    return estimate.defined ? [estimate.value] : [];
  });
  const sorted = Float64Array.from(values).sort();
  return [sortedQuantile(sorted, 0.025), sortedQuantile(sorted, 0.975)];
}

interface PpiInput {
  readonly y: (number | null)[];
  readonly f: number[];
  readonly fUnlabeled?: number[];
  readonly conf?: number;
  readonly stratum?: number[];
  readonly cluster?: number[];
}

/** Rows split into labelled and unlabelled ones. */
export function splitByLabel(rows: readonly { readonly y: number | null; readonly f: number }[]) {
  const labelled = rows.flatMap(({ y, f }) => (y === null ? [] : [{ y, f }]));
  return {
    labels: labelled.map(({ y }) => y),
    scores: labelled.map(({ f }) => f),
    unlabelledScores: rows.flatMap(({ y, f }) => (y === null ? [f] : [])),
  };
}

function withEnds(mean: Outcome<{ value: number; interval: Interval }>): Answer {
  return partOf(mean, ({ value, interval }) => [value, interval.low, interval.high]);
}

export const predictionPowered = family<PpiInput>({
  answers: (input): Answers => {
    const { y, f, conf = 0.95 } = input;
    if (input.stratum !== undefined) {
      const { stratum } = input;
      const strata = [...new Set(stratum)].map((name) => {
        const rows = y.flatMap((label, row) => (stratum[row] === name ? [{ y: label, f: f[row] ?? 0 }] : []));
        return { ...splitByLabel(rows), share: rows.length / y.length };
      });
      const mean = (lambda: number | 'tuned') => () =>
        withEnds(stratifiedPredictionPoweredMean(strata, lambda, GLIDE_CONVENTION, conf));
      return { stratifiedPPIPlusPlus: mean('tuned'), stratifiedPPI: mean(1) };
    }
    if (input.cluster !== undefined) {
      const means = clusterMeans(
        y.map((label) => label ?? Number.NaN),
        f,
        input.cluster,
      );
      const mean = (lambda: number | 'tuned') => () =>
        withEnds(predictionPoweredMean(means, lambda, GLIDE_CONVENTION, conf));
      return { clusteredPPIPlusPlus: mean('tuned'), clusteredPPI: mean(1) };
    }
    const data = {
      labels: y.map((label) => label ?? 0),
      scores: f,
      unlabelledScores: input.fUnlabeled ?? [],
    };
    const at = (lambda: number | 'tuned', convention = PPI_PY_CONVENTION) =>
      predictionPoweredMean(data, lambda, convention, conf);
    const [classical, plain, tuned] = [at(0), at(1), at('tuned')];
    const ends = (mean: typeof plain) => () => partOf(mean, ({ interval }) => endsOf(interval));
    return {
      classicalEstimate: () => classical,
      classicalCI95: ends(classical),
      ppiEstimate: () => plain,
      ppiCI95: ends(plain),
      ppiPlusPlusEstimate: () => tuned,
      ppiPlusPlusCI95: ends(tuned),
      lambda: () => partOf(tuned, ({ lambda }) => lambda),
      lambdaUnclipped: () => tunedWeight(data, { ...PPI_PY_CONVENTION, clipped: false }),
      pAgainstHalf: () => partOf(plain, (mean) => predictionPoweredP(mean, 0.5)),
      glidePPIPlusPlus: () => withEnds(at('tuned', GLIDE_CONVENTION)),
      ppiVariance: () => meanAt(data, 1, PPI_PY_CONVENTION).variance,
    };
  },
});
