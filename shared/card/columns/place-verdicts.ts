import { CODE } from '../../study/verdict-codes.ts';

/** What a judge says of the two places, in the terms of `swapConsistency`. */
export const PLACE = { missing: -1, first: 0, tie: 1, second: 2, unreadable: 3 } as const;

/**
 * A verdict about the outputs as one about the places. Both bad points to no place and counts as a tie; a reply that
 * could not be read as unreadable; an error as not asked, and so do samples or members of a panel that contradict each other
 * within one order: they name no output, so two such orders do not name the same.
 *
 * @param isFirstShownFirst whether the pair's first output stood in the first place
 */
export function placeOf(code: number, isFirstShownFirst: boolean): number {
  switch (code) {
    case CODE.first:
      return isFirstShownFirst ? PLACE.first : PLACE.second;
    case CODE.second:
      return isFirstShownFirst ? PLACE.second : PLACE.first;
    case CODE.tie:
    case CODE.both_bad:
      return PLACE.tie;
    case CODE.unparsed:
      return PLACE.unreadable;
    default:
      return PLACE.missing;
  }
}

/** Whether what was said of the places in the two orders names the same output. */
export function isSameAnswer(firstShownFirst: number, secondShownFirst: number): boolean {
  const turned = secondShownFirst === PLACE.unreadable ? PLACE.unreadable : 2 - secondShownFirst;
  return firstShownFirst === turned;
}
