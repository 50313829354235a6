import { foldTable, TABLE_SIZE } from '../../labels/label-pairs.ts';
import { type Outcome, undefinedBecause } from '../../stats/estimate.ts';
import {
  type AlternativeTest,
  scoreByAccuracy,
  testAnnotators,
} from '../../stats/substitution/alternative-annotator-test.ts';
import { CODE } from '../../study/verdict-codes.ts';
import type { JudgeView } from './judge-view.ts';

const TOO_FEW_FOR_TEST = 'no rater has 30 pairs that the judge and another rater labelled too';

/** Why what needs a random sample of labelled pairs says nothing. */
export const DRAWN_UNEQUALLY =
  'labelled pairs were drawn with unequal chances, and this needs a random sample of them';

/** The alternative annotator test at any epsilon, and on which pairs the judge wins over a rater. */
export function alternativeTests({ data, judge, options }: JudgeView): {
  readonly winsOver: (rater: number) => Int8Array;
  at(epsilon: number): Outcome<AlternativeTest>;
} {
  const fold = foldTable(options);
  const labels = (codes: Int8Array) => codes.map((code) => fold[code + 1] ?? CODE.missing);
  const { scores, winsOver } = scoreByAccuracy(
    data.raters.map(({ codes }) => labels(codes)),
    labels(judge.codes),
    TABLE_SIZE,
  );
  // A test of means over pairs needs them as they come, not as a draw preferred them.
  if (data.weights !== null) return { winsOver, at: () => undefinedBecause(DRAWN_UNEQUALLY) };
  return {
    winsOver,
    at: (epsilon) => {
      const test = testAnnotators(scores, { epsilon });
      return test.defined ? test : undefinedBecause(TOO_FEW_FOR_TEST);
    },
  };
}
