/** The product of two square matrices, row by row, into a new one. */
export function matrixProduct(left: Float64Array, right: Float64Array, size: number): Float64Array {
  const result = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let inner = 0; inner < size; inner++) {
      const scale = left[row * size + inner] ?? 0;
      if (scale === 0) continue;
      for (let column = 0; column < size; column++) {
        const cell = row * size + column;
        result[cell] = (result[cell] ?? 0) + scale * (right[inner * size + column] ?? 0);
      }
    }
  }
  return result;
}
