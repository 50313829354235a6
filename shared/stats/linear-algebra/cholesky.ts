/**
 * The Cholesky factor L (lower, row by row) of a symmetric positive definite matrix: A = L·Lᵀ. Null when the
 * matrix is not positive definite to working precision, which is how singular problems show themselves.
 *
 * @param matrix `size * size` entries, row by row; only the lower triangle is read
 */
export function choleskyFactor(matrix: Float64Array, size: number): Float64Array | null {
  const factor = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = matrix[row * size + column] ?? 0;
      for (let index = 0; index < column; index++) {
        sum -= (factor[row * size + index] ?? 0) * (factor[column * size + index] ?? 0);
      }
      if (row === column) {
        if (!(sum > 1e-13 * Math.abs(matrix[row * size + row] ?? 0))) return null;
        factor[row * size + row] = Math.sqrt(sum);
      } else {
        factor[row * size + column] = sum / (factor[column * size + column] ?? 1);
      }
    }
  }
  return factor;
}

/** Solves A·x = b from A's Cholesky factor. */
export function choleskySolve(factor: Float64Array, size: number, right: ArrayLike<number>): Float64Array {
  const solution = Float64Array.from(right);
  for (let row = 0; row < size; row++) {
    let sum = solution[row] ?? 0;
    for (let column = 0; column < row; column++) {
      sum -= (factor[row * size + column] ?? 0) * (solution[column] ?? 0);
    }
    solution[row] = sum / (factor[row * size + row] ?? 1);
  }
  for (let row = size - 1; row >= 0; row--) {
    let sum = solution[row] ?? 0;
    for (let column = row + 1; column < size; column++) {
      sum -= (factor[column * size + row] ?? 0) * (solution[column] ?? 0);
    }
    solution[row] = sum / (factor[row * size + row] ?? 1);
  }
  return solution;
}

/** The inverse of A from its Cholesky factor, row by row. */
export function choleskyInverse(factor: Float64Array, size: number): Float64Array {
  const inverse = new Float64Array(size * size);
  const unit = new Float64Array(size);
  for (let column = 0; column < size; column++) {
    unit.fill(0);
    unit[column] = 1;
    inverse.set(choleskySolve(factor, size, unit), column * size);
  }
  return inverse;
}
