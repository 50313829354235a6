import { matrixProduct } from '../linear-algebra/matrix-product.ts';
import type { LogisticData, LogisticFit } from './logistic-regression.ts';

/**
 * The robust (sandwich, HC0) covariance of a logistic fit: information⁻¹ · Σ s·sᵀ · information⁻¹ over the rows'
 * scores, or over the sums of scores within clusters, which is what repeated rows of one item need. No small-sample
 * factor; see {@link clusterCorrection}.
 *
 * @param clusters the cluster of every row; each row its own where absent
 */
export function sandwichCovariance(
  data: LogisticData,
  fit: LogisticFit,
  clusters?: ArrayLike<number>,
): Float64Array {
  const { predictors, columns, outcome, weights } = data;
  const scores = new Map<number, Float64Array>();
  for (let row = 0; row < fit.fitted.length; row++) {
    const cluster = clusters === undefined ? row : (clusters[row] ?? 0);
    let score = scores.get(cluster);
    if (score === undefined) {
      score = new Float64Array(columns);
      scores.set(cluster, score);
    }
    const residual =
      (weights === undefined ? 1 : (weights[row] ?? 0)) * ((outcome[row] ?? 0) - (fit.fitted[row] ?? 0));
    for (let column = 0; column < columns; column++) {
      score[column] = (score[column] ?? 0) + residual * (predictors[row * columns + column] ?? 0);
    }
  }
  const meat = new Float64Array(columns * columns);
  for (const score of scores.values()) {
    for (let i = 0; i < columns; i++) {
      for (let j = 0; j < columns; j++) {
        meat[i * columns + j] = (meat[i * columns + j] ?? 0) + (score[i] ?? 0) * (score[j] ?? 0);
      }
    }
  }
  return sandwich(fit.covariance, meat, columns);
}

/** bread · meat · bread for symmetric matrices, row by row. */
export function sandwich(bread: Float64Array, meat: Float64Array, size: number): Float64Array {
  return matrixProduct(matrixProduct(bread, meat, size), bread, size);
}

/** The factor √(G/(G−1) · (n−1)/(n−p)) on cluster-robust standard errors that statsmodels and Stata apply. */
export function clusterCorrection(clusters: number, rows: number, columns: number): number {
  return Math.sqrt(((clusters / (clusters - 1)) * (rows - 1)) / (rows - columns));
}

/** Square roots of a covariance's diagonal. */
export function standardErrorsOf(covariance: Float64Array, size: number): Float64Array {
  return Float64Array.from({ length: size }, (_error, index) =>
    Math.sqrt(covariance[index * size + index] ?? 0),
  );
}
