/** All raters' votes as units to rate, for coefficients of many raters. */

import { valuesAt } from '../../columns/column.ts';
import { countsOfKind } from '../../labels/vote-kinds.ts';
import { type ItemUnits, itemUnits } from '../../stats/many-raters/item-units.ts';
import { countUnits, unitCounts } from '../../stats/many-raters/unit-counts.ts';
import { CODE } from '../../study/verdict-codes.ts';
import { gradeOfVote, gradePlaces, placeOfGrade } from './grades.ts';
import type { PeopleView } from './judge-view.ts';

/** Places on the scale first – tie – second, both bad after them, by label. */
const PLACE_OF_LABEL = [0, 2, 1, 3] as const satisfies Record<number, number>;

/** Categories of the ordered scale alone. */
export const SCALE_SIZE = 3;

/**
 * The votes on some pairs, in places on the scale. Both bad is a fourth category where anybody used it, unless it is
 * left out.
 *
 * @param pairs all by default
 */
export function peopleUnits(
  { data, options, votes }: PeopleView,
  { pairs, bothBad }: { readonly pairs?: Int32Array; readonly bothBad: 'category' | 'left_out' },
): ItemUnits {
  const chosen = pairs === undefined ? votes.kindOfPair : valuesAt(votes.kindOfPair, pairs);
  const ofKinds = Array.from({ length: votes.kinds }, (_kind, kind) =>
    countsOfKind(votes, kind, options.bothBad),
  );
  if (bothBad === 'left_out') for (const counts of ofKinds) counts[CODE.both_bad] = 0;
  const isChosen = new Uint8Array(votes.kinds);
  for (const kind of chosen) isChosen[kind] = 1;
  const isUsed = ofKinds.some((counts, kind) => isChosen[kind] === 1 && (counts[CODE.both_bad] ?? 0) > 0);
  const categories = isUsed ? SCALE_SIZE + 1 : SCALE_SIZE;
  const kindOfUnit = new Int32Array(chosen.length);
  const counts = countUnits(
    chosen,
    ofKinds.map((ofKind) => {
      const row = new Int32Array(categories);
      for (const [label, place] of PLACE_OF_LABEL.entries())
        if (place < categories) row[place] = ofKind[label] ?? 0;
      return row;
    }),
    categories,
    kindOfUnit,
  );
  return itemUnits(
    counts,
    kindOfUnit,
    pairs === undefined ? data.itemOfPair : valuesAt(data.itemOfPair, pairs),
    data.itemCount,
  );
}

/** The graded votes on all pairs, in places on the scale of strengths. */
export function gradedUnits({ data, options }: PeopleView): ItemUnits {
  const { raters, itemOfPair, itemCount, strengths } = data;
  const codes = new Int8Array(itemOfPair.length * raters.length).fill(CODE.missing);
  let categories = gradePlaces(strengths);
  raters.forEach((rater, index) => {
    for (let pair = 0; pair < itemOfPair.length; pair++) {
      const place = placeOfGrade(gradeOfVote(rater, pair, options), strengths);
      if (place >= categories) categories = place + 1;
      codes[pair * raters.length + index] = place;
    }
  });
  const kindOfUnit = new Int32Array(itemOfPair.length);
  const counts = unitCounts(
    { units: itemOfPair.length, raters: raters.length, categories, codes },
    kindOfUnit,
  );
  return itemUnits(counts, kindOfUnit, itemOfPair, itemCount);
}
