import { bradleyTerry, strengthSandwich } from '../../../shared/stats/ranking/bradley-terry.ts';
import { centredStrengths } from '../../../shared/stats/ranking/centred-strengths.ts';
import { type ComparisonRow, countComparisons } from '../../../shared/stats/ranking/comparison-counts.ts';
import { comparisonRegression } from '../../../shared/stats/ranking/comparison-regression.ts';
import { pearsonCorrelation, spearmanCorrelation } from '../../../shared/stats/ranking/correlation.ts';
import { concordance } from '../../../shared/stats/ranking/kendall.ts';
import { davidson, raoKupper, type TieFit } from '../../../shared/stats/ranking/tie-models.ts';
import { winGraph } from '../../../shared/stats/ranking/win-graph.ts';
import { logisticRegression } from '../../../shared/stats/regression/logistic-regression.ts';
import { sandwichCovariance, standardErrorsOf } from '../../../shared/stats/regression/sandwich.ts';
import { type Answer, type Answers, family } from '../answer.ts';
import { endsOf, partOf } from '../part-of.ts';

interface BradleyTerryInput {
  readonly players: number;
  readonly comparisons?: ComparisonRow[];
  readonly a: number[];
  readonly b: number[];
  readonly outcomeForA: number[];
  readonly features: number[][];
}

function matrixOf(values: Float64Array, size: number): Answer {
  return Array.from({ length: size }, (_row, row) =>
    Array.from(values.subarray(row * size, (row + 1) * size)),
  );
}

function styleAnswers({ players, a, b, outcomeForA, features }: BradleyTerryInput): Answers {
  const comparisons = outcomeForA.map((outcome, index) => ({
    first: a[index] ?? 0,
    second: b[index] ?? 0,
    outcome,
    features: features[index] ?? [],
  }));
  const data = comparisonRegression(comparisons, players);
  const fit = logisticRegression(data);
  const arena = logisticRegression(
    comparisonRegression(comparisons, players, { reference: false, scale: Math.LN10 }),
    { ridge: 0.5 },
  );
  return {
    beta: () => partOf(fit, ({ coefficients }) => [0, ...coefficients.subarray(0, players - 1)]),
    featureCoef: () => partOf(fit, ({ coefficients }) => [...coefficients.subarray(players - 1)]),
    sandwichSE: () =>
      partOf(fit, (parts) => [0, ...standardErrorsOf(sandwichCovariance(data, parts), data.columns)]),
    arenaPenalised: () => partOf(arena, ({ coefficients }) => [...coefficients]),
  };
}

export const bradleyTerryFamily = family<BradleyTerryInput>({
  answers: (input): Answers => {
    const { players, comparisons: rows } = input;
    if (rows === undefined) return styleAnswers(input);
    const counts = countComparisons(rows, players);
    const fit = bradleyTerry(counts);
    const single = rows.flatMap(({ a, b, winA, winB, tie }) =>
      [
        { first: a, second: b, outcome: 1, weight: winA },
        { first: a, second: b, outcome: 0, weight: winB },
        { first: a, second: b, outcome: 0.5, weight: tie },
      ].filter(({ weight }) => weight > 0),
    );
    // One row per pair of systems: leverage, which Firth's penalty uses, belongs to the pair.
    const played = rows.filter(({ winA, winB, tie }) => winA + winB + tie > 0);
    const grouped = played.map(({ a, b, winA, winB, tie }) => ({
      first: a,
      second: b,
      outcome: (winA + tie / 2) / (winA + winB + tie),
      weight: winA + winB + tie,
    }));
    const firth = logisticRegression(comparisonRegression(grouped, players), { bias: 'firth' });
    const ordered = logisticRegression(comparisonRegression(single, players, { order: true }));
    const graph = winGraph(counts);
    const centred = () =>
      partOf(fit, ({ beta, covariance }) => [...centredStrengths(beta, covariance).strengths]);
    const shared = (prefix: string): Answers => ({
      [`${prefix}Beta`]: () => partOf(fit, ({ beta }) => [...beta]),
      [`${prefix}Centered`]: centred,
      [`${prefix}SE`]: () => partOf(fit, ({ covariance }) => [...standardErrorsOf(covariance, players)]),
      [`${prefix}CenteredSE`]: () =>
        partOf(fit, ({ beta, covariance }) => [...centredStrengths(beta, covariance).standardErrors]),
      [`${prefix}Elo`]: () =>
        partOf(fit, ({ beta, covariance }) => [...centredStrengths(beta, covariance).elo]),
      [`${prefix}LogLik`]: () => partOf(fit, ({ logLikelihood }) => logLikelihood),
      [`${prefix}SandwichSE`]: () =>
        partOf(fit, (parts) => [...standardErrorsOf(strengthSandwich(counts, parts), players)]),
    });
    const tieAnswers = (
      name: string,
      tieName: string,
      compute: () => ReturnType<typeof davidson>,
    ): Answers => {
      const part = (of: (parts: TieFit) => Answer) => () => partOf(compute(), of);
      return {
        [`${name}Beta`]: part(({ beta }) => [...beta]),
        [tieName]: part(({ tie }) => tie),
        [`${name}Cov`]: part(({ covariance }) => matrixOf(covariance, players)),
        [`${name}LogLik`]: part(({ logLikelihood }) => logLikelihood),
      };
    };
    return {
      ...shared('bt'),
      ...shared('tiesHalf'),
      arenaElo: () => partOf(fit, ({ beta, covariance }) => [...centredStrengths(beta, covariance).elo]),
      firthBeta: () => partOf(firth, ({ coefficients }) => [0, ...coefficients]),
      orderEffectCoef: () => partOf(ordered, ({ coefficients }) => [...coefficients]),
      orderEffectSE: () => partOf(ordered, ({ covariance }) => [...standardErrorsOf(covariance, players)]),
      ...tieAnswers('davidson', 'davidsonLogNu', () => davidson(counts)),
      ...tieAnswers('raoKupper', 'raoKupperEta', () => raoKupper(counts)),
      stronglyConnected: () => graph.stronglyConnected,
      connected: () => graph.connected,
    };
  },
});

export const rankCorrelation = family<{ x: number[]; y: number[] }>({
  answers: ({ x, y }): Answers => {
    const pairs = concordance(x, y);
    const spearman = spearmanCorrelation(x, y);
    const pearson = pearsonCorrelation(x, y);
    const ends = (correlation: typeof pearson) => () =>
      partOf(correlation, ({ interval }) => partOf(interval, endsOf));
    return {
      tauB: () => pairs.tauB,
      tauC: () => pairs.tauC,
      tauZ: () => partOf(pairs.test, ({ z }) => z),
      tauP: () => partOf(pairs.test, ({ p }) => p),
      gamma: () => pairs.gamma,
      somersDyx: () => pairs.somersD,
      concordantDiscordant: () => [pairs.concordant, pairs.discordant],
      spearman: () => spearman,
      spearmanP: () => partOf(spearman, ({ p }) => p),
      spearmanCI95BonettWright: ends(spearman),
      pearson: () => pearson,
      pearsonP: () => partOf(pearson, ({ p }) => p),
      pearsonCI95: ends(pearson),
    };
  },
});
