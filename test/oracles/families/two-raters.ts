import type { Outcome } from '../../../shared/stats/estimate.ts';
import {
  type ContingencyTable,
  tableOfRows,
  totalOf,
} from '../../../shared/stats/paired-table/contingency-table.ts';
import { brennanPrediger } from '../../../shared/stats/two-raters/brennan-prediger.ts';
import {
  agreementWeights,
  disagreementWeights,
  type Weighting,
} from '../../../shared/stats/two-raters/category-weights.ts';
import type { Coefficient } from '../../../shared/stats/two-raters/chance-corrected.ts';
import {
  cohensKappa,
  kappaNullTest,
  kappaStudentInterval,
} from '../../../shared/stats/two-raters/cohens-kappa.ts';
import { expectedAgreement } from '../../../shared/stats/two-raters/expected-agreement.ts';
import { gwetsAC } from '../../../shared/stats/two-raters/gwets-ac.ts';
import { kappaMax } from '../../../shared/stats/two-raters/kappa-max.ts';
import { matthewsCorrelation } from '../../../shared/stats/two-raters/matthews-correlation.ts';
import { percentAgreementWithError } from '../../../shared/stats/two-raters/percent-agreement.ts';
import { prevalenceAndBias } from '../../../shared/stats/two-raters/prevalence-and-bias.ts';
import { scottsPi } from '../../../shared/stats/two-raters/scotts-pi.ts';
import { specificAgreement } from '../../../shared/stats/two-raters/specific-agreement.ts';
import { tableAlpha } from '../../../shared/stats/two-raters/table-alpha.ts';
import { tableOfLabels } from '../../../shared/stats/two-raters/table-of-labels.ts';
import { type Answer, type Answers, family } from '../answer.ts';
import { endsOf, partOf } from '../part-of.ts';

/** Cohen's kappa under a weighting, with both errors, under the names the oracles use. */
export function kappaAnswers(table: ContingencyTable, name: string, disagreement?: Float64Array): Answers {
  const kappa = cohensKappa(table, 0.95, disagreement);
  return {
    [name]: () => kappa,
    [`${name}SE`]: () => partOf(kappa, ({ standardError }) => standardError),
    [`${name}SE0`]: () => partOf(kappa, ({ nullStandardError }) => nullStandardError),
  };
}

function coefficientAnswers(name: string, coefficient: Outcome<Coefficient>): Answers {
  return {
    [name]: () => coefficient,
    [`${name}SE`]: () => partOf(coefficient, ({ standardError }) => standardError),
  };
}

const WEIGHTINGS: readonly (readonly [string, Exclude<Weighting, 'ordinal'>])[] = [
  ['', 'identity'],
  ['Linear', 'linear'],
  ['Quadratic', 'quadratic'],
];

/** Everything the engine says about a square table of two raters. */
export function tableAnswers(table: ContingencyTable): Answers {
  const answers: Record<string, () => Answer> = {};
  for (const [suffix, weighting] of WEIGHTINGS) {
    const weights = agreementWeights(table.size, weighting);
    Object.assign(
      answers,
      kappaAnswers(table, `kappa${suffix}`, disagreementWeights(table.size, weighting)),
      coefficientAnswers(`gwet${suffix === '' ? 'AC1' : `AC2${suffix}`}`, gwetsAC(table, weights)),
      coefficientAnswers(`brennanPrediger${suffix}`, brennanPrediger(table, weights)),
      coefficientAnswers(`scottPi${suffix}`, scottsPi(table, weights)),
    );
  }
  const kappa = cohensKappa(table);
  const agreement = percentAgreementWithError(table);
  const prevalence = prevalenceAndBias(table);
  return {
    ...answers,
    ...coefficientAnswers('observedAgreement', agreement),
    ...coefficientAnswers('krippendorffAlphaNominal', tableAlpha(table)),
    n: () => totalOf(table),
    table: () => rowsOf(table),
    expectedAgreement: () => expectedAgreement(table),
    kappaCI95normal: () =>
      partOf(kappa, ({ interval, noInterval }) =>
        interval === null ? { defined: false, reason: noInterval ?? '' } : endsOf(interval),
      ),
    kappaCI95t: () => partOf(kappaStudentInterval(kappa), endsOf),
    kappaZ0: () => partOf(kappaNullTest(kappa), ({ z }) => z),
    kappaP0: () => partOf(kappaNullTest(kappa), ({ p }) => p),
    kappaMax: () => kappaMax(table),
    mcc: () => matthewsCorrelation(table),
    pabak: () => partOf(prevalence, ({ pabak }) => pabak),
    prevalenceIndex: () => partOf(prevalence, ({ prevalenceIndex }) => prevalenceIndex),
    biasIndex: () => partOf(prevalence, ({ biasIndex }) => biasIndex),
    specificAgreementFirst: () => specificAgreement(table, 0),
    specificAgreementSecond: () => specificAgreement(table, 1),
  };
}

export function rowsOf(table: ContingencyTable): number[][] {
  return Array.from({ length: table.size }, (_row, row) =>
    Array.from(table.counts.subarray(row * table.size, (row + 1) * table.size)),
  );
}

const ABOUT = {
  stata_seNull: 'kappaSE0',
  stata_z: 'kappaZ0',
  stata_seAnalytical: 'kappaSE',
  stata_ci95: 'kappaCI95normal',
  trap_kappaLinearOnSortedObservedLabels: 'kappaLinear',
};

export const twoRaterTables = family<{ table: number[][]; disagreementWeights?: number[][] }>({
  answers: (input) => {
    const table = tableOfRows(input.table);
    if (input.disagreementWeights === undefined) return tableAnswers(table);
    const weighted = kappaAnswers(
      table,
      'kappaWeighted',
      Float64Array.from(input.disagreementWeights.flat()),
    );
    return { ...tableAnswers(table), ...weighted, kappa: weighted.kappaWeighted ?? (() => 'missing') };
  },
  about: ABOUT,
});

export const twoRaterLists = family<{
  categories: string[];
  a: (string | null)[];
  b: (string | null)[];
}>({
  answers: ({ categories, a, b }) => {
    const places = new Map(categories.map((category, place) => [category, place]));
    const codes = (labels: (string | null)[]) =>
      labels.map((label) => (label === null ? -1 : (places.get(label) ?? categories.length)));
    return tableAnswers(tableOfLabels(codes(a), codes(b), categories.length));
  },
  about: ABOUT,
});
