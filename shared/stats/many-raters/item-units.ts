import { distinctGroups } from '../resampling/distinct-groups.ts';
import type { Jackknife } from '../resampling/jackknife.ts';
import { type UnitCounts, withMultiplicity } from './unit-counts.ts';

/** Units grouped into items, equal items together: what a resample over items is made of. */
export interface ItemUnits {
  readonly counts: UnitCounts;
  /** How many items there are of each kind. */
  readonly itemCounts: Float64Array;
  /** The kinds of unit that each kind of item holds, one entry per unit, one kind of item after the other. */
  readonly unitsOfItems: Int32Array;
  /** Where those of each kind of item begin, and the end of the last. */
  readonly starts: Int32Array;
}

/**
 * Groups units by item.
 *
 * @param counts with one row per distinct unit
 * @param kindOfUnit the row of `counts` of every unit, or negative for a unit nobody rated
 * @param itemOfUnit the item of every unit, 0 to `items` − 1
 */
export function itemUnits(
  counts: UnitCounts,
  kindOfUnit: Int32Array,
  itemOfUnit: Int32Array,
  items: number,
): ItemUnits {
  const { values, starts, itemCounts } = distinctGroups(kindOfUnit, itemOfUnit, items);
  return { counts, itemCounts, unitsOfItems: values, starts };
}

/** A statistic of unit counts as a statistic of how often each kind of item stands in the sample. */
export function statisticOfItems(
  { counts, itemCounts, unitsOfItems, starts }: ItemUnits,
  statistic: (counts: UnitCounts) => number | null,
): (multiplicity: Float64Array) => number | null {
  const ofUnits = new Float64Array(counts.rows.length);
  return (multiplicity) => {
    ofUnits.fill(0);
    for (let kind = 0; kind < itemCounts.length; kind++) {
      const times = multiplicity[kind] ?? 0;
      if (times === 0) continue;
      for (let place = starts[kind] ?? 0; place < (starts[kind + 1] ?? 0); place++) {
        const unit = unitsOfItems[place] ?? 0;
        ofUnits[unit] = (ofUnits[unit] ?? 0) + times;
      }
    }
    return statistic(withMultiplicity(counts, ofUnits));
  };
}

/**
 * The delete-one-item jackknife of a statistic of unit counts. One item's units are taken from the whole at a time, so
 * that its cost does not grow with the square of the kinds of item.
 */
export function itemUnitsJackknife(
  { counts, itemCounts, unitsOfItems, starts }: ItemUnits,
  statistic: (counts: UnitCounts) => number | null,
): Jackknife {
  const ofUnits = counts.multiplicity.slice();
  const add = (kind: number, times: number) => {
    for (let place = starts[kind] ?? 0; place < (starts[kind + 1] ?? 0); place++) {
      const unit = unitsOfItems[place] ?? 0;
      ofUnits[unit] = (ofUnits[unit] ?? 0) + times;
    }
  };
  const values = new Float64Array(itemCounts.length).fill(Number.NaN);
  for (let kind = 0; kind < values.length; kind++) {
    if ((itemCounts[kind] ?? 0) === 0) continue;
    add(kind, -1);
    values[kind] = statistic(withMultiplicity(counts, ofUnits)) ?? Number.NaN;
    add(kind, 1);
  }
  return { values, counts: itemCounts };
}
