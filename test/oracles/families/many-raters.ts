import type { Outcome } from '../../../shared/stats/estimate.ts';
import { brennanPredigerOfMany } from '../../../shared/stats/many-raters/brennan-prediger-many.ts';
import { congerKappa } from '../../../shared/stats/many-raters/conger-kappa.ts';
import { fleissKappa, fleissNullTest } from '../../../shared/stats/many-raters/fleiss-kappa.ts';
import { gwetsACOfMany } from '../../../shared/stats/many-raters/gwets-ac-many.ts';
import { intraclassCorrelations } from '../../../shared/stats/many-raters/intraclass-correlation.ts';
import { kendallsW } from '../../../shared/stats/many-raters/kendalls-w.ts';
import {
  alphaStandardError,
  krippendorffAlpha,
} from '../../../shared/stats/many-raters/krippendorff-alpha.ts';
import { lightsKappa } from '../../../shared/stats/many-raters/lights-kappa.ts';
import { allRatersAgree, pairwiseAgreement } from '../../../shared/stats/many-raters/pairwise-agreement.ts';
import { ratingMatrix } from '../../../shared/stats/many-raters/rating-matrix.ts';
import { testRetest } from '../../../shared/stats/many-raters/test-retest.ts';
import { categoryAgainstRest, unitCounts } from '../../../shared/stats/many-raters/unit-counts.ts';
import type { ManyRaterCoefficient } from '../../../shared/stats/many-raters/unit-linearisation.ts';
import { agreementWeights, type Weighting } from '../../../shared/stats/two-raters/category-weights.ts';
import { type Answer, type Answers, family } from '../answer.ts';
import { partOf } from '../part-of.ts';

const WEIGHTINGS: readonly (readonly [string, Weighting])[] = [
  ['', 'identity'],
  ['Linear', 'linear'],
  ['Quadratic', 'quadratic'],
  ['Ordinal', 'ordinal'],
];

function named(name: string, compute: () => Outcome<ManyRaterCoefficient>): Answers {
  return {
    [name]: () => compute(),
    [`${name}SE`]: () => partOf(compute(), ({ standardError }) => standardError),
  };
}

export const manyRaters = family<{ categories: number; ratings: (number | null)[][]; scores?: number[] }>({
  answers: (input) => {
    const matrix = ratingMatrix(input.ratings, input.categories);
    const counts = unitCounts(matrix);
    const answers: Record<string, () => Answer> = {};
    for (const [suffix, weighting] of WEIGHTINGS) {
      const weights = agreementWeights(input.categories, weighting);
      Object.assign(
        answers,
        named(`percentAgreement${suffix}`, () => pairwiseAgreement(counts, weights)),
        named(`fleissKappa${suffix}`, () => fleissKappa(counts, weights)),
        named(`congerKappa${suffix}`, () => congerKappa(matrix, weights)),
        named(`gwetAC${suffix}`, () => gwetsACOfMany(counts, weights)),
        named(`brennanPrediger${suffix}`, () => brennanPredigerOfMany(counts, weights)),
      );
    }
    const byRater = () =>
      Array.from({ length: matrix.raters }, (_rater, rater) => input.ratings.map((row) => row[rater] ?? -1));
    return {
      ...answers,
      unitsRated: () => counts.rated,
      unitsPairable: () => counts.pairable,
      krippendorffAlphaNominal: () => krippendorffAlpha(counts, 'nominal'),
      krippendorffGwet: () => krippendorffAlpha(counts, 'nominal'),
      krippendorffAlphaNominalSE: () =>
        alphaStandardError(counts, agreementWeights(input.categories, 'identity')),
      krippendorffAlphaOrdinal: () => krippendorffAlpha(counts, 'ordinal'),
      krippendorffAlphaInterval: () => krippendorffAlpha(counts, 'interval', input.scores),
      krippendorffAlphaIntervalSE: () =>
        alphaStandardError(counts, agreementWeights(input.categories, 'quadratic')),
      krippendorffAlphaRatio: () => krippendorffAlpha(counts, 'ratio', input.scores),
      krippendorffAlphaRatioScores1toQ: () =>
        krippendorffAlpha(
          counts,
          'ratio',
          Array.from({ length: input.categories }, (_score, place) => place + 1),
        ),
      fleissZ0: () => partOf(fleissNullTest(counts), ({ z }) => z),
      fleissP0: () => partOf(fleissNullTest(counts), ({ p }) => p),
      fleissPerCategory: () =>
        Array.from({ length: input.categories }, (_category, category) =>
          fleissKappa(categoryAgainstRest(counts, category)),
        ),
      lightKappa: () => lightsKappa(matrix),
      allRatersAgree: () => allRatersAgree(counts),
      kendallW: () => kendallsW(byRater()),
    };
  },
  about: {
    trap_irrAlphaNominalCompleteData: 'krippendorffAlphaNominal',
    paper_alpha_nominal: 'krippendorffAlphaNominal',
    paper_alpha_ordinal: 'krippendorffAlphaOrdinal',
    paper_alpha_interval: 'krippendorffAlphaInterval',
  },
});

interface IntraRaterInput {
  readonly ratings?: number[][];
  readonly categories?: number;
  readonly first?: (number | null)[];
  readonly second?: (number | null)[];
}

export const intraRater = family<IntraRaterInput>({
  answers: ({ ratings, categories = 0, first, second }) => {
    if (first !== undefined && second !== undefined) {
      const codes = (labels: (number | null)[]) => labels.map((label) => label ?? -1);
      const retest = testRetest(codes(first), codes(second), categories);
      return {
        n: () => retest.n,
        agreement: () => retest.agreement,
        kappa: () => retest.kappa,
        kappaSE: () => partOf(retest.kappa, ({ standardError }) => standardError),
        scottPi: () => retest.scottsPi,
      };
    }
    const correlations = intraclassCorrelations(ratings ?? []);
    const six = (part: 'value' | 'f' | 'low' | 'high') => () =>
      partOf(correlations, ({ one, random, fixed, meanOfOne, meanOfRandom, meanOfFixed }) =>
        [one, random, fixed, meanOfOne, meanOfRandom, meanOfFixed].map((each) =>
          part === 'value' || part === 'f' ? each[part] : each.interval[part],
        ),
      );
    return { icc: six('value'), iccF: six('f'), iccLower95: six('low'), iccUpper95: six('high') };
  },
  about: { paper2dp: 'icc' },
});
