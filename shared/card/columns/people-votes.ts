/** All raters' votes as units to rate, for coefficients of many raters. */

import { foldTable } from '../../labels/label-pairs.ts';
import type { RaterColumn } from '../../labels/vote-model.ts';
import { type ItemUnits, itemUnits } from '../../stats/many-raters/item-units.ts';
import { unitCounts } from '../../stats/many-raters/unit-counts.ts';
import { CODE } from '../../study/verdict-codes.ts';
import type { CardData } from './card-data.ts';
import { gradeOfVote, gradePlaces, placeOfGrade } from './grades.ts';
import type { PeopleView } from './judge-view.ts';

/** Places on the scale first – tie – second, both bad after them. */
const PLACE = new Map<number, number>([
  [CODE.first, 0],
  [CODE.tie, 1],
  [CODE.second, 2],
  [CODE.both_bad, 3],
]);

/** Categories of the ordered scale alone. */
export const SCALE_SIZE = 3;

/**
 * The votes on some pairs, in places on the scale. Both bad is a fourth category where anybody used it, unless it is
 * left out.
 *
 * @param pairs all by default
 */
export function peopleUnits(
  { data, options }: PeopleView,
  { pairs, bothBad }: { readonly pairs?: Int32Array; readonly bothBad: 'category' | 'left_out' },
): ItemUnits {
  const placeOf = foldTable(options).map((code) => {
    const place = PLACE.get(code) ?? CODE.missing;
    return place >= SCALE_SIZE && bothBad === 'left_out' ? CODE.missing : place;
  });
  return unitsOf(
    data,
    pairs ?? allPairs(data),
    SCALE_SIZE,
    ({ codes }, pair) => placeOf[(codes[pair] ?? CODE.missing) + 1] ?? CODE.missing,
  );
}

/** The graded votes on all pairs, in places on the scale of strengths. */
export function gradedUnits({ data, options }: PeopleView): ItemUnits {
  return unitsOf(data, allPairs(data), gradePlaces(data.strengths), (rater, pair) =>
    placeOfGrade(gradeOfVote(rater, pair, options), data.strengths),
  );
}

function allPairs({ itemOfPair }: CardData): Int32Array {
  return itemOfPair.map((_item, pair) => pair);
}

/** @param categories declared ones; more where a place is beyond them */
function unitsOf(
  { raters, itemOfPair, itemCount }: CardData,
  chosen: Int32Array,
  categories: number,
  placeOf: (rater: RaterColumn, pair: number) => number,
): ItemUnits {
  const codes = new Int8Array(chosen.length * raters.length).fill(CODE.missing);
  let used = categories;
  raters.forEach((rater, index) => {
    for (let unit = 0; unit < chosen.length; unit++) {
      const place = placeOf(rater, chosen[unit] ?? 0);
      if (place >= used) used = place + 1;
      codes[unit * raters.length + index] = place;
    }
  });
  const kindOfUnit = new Int32Array(chosen.length);
  const matrix = { units: chosen.length, raters: raters.length, categories: used, codes };
  const counts = unitCounts(matrix, kindOfUnit);
  return itemUnits(
    counts,
    kindOfUnit,
    chosen.map((pair) => itemOfPair[pair] ?? 0),
    itemCount,
  );
}
