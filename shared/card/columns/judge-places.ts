import { placesWhere, valuesAt } from '../../columns/column.ts';
import { type Estimate, type Outcome, undefinedBecause } from '../../stats/estimate.ts';
import { type RatioByItem, ratioByItem } from '../../stats/resampling/ratio-by-item.ts';
import { CODE } from '../../study/verdict-codes.ts';
import type { JudgeView } from './judge-view.ts';
import { isSameAnswer, PLACE, placeOf } from './place-verdicts.ts';

/** A judge's verdicts as places, pair by pair, in the two orders of the outputs. */
export interface JudgePlaces {
  /** What it said with the first output in the first place. */
  readonly one: Int8Array;
  /** What it said with the second output in the first place. */
  readonly two: Int8Array;
  /** 1 where both orders name the same output, 0 where they do not, −1 where one order has no verdict. */
  readonly same: Int8Array;
}

/** Worked out once for all parts of a card. */
export function judgePlaces({ judge, once }: Pick<JudgeView, 'judge' | 'once'>): JudgePlaces {
  return once(`places|${judge.name}`, () => {
    const { firstShownFirst, secondShownFirst } = judge;
    const one = new Int8Array(firstShownFirst.length);
    const two = new Int8Array(firstShownFirst.length);
    const same = new Int8Array(firstShownFirst.length);
    for (let pair = 0; pair < same.length; pair++) {
      const first = placeOf(firstShownFirst[pair] ?? CODE.missing, true);
      const second = placeOf(secondShownFirst[pair] ?? CODE.missing, false);
      one[pair] = first;
      two[pair] = second;
      same[pair] = first < 0 || second < 0 ? -1 : Number(isSameAnswer(first, second));
    }
    return { one, two, same };
  });
}

/** Verdicts of the pairs judged in both orders, by what they say of the places. */
export interface PlaceCounts {
  /** By place code. */
  readonly counts: readonly number[];
  /** How many chose a place. */
  readonly decided: number;
  /** How many of those chose the first. */
  readonly share: Estimate;
  readonly ratio: Outcome<RatioByItem>;
}

export const NOT_BOTH = 'no pair was judged in both orders';

/** How often the first place is chosen, among verdicts that choose one, where every pair has both orders. */
export function placeCounts({ one, two, same }: JudgePlaces, { data, options }: JudgeView): PlaceCounts {
  const counts = [0, 0, 0, 0];
  const pairs = placesWhere(same.length, (pair) => (same[pair] ?? -1) >= 0);
  const [first, decided] = [new Uint8Array(pairs.length), new Uint8Array(pairs.length)];
  for (let row = 0; row < pairs.length; row++) {
    const pair = pairs[row] ?? 0;
    for (const place of [one[pair] ?? -1, two[pair] ?? -1]) {
      counts[place] = (counts[place] ?? 0) + 1;
      if (place !== PLACE.first && place !== PLACE.second) continue;
      decided[row] = (decided[row] ?? 0) + 1;
      if (place === PLACE.first) first[row] = (first[row] ?? 0) + 1;
    }
  }
  const items = valuesAt(data.itemOfPair, pairs);
  const chosen = counts[PLACE.first] ?? 0;
  const all = chosen + (counts[PLACE.second] ?? 0);
  return {
    counts,
    decided: all,
    share:
      all === 0
        ? undefinedBecause(items.length === 0 ? NOT_BOTH : 'no verdict chose a place')
        : { defined: true, value: chosen / all },
    ratio: ratioByItem(first, decided, items, options.level),
  };
}
