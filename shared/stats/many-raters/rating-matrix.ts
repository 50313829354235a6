/**
 * Units (items) by raters, with missing ratings: `codes[unit * raters + rater]` is a place in the declared category
 * list, or negative where that rater did not rate that unit.
 */
export interface RatingMatrix {
  readonly units: number;
  readonly raters: number;
  readonly categories: number;
  readonly codes: Int8Array;
}

/**
 * A matrix from rows of codes, null for missing. Throws when rows differ in length or a code is outside the declared
 * categories (1 to 127).
 */
export function ratingMatrix(
  rows: readonly (readonly (number | null)[])[],
  categories: number,
): RatingMatrix {
  const raters = rows[0]?.length ?? 0;
  if (!Number.isInteger(categories) || categories < 1 || categories > 127) {
    throw new RangeError(`${categories} categories, 1 to 127 allowed`);
  }
  const codes = new Int8Array(rows.length * raters).fill(-1);
  rows.forEach((row, unit) => {
    if (row.length !== raters) {
      throw new RangeError(`unit ${unit} has ${row.length} raters, not ${raters}`);
    }
    row.forEach((code, rater) => {
      if (code === null) return;
      if (!Number.isInteger(code) || code < 0 || code >= categories) {
        throw new RangeError(`unit ${unit}, rater ${rater}: ${code} is not one of ${categories} categories`);
      }
      codes[unit * raters + rater] = code;
    });
  });
  return { units: rows.length, raters, categories, codes };
}
