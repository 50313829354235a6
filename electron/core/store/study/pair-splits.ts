/** The stable split of a study's pairs: columns and slices of the card. */
import { type SlicePairs, SPLIT_SLICE } from '../../../../shared/card/columns/card-data.ts';

export type Split = 'dev' | 'test';

/** The two sides as slices; a side without pairs is none. */
export function splitSlices(splits: readonly Split[]): SlicePairs[] {
  return (['dev', 'test'] as const).flatMap((value) => {
    const pairs = Int32Array.from(splits.keys()).filter((pair) => splits[pair] === value);
    return pairs.length === 0 ? [] : [{ name: SPLIT_SLICE, value, pairs }];
  });
}
