import { DistinctLists } from '../resampling/distinct-lists.ts';
import type { RatingMatrix } from './rating-matrix.ts';

/**
 * How many raters put each unit in each category, with units nobody rated left out and equal units listed once:
 * every coefficient that takes raters as interchangeable depends on nothing else.
 */
export interface UnitCounts {
  readonly categories: number;
  /** One row of `categories` counts per distinct unit. */
  readonly rows: readonly Int32Array[];
  /** How many units have each row. */
  readonly multiplicity: Float64Array;
  /** How many ratings each row has. */
  readonly ratings: Int32Array;
  /** Units with at least one rating. */
  readonly rated: number;
  /** Units with at least two, which are the ones agreement can be seen on. */
  readonly pairable: number;
}

/**
 * Counts the matrix. One pass over the ratings; equal units are found through a perfect key of their counts.
 *
 * @param kindOfUnit filled, where given, with the row each unit was counted in; −1 for a unit nobody rated
 */
export function unitCounts(matrix: RatingMatrix, kindOfUnit?: Int32Array): UnitCounts {
  const { units, raters, categories, codes } = matrix;
  const base = raters + 1;
  const keyed = base ** categories <= Number.MAX_SAFE_INTEGER;
  const places = new Float64Array(categories);
  for (let category = 0; category < categories; category++) places[category] = base ** category;
  const small = keyed && base ** categories <= 1 << 20 ? new Int32Array(base ** categories).fill(-1) : null;
  const large = new Map<number | string, number>();
  const rows: Int32Array[] = [];
  const multiplicity: number[] = [];
  const counts = new Int32Array(categories);
  for (let unit = 0; unit < units; unit++) {
    let key = 0;
    let any = false;
    if (!keyed) counts.fill(0);
    for (let index = unit * raters, end = index + raters; index < end; index++) {
      const code = codes[index] ?? -1;
      if (code < 0) continue;
      any = true;
      if (keyed) key += places[code] ?? 0;
      else counts[code] = (counts[code] ?? 0) + 1;
    }
    if (!any) {
      if (kindOfUnit !== undefined) kindOfUnit[unit] = -1;
      continue;
    }
    const found = small === null ? large.get(keyed ? key : counts.join()) : small[key];
    if (found !== undefined && found >= 0) {
      multiplicity[found] = (multiplicity[found] ?? 0) + 1;
      if (kindOfUnit !== undefined) kindOfUnit[unit] = found;
      continue;
    }
    if (kindOfUnit !== undefined) kindOfUnit[unit] = rows.length;
    if (small === null) large.set(keyed ? key : counts.join(), rows.length);
    else small[key] = rows.length;
    rows.push(keyed ? countsOfKey(key, base, categories) : counts.slice());
    multiplicity.push(1);
  }
  return fromRows(rows, Float64Array.from(multiplicity), categories);
}

const UNSEEN = -2;

/**
 * Counts units whose ratings were counted before, by kinds that are few.
 *
 * @param kindOfUnit the kind of every unit
 * @param rowOfKind how many raters put a unit of each kind in each category; kinds may be alike
 * @param countedIn filled with the row each unit was counted in; −1 for a unit nobody rated
 */
export function countUnits(
  kindOfUnit: Int32Array,
  rowOfKind: readonly Int32Array[],
  categories: number,
  countedIn: Int32Array,
): UnitCounts {
  const lists = new DistinctLists();
  const rows: Int32Array[] = [];
  const multiplicity: number[] = [];
  const numberOfKind = new Int32Array(rowOfKind.length).fill(UNSEEN);
  for (let unit = 0; unit < kindOfUnit.length; unit++) {
    const kind = kindOfUnit[unit] ?? 0;
    let number = numberOfKind[kind] ?? UNSEEN;
    if (number === UNSEEN) {
      const row = rowOfKind[kind] ?? new Int32Array(0);
      number = row.some((count) => count > 0) ? lists.numberOf(row, 0, row.length) : -1;
      numberOfKind[kind] = number;
      if (number === rows.length) rows.push(row);
    }
    countedIn[unit] = number;
    if (number >= 0) multiplicity[number] = (multiplicity[number] ?? 0) + 1;
  }
  return fromRows(rows, Float64Array.from(multiplicity), categories);
}

/** The same units with other multiplicities, as a resample gives them. */
export function withMultiplicity(counts: UnitCounts, multiplicity: Float64Array): UnitCounts {
  return fromRows(counts.rows, multiplicity, counts.categories, counts.ratings);
}

/** Two categories instead of many: one against the rest. */
export function categoryAgainstRest(counts: UnitCounts, category: number): UnitCounts {
  const rows = counts.rows.map((row, index) => {
    const chosen = row[category] ?? 0;
    return Int32Array.of(chosen, (counts.ratings[index] ?? 0) - chosen);
  });
  return fromRows(rows, counts.multiplicity, 2, counts.ratings);
}

function fromRows(
  rows: readonly Int32Array[],
  multiplicity: Float64Array,
  categories: number,
  known?: Int32Array,
): UnitCounts {
  const ratings = known ?? Int32Array.from(rows, (row) => row.reduce((sum, count) => sum + count, 0));
  let rated = 0;
  let pairable = 0;
  for (let index = 0; index < rows.length; index++) {
    rated += multiplicity[index] ?? 0;
    if ((ratings[index] ?? 0) >= 2) pairable += multiplicity[index] ?? 0;
  }
  return { categories, rows, multiplicity, ratings, rated, pairable };
}

function countsOfKey(key: number, base: number, categories: number): Int32Array {
  const counts = new Int32Array(categories);
  let left = key;
  for (let category = 0; category < categories; category++) {
    counts[category] = left % base;
    left = Math.floor(left / base);
  }
  return counts;
}
