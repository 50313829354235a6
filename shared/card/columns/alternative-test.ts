import { foldTable } from '../../labels/label-pairs.ts';
import { type Outcome, undefinedBecause } from '../../stats/estimate.ts';
import {
  type AlternativeTest,
  scoreAnnotators,
  testAnnotators,
} from '../../stats/substitution/alternative-annotator-test.ts';
import { CODE } from '../../study/verdict-codes.ts';
import type { JudgeView } from './judge-view.ts';

const TOO_FEW_FOR_TEST = 'no rater has 30 pairs that the judge and another rater labelled too';

/** Why what needs a random sample of labelled pairs says nothing. */
export const DRAWN_UNEQUALLY =
  'labelled pairs were drawn with unequal chances, and this needs a random sample of them';

/** Labels of raters and judge as the alternative annotator test takes them, and the test at any epsilon. */
export function alternativeTests(view: JudgeView): {
  readonly raters: readonly Float64Array[];
  readonly verdicts: Float64Array;
  at(epsilon: number): Outcome<AlternativeTest>;
} {
  const { data, judge, options } = view;
  const fold = foldTable(options);
  const labels = (codes: Int8Array) => {
    const column = new Float64Array(codes.length);
    for (let pair = 0; pair < codes.length; pair++) {
      const folded = fold[(codes[pair] ?? CODE.missing) + 1] ?? CODE.missing;
      column[pair] = folded < 0 ? Number.NaN : folded;
    }
    return column;
  };
  const raters = view.once('rater labels', () => data.raters.map(({ codes }) => labels(codes)));
  const verdicts = labels(judge.codes);
  const scores = scoreAnnotators(raters, verdicts, 'accuracy');
  // A test of means over pairs needs them as they come, not as a draw preferred them.
  if (data.weights !== null) return { raters, verdicts, at: () => undefinedBecause(DRAWN_UNEQUALLY) };
  return {
    raters,
    verdicts,
    at: (epsilon) => {
      const test = testAnnotators(scores, { epsilon });
      return test.defined ? test : undefinedBecause(TOO_FEW_FOR_TEST);
    },
  };
}
