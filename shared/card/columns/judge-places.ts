import { type Estimate, type Outcome, undefinedBecause } from '../../stats/estimate.ts';
import { type RatioByItem, ratioByItem } from '../../stats/resampling/ratio-by-item.ts';
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

export function judgePlaces({ judge }: Pick<JudgeView, 'judge'>): JudgePlaces {
  const one = Int8Array.from(judge.firstShownFirst, (code) => placeOf(code, true));
  const two = Int8Array.from(judge.secondShownFirst, (code) => placeOf(code, false));
  const same = one.map((place, pair) => {
    const other = two[pair] ?? PLACE.missing;
    return place < 0 || other < 0 ? -1 : Number(isSameAnswer(place, other));
  });
  return { one, two, same };
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
  const [first, decided, items]: [number[], number[], number[]] = [[], [], []];
  for (let pair = 0; pair < same.length; pair++) {
    if ((same[pair] ?? -1) < 0) continue;
    const places = [one[pair] ?? -1, two[pair] ?? -1];
    for (const place of places) counts[place] = (counts[place] ?? 0) + 1;
    first.push(places.filter((place) => place === PLACE.first).length);
    decided.push(places.filter((place) => place === PLACE.first || place === PLACE.second).length);
    items.push(data.itemOfPair[pair] ?? 0);
  }
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
