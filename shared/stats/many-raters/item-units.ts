import { distinctGroups } from '../resampling/distinct-groups.ts';
import type { Jackknife } from '../resampling/jackknife.ts';
import { type UnitCounts, withMultiplicity } from './unit-counts.ts';

/** Units grouped into items, equal items together: what a resample over items is made of. */
export interface ItemUnits {
  readonly counts: UnitCounts;
  /** How many items there are of each kind. */
  readonly itemCounts: Float64Array;
  /** For each kind of item, the kinds of unit it holds, one entry per unit. */
  readonly unitsOfItem: readonly Int32Array[];
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
  itemOfUnit: ArrayLike<number>,
  items: number,
): ItemUnits {
  const { groups, itemCounts } = distinctGroups(kindOfUnit, itemOfUnit, items);
  return { counts, itemCounts, unitsOfItem: groups };
}

/** A statistic of unit counts as a statistic of how often each kind of item stands in the sample. */
export function statisticOfItems(
  { counts, unitsOfItem }: ItemUnits,
  statistic: (counts: UnitCounts) => number | null,
): (multiplicity: Float64Array) => number | null {
  const ofUnits = new Float64Array(counts.rows.length);
  return (multiplicity) => {
    ofUnits.fill(0);
    for (let kind = 0; kind < unitsOfItem.length; kind++) {
      const times = multiplicity[kind] ?? 0;
      if (times === 0) continue;
      for (const unit of unitsOfItem[kind] ?? []) ofUnits[unit] = (ofUnits[unit] ?? 0) + times;
    }
    return statistic(withMultiplicity(counts, ofUnits));
  };
}

/**
 * The delete-one-item jackknife of a statistic of unit counts. One item's units are taken from the whole at a time, so
 * that its cost does not grow with the square of the kinds of item.
 */
export function itemUnitsJackknife(
  { counts, itemCounts, unitsOfItem }: ItemUnits,
  statistic: (counts: UnitCounts) => number | null,
): Jackknife {
  const ofUnits = counts.multiplicity.slice();
  const add = (kind: number, times: number) => {
    for (const unit of unitsOfItem[kind] ?? []) ofUnits[unit] = (ofUnits[unit] ?? 0) + times;
  };
  const values = Float64Array.from(unitsOfItem, (_units, kind) => {
    if ((itemCounts[kind] ?? 0) === 0) return Number.NaN;
    add(kind, -1);
    const value = statistic(withMultiplicity(counts, ofUnits));
    add(kind, 1);
    return value ?? Number.NaN;
  });
  return { values, counts: itemCounts };
}
