/**
 * Bradley–Terry as a regression over single comparisons, for what the table of counts cannot hold: an advantage of
 * being listed first, style features, a ridge.
 */
import type { LogisticData } from '../regression/logistic-regression.ts';

/** One comparison with its outcome for the first side: 1 win, ½ tie, 0 loss. */
export interface FeatureComparison {
  readonly first: number;
  readonly second: number;
  readonly outcome: number;
  /** How many such comparisons there are; 1 by default. */
  readonly weight?: number;
  /** Standardised feature differences, first less second. */
  readonly features?: readonly number[];
}

/**
 * The regression's data: an intercept where the order counts, then one column per system, then the features. System 0
 * is the reference and has no column, unless `reference` is false (with a ridge the location needs none).
 *
 * @param scale multiplies the strengths; ln 10 gives ratings in units of 400 Elo
 */
export function comparisonRegression(
  comparisons: readonly FeatureComparison[],
  players: number,
  options: { readonly order?: boolean; readonly reference?: boolean; readonly scale?: number } = {},
): LogisticData {
  const { order = false, reference = true, scale = 1 } = options;
  const features = comparisons[0]?.features?.length ?? 0;
  const shift = (order ? 1 : 0) - (reference ? 1 : 0);
  const columns = shift + players + features;
  const predictors = new Float64Array(comparisons.length * columns);
  comparisons.forEach((comparison, row) => {
    const from = row * columns;
    if (order) predictors[from] = 1;
    if (!(reference && comparison.first === 0)) predictors[from + shift + comparison.first] = scale;
    if (!(reference && comparison.second === 0)) predictors[from + shift + comparison.second] = -scale;
    comparison.features?.forEach((feature, index) => {
      predictors[from + shift + players + index] = feature;
    });
  });
  return {
    predictors,
    columns,
    outcome: comparisons.map(({ outcome }) => outcome),
    weights: comparisons.map(({ weight }) => weight ?? 1),
  };
}
