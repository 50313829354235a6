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
  const { epsilon, falseDiscoveryRate = 0.05, fewestItems = 30 } = options;
  const tested = annotators.flatMap((own, annotator) => {
    const differences: number[] = [];
    let [judgeWins, annotatorWins] = [0, 0];
    for (const [item, label] of own) {
      const verdict = judge.get(item);
      if (verdict === undefined) continue;
      const others = annotators.flatMap((each, other) => {
        const theirs = other === annotator ? undefined : each.get(item);
        return theirs === undefined ? [] : [theirs];
      });
      if (others.length === 0) continue;
      const ofJudge = closeness(verdict, others, options.scoring);
      const ofAnnotator = closeness(label, others, options.scoring);
      const [judgeWon, annotatorWon] = [ofJudge >= ofAnnotator ? 1 : 0, ofAnnotator >= ofJudge ? 1 : 0];
      judgeWins += judgeWon;
      annotatorWins += annotatorWon;
      differences.push(annotatorWon - judgeWon);
    }
    const items = differences.length;
    if (items < fewestItems || items === 0) return [];
    return [
      {
        annotator,
        items,
        judgeWins: judgeWins / items,
        annotatorWins: annotatorWins / items,
        p: lowerTailP(differences, epsilon),
      },
    ];
  });
  if (tested.length === 0) return undefinedBecause('no annotator has enough items');
  const adjusted = benjaminiYekutieli(tested.map(({ p }) => (p.defined ? p.value : null)));
  const comparisons = tested.map((each, index): AnnotatorComparison => {
    const adjustedP = adjusted[index] ?? null;
    return { ...each, adjustedP, rejected: adjustedP !== null && adjustedP <= falseDiscoveryRate };
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

function closeness(label: number, others: readonly number[], scoring: AlternativeScoring): number {
  const sum = others.reduce(
    (total, other) => total + (scoring === 'accuracy' ? (other === label ? 1 : 0) : (other - label) ** 2),
    0,
  );
  return scoring === 'accuracy' ? sum / others.length : -Math.sqrt(sum / others.length);
}

/** The p of a one-sample t test with alternative "the mean is less than `bound`". */
function lowerTailP(values: readonly number[], bound: number): Estimate {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  if (squares === 0) {
    if (mean === bound) return undefinedBecause('every difference is exactly epsilon');
    return { defined: true, value: mean < bound ? 0 : 1 };
  }
  if (n < 2) return undefinedBecause('one item is too few for a test');
  const t = (mean - bound) / Math.sqrt(squares / (n - 1) / n);
  return { defined: true, value: studentUpperTail(-t, n - 1) };
}
