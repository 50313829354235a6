/** How much agreement a pair of categories is worth, from their places in the declared order. */

/** The named weightings; `custom` weights are given as a matrix instead. */
export type Weighting = 'identity' | 'linear' | 'quadratic' | 'ordinal';

/**
 * Agreement weights for `size` declared categories, flattened row by row: 1 on the diagonal.
 *
 * Linear 1 − |i−j|/(k−1), quadratic 1 − ((i−j)/(k−1))², ordinal (Gwet) 1 − C(|i−j|+1, 2)/C(k, 2). Places
 * count declared categories, used or not: dropping the unused ones changes every weighted coefficient.
 */
export function agreementWeights(size: number, weighting: Weighting): Float64Array {
  const weights = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      weights[row * size + column] = weightOf(Math.abs(row - column), size, weighting);
    }
  }
  return weights;
}

function weightOf(distance: number, size: number, weighting: Weighting): number {
  if (distance === 0) return 1;
  if (weighting === 'identity') return 0;
  if (weighting === 'linear') return 1 - distance / (size - 1);
  if (weighting === 'quadratic') return 1 - (distance / (size - 1)) ** 2;
  return 1 - (distance * (distance + 1)) / (size * (size - 1));
}

/**
 * Disagreement in whole numbers: 0 or 1, |i−j| or (i−j)². Kappa does not change when these are rescaled,
 * and whole numbers keep its sums exact.
 */
export function disagreementWeights(size: number, weighting: Exclude<Weighting, 'ordinal'>): Float64Array {
  const weights = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const distance = Math.abs(row - column);
      weights[row * size + column] =
        weighting === 'identity'
          ? Math.min(distance, 1)
          : weighting === 'linear'
            ? distance
            : distance * distance;
    }
  }
  return weights;
}
