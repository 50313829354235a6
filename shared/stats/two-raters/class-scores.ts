import { type Estimate, type Outcome, undefinedBecause } from '../estimate.ts';
import { type ContingencyTable, cell, marginsOf, totalOf } from '../paired-table/contingency-table.ts';

/** How well predictions find one class. Each is undefined where it is 0/0. */
export interface ClassScore {
  readonly precision: Estimate;
  readonly recall: Estimate;
  readonly f1: Estimate;
  readonly specificity: Estimate;
  /** How often the truth is this class. */
  readonly support: number;
}

/** Averages over classes. */
export interface AveragedScore {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/** Precision, recall, F1 and specificity of every declared class. Rows are the truth, columns the prediction. */
export function classScores(table: ContingencyTable): ClassScore[] {
  const n = totalOf(table);
  const { rows, columns } = marginsOf(table);
  return Array.from(rows, (support, category) => {
    const predicted = columns[category] ?? 0;
    const hits = cell(table, category, category);
    return {
      precision: share(hits, predicted, 'this class was never predicted'),
      recall: share(hits, support, 'this class never occurs'),
      f1: share(2 * hits, support + predicted, 'this class neither occurs nor was predicted'),
      specificity: share(n - support - predicted + hits, n - support, 'every case is of this class'),
      support,
    };
  });
}

/**
 * Averages in which an undefined score counts as 0, as scikit-learn does by default: `macro` weighs every declared
 * class the same, `weighted` by its support. In single-label data the micro average of all three is accuracy.
 */
export function averagedScores(
  table: ContingencyTable,
  average: 'macro' | 'weighted',
): Outcome<AveragedScore> {
  const scores = classScores(table);
  const total = totalOf(table);
  if (total === 0) return undefinedBecause('there is no case');
  const mean = (of: (score: ClassScore) => Estimate) =>
    scores.reduce((sum, score) => {
      const estimate = of(score);
      const weight = average === 'macro' ? 1 / scores.length : score.support / total;
      return sum + weight * (estimate.defined ? estimate.value : 0);
    }, 0);
  return {
    defined: true,
    precision: mean(({ precision }) => precision),
    recall: mean(({ recall }) => recall),
    f1: mean(({ f1 }) => f1),
  };
}

/** Mean recall over the classes that occur in the truth. */
export function balancedAccuracy(table: ContingencyTable): Estimate {
  const recalls = classScores(table).flatMap(({ recall }) => (recall.defined ? [recall.value] : []));
  if (recalls.length === 0) return undefinedBecause('there is no case');
  return { defined: true, value: recalls.reduce((sum, recall) => sum + recall, 0) / recalls.length };
}

function share(part: number, whole: number, reason: string): Estimate {
  return whole === 0 ? undefinedBecause(reason) : { defined: true, value: part / whole };
}
