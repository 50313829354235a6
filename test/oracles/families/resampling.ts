import { independentKappas } from '../../../shared/stats/comparison/independent-kappas.ts';
import { pairedKappas, pairedPatterns } from '../../../shared/stats/comparison/paired-kappas.ts';
import type { Interval, Outcome } from '../../../shared/stats/estimate.ts';
import { fleissKappa } from '../../../shared/stats/many-raters/fleiss-kappa.ts';
import { ratingMatrix } from '../../../shared/stats/many-raters/rating-matrix.ts';
import { unitCounts } from '../../../shared/stats/many-raters/unit-counts.ts';
import type { ContingencyTable } from '../../../shared/stats/paired-table/contingency-table.ts';
import { mcNemarExactP } from '../../../shared/stats/paired-table/mcnemar.ts';
import { judgeSwapTest } from '../../../shared/stats/permutation/judge-swap-test.ts';
import { twoSamplePermutationTest } from '../../../shared/stats/permutation/two-sample-test.ts';
import {
  basicInterval,
  bcaInterval,
  bootstrapBias,
  bootstrapStandardError,
  normalInterval,
  percentileInterval,
  R_BCA,
  SCIPY_BCA,
} from '../../../shared/stats/resampling/bootstrap-interval.ts';
import { exactBootstrap } from '../../../shared/stats/resampling/exact-bootstrap.ts';
import {
  jackknife,
  jackknifeInfluence,
  jackknifeStandardError,
} from '../../../shared/stats/resampling/jackknife.ts';
import { sortedQuantile } from '../../../shared/stats/resampling/sorted-quantile.ts';
import { kappaPoint } from '../../../shared/stats/two-raters/cohens-kappa.ts';
import { percentAgreement } from '../../../shared/stats/two-raters/percent-agreement.ts';
import { tableOfLabels } from '../../../shared/stats/two-raters/table-of-labels.ts';
import { type Answers, family } from '../answer.ts';
import { endsOf, partOf } from '../part-of.ts';

interface BootstrapInput {
  readonly statistic: string;
  readonly categories?: number;
  readonly rows: number[][];
  readonly clusters?: number;
  readonly indices?: number[][];
  readonly indicesFrom?: string;
  readonly values?: number[];
  readonly q: number[];
}

type RowStatistic = (rows: readonly number[][]) => number | null;

/** The statistic a case names in words, over the rows that were drawn. */
function statisticOf(text: string, categories: number): RowStatistic {
  const columns = [...text.matchAll(/col(?:umns? |)(\d+)(?: and (\d+))?/g)].flatMap(([, first, second]) =>
    second === undefined ? [Number(first)] : [Number(first), Number(second)],
  );
  const kappa = (rows: readonly number[][], first: number, second: number) =>
    kappaPoint(
      tableOfLabels(
        rows.map((row) => row[first] ?? -1),
        rows.map((row) => row[second] ?? -1),
        categories,
      ),
    );
  if (/fleiss/i.test(text)) {
    return (rows) => {
      const fleiss = fleissKappa(unitCounts(ratingMatrix(rows, categories)));
      return fleiss.defined ? fleiss.value : null;
    };
  }
  if (/kappa.*-.*kappa/i.test(text)) {
    const [a = 0, b = 1, c = 0, d = 2] = columns;
    return (rows) => {
      const [first, second] = [kappa(rows, a, b), kappa(rows, c, d)];
      return first === null || second === null ? null : first - second;
    };
  }
  if (/kappa/i.test(text)) return (rows) => kappa(rows, columns[0] ?? 0, columns[1] ?? 1);
  if (/==/.test(text)) {
    const [first = 0, second = 1] = columns;
    return meanOf((row) => (row[first] === row[second] ? 1 : 0));
  }
  if (/rate|mean/i.test(text)) return meanOf((row) => row[0] ?? 0);
  throw new Error(`no such statistic: ${text}`);
}

function meanOf(score: (row: number[]) => number): RowStatistic {
  return (rows) => rows.reduce((sum, row) => sum + score(row), 0) / rows.length;
}

export const bootstrap = family<BootstrapInput>({
  answers: (input, expected): Answers => {
    const { values, rows } = input;
    if (values !== undefined) {
      const sorted = Float64Array.from(values).sort();
      return { quantiles: () => input.q.map((probability) => sortedQuantile(sorted, probability)) };
    }
    const statistic = statisticOf(input.statistic, input.categories ?? 2);
    // Clusters are named by the first column; otherwise every row is a unit of its own.
    const units: number[][][] =
      input.clusters === undefined
        ? rows.map((row) => [row])
        : Array.from({ length: input.clusters }, (_rows, cluster) =>
            rows.filter((row) => row[0] === cluster),
          );
    const ofMultiplicity = (multiplicity: Float64Array) =>
      statistic(
        units.flatMap((unit, index) => Array.from({ length: multiplicity[index] ?? 0 }, () => unit).flat()),
      );
    const once = new Float64Array(units.length).fill(1);
    const deleted = () => jackknife(once, ofMultiplicity);
    const indices = input.indices ?? (expected.indices?.value as number[][] | undefined);
    const estimate = () => statistic(rows) ?? Number.NaN;
    if (indices === undefined) {
      const exact = exactBootstrap(once, ofMultiplicity);
      return {
        estimate,
        exactMean: () => partOf(exact, ({ mean }) => mean),
        exactSE: () => partOf(exact, ({ standardError }) => standardError),
        undefinedShare: () => partOf(exact, ({ undefinedShare }) => undefinedShare),
        exactPercentile95: () => partOf(exact, ({ quantile }) => [quantile(0.025), quantile(0.975)]),
      };
    }
    const replicates = indices.map((draw) => statistic(draw.flatMap((index) => units[index] ?? [])));
    const kept = Float64Array.from(replicates.filter((value) => value !== null));
    const sorted = kept.slice().sort();
    const ends = (outcome: Outcome<{ interval: Interval }>) =>
      partOf(outcome, ({ interval }) => endsOf(interval));
    return {
      estimate,
      // The draws are part of the question: they are handed back to show which ones were used.
      indices: () => indices,
      replicates: () =>
        replicates.map((value) => value ?? { defined: false as const, reason: 'undefined on this resample' }),
      seBootstrap: () => bootstrapStandardError(kept),
      bias: () => bootstrapBias(estimate(), kept),
      percentile95: () => endsOf(percentileInterval(sorted)),
      basic95: () => endsOf(basicInterval(estimate(), sorted)),
      normal95: () => endsOf(normalInterval(estimate(), kept)),
      percentileR95: () => endsOf(percentileInterval(sorted, 0.95, R_BCA.quantile)),
      basicR95: () => endsOf(basicInterval(estimate(), sorted, 0.95, R_BCA.quantile)),
      bcaScipy95: () => ends(bcaInterval(estimate(), sorted, jackknifeInfluence(deleted()), 0.95, SCIPY_BCA)),
      bcaR95: () =>
        ends(bcaInterval(estimate(), sorted, influenceOf(deleted().values, estimate()), 0.95, R_BCA)),
      influenceJack: () => Array.from(influenceOf(deleted().values, estimate())),
      jackknife: () => Array.from(deleted().values),
      jackknifeSE: () => jackknifeStandardError(deleted()),
    };
  },
});

/** R boot's empirical influence by jackknife: (n − 1)(estimate − delete-one value), not centred. */
function influenceOf(values: Float64Array, estimate: number): Float64Array {
  return values.map((value) => (values.length - 1) * (estimate - value));
}

interface PermutationInput {
  readonly human?: number[];
  readonly judge1: number[];
  readonly judge2: number[];
  readonly x: number[];
  readonly y: number[];
}

/** For cases too large to enumerate a random source would be needed; the oracles' cases are complete. */
function noRandomness(): never {
  throw new Error('this case cannot be enumerated');
}

export const permutation = family<PermutationInput>({
  answers: (input): Answers => {
    const { human, judge1, judge2 } = input;
    if (human === undefined) {
      const test = twoSamplePermutationTest(input.x, input.y, noRandomness);
      return {
        pTwoSidedAbs: () => partOf(test, ({ absoluteP }) => absoluteP),
        pTwoSidedDoubled: () => partOf(test, ({ twoSidedP }) => twoSidedP),
        pGreater: () => partOf(test, ({ greaterP }) => greaterP),
      };
    }
    const categories = 1 + Math.max(1, ...human, ...judge1, ...judge2);
    const test = (statistic: (table: ContingencyTable) => number | null) =>
      judgeSwapTest(human, judge1, judge2, categories, statistic, noRandomness);
    const accuracy = test((table) => {
      const agreement = percentAgreement(table);
      return agreement.defined ? agreement.value : null;
    });
    const kappa = test(kappaPoint);
    const rightOnly = (one: number[], other: number[]) =>
      human.filter((label, index) => one[index] === label && other[index] !== label).length;
    return {
      difference: () => partOf(accuracy, ({ observed }) => observed),
      pTwoSided: () => partOf(accuracy, ({ twoSidedP }) => twoSidedP),
      pGreater: () => partOf(accuracy, ({ greaterP }) => greaterP),
      mcnemarExactP: () => mcNemarExactP(rightOnly(judge1, judge2), rightOnly(judge2, judge1)),
      kappaDifference: () => partOf(kappa, ({ observed }) => observed),
      kappaDifferencePTwoSided: () => partOf(kappa, ({ twoSidedP }) => twoSidedP),
      kappaDifferencePGreater: () => partOf(kappa, ({ greaterP }) => greaterP),
    };
  },
});

interface KappaCompareInput {
  readonly tables?: number[][][];
  readonly categories: number;
  readonly human: number[];
  readonly judge1: number[];
  readonly judge2: number[];
}

export const kappaCompare = family<KappaCompareInput>({
  answers: (input): Answers => {
    if (input.tables === undefined) {
      const paired = pairedKappas(pairedPatterns(input.human, input.judge1, input.judge2, input.categories));
      return {
        kappas: () => partOf(paired, ({ kappas }) => kappas),
        difference: () => partOf(paired, ({ difference }) => difference),
        jackknifeSE: () => partOf(paired, ({ standardError }) => standardError),
        z: () => partOf(paired, ({ test }) => partOf(test, ({ z }) => z)),
        p: () => partOf(paired, ({ test }) => partOf(test, ({ p }) => p)),
      };
    }
    const compared = independentKappas(
      input.tables.map((rows) => ({ size: rows.length, counts: Float64Array.from(rows.flat()) })),
    );
    return {
      kappas: () => partOf(compared, ({ kappas }) => kappas),
      ses: () => partOf(compared, ({ standardErrors }) => standardErrors),
      z: () => partOf(compared, ({ z }) => z),
      p: () => partOf(compared, ({ p }) => p),
      pooledKappa: () => partOf(compared, ({ pooled }) => pooled),
      pooledSE: () => partOf(compared, ({ pooledStandardError }) => pooledStandardError),
      homogeneityQ: () => partOf(compared, ({ homogeneityQ }) => homogeneityQ),
      homogeneityP: () => partOf(compared, ({ homogeneityP }) => homogeneityP),
    };
  },
  about: { trap_seIfTreatedAsIndependent: 'jackknifeSE' },
});
