import {
  type AlternativeScoring,
  type AnnotatorComparison,
  alternativeAnnotatorTest,
} from '../../../shared/stats/substitution/alternative-annotator-test.ts';
import { type Answer, family } from '../answer.ts';
import { partOf } from '../part-of.ts';

interface Input {
  readonly humans: Readonly<Record<string, Readonly<Record<string, number | null>>>>;
  readonly judge: Readonly<Record<string, number | null>>;
  readonly scoring: AlternativeScoring;
  readonly epsilon: number;
  readonly q: number;
  readonly minInstancesPerHuman: number;
}

function labelled(labels: Readonly<Record<string, number | null>>): Map<string, number> {
  return new Map(Object.entries(labels).flatMap(([item, label]) => (label === null ? [] : [[item, label]])));
}

export const alternativeTest = family<Input>({
  answers: ({ humans, judge, scoring, epsilon, q, minInstancesPerHuman }) => {
    const names = Object.keys(humans);
    const test = alternativeAnnotatorTest(Object.values(humans).map(labelled), labelled(judge), {
      scoring,
      epsilon,
      falseDiscoveryRate: q,
      fewestItems: minInstancesPerHuman,
    });
    const each = (of: (comparison: AnnotatorComparison, index: number) => Answer) => () =>
      partOf(test, ({ comparisons }) => comparisons.map(of));
    return {
      annotatorsTested: each(({ annotator }) => names[annotator] ?? ''),
      pValues: each(({ p }) => p),
      byAdjustedP: each(({ adjustedP }) => adjustedP ?? { defined: false, reason: 'the test was not made' }),
      rejected: () =>
        partOf(test, ({ comparisons }) =>
          comparisons.flatMap(({ rejected }, index) => (rejected ? [index] : [])),
        ),
      winningRate: () => partOf(test, ({ winningRate }) => winningRate),
      advantageProbability: () => partOf(test, ({ advantageProbability }) => advantageProbability),
      passes: () => partOf(test, ({ passes }) => passes),
    };
  },
});
