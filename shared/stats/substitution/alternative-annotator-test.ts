import { studentUpperTail } from '../distribution/student-t.ts';
import { type Estimate, type Outcome, undefinedBecause } from '../estimate.ts';
import { benjaminiYekutieli } from '../multiplicity/adjusted-p-values.ts';

/** How a label is scored against the other annotators of its item. */
export type AlternativeScoring = 'accuracy' | 'neg_rmse';

export interface AlternativeTestOptions {
  readonly scoring: AlternativeScoring;
  /**
   * How much worse than a person the judge may be and still be preferred for its cost: 0.2 for experts, 0.15 for
   * skilled annotators, 0.1 for crowds. Fix it before looking; passing depends on it.
   */
  readonly epsilon: number;
  /** False discovery rate over annotators; 0.05 by default. */
  readonly falseDiscoveryRate?: number;
  /** Annotators with fewer items are not tested; 30 by default. */
  readonly fewestItems?: number;
}

/** One annotator against the judge. */
export interface AnnotatorComparison {
  /** Position in the list given. */
  readonly annotator: number;
  readonly items: number;
  /** Share of items on which the judge is at least as close to the others as the annotator. */
  readonly judgeWins: number;
  readonly annotatorWins: number;
  /**
   * One-sided p that the annotator is better by epsilon or more; undefined when every difference is exactly epsilon.
   */
  readonly p: Estimate;
  readonly adjustedP: number | null;
  readonly rejected: boolean;
}

/** Whether the judge may stand in for the annotators. */
export interface AlternativeTest {
  readonly comparisons: readonly AnnotatorComparison[];
  /** ω: the share of tested annotators the judge beats. */
  readonly winningRate: number;
  /** ρ: the mean chance that the judge is at least as good as an annotator; rank judges by it. */
  readonly advantageProbability: number;
  /** ω ≥ ½. */
  readonly passes: boolean;
}

/**
 * The alternative annotator test (Calderon, Reichart & Dror 2025). Each annotator in turn is left out; judge and
 * annotator are scored against the remaining annotators of the same items, ties counting for both. A one-sample t test
 * of (annotator wins − judge wins) against epsilon, then Benjamini–Yekutieli over the annotators tested. Items with a
 * single annotator, or none by the judge, do not count. The t test takes items as independent.
 *
 * Where all differences are the same number d the t statistic does not exist: p is 0 when d < ε, 1 when d > ε.
 *
 * @param annotators for each, item → label
 * @param judge item → label
 */
export function alternativeAnnotatorTest<Item>(
  annotators: readonly ReadonlyMap<Item, number>[],
  judge: ReadonlyMap<Item, number>,
  options: AlternativeTestOptions,
): Outcome<AlternativeTest> {
  const items = [...judge.keys()];
  const column = (labels: ReadonlyMap<Item, number>) =>
    Float64Array.from(items, (item) => labels.get(item) ?? Number.NaN);
  const [columns, verdicts] = [annotators.map(column), column(judge)];
  if (options.scoring === 'neg_rmse') return testAnnotators(scoreByDistance(columns, verdicts), options);
  const labels = [...new Set([verdicts, ...columns].flatMap((values) => [...values]))];
  const numbered = (values: Float64Array) =>
    Int32Array.from(values, (label) => (Number.isNaN(label) ? -1 : labels.indexOf(label)));
  return testAnnotators(
    scoreByAccuracy(columns.map(numbered), numbered(verdicts), labels.length).scores,
    options,
  );
}

/** How an annotator and the judge did against the other annotators. */
export interface AnnotatorScore {
  readonly annotator: number;
  /** Items that count. */
  readonly items: number;
  /** Items on which only the one of the two was closer; on the others both were equally close. */
  readonly judgeOnly: number;
  readonly annotatorOnly: number;
}

/**
 * The scores of exact agreement, from how many annotators gave each item each label.
 *
 * @param annotators columns of labels from 0, one entry per item, negative where there is none
 * @param judge the same of the judge
 * @param labels how many labels there are
 */
export function scoreByAccuracy(
  annotators: readonly (Int8Array | Int32Array)[],
  judge: Int8Array | Int32Array,
  labels: number,
): {
  readonly scores: readonly AnnotatorScore[];
  /** For each item 1 where the judge is at least as close to the others as an annotator, 0 where not, −1 where it does not count. */
  readonly winsOver: (annotator: number) => Int8Array;
} {
  const items = judge.length;
  const counts = new Int32Array(items * labels);
  const totals = new Int32Array(items);
  for (const own of annotators)
    for (let item = 0; item < items; item++) {
      const label = own[item] ?? -1;
      if (label < 0) continue;
      counts[item * labels + label] = (counts[item * labels + label] ?? 0) + 1;
      totals[item] = (totals[item] ?? 0) + 1;
    }
  const eachItem = (
    own: Int8Array | Int32Array,
    visit: (item: number, ofJudge: number, ofAnnotator: number) => void,
  ) => {
    for (let item = 0; item < items; item++) {
      const [verdict, label] = [judge[item] ?? -1, own[item] ?? -1];
      if (verdict < 0 || label < 0 || (totals[item] ?? 0) < 2) continue;
      const ofJudge = (counts[item * labels + verdict] ?? 0) - Number(label === verdict);
      visit(item, ofJudge, (counts[item * labels + label] ?? 0) - 1);
    }
  };
  return {
    scores: annotators.map((own, annotator) => {
      const score = { annotator, items: 0, judgeOnly: 0, annotatorOnly: 0 };
      eachItem(own, (_item, ofJudge, ofAnnotator) => {
        score.items++;
        if (ofJudge > ofAnnotator) score.judgeOnly++;
        else if (ofAnnotator > ofJudge) score.annotatorOnly++;
      });
      return score;
    }),
    winsOver: (annotator) => {
      const flags = new Int8Array(items).fill(-1);
      eachItem(annotators[annotator] ?? new Int8Array(0), (item, ofJudge, ofAnnotator) => {
        flags[item] = Number(ofJudge >= ofAnnotator);
      });
      return flags;
    },
  };
}

/** The scores of closeness on a scale: the sum of squared distances orders as the negative root mean square does. */
function scoreByDistance(annotators: readonly Float64Array[], judge: Float64Array): AnnotatorScore[] {
  return annotators.map((own, annotator) => {
    const score = { annotator, items: 0, judgeOnly: 0, annotatorOnly: 0 };
    for (let item = 0; item < judge.length; item++) {
      const [verdict, label] = [judge[item] ?? Number.NaN, own[item] ?? Number.NaN];
      if (Number.isNaN(verdict) || Number.isNaN(label)) continue;
      let [others, ofJudge, ofAnnotator] = [0, 0, 0];
      for (const [other, labels] of annotators.entries()) {
        const theirs = labels[item] ?? Number.NaN;
        if (other === annotator || Number.isNaN(theirs)) continue;
        others++;
        ofJudge -= (theirs - verdict) ** 2;
        ofAnnotator -= (theirs - label) ** 2;
      }
      if (others === 0) continue;
      score.items++;
      if (ofJudge > ofAnnotator) score.judgeOnly++;
      else if (ofAnnotator > ofJudge) score.annotatorOnly++;
    }
    return score;
  });
}

/** The test on scores; see {@link alternativeAnnotatorTest}. */
export function testAnnotators(
  scores: readonly AnnotatorScore[],
  { epsilon, falseDiscoveryRate = 0.05, fewestItems = 30 }: Omit<AlternativeTestOptions, 'scoring'>,
): Outcome<AlternativeTest> {
  const tested = scores.filter(({ items }) => items >= fewestItems && items > 0);
  if (tested.length === 0) return undefinedBecause('no annotator has enough items');
  const pValues = tested.map((score) => lowerTailP(score, epsilon));
  const adjusted = benjaminiYekutieli(pValues.map((p) => (p.defined ? p.value : null)));
  const comparisons = tested.map((score, index): AnnotatorComparison => {
    const adjustedP = adjusted[index] ?? null;
    return {
      annotator: score.annotator,
      items: score.items,
      judgeWins: (score.items - score.annotatorOnly) / score.items,
      annotatorWins: (score.items - score.judgeOnly) / score.items,
      p: pValues[index] ?? undefinedBecause('not tested'),
      adjustedP,
      rejected: adjustedP !== null && adjustedP <= falseDiscoveryRate,
    };
  });
  const winningRate = comparisons.filter(({ rejected }) => rejected).length / comparisons.length;
  return {
    defined: true,
    comparisons,
    winningRate,
    advantageProbability: comparisons.reduce((sum, { judgeWins }) => sum + judgeWins, 0) / comparisons.length,
    passes: winningRate >= 0.5,
  };
}

/** The p of a one-sample t test of annotator wins less judge wins, alternative "the mean is less than `bound`". */
function lowerTailP({ items, judgeOnly, annotatorOnly }: AnnotatorScore, bound: number): Estimate {
  const mean = (annotatorOnly - judgeOnly) / items;
  const isConstant = judgeOnly === items || annotatorOnly === items || judgeOnly + annotatorOnly === 0;
  if (isConstant) {
    if (mean === bound) return undefinedBecause('every difference is exactly epsilon');
    return { defined: true, value: mean < bound ? 0 : 1 };
  }
  if (items < 2) return undefinedBecause('one item is too few for a test');
  const squares = judgeOnly + annotatorOnly - items * mean ** 2;
  const t = (mean - bound) / Math.sqrt(squares / (items - 1) / items);
  return { defined: true, value: studentUpperTail(-t, items - 1) };
}
