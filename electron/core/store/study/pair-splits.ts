/** The stable split of a study's pairs: columns and slices of the card. */
import { type SlicePairs, SPLIT_SLICE } from '../../../../shared/card/columns/card-data.ts';
import { placesWhere } from '../../../../shared/columns/column.ts';

/** The two sides as slices; a side without pairs is none. */
export function splitSlices(isOnDev: Uint8Array): SlicePairs[] {
  return (['dev', 'test'] as const).flatMap((value) => {
    const side = value === 'dev' ? 1 : 0;
    const pairs = placesWhere(isOnDev.length, (pair) => isOnDev[pair] === side);
    return pairs.length === 0 ? [] : [{ name: SPLIT_SLICE, value, pairs }];
  });
}
